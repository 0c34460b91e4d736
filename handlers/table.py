"""The one list of all commands and buttons; a new topic is added here."""

from __future__ import annotations

from typing import Any

from core.desk import Desk
from handlers import (
    answers,
    asked,
    confiding,
    contact,
    correction_taps,
    evidence,
    files,
    files_seen,
    group_talk,
    groups,
    handover,
    history,
    identity,
    incidentlist,
    invites,
    location,
    me,
    merging,
    nil,
    notices,
    receipts,
    referring,
    reports,
    sos,
    start,
    step_menu,
    steps,
    summary,
    tasks,
    unknown,
    upward,
)
from handlers.command import OnTap
from handlers.routes import Fallbacks, Routes


def _fallbacks() -> Fallbacks:
    """What takes an update that is no command and no button."""
    return Fallbacks(
        text=unknown.plain_text,
        media=files.media_message,
        location=location.location_message,
        contact=contact.contact_message,
        talk=group_talk.group_message,
        unknown_command=unknown.unknown_command,
        stranger=start.answer_stranger,
        membership=groups.membership,
        migration=groups.migration,
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
        *contact.COMMANDS,
        *summary.COMMANDS,
        *notices.COMMANDS,
        *invites.COMMANDS,
        *groups.COMMANDS,
        *start.COMMANDS,
    ]
    taps: list[OnTap[Any]] = [
        *evidence.TAPS,
        *correction_taps.TAPS,
        *receipts.TAPS,
        *reports.TAPS,
        *steps.TAPS,
        *files_seen.TAPS,
        *incidentlist.TAPS,
        *asked.TAPS,
        *step_menu.TAPS,
        *referring.TAPS,
        *merging.TAPS,
        *history.TAPS,
        *answers.TAPS,
        *me.TAPS,
        *contact.TAPS,
        *nil.TAPS,
        *notices.TAPS,
        *start.TAPS,
        *handover.TAPS,
        *sos.TAPS,
        *upward.TAPS,
        *confiding.TAPS,
        *identity.TAPS,
    ]
    return Routes(commands, taps, _fallbacks())
