"""The question to an incident's owner, in their private chat: asked, and edited into what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.delivery.keys import Subject, holder_of
from core.delivery.outgoing import Button, Priority, message_params
from core.delivery.readers import language_of
from core.desk import Desk
from core.incidents.card import Card
from core.incidents.card_text import card_title
from core.incidents.keys import ASK, ASKED
from core.incidents.lifecycle import ANSWERED_FOR
from core.incidents.taps import ReleaseTap, ResolveTap, StillTap
from storage.database.engine import Tx
from storage.delivery import screens
from storage.incidents import incidents
from storage.people import people
from storage.tables import PersonRow


@dataclass(frozen=True)
class Silence:
    """What an owner is asked about: since when nothing was said, until when it may last, and who hears then."""

    since: datetime
    until: datetime
    left: bool  # whether a level is left above: it hears then, else the admins do


async def ask(tx: Tx, desk: Desk, card: Card, owner: PersonRow, silence: Silence, *, now: datetime) -> None:
    """Ask an incident's owner whether it is still being handled, below whatever was asked before."""
    texts, language = desk.texts, language_of(desk.texts, owner)
    text = texts.html(
        language,
        "ask-owner",
        number=str(card.number),
        title=card_title(language, card),
        post=card.place.post,
        since=texts.moment(language, silence.since, now=now),
        until=texts.moment(language, silence.until, now=now),
        who=texts.plain(language, "ask-hears-above" if silence.left else "ask-hears-admins"),
    )
    still, resolve, release = (
        Button(texts.plain(language, key), tap=tap(card.incident_id), style=style)
        for key, tap, style in (
            ("button-still", StillTap, "primary"),
            ("button-resolve", ResolveTap, "success"),
            ("button-release", ReleaseTap, None),
        )
    )
    await screens.show(
        tx,
        desk.bot_id,
        screens.Shown(
            Subject(ASK, card.incident_id).held_by(owner.id),
            subject=Subject(ASK, card.incident_id).text,
            place=(owner.telegram_id, None),
            params=message_params(text, [[still, resolve], [release]]),
            priority=Priority.SOS if card.report.form.alarm else Priority.ALERT,
        ),
        now=now,
        below=True,
    )


async def settle(tx: Tx, desk: Desk, incident_id: int, *, now: datetime) -> None:
    """Edit each question about an incident that waits for nothing any more into how things stand."""
    asked = await screens.showing(tx, desk.bot_id, Subject(ASK, incident_id).text)
    incident = await incidents.find_row(tx, incident_id) if asked else None
    if incident is None:
        return
    by_key = {screen.key: holder_of(screen.key) for screen in asked}
    known = await people.by_ids(tx, [*by_key.values(), incident.owner_id or 0])
    owner = known.get(incident.owner_id or 0)
    for key, person_id in by_key.items():
        open_still = incident.state in ANSWERED_FOR and incident.asked > 0 and incident.owner_id == person_id
        person = known.get(person_id)
        if open_still or person is None:
            continue
        texts, language = desk.texts, language_of(desk.texts, person)
        text = texts.html(
            language,
            "ask-settled" if owner else "ask-settled-unowned",
            number=str(incident.number),
            state=texts.plain(language, f"state-{incident.state}"),
            name=owner.name if owner else "-",
            clock=texts.clock(language, now),
        )
        await screens.show(
            tx,
            desk.bot_id,
            screens.Shown(
                key,
                subject=Subject(ASKED, incident_id).text,
                place=(person.telegram_id, None),
                params=message_params(text),
                priority=Priority.ALERT,
            ),
            now=now,
        )
