"""A copy of a card that one person asked for: what it shows, and only the buttons that this person may use."""

from __future__ import annotations

from collections.abc import Collection

from core.cards import Card, card_buttons, card_text
from core.lifecycle import Part, State, steps
from core.outgoing import Button
from core.texts import Markup
from handlers import identity
from handlers.scope import Ctx
from storage.cards import timely
from storage.tables import IncidentRow


def card_copy(
    ctx: Ctx, card: Card, incident: IncidentRow, parts: Collection[Part]
) -> tuple[Markup, list[list[Button]]]:
    """The text and the buttons of a copy, for who has these parts in the incident."""
    texts, card = ctx.desk.texts, timely(ctx.desk, card, now=ctx.now)
    allowed = steps(State(incident.state), parts) if ctx.private else None
    rows = card_buttons(texts, ctx.lang, card, allowed=allowed)
    if (look := identity.button_for(ctx, incident)) is not None:
        rows.append([look])
    return card_text(texts, ctx.lang, card, now=ctx.now), rows
