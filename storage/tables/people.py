"""People, what they are assigned to, and the invitations by which they came."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import REGION, Base, Key


class PersonRow(Base):
    """One Telegram user who has agreed to take part (or an admin named in the settings)."""

    __tablename__ = "people"
    id: Mapped[Key]
    telegram_id: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(8))  # chosen; None follows Telegram's
    telegram_language: Mapped[str | None] = mapped_column(String(16))
    agency: Mapped[str] = mapped_column(String(16))
    consent_at: Mapped[datetime | None]
    active: Mapped[bool] = mapped_column(default=True)
    unreachable_since: Mapped[datetime | None]  # blocked the bot, or deleted the account
    created_at: Mapped[datetime]


class InviteRow(Base):
    """An invitation: who opens it gets this role at this place."""

    __tablename__ = "invites"
    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str | None] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(16))
    region_code: Mapped[str] = mapped_column(REGION)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    agency: Mapped[str] = mapped_column(String(16))
    language: Mapped[str | None] = mapped_column(String(8))
    uses_left: Mapped[int] = mapped_column(SmallInteger)
    expires_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]


class AssignmentRow(Base):
    """A role of a person at a post or over a region, from one time to another."""

    __tablename__ = "assignments"
    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(16))
    region_code: Mapped[str] = mapped_column(REGION)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    granted: Mapped[str] = mapped_column(String(40))  # "settings", or the invitation that gave it
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    person: Mapped[PersonRow] = relationship(lazy="raise")
    __table_args__ = (
        Index("ix_assignments_person_id", "person_id"),
        Index("ix_assignments_post_id", "post_id"),
        Index("ix_assignments_region_code", "region_code"),
    )
