"""Calls for help beside their cards: the officer's own message, and the place of a whole region."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from core.desk import Desk
from core.due import short
from core.outgoing import Button, Priority, message_params
from core.people import PostKind, Risk
from core.texts import Markup
from storage import incidents, people, slots
from storage.cards import card_groups, copy_holders
from storage.engine import Tx, insert_for, new_id
from storage.tables import IncidentRow, PersonRow, PostRow, ReportRow

POSTS_SHOWN = 6  # other posts among which the right one can be tapped


async def region_place(tx: Tx, desk: Desk, region_code: str) -> PostRow:
    """The post that stands for a whole region in an alarm by somebody who has none; it owes no report."""
    code = f"WILAYAH-{region_code.replace('.', '')}"
    values = {
        "id": new_id(tx),
        "code": code,
        "name": desk.regions.path(region_code)[-1],
        "kind": PostKind.POSKO.value,
        "region_code": region_code,
        "risk": Risk.LOW.value,
        "active": False,
    }
    await tx.execute(insert_for(tx)(PostRow).values(**values).on_conflict_do_nothing(index_elements=["code"]))
    return (await tx.scalars(select(PostRow).where(PostRow.code == code))).one()


async def show_own(
    tx: Tx,
    desk: Desk,
    incident: IncidentRow,
    post: PostRow,
    reporter: PersonRow,
    *,
    now: datetime,
    message_id: int | None = None,
) -> None:
    """Bring the officer's own message about an alarm up to date; the first time it takes the place of `message_id`."""
    language = desk.texts.language(reporter.language, reporter.telegram_language)
    lines = [
        desk.texts.html(
            language, "sos-sent", number=str(incident.number), clock=desk.texts.clock(language, incident.opened_at)
        ),
        desk.texts.html(language, "sos-post", post=post.name),
        await _state(tx, desk, incident, language),
    ]
    rows: list[list[Button]] = []
    if incident.state in incidents.OPEN:
        known = await people.members(tx, [reporter.telegram_id], now=now)
        member = known.get(reporter.telegram_id)
        others = [one for one in member.posts if one.id != post.id] if member else []
        lines.append(desk.texts.html(language, "sos-more"))
        if others:
            lines.append(desk.texts.html(language, "sos-elsewhere"))
        rows = [[Button(short(one.name), data=f"sp:{incident.id}:{one.id}")] for one in others[:POSTS_SHOWN]]
        rows.append([Button(desk.texts.plain(language, "button-sos-withdraw"), data=f"sw:{incident.id}")])
    await slots.show(
        tx,
        desk.bot_id,
        f"alarm:{incident.id}",
        subject=f"alarm:{incident.id}",
        place=(reporter.telegram_id, None),
        params=message_params("\n".join(lines), rows),
        now=now,
        priority=Priority.SOS,
        message_id=message_id,
    )


async def _state(tx: Tx, desk: Desk, incident: IncidentRow, language: str) -> Markup:
    """Who has acknowledged an alarm, or how many were told of it."""
    texts = desk.texts
    at = incident.acknowledged_at if incident.state == "acknowledged" else incident.resolved_at
    if incident.state != "new" and at is not None:
        owner = await tx.get(PersonRow, incident.owner_id) if incident.owner_id else None
        clock = texts.clock(language, at)
        return texts.html(language, f"sos-{incident.state}", clock=clock, name=owner.name if owner else "-")
    groups, copies = await card_groups(tx, desk, incident.id), await copy_holders(tx, desk, incident.id)
    if not groups and not copies:
        return texts.html(language, "sos-told-admins")
    return texts.html(language, "sos-told", groups=len(groups), people=len(copies))


def add_words(report: ReportRow, note_field: str | None, words: str) -> None:
    """Put further words behind those of an alarm that is running already."""
    report.text = f"{report.text}\n{words}".strip()
    if note_field is not None:
        before = str(report.answers.get(note_field, ""))
        report.answers = {**report.answers, note_field: f"{before}\n{words}".strip()}


async def told_people(tx: Tx, desk: Desk, incident: IncidentRow) -> list[PersonRow]:
    """Who was told of an alarm in person: who has a copy of the card, who acknowledged it, and its present contact."""
    copies = await copy_holders(tx, desk, incident.id)
    others = await people.by_ids(tx, [incident.owner_id or 0, incidents.contact_of(incident)])
    found = {person.id: person for person in (*copies, *others.values())}
    found.pop(incident.reporter_id, None)
    return list(found.values())
