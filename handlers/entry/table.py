"""The one list of all commands and buttons; a new topic is added here."""

from __future__ import annotations

from typing import Any, Final

from core.desk import Desk
from handlers import groups, notices
from handlers.alarms import sos
from handlers.duties import nil
from handlers.entry.routes import Fallbacks, Routes
from handlers.incidents import (
    evidence_seen,
    history,
    menu,
    merging,
    officer_answers,
    open_list,
    referring,
    reporter,
    steps,
)
from handlers.kit.command import Command, OnTap
from handlers.messages import files, group_words, location, put_out, undecided, unknown
from handlers.overview import summary, upward
from handlers.own import contact, me, my
from handlers.people import invites, open_invites, start
from handlers.reports import attachments, by_number, correcting_taps, line, own_receipt, review_taps
from handlers.roster import handover, personnel

# Every command but those of the forms, in the order of menus and help.
COMMANDS: Final[tuple[Command, ...]] = (
    *sos.COMMANDS,
    *nil.COMMANDS,
    *my.COMMANDS,
    *handover.COMMANDS,
    *me.COMMANDS,
    *contact.COMMANDS,
    *summary.COMMANDS,
    *notices.COMMANDS,
    *invites.COMMANDS,
    *open_invites.COMMANDS,
    *personnel.COMMANDS,
    *groups.COMMANDS,
    *start.COMMANDS,
)


def _fallbacks() -> Fallbacks:
    """What takes an update that is no command and no button."""
    return Fallbacks(
        text=unknown.plain_text,
        media=files.media_message,
        location=location.location_message,
        contact=contact.contact_message,
        talk=group_words.group_message,
        unknown_command=unknown.unknown_command,
        stranger=start.answer_stranger,
        put_out=put_out.put_out_message,
        membership=groups.membership,
        migration=groups.migration,
    )


def build_routes(desk: Desk) -> Routes:
    """Gather every command and button, the preset's forms included, in the order of menus and help."""
    commands = [*line.form_commands(list(desk.forms.values())), *COMMANDS]
    taps: list[OnTap[Any]] = [
        *attachments.TAPS,
        *correcting_taps.TAPS,
        *own_receipt.TAPS,
        *line.TAPS,
        *undecided.TAPS,
        *steps.TAPS,
        *evidence_seen.TAPS,
        *open_list.TAPS,
        *by_number.TAPS,
        *menu.TAPS,
        *referring.TAPS,
        *merging.TAPS,
        *history.TAPS,
        *officer_answers.TAPS,
        *me.TAPS,
        *contact.TAPS,
        *nil.TAPS,
        *notices.TAPS,
        *start.TAPS,
        *open_invites.TAPS,
        *personnel.TAPS,
        *handover.TAPS,
        *sos.TAPS,
        *upward.TAPS,
        *review_taps.TAPS,
        *reporter.TAPS,
    ]
    return Routes(commands, taps, _fallbacks())
