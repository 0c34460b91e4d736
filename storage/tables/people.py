"""People, what they are assigned to, and the invitations by which they came."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Float, ForeignKey, Index, SmallInteger, String, false
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
    removed_at: Mapped[
        datetime | None
    ]  # put out last, of a place or of all: no invitation or holding from before counts
    created_at: Mapped[datetime]
    shared: Mapped[bool] = mapped_column(default=False, server_default=false())  # a desk phone: who signs is asked
    rank: Mapped[str | None] = mapped_column(String(40))  # before the name: "Bripka", "Serka"
    phone: Mapped[str | None] = mapped_column(String(20))  # as +62…, shared by its owner
    lat: Mapped[float | None] = mapped_column(Float)  # where the phone was last, as it told us
    lon: Mapped[float | None] = mapped_column(Float)
    accuracy_m: Mapped[float | None] = mapped_column(Float)
    located_at: Mapped[datetime | None]


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
    shared: Mapped[bool] = mapped_column(default=False, server_default=false())  # for a desk phone


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


class HandoverRow(Base):
    """One officer's passing of a post to the next: offered by the one, settled by the other."""

    __tablename__ = "handovers"
    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(8))  # offered, taken, refused, dropped
    offered_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    bot_id: Mapped[int]
    update_id: Mapped[int]
    __table_args__ = (Index("ix_handovers_post_id", "post_id", "id"), Index("ix_handovers_to_id", "to_id"))
