"""Room for what a person begins: beyond so many drafts the oldest are put aside, and come back by their button."""

from __future__ import annotations

from collections.abc import Sequence

from actions.reports import expired_drafts
from actions.work import Work
from core.delivery.outgoing import Button, Outgoing, Priority, message_params
from core.kit.shortening import cut
from core.reports.draft import Stage
from core.reports.keys import draft_key, drafts_full_key
from core.reports.taps import DraftGoOnTap
from storage.delivery import outbox, screens
from storage.reports import drafts as rows
from storage.reports.drafts import ExpiredDraft
from storage.tables import DraftRow


async def make(work: Work, begun: Sequence[DraftRow]) -> list[DraftRow]:
    """Put the oldest aside where more are begun than a person may have, and say so once an hour; gives these.

    `begun` has the one touched last first. Of what was put aside before, the oldest is closed where that is too much; a
    correction is closed at once, since its report stands as it was.
    """
    bounds, closed = work.desk.bounds, list[DraftRow]()
    for row in begun:
        if row.stage == Stage.ASIDE:  # its message was edited: somebody is at it
            _take_up(work, row)
    over = sorted(begun, key=lambda row: row.updated_at, reverse=True)[bounds.drafts :]
    for row in over:
        if row.report_id is None:
            row.stage = Stage.ASIDE.value
            await _show_aside(work, row)
        else:
            closed.append(row)
    if over:
        closed += await rows.aside_beyond(work.tx, work.person.id, bounds.drafts_aside)
        await expired_drafts.close(work, [ExpiredDraft(row, work.person, None) for row in closed])
        _tell(work)
    return over


async def take_up(work: Work, draft_id: int) -> DraftRow | None:
    """Take up what the person has put aside; None where that is nothing of theirs, or is over."""
    row = await rows.own_aside(work.tx, work.person.id, draft_id)
    if row is not None:
        _take_up(work, row)
    return row


def _take_up(work: Work, row: DraftRow) -> None:
    row.stage, row.updated_at = (Stage.ASK if row.form_id else Stage.KEPT).value, work.now


async def _show_aside(work: Work, row: DraftRow) -> None:
    """Let a draft's own message say that it waits, and how it comes back."""
    key, texts, language = draft_key(row.id), work.desk.texts, work.language
    if key not in await screens.load(work.tx, work.desk.bot_id, [key]):
        return
    form = work.desk.forms.get(row.form_id)
    lines = [texts.html(language, "kept-words", words=cut(row.text, expired_drafts.SHOWN))] if row.text else []
    lines.append(
        texts.html(
            language,
            "draft-aside",
            title=form.title.text(language) if form else texts.plain(language, "draft-words"),
            time=texts.moment(language, row.sent_at, now=work.now),
        )
    )
    button = Button(texts.plain(language, "button-go-on"), tap=DraftGoOnTap(row.id))
    shown = screens.Shown(
        key,
        subject=key,
        place=(work.person.telegram_id, None),
        params=message_params("\n".join(lines), [[button]]),
        priority=Priority.SUMMARY,  # a hundred of these must not hold up what their person is answered
    )
    await screens.show(work.tx, work.desk.bot_id, shown, now=work.now)


def _tell(work: Work) -> None:
    bounds, key = work.desk.bounds, drafts_full_key(work.person.id, work.now)
    text = work.desk.texts.html(work.language, "drafts-full", most=bounds.drafts, aside=bounds.drafts_aside)
    told = Outgoing("sendMessage", message_params(text), key, Priority.ALERT, chat_id=work.person.telegram_id)
    outbox.gather(work.tx, told)
