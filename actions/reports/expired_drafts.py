"""Drafts whose time has passed: deleted, with a word to whoever began them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from actions.reports.drafts import BUSY
from actions.work import Work
from core.delivery.keys import Subject
from core.delivery.outgoing import Button, Outgoing, Priority, message_params
from core.delivery.readers import language_of
from core.desk import Desk
from core.kit.shortening import cut, short
from core.kit.texts import Markup
from core.reports.keys import EXPIRED, draft_expired_key, draft_key
from core.reports.taps import CorrectTap, OpenFormTap
from storage.database.engine import Tx
from storage.delivery import outbox, screens
from storage.reports import drafts
from storage.reports.drafts import ExpiredDraft

CHUNK = 25  # drafts in one transaction: others who write wait no longer than for these
SHOWN = 120  # characters of what was typed


async def any_stale(tx: Tx, *, now: datetime) -> bool:
    """Whether a draft's time has passed."""
    return await drafts.any_expired(tx, now=now, untouched=now - BUSY)


async def drop_stale(tx: Tx, desk: Desk, *, now: datetime) -> int:
    """Delete the drafts whose time has passed and tell each one's officer, once; gives how many, at most 25 at a time."""
    found = await drafts.list_expired(tx, now=now, untouched=now - BUSY, limit=CHUNK)
    heard = [one for one in found if one.person.active and one.person.unreachable_since is None]
    await _close(tx, desk, heard, "draft-expired-here", now=now)
    messages = [_told(desk, one, now=now) for one in heard]
    await outbox.add_many(tx, desk.bot_id, messages, now=now)
    await drafts.drop_all(tx, [one.draft.id for one in found])
    return len(found)


async def close(work: Work, found: Sequence[ExpiredDraft]) -> None:
    """Delete drafts for which there is no room any more; their own messages say that nothing was sent."""
    await _close(work.tx, work.desk, found, "draft-closed-here", now=work.now)
    for one in found:
        await drafts.drop(work.tx, one.draft)


async def _close(tx: Tx, desk: Desk, found: Sequence[ExpiredDraft], said: str, *, now: datetime) -> None:
    """Let the drafts' own messages say that nothing was sent: their buttons would look alive for ever."""
    keys = [draft_key(one.draft.id) for one in found]
    there = await screens.load(tx, desk.bot_id, keys)
    for key, one in zip(keys, found, strict=True):
        if key not in there:
            continue
        draft, person = one.draft, one.person
        language = language_of(desk.texts, person)
        text, (_, button) = (
            desk.texts.html(language, said),
            _words(desk, language, one, now=now),
        )
        await screens.show(
            tx,
            desk.bot_id,
            screens.Shown(
                key,
                subject=Subject(EXPIRED, draft.id).text,
                place=(person.telegram_id, None),
                params=message_params(text, [[button]]),
                priority=Priority.SUMMARY,
            ),
            now=now,
        )


def _told(desk: Desk, found: ExpiredDraft, *, now: datetime) -> Outgoing:
    draft, person = found.draft, found.person
    language = language_of(desk.texts, person)
    text, button = _words(desk, language, found, now=now)
    return Outgoing(
        "sendMessage",
        message_params(text, [[button]]),
        draft_expired_key(draft.id),
        Priority.SUMMARY,
        chat_id=person.telegram_id,
        person_id=person.id,
    )


def _words(desk: Desk, language: str, found: ExpiredDraft, *, now: datetime) -> tuple[Markup, Button]:
    """What it was and when it was begun, with the button that begins it again."""
    texts, draft, post = desk.texts, found.draft, found.post
    time = texts.moment(language, draft.sent_at, now=now)
    form = desk.forms.get(draft.form_id)
    if draft.report_id is not None:
        again = Button(texts.plain(language, "button-correct-again"), tap=CorrectTap(draft.report_id))
        return texts.html(language, "draft-expired-correction", time=time), again
    fill = texts.plain(language, "button-fill")
    if form is None:
        typed = cut(draft.text, SHOWN)
        return texts.html(language, "draft-expired-words", time=time, text=typed or "📎"), Button(
            short(fill), tap=OpenFormTap(next(iter(desk.forms)))
        )
    title = form.title.text(language)
    tap = OpenFormTap(form.id, post.id if post is not None else None)
    key = "draft-expired-post" if post is not None else "draft-expired"
    return texts.html(language, key, title=title, time=time, **({"post": post.name} if post else {})), Button(
        fill, tap=tap
    )
