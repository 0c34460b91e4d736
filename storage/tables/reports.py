"""What officers said: drafts, reports with their versions, the latest answer of each post, incidents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Float, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import REGION, Base, Key


class DraftRow(Base):
    """A report begun and not yet sent; a person may have several, one for each message that began one."""

    __tablename__ = "drafts"
    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    form_id: Mapped[str] = mapped_column(String(32))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    answers: Mapped[dict[str, Any]]
    asking: Mapped[list[str]]  # fields still to be answered; a typed text answers the first
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(60), unique=True)  # the message that began it
    sent_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    stage: Mapped[str] = mapped_column(String(8), default="ask", server_default="ask")  # core.reports.draft.Stage
    trail: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  # questions answered by taps, in order
    insisted: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  # doubtful fields that are right
    flags: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  # of the report that it becomes
    report_id: Mapped[int | None]  # the report that it corrects
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    accuracy_m: Mapped[float | None] = mapped_column(Float)
    expires_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_drafts_person_id", "person_id"), Index("ix_drafts_expires_at", "expires_at"))


class ReportRow(Base):
    """One filing of a form for a post, as it stands now; older versions are in report_versions."""

    __tablename__ = "reports"
    id: Mapped[Key]
    number: Mapped[int] = mapped_column(unique=True)
    form_id: Mapped[str] = mapped_column(String(32))
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    region_code: Mapped[str] = mapped_column(REGION)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(SmallInteger, default=1)
    answers: Mapped[dict[str, Any]]
    level: Mapped[str | None] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(60), unique=True)  # one message or draft files once
    window_key: Mapped[str] = mapped_column(String(60))
    late: Mapped[bool]
    occurred_at: Mapped[datetime]
    sent_at: Mapped[datetime]
    stored_at: Mapped[datetime]
    bot_id: Mapped[int]
    update_id: Mapped[int]
    flags: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  # core.evidence.flags.Flag
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    accuracy_m: Mapped[float | None] = mapped_column(Float)  # of the phone's location, as the phone says
    distance_m: Mapped[float | None] = mapped_column(Float)  # from there to the post
    __table_args__ = (
        Index("ix_reports_person_id", "person_id", "id"),
        Index("ix_reports_region_code", "region_code", "stored_at"),
        Index("ix_reports_post_id", "post_id", "id"),
    )


class ReportVersionRow(Base):
    """A version of a report that a newer one replaced."""

    __tablename__ = "report_versions"
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    answers: Mapped[dict[str, Any]]
    level: Mapped[str | None] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)  # why the next version replaced this one
    occurred_at: Mapped[datetime]
    sent_at: Mapped[datetime]
    stored_at: Mapped[datetime]
    bot_id: Mapped[int]
    update_id: Mapped[int]
    post_id: Mapped[int | None]  # None: the report's own, as it never changed
    flags: Mapped[list[str]] = mapped_column(default=list, server_default="[]")


class StandingRow(Base):
    """The latest answer of a post to a form in a window: what summaries read, flat as history grows."""

    __tablename__ = "standings"
    window_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))  # of the post
    region_code: Mapped[str] = mapped_column(REGION)
    report_id: Mapped[int]
    level: Mapped[str | None] = mapped_column(String(8))
    answers: Mapped[dict[str, Any]]
    late: Mapped[bool]
    sent_at: Mapped[datetime]


class IncidentRow(Base):
    """An event with a number, a state and an owner; `row_version` catches two writers at once."""

    __tablename__ = "incidents"
    id: Mapped[Key]
    number: Mapped[int] = mapped_column(unique=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), unique=True)
    category: Mapped[str | None] = mapped_column(String(32))  # None: a status of level bad or worst
    severity: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    confidential: Mapped[bool]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    region_code: Mapped[str] = mapped_column(REGION)
    reporter_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    contact_id: Mapped[int | None]  # the officer who hears of each step after a handover; None: the reporter
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    occurred_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]  # or merged, rejected, withdrawn
    closed_at: Mapped[datetime | None]
    referred_to: Mapped[str | None] = mapped_column(String(32))  # the id of a referral in the preset
    referred_by: Mapped[int | None]  # the person
    duplicate_of: Mapped[int | None]  # the incident that it was merged into
    level: Mapped[str | None] = mapped_column(String(16))  # the highest level of regions that was told
    due_at: Mapped[datetime | None]  # when somebody must have taken it, or its owner must have said how it goes
    asked: Mapped[int] = mapped_column(
        SmallInteger, default=0, server_default="0"
    )  # deadlines missed since the last step
    look_at: Mapped[datetime | None]  # when the clock looks at it next: at its deadline, or to show its age
    row_version: Mapped[int] = mapped_column(default=1)
    report: Mapped[ReportRow] = relationship(lazy="raise")
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy's own class-level setting
    __table_args__ = (
        Index("ix_incidents_state", "state", "region_code"),  # the open ones of a region, however many have ended
        # From the newest back, without a look at the table: when there was last one of some categories in a region.
        Index("ix_incidents_occurred_at", "occurred_at", "region_code", "category", "state"),
        Index("ix_incidents_opened_at", "opened_at"),
        Index("ix_incidents_duplicate_of", "duplicate_of"),
        Index("ix_incidents_owner_id", "owner_id", "state"),
        Index("ix_incidents_look_at", "look_at"),
    )


class IncidentEventRow(Base):
    """One step on an incident's timeline."""

    __tablename__ = "incident_events"
    id: Mapped[Key]
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the clock
    action: Mapped[str] = mapped_column(String(16))  # core.incidents.lifecycle.Action, core.incidents.timeline.Event
    note: Mapped[str | None] = mapped_column(Text)
    bot_id: Mapped[int]
    update_id: Mapped[int | None]  # None: the clock
    source: Mapped[str | None] = mapped_column(
        String(100)
    )  # the message behind a note or files (storage.incidents.notes)
    incident: Mapped[IncidentRow] = relationship(lazy="raise")
    __table_args__ = (
        Index("ix_incident_events_incident_id", "incident_id", "id"),
        Index("ix_incident_events_source", "bot_id", "source", unique=True),
    )
