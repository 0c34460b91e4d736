"""Broadcasts with their receipts, and the journal of who did what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key


class NoticeRow(Base):
    """An admin's broadcast: its words, to whom, and how far it is."""

    __tablename__ = "notices"
    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    audience: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))  # preview, sending, done, cancelled
    total: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy's own class-level setting
    __table_args__ = (Index("ix_notices_state", "state"),)


class NoticeReceiptRow(Base):
    """What became of a notice for one person."""

    __tablename__ = "notice_receipts"
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(String(8))  # waiting, sent, failed, doubt
    reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]


class JournalRow(Base):
    """Who did what when; rows are only ever added."""

    __tablename__ = "journal"
    id: Mapped[Key]
    at: Mapped[datetime]
    person_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(120))
    detail: Mapped[dict[str, Any]]
    bot_id: Mapped[int | None]
    update_id: Mapped[int | None]
    __table_args__ = (Index("ix_journal_at", "at"),)
