"""The one list of all commands and buttons; a new topic is added here."""

from __future__ import annotations

from core.desk import Desk
from handlers import (
    correction_taps,
    evidence,
    files,
    groups,
    handover,
    incidents,
    invites,
    location,
    me,
    nil,
    notices,
    receipts,
    reports,
    sos,
    start,
    summary,
    tasks,
    unknown,
    upward,
)
from handlers.routes import Fallbacks, Routes

# What who holds nothing at present may still tap: their own language, drafts, words, reports and alarms.
UNASSIGNED_TAPS = frozenset(
    [
        "lang",
        "so",
        "sx",
        "sw",
        "co",
        "dr",
        "dc",
        "dk",
        "dq",
        "di",
        "dv",
        "df",
        "dl",
        "ds",
        "db",
        "da",
        "dz",
        "dx",
        "dg",
        "ua",
        "un",
        "rp",
        "up",
        "ef",
    ]
)


def build_routes(desk: Desk) -> Routes:
    """Gather every command and button, the preset's forms included, in the order of menus and help."""
    commands = [
        *reports.form_commands(list(desk.forms.values())),
        *sos.COMMANDS,
        *nil.COMMANDS,
        *tasks.COMMANDS,
        *handover.COMMANDS,
        *me.COMMANDS,
        *summary.COMMANDS,
        *notices.COMMANDS,
        *invites.COMMANDS,
        *groups.COMMANDS,
        *start.COMMANDS,
    ]
    taps = {
        **evidence.TAPS,
        **correction_taps.TAPS,
        **receipts.TAPS,
        **reports.TAPS,
        **incidents.TAPS,
        **me.TAPS,
        **nil.TAPS,
        **notices.TAPS,
        **start.TAPS,
        **handover.TAPS,
        **sos.TAPS,
        **upward.TAPS,
    }
    fallbacks = Fallbacks(
        text=unknown.plain_text,
        media=files.media_message,
        location=location.location_message,
        unknown_command=unknown.unknown_command,
        stranger=start.answer_stranger,
        membership=groups.membership,
        migration=groups.migration,
    )
    return Routes(
        commands, taps, fallbacks, public_taps={**start.TAPS, **handover.PUBLIC_TAPS}, unassigned_taps=UNASSIGNED_TAPS
    )
