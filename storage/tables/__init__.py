"""Every table of the database, by topic."""

from storage.tables.base import Base
from storage.tables.media import MediaRow, MediaState
from storage.tables.notices import JournalRow, NoticeReceiptRow, NoticeRow
from storage.tables.people import AssignmentRow, HandoverRow, InviteRow, PersonRow
from storage.tables.places import GroupRow, PostRow, RegionRow
from storage.tables.queues import (
    CounterRow,
    FiringRow,
    InboxRow,
    InboxState,
    MetaRow,
    OutboxRow,
    OutboxState,
    ScreenRow,
    SendRow,
)
from storage.tables.reports import DraftRow, IncidentEventRow, IncidentRow, ReportRow, ReportVersionRow, StandingRow

__all__ = [
    "AssignmentRow",
    "Base",
    "CounterRow",
    "DraftRow",
    "FiringRow",
    "GroupRow",
    "HandoverRow",
    "InboxRow",
    "InboxState",
    "IncidentEventRow",
    "IncidentRow",
    "InviteRow",
    "JournalRow",
    "MediaRow",
    "MediaState",
    "MetaRow",
    "NoticeReceiptRow",
    "NoticeRow",
    "OutboxRow",
    "OutboxState",
    "PersonRow",
    "PostRow",
    "RegionRow",
    "ReportRow",
    "ReportVersionRow",
    "ScreenRow",
    "SendRow",
    "StandingRow",
]
