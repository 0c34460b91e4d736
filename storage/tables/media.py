"""Evidence: photos, videos, voice and documents, fetched from Telegram once and kept as they came."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import Base, Key
from storage.tables.reports import ReportRow


class MediaState(StrEnum):
    """Where a file stands."""

    WAITING = "waiting"  # to be fetched from Telegram
    HELD = "held"  # stays at Telegram until it belongs to a report; then it waits to be fetched
    STORED = "stored"
    REMOTE = "remote"  # larger than a bot may fetch: it stays at Telegram
    LOST = "lost"  # Telegram does not give it any more; `error` says why


class MediaRow(Base):
    """One file that somebody sent; of a report, of a draft (by its source), or of neither yet."""

    __tablename__ = "media"
    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))
    draft_source: Mapped[str | None] = mapped_column(String(60))
    chat_id: Mapped[int]
    message_id: Mapped[int]
    album_id: Mapped[str | None] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))  # photo, document, video, voice, audio, animation, video_note
    file_id: Mapped[str] = mapped_column(Text)
    file_unique_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str | None] = mapped_column(String(255))
    mime: Mapped[str | None] = mapped_column(String(120))
    size: Mapped[int | None]  # bytes, as Telegram says; once stored, as counted
    sha256: Mapped[str | None] = mapped_column(String(64))
    path: Mapped[str | None] = mapped_column(String(255))  # below MEDIA_DIR
    state: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    next_at: Mapped[datetime]
    error: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime]
    stored_at: Mapped[datetime | None]
    bot_id: Mapped[int]
    update_id: Mapped[int]
    report: Mapped[ReportRow | None] = relationship(lazy="raise")
    __table_args__ = (
        UniqueConstraint("bot_id", "chat_id", "message_id", "file_unique_id"),
        Index("ix_media_report_id", "report_id"),
        Index("ix_media_draft_source", "draft_source"),
        Index("ix_media_album_id", "chat_id", "album_id"),
        Index("ix_media_sha256", "sha256"),
        Index(
            "ix_media_waiting",
            "next_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )
