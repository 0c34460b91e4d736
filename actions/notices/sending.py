"""Sending a notice: it is kept, its audience chosen, and then it goes to everybody whom it is for, or to nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.work import Work
from core.delivery.outgoing import Outgoing, Priority, message_params
from core.delivery.readers import language_of
from core.kit.texts import UserError
from core.notices.audiences import QUICK
from core.notices.notice_text import NOTICE_LIMIT, audience_text, notice_key, notice_text
from core.people.audience import Audience, audience_words, parse_audience
from core.people.roles import Role, scope_of
from storage import notices
from storage.delivery import outbox
from storage.people import people
from storage.tables import NoticeRow, PersonRow


@dataclass(frozen=True)
class Preview:
    """A notice that waits for its author's word, and how many people it would go to."""

    row: NoticeRow
    audience: Audience
    total: int


async def draft(work: Work, text: str) -> NoticeRow:
    """Keep a notice of which nobody has said yet for whom it is.

    Raises UserError for a text that is too long, or if the person has no territory as an admin.
    """
    _check(work, text)
    return notices.add(work.tx, person_id=work.person.id, audience="", text=text, now=work.now)


async def draft_for(work: Work, text: str, audience: Audience) -> Preview:
    """Keep a notice for this audience.

    Raises UserError for a text that is too long, if it would reach nobody, or if the person has no territory as an admin.
    """
    _check(work, text)
    total = await _size(work, audience)
    words = audience_words(audience)
    row = notices.add(work.tx, person_id=work.person.id, audience=words, text=text, now=work.now)
    return Preview(row, audience, total)


async def choose(work: Work, notice_id: int, name: str) -> Preview:
    """Let a notice be for the audience of this name; raises UserError for one that is not there, or reaches nobody."""
    row = await _own(work, notice_id)
    audience = QUICK.get(name)
    if audience is None:
        raise UserError("tap-too-old")
    total = await _size(work, audience)
    row.audience = audience_words(audience)
    return Preview(row, audience, total)


async def send(work: Work, notice_id: int) -> NoticeRow:
    """Send a notice to everybody it is for, as they are at this moment.

    Each of them gets one message, and a receipt waits for what becomes of it. Raises UserError for a notice of somebody
    else, one that was sent or dropped before, and one without readers.
    """
    row = await _own(work, notice_id)
    audience = parse_audience(row.audience, work.desk.regions).audience
    readers = await people.audience(work.tx, audience, now=work.now, within=scope_of(work.actor, Role.ADMIN))
    if not row.audience or not readers:
        raise UserError("tap-too-old")
    row.state, row.total, row.confirmed_at = "sending", len(readers), work.now
    await notices.await_receipts(work.tx, row, readers, now=work.now)
    await outbox.add_many(work.tx, work.desk.bot_id, _messages(work, row, readers), now=work.now)
    work.journal("notice", f"notice:{row.id}", audience=row.audience, total=row.total)
    return row


async def cancel(work: Work, notice_id: int) -> None:
    """Drop a notice that was not sent; raises UserError for any other."""
    (await _own(work, notice_id)).state = "cancelled"


def _check(work: Work, text: str) -> None:
    if not scope_of(work.actor, Role.ADMIN):
        raise UserError("not-your-region")
    if len(text) > NOTICE_LIMIT:
        raise UserError("notice-too-long", length=len(text), limit=NOTICE_LIMIT)


async def _size(work: Work, audience: Audience) -> int:
    """How many people an audience has in the author's territory; raises UserError if there are none."""
    total = await people.audience_size(work.tx, audience, now=work.now, within=scope_of(work.actor, Role.ADMIN))
    if total == 0:
        named = audience_text(work.desk.texts, work.language, audience, work.desk.regions)
        raise UserError("notice-nobody", audience=named)
    return total


async def _own(work: Work, notice_id: int) -> NoticeRow:
    """Load a notice, if it is the person's own, not yet sent, and the person is still an admin."""
    row = await notices.get(work.tx, notice_id)
    if row is None or row.person_id != work.person.id or not scope_of(work.actor, Role.ADMIN):
        raise UserError("tap-too-old")
    if row.state != "preview":
        raise UserError(f"notice-already-{row.state}")
    return row


def _messages(work: Work, row: NoticeRow, readers: Sequence[PersonRow]) -> list[Outgoing]:
    """One message a reader; it is rendered once for each language."""
    texts = work.desk.texts
    rendered = {
        language: message_params(notice_text(texts, language, row.text, work.person.name))
        for language in {language_of(texts, one) for one in readers}
    }
    return [
        Outgoing(
            "sendMessage",
            rendered[language_of(texts, one)],
            notice_key(row.id, one.id),
            Priority.NOTICE,
            chat_id=one.telegram_id,
            once=True,
            notice_id=row.id,
            person_id=one.id,
        )
        for one in readers
    ]
