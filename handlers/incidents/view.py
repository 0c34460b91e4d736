"""An incident's card where somebody asks for it: a copy in private, which follows the incident, and a group's own card."""

from __future__ import annotations

import re

from actions.incidents import copies, looking
from actions.incidents.card_views import paired
from core.delivery.keys import Subject
from core.delivery.outgoing import Button
from core.incidents.card import Card
from core.incidents.card_buttons import card_buttons
from core.incidents.card_text import card_text
from core.incidents.keys import COPY
from core.incidents.lifecycle import ACTING
from core.kit.texts import Markup, UserError
from core.people.roles import may
from handlers.kit.scope import Ctx
from storage.delivery import screens
from storage.incidents import incidents
from storage.records import IncidentRecord
from storage.tables import IncidentRow

# `I-4` however it is typed; where more follows it must be plain that a number is meant, and no line of a report.
NUMBER = re.compile(r"[Ii]\s?-?\s?(\d{1,9})[.?!]?")
NUMBER_FIRST = re.compile(r"(?:[Ii]-?)?(\d{1,9})[.?!]?|[Ii]-?(\d{1,9})\b.*", re.DOTALL)


def is_number(text: str) -> bool:
    """Whether a text is nothing but the number of an incident: `I-42`."""
    return NUMBER.fullmatch(text.strip()) is not None


def number_in(ctx: Ctx, text: str) -> str | None:
    """The number of the incident that was typed (`I-42`), without its letter; None when the text is no number.

    For who may act on incidents `42` is one too, and `I-42` whatever follows it.
    """
    words = text.strip()
    match = NUMBER.fullmatch(words) or (NUMBER_FIRST.fullmatch(words) if may(ctx.actor, ACTING) else None)
    return next(group for group in match.groups() if group is not None) if match is not None else None


async def show_here(ctx: Ctx, record: IncidentRecord | None) -> bool:
    """Show a copy in private to who may act on the incident; False for anybody else."""
    return record is not None and await looking.show_copy(ctx.work, record)


async def show_in_group(ctx: Ctx, number: str) -> None:
    """Bring the card back below; what the group may not hear of is answered as what there is not."""
    if not may(ctx.actor, ACTING):
        raise UserError("incident-coordinators-only")
    if ctx.group is None:
        raise UserError("not-linked")
    record = await incidents.by_number(ctx.tx, int(number))
    if record is None or not await looking.bring_here(ctx.work, record, ctx.place.thread_id):
        raise UserError("incident-not-here", number=number)


def how(ctx: Ctx) -> UserError:
    """What to say to who acts on incidents, and wrote neither a number nor a line that files."""
    if ctx.private:
        return UserError("incident-how")
    return UserError("incident-how-group", bot=ctx.desk.bot_username)


async def edit_copy(ctx: Ctx, card: Card, incident: IncidentRow) -> None:
    """Bring up to date the tapped message where it is a card that was asked for, which nothing else edits."""
    message = ctx.tap.message if ctx.tapped is not None and ctx.tapped.on_card else None
    if message is None:
        return
    shown = await screens.subject_at(ctx.tx, ctx.desk.bot_id, message.chat.id, message.message_id)
    if shown is None and ctx.private:  # in a group it is a card that has come anew below meanwhile
        ctx.edit_tapped(*_content(ctx, card, incident))
    elif shown == Subject(COPY, incident.id).text:
        card = await paired(ctx.tx, ctx.desk, card, now=ctx.now)
        await copies.refresh(ctx.tx, ctx.desk, card, now=ctx.now)


def _content(ctx: Ctx, card: Card, incident: IncidentRow) -> tuple[Markup, list[list[Button]]]:
    """The text and the buttons of a copy that does not follow the incident any more."""
    texts = ctx.desk.texts
    if ctx.private:
        return copies.content(ctx.desk, card, incident, ctx.known, now=ctx.now)
    return card_text(texts, ctx.lang, card, now=ctx.now), card_buttons(texts, ctx.lang, card)
