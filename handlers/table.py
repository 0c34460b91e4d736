"""The one list of all commands and buttons; a new topic is added here."""

from __future__ import annotations

from core.desk import Desk
from handlers import drafting, groups, incidents, invites, me, notices, start, summary, unknown
from handlers.reports import form_commands
from handlers.routes import Fallbacks, Routes


def build_routes(desk: Desk) -> Routes:
    """Gather every command and button, the preset's forms included, in the order of menus and help."""
    commands = [
        *form_commands(list(desk.forms.values())),
        *me.COMMANDS,
        *summary.COMMANDS,
        *notices.COMMANDS,
        *invites.COMMANDS,
        *groups.COMMANDS,
        *start.COMMANDS,
    ]
    taps = {**drafting.TAPS, **incidents.TAPS, **me.TAPS, **notices.TAPS, **start.TAPS}
    fallbacks = Fallbacks(
        text=unknown.plain_text,
        unknown_command=unknown.unknown_command,
        stranger=start.answer_stranger,
        membership=groups.membership,
        migration=groups.migration,
    )
    return Routes(commands, taps, fallbacks, public_taps=start.TAPS)
