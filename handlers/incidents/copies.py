"""A copy of a card that one person asked for: what it shows, and only the buttons that this person may use."""

from __future__ import annotations

from actions.incidents import copies
from actions.incidents.card_views import paired
from actions.incidents.cards import load_card
from core.delivery.outgoing import Button
from core.incidents.card import Card
from core.incidents.card_buttons import card_buttons
from core.incidents.card_text import card_text
from core.kit.texts import Markup
from handlers.kit.scope import Ctx
from storage.records import IncidentRecord
from storage.tables import IncidentRow


async def show_copy(ctx: Ctx, found: IncidentRecord) -> None:
    """Show the person the card in their private chat; from now on it follows what becomes of the incident."""
    card = await paired(ctx.tx, ctx.desk, await load_card(ctx.tx, ctx.desk, found), now=ctx.now)
    await copies.show(ctx.tx, ctx.desk, card, found.incident, ctx.known, now=ctx.now)


def card_copy(ctx: Ctx, card: Card, incident: IncidentRow) -> tuple[Markup, list[list[Button]]]:
    """The text and the buttons of a copy that does not follow the incident any more."""
    texts = ctx.desk.texts
    if ctx.private:
        return copies.content(ctx.desk, card, incident, ctx.known, now=ctx.now)
    return card_text(texts, ctx.lang, card, now=ctx.now), card_buttons(texts, ctx.lang, card)
