"""Telling whoever sent a notice what became of it."""

from __future__ import annotations

from datetime import datetime

from actions.delivery.telling import News, tell_person
from core.delivery.readers import language_of
from core.desk import Desk
from core.kit.texts import Markup, Texts
from core.notices.notice_text import notice_result_key, reason_lines
from storage import notices
from storage.database.engine import Tx
from storage.notices import NoticeOutcome
from storage.people import people


async def finish(tx: Tx, desk: Desk, *, now: datetime) -> int:
    """Close each notice that is through and tell its author the result; gives how many there were."""
    done = await notices.finished(tx)
    authors = await people.by_ids(tx, [row.person_id for row in done])
    for row in done:
        row.state, row.done_at = "done", now
        author, began = authors[row.person_id], row.confirmed_at or row.created_at
        seconds = max(0, int((now - began).total_seconds()))  # a clock may have been set back meanwhile
        words = result(desk.texts, language_of(desk.texts, author), await notices.outcome(tx, row), seconds=seconds)
        if author.active:
            tell_person(tx, desk, author, News(words, notice_result_key(row.id)), now=now)
    return len(done)


def result(texts: Texts, language: str, found: NoticeOutcome, *, seconds: int) -> Markup:
    """Say how many have got a notice after so many seconds, why others have not, and who perhaps has."""
    lines = [
        texts.html(
            language,
            "notice-result",
            sent=texts.number(language, found.sent),
            total=texts.number(language, found.total),
            seconds=seconds,
        ),
        *reason_lines(texts, language, found.failed),
    ]
    if found.doubt:
        names = ", ".join(found.in_doubt) + ("…" if found.doubt > len(found.in_doubt) else "")
        lines.append(texts.html(language, "notice-doubt", count=texts.number(language, found.doubt), names=names))
    return Markup("\n".join(lines))
