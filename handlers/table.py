"""The one list of all commands and buttons; a new topic is added here."""

from __future__ import annotations

from core.desk import Desk
from handlers import (
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
    reports,
    sos,
    start,
    summary,
    tasks,
    unknown,
    upward,
)
from handlers.routes import Fallbacks, Routes


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
    return Routes(commands, taps, fallbacks, public_taps={**start.TAPS, **handover.PUBLIC_TAPS})
