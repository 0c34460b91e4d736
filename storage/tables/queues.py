"""The way in and the way out as tables, and the small tables that keep the program's own state."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import Base, Key


class InboxState(StrEnum):
    """Where an update stands."""

    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"  # set aside after its last attempt, or because it cannot be parsed


class OutboxState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENDING = "sending"  # handed to Telegram; only rows that may never be sent twice are marked
    SENT = "sent"
    BURIED = "buried"  # can never arrive; `error` says why
    EXPIRED = "expired"
    DOUBT = "doubt"  # may or may not have arrived, and must not be repeated


class InboxRow(Base):
    """One update from Telegram; `lane` is the person within whose updates order is kept (core.delivery.lanes)."""

    __tablename__ = "inbox"
    id: Mapped[Key]
    bot_id: Mapped[int]
    update_id: Mapped[int]
    lane: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    next_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    alarm: Mapped[bool] = mapped_column(default=False, server_default=false())  # a call for help: it overtakes
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        # The claim steps from lane to lane along this index and never reads the backlog behind a head.
        Index(
            "ix_inbox_waiting",
            "bot_id",
            "lane",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_inbox_alarm",
            "bot_id",
            "lane",
            "id",
            sqlite_where=text("state = 'waiting' AND alarm"),
            postgresql_where=text("state = 'waiting' AND alarm"),
        ),
        Index("ix_inbox_done_at", "done_at"),
    )


class ScreenRow(Base):
    """A message that is edited later: what it should show, what it shows, and where it is."""

    __tablename__ = "slots"
    id: Mapped[Key]
    bot_id: Mapped[int]
    key: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str] = mapped_column(String(60))  # what it shows: `incident:<id>`, in every group that has it
    chat_id: Mapped[int]
    thread_id: Mapped[int | None]
    message_id: Mapped[int | None]
    params: Mapped[dict[str, Any]]
    pointer: Mapped[dict[str, Any] | None]  # edits the message left behind, once it is known where the new one is
    version: Mapped[int] = mapped_column(default=1)
    sent_version: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        UniqueConstraint("bot_id", "key"),
        Index("ix_slots_chat_id", "chat_id"),
        Index("ix_slots_subject", "subject"),
    )


class OutboxRow(Base):
    """One call to Telegram; for a screen, `params` is empty and the screen's newest content is sent."""

    __tablename__ = "outbox"
    id: Mapped[Key]
    bot_id: Mapped[int]
    key: Mapped[str] = mapped_column(String(160))
    priority: Mapped[int] = mapped_column(SmallInteger)
    method: Mapped[str] = mapped_column(String(40))
    chat_id: Mapped[int | None]
    params: Mapped[dict[str, Any]]
    attachment: Mapped[bytes | None] = mapped_column(LargeBinary)
    attachment_name: Mapped[str | None] = mapped_column(String(200))
    once: Mapped[bool]
    state: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    message_id: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(Text)
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"))
    notice_id: Mapped[int | None]
    person_id: Mapped[int | None]
    turn: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")  # core.delivery.pace.Pace.turn
    screen: Mapped[ScreenRow | None] = relationship(lazy="raise")
    __table_args__ = (
        UniqueConstraint("bot_id", "key"),
        # Most urgent first, and among those who asked little; the chat stands in the index so that parked chats are passed over quickly.
        Index(
            "ix_outbox_waiting",
            "priority",
            "turn",
            "id",
            "chat_id",
            "not_before",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_outbox_sending",
            "id",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index("ix_outbox_slot_id", "slot_id"),
        Index("ix_outbox_notice_id", "notice_id", "state"),
        Index("ix_outbox_settled_at", "settled_at"),
    )


class SendRow(Base):
    """One message or edit that went to a group a moment ago; what a restart counts against the group's limit."""

    __tablename__ = "sends"
    message_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # the outbox row
    at: Mapped[datetime] = mapped_column(primary_key=True)
    bot_id: Mapped[int]
    chat_id: Mapped[int]
    __table_args__ = (Index("ix_sends_at", "at"),)


class FiringRow(Base):
    """One moment of the calendar that was acted on, so that it is acted on once."""

    __tablename__ = "firings"
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    due_at: Mapped[datetime]
    fired_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(16))  # "fired" or "skipped"


class CounterRow(Base):
    """The last number given out of a series (reports, incidents)."""

    __tablename__ = "counters"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int] = mapped_column(default=0)


class MetaRow(Base):
    """A fact that the program remembers about this database."""

    __tablename__ = "meta"
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
