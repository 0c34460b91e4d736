"""Reminding the silent before a window closes, and clearing away drafts whose time has passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, select, update

from core.calendar.windows import windows_on
from core.desk import Desk
from core.territory.posts import PostKind
from jobs.timekeeper import Timekeeper
from storage.database.engine import Database, Tx, new_id
from storage.duties import list_silent_officers
from storage.people import people
from storage.tables import DraftRow, FiringRow, OutboxRow, PersonRow, PostRow, StandingRow
from storage.territory import places
from storage.territory.places import NewPost
from tests.storage_kit import EVENT, NOW, FakeClock, a_desk, add_territory, rows, unreachable

SOON = NOW + timedelta(minutes=20)  # 07.30 WIB: the prisons' morning window closes in half an hour


@pytest.fixture
async def desk(db: Database) -> Desk:
    await add_territory(db)
    return await a_desk(db)


async def guards(db: Database, count: int, *, first: int = 10) -> None:
    """Officers, each with a prison of their own."""

    async def work(tx: Tx) -> None:
        codes = [f"LAPAS-{first + number}" for number in range(count)]
        await places.put_posts(tx, [NewPost(code, code, "lapas", "16.71", None, "low", None, None) for code in codes])
        posts = {post.code: post for post in await tx.scalars(select(PostRow).where(PostRow.code.in_(codes)))}
        for number, code in enumerate(codes, start=first):
            row = people.add(tx, telegram_id=number, name=code, agency="lapas", language="id", now=NOW)
            region, post_id = posts[code].region_code, posts[code].id
            people.assign(tx, row, role="officer", region_code=region, post_id=post_id, granted="test", now=NOW)

    await db.write(work)


async def tick_at(db: Database, desk: Desk, moment: datetime) -> None:
    await Timekeeper(db, desk, clock=FakeClock(moment), since=NOW, added=lambda: None).tick()


async def reminded(db: Database) -> list[int]:
    """Who was reminded that something is due, once for each message."""
    found = await rows(db, select(OutboxRow.chat_id, OutboxRow.key).order_by(OutboxRow.chat_id))
    return [chat for chat, key in found if key.startswith("due/")]


async def test_the_silent_are_reminded_once(db: Database, desk: Desk) -> None:
    """Half an hour before a window closes each silent officer hears of it, once over ticks and restarts."""
    await guards(db, 2)
    await tick_at(db, desk, SOON - timedelta(seconds=1))
    assert await reminded(db) == []
    for seconds in (0, 1, 60):
        await tick_at(db, desk, SOON + timedelta(seconds=seconds))
    assert await reminded(db) == [10, 11]
    (expires,) = {expires for (expires,) in await rows(db, select(OutboxRow.expires_at))}
    assert expires == SOON + timedelta(minutes=30)


async def test_too_late_a_reminder_is_skipped(db: Database, desk: Desk) -> None:
    """A program that comes back when the window is about to close reminds nobody."""
    await guards(db, 1)
    await tick_at(db, desk, SOON + timedelta(minutes=21))
    assert await reminded(db) == []
    assert await rows(db, select(FiringRow.outcome).where(FiringRow.key.like("due/%"))) == [("skip",)]


async def test_the_unreachable_are_passed_over(db: Database, desk: Desk) -> None:
    """Who has blocked the bot is not reminded."""
    await guards(db, 2)
    await db.write(
        lambda tx: tx.execute(update(PersonRow).where(PersonRow.telegram_id == 10).values(unreachable_since=NOW))
    )
    assert await unreachable(db) == {10}
    await tick_at(db, desk, SOON)
    assert await reminded(db) == [11]


async def test_many_silent_cost_no_more_statements(db: Database, desk: Desk) -> None:
    """Who is silent is asked once a window, however many posts there are."""
    window = windows_on(desk.calendar, form="status", post_kind=PostKind.LAPAS, event=EVENT, day=NOW.date(), now=SOON)[
        0
    ]
    statements: list[object] = []
    event.listen(db.engine.sync_engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    seen = []
    for first, number in ((10, 2), (100, 20)):
        await guards(db, number, first=first)
        statements.clear()
        found = await db.read(lambda tx: list_silent_officers(tx, desk.forms, [([PostKind.LAPAS], window)], now=NOW))
        seen.append((len(found), len([text for text in statements if "SELECT" in str(text)])))
    assert seen == [(2, 2), (22, 2)]


async def a_draft(db: Database, chat: int, *, form: str = "status", report: int | None = None) -> None:
    """A draft that expires in an hour."""

    async def work(tx: Tx) -> None:
        person = await tx.scalar(select(PersonRow).where(PersonRow.telegram_id == chat))
        post = await tx.scalar(select(PostRow).where(PostRow.code == f"LAPAS-{chat}"))
        assert person is not None
        assert post is not None
        tx.add(
            DraftRow(
                id=new_id(tx),
                person_id=person.id,
                form_id=form,
                post_id=post.id if form else None,
                answers={},
                asking=[],
                text="air naik",
                source=f"m:{chat}:{form}",
                sent_at=NOW,
                updated_at=NOW,
                report_id=report,
                expires_at=NOW + timedelta(hours=1),
            )
        )

    await db.write(work)


async def test_stale_drafts_are_deleted_with_a_word(db: Database, desk: Desk) -> None:
    """A draft whose time has passed is deleted, and its officer hears once what it was and how to begin again."""
    await guards(db, 3)
    await a_draft(db, 10)
    await a_draft(db, 11, form="")
    await a_draft(db, 12, report=77)
    await tick_at(db, desk, NOW + timedelta(minutes=59))
    assert len(await rows(db, select(DraftRow.id))) == 3
    for _ in range(2):
        await tick_at(db, desk, NOW + timedelta(hours=1))
    assert await rows(db, select(DraftRow.id)) == []
    found = await rows(
        db,
        select(OutboxRow.chat_id, OutboxRow.params)
        .where(OutboxRow.key.like("draft-expired:%"))
        .order_by(OutboxRow.chat_id),
    )
    (post,) = await rows(db, select(PostRow.id).where(PostRow.code == "LAPAS-10"))
    told = [(chat, params["text"], _data(params)) for chat, params in found]
    assert [(chat, data) for chat, _, data in told] == [(10, f"fo:status:{post[0]}"), (11, "fo:status"), (12, "co:77")]
    assert "Laporan situasi" in told[0][1]
    assert "07.10 WIB" in told[0][1]
    assert "air naik" in told[1][1]
    assert "tetap seperti semula" in told[2][1]


def _data(params: dict[str, object]) -> object:
    markup = params["reply_markup"]
    assert isinstance(markup, dict)
    return markup["inline_keyboard"][0][0]["callback_data"]


async def test_a_form_of_lasting_figures_is_due_anew_in_each_window(db: Database, desk: Desk) -> None:
    """Where a form's answers stand for ever, what was said on an earlier day is no answer to today's window."""
    status = desk.forms["status"].model_copy(update={"lasting": True})
    forms = type(desk.forms)([*(form for form in desk.forms.values() if form.id != "status"), status])
    lasting = replace(desk, forms=forms)
    await guards(db, 2)
    await stand(db, 10, sent_at=SOON - timedelta(days=1))
    await stand(db, 11, sent_at=SOON - timedelta(minutes=1))
    await tick_at(db, lasting, SOON)
    assert await reminded(db) == [10]


async def stand(db: Database, chat: int, *, sent_at: datetime) -> None:
    """A lasting answer of an officer's prison."""

    async def work(tx: Tx) -> None:
        post = await tx.scalar(select(PostRow).where(PostRow.code == f"LAPAS-{chat}"))
        assert post is not None
        tx.add(
            StandingRow(
                window_key="status/lasting",
                post_id=post.id,
                kind="lapas",
                region_code=post.region_code,
                report_id=1,
                answers={},
                late=False,
                sent_at=sent_at,
            )
        )

    await db.write(work)
