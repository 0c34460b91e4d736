"""The list of open incidents and the days without conflict, as the database gives them, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select

from core.forms.severity import Severity
from core.incidents.lifecycle import State
from core.incidents.open_list import BARE, Counts, Heard, ListedIncident, Wish
from core.incidents.streak import Streak, StreakRule
from core.incidents.taps import Show
from storage.database import state
from storage.database.engine import Database, Tx
from storage.database.state import INSTALLED
from storage.delivery import screens
from storage.incidents import open_list
from storage.incidents.open_list import View
from storage.incidents.streak import streak_of
from storage.tables import IncidentRow, PersonRow, PostRow, ReportRow
from tests.storage_kit import BOT, NOW, add_person, add_territory, one

PROVINCE = View(BOT, ("16",), 0)
DISASTER = Heard(frozenset({"flood"}), frozenset({"flood", "hoax", "security"}), others=False, bare=False)
RULE = StreakRule(frozenset({"security"}), status=True)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def filled(db: Database) -> Database:
    """A database with a territory and an officer."""
    await add_territory(db)
    await add_person(db, 7)
    return db


async def add(db: Database, *incidents: dict[str, Any]) -> None:
    """Add incidents, numbered from 1, the first the oldest; severity low and category flood unless told otherwise."""
    post, person = await one(db, select(PostRow.id)), await one(db, select(PersonRow.id))
    shared = {"post_id": post, "region_code": "16.71", "occurred_at": NOW}
    reports, rows = [], []
    for number, more in enumerate(incidents, start=1):
        category = more.get("category", "flood")
        answers = {"category": category, "severity": "low"} if category else {}
        report = {
            "id": number, "number": number, "form_id": "incident" if category else "sos", "person_id": person,
            "version": 1, "answers": answers, "text": "", "source": f"s{number}", "window_key": "w", "late": False,
            "sent_at": NOW, "stored_at": NOW, "bot_id": BOT, "update_id": number, "flags": [],
        }  # fmt: skip
        row = {
            "id": number, "number": number, "report_id": number, "category": category, "severity": "low",
            "state": "new", "confidential": False, "reporter_id": person, "owner_id": None, "due_at": None, "asked": 0,
            "opened_at": NOW - timedelta(hours=100 - number), "row_version": 1,
        }  # fmt: skip
        reports.append(shared | report)
        rows.append(shared | row | more)

    async def work(tx: Tx) -> None:
        await tx.execute(insert(ReportRow), reports)
        await tx.execute(insert(IncidentRow), rows)

    await db.write(work)


async def listed(db: Database, view: View = PROVINCE, wish: Wish | None = None) -> list[int]:
    """The numbers on a page, as many as are counted where one page holds them all."""
    shown = wish or Wish()
    entries = await db.read(lambda tx: open_list.page(tx, view, shown, now=NOW))
    counts = await counted(db, view, shown)
    assert counts.fitting == len(entries) or counts.fitting > 8
    return [entry.number for entry in entries]


async def counted(db: Database, view: View = PROVINCE, wish: Wish | None = None) -> Counts:
    """The counts for a view."""
    return await db.read(lambda tx: open_list.count(tx, view, wish or Wish(), now=NOW))


@contextmanager
def statements(db: Database) -> Iterator[list[tuple[str, Any]]]:
    """What is asked of the database within the block."""
    asked: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if "SELECT" in statement:
            asked.append((statement, values))

    event.listen(db.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine.sync_engine, "before_cursor_execute", note)


async def test_the_gravest_come_first_and_then_the_oldest(filled: Database) -> None:
    """Open incidents of all four states are listed by severity and age; those that have ended are not."""
    await add(
        filled,
        {"severity": "low"},
        {"severity": "critical", "state": "referred"},
        {"severity": "high", "state": "in-progress"},
        {"severity": "critical", "state": "acknowledged"},
        *({"severity": "critical", "state": state} for state in ("resolved", "closed", "duplicate", "rejected")),
        {"severity": "medium"},
        {"severity": "low"},
    )
    assert await listed(filled) == [2, 4, 3, 9, 1, 10]


async def test_each_filter_shows_its_own(filled: Database) -> None:
    """Mine, without an owner, overdue, of a category or without one, of a region or of it alone: each is what it says."""
    person = await one(filled, select(PersonRow.id))
    await add(
        filled,
        {"owner_id": person, "state": "acknowledged"},
        {"due_at": NOW - MINUTE, "category": "hoax"},
        {"due_at": NOW + MINUTE, "category": None, "region_code": "16.71.01"},
        {"asked": 1, "owner_id": person, "state": "in-progress", "region_code": "16.72"},
    )
    view = View(BOT, ("16",), person)
    shown = {
        Wish(Show.MINE): [1, 4],
        Wish(Show.UNOWNED): [2, 3],
        Wish(Show.OVERDUE): [2, 4],
        Wish(Show.CATEGORY, "hoax"): [2],
        Wish(Show.CATEGORY, BARE): [3],
        Wish(Show.REGION, "16.71"): [1, 2, 3],
        Wish(Show.REGION, "16.71.01"): [3],
    }
    assert {wish: await listed(filled, view, wish) for wish in shown} == shown
    assert await counted(filled, view, Wish(Show.MINE)) == Counts(total=4, fitting=2, unowned=2, overdue=2)
    city = View(BOT, ("16.71",), person)
    assert await listed(filled, city, Wish(Show.REGION, "16.71")) == [1, 2]
    assert await listed(filled, city) == [1, 2, 3]
    assert await listed(filled, View(BOT, ("16.72", "16.71.01"), person)) == [3, 4]


async def test_an_entry_tells_what_the_list_shows(filled: Database) -> None:
    """An entry has number, severity, state, what its title is made of, post, owner, age and whether it is overdue."""
    person = await one(filled, select(PersonRow.id))
    await add(
        filled, {"owner_id": person, "state": "acknowledged", "due_at": NOW, "severity": "high"}, {"category": None}
    )
    first, second = await filled.read(lambda tx: open_list.page(tx, PROVINCE, Wish(), now=NOW))
    flood = {"category": "flood", "severity": "low"}
    opened = NOW - timedelta(hours=99)
    assert first == ListedIncident(
        1, Severity.HIGH, State.ACKNOWLEDGED, "incident", flood, "Lapas Palembang", "Budi", opened, overdue=True
    )
    assert (second.form_id, second.answers, second.owner, second.overdue) == ("sos", {}, None, False)


async def test_a_group_lists_what_it_hears_of_and_what_it_has_the_card_of(filled: Database) -> None:
    """A group for disasters lists floods, and a case whose card came to it; not one whose card was moved away again."""
    await add(filled, {}, {"category": "hoax"}, {"category": None}, {"category": "security"}, {"category": "gone"})

    async def cards(tx: Tx) -> None:
        for number, group, subject in ((2, 5, "incident:2"), (3, 6, "incident:3"), (4, 5, "moved:4")):
            key = f"incident:{number}:{group}"
            await screens.show(
                tx, BOT, screens.Shown(key, subject=subject, place=(-5, None), params={"text": "x"}), now=NOW
            )

    await filled.write(cards)
    assert await listed(filled, View(BOT, ("16",), 0, 5, DISASTER)) == [1, 2]
    assert await listed(filled, View(BOT + 1, ("16",), 0, 5, DISASTER)) == [1]
    all_others = Heard(frozenset({"hoax"}), DISASTER.known, others=True, bare=True)
    assert await listed(filled, View(BOT, ("16",), 0, 9, all_others)) == [2, 3, 5]
    assert await listed(filled, View(BOT, ("16",), 0, 9, None)) == [1, 2, 3, 4, 5]


async def test_pages_follow_each_other(filled: Database) -> None:
    """Each incident is on one page, eight a page, in one order."""
    await add(filled, *({"severity": "high", "opened_at": NOW} for _ in range(19)))
    found = [await listed(filled, wish=Wish(page=page)) for page in (1, 2, 3, 4)]
    assert [len(numbers) for numbers in found] == [8, 8, 3, 0]
    assert [number for numbers in found for number in numbers] == list(range(1, 20))


async def test_menus_are_counted_by_category_and_region(filled: Database) -> None:
    """The menus of the filters are counted in one statement, and of open incidents only."""
    await add(filled, {}, {}, {"category": None, "region_code": "16.72"}, {"state": "closed"})
    with statements(filled) as asked:
        found = await filled.read(lambda tx: open_list.groups(tx, PROVINCE))
    assert found == {("flood", "16.71"): 2, (None, "16.72"): 1}
    assert len(asked) == 1


async def test_a_page_costs_two_statements_by_the_index(filled: Database) -> None:
    """However many have ended, the open ones are found by state and region, and what a page shows in two statements."""
    await add(filled, *({"state": "closed" if number % 5 else "new"} for number in range(50)))
    view = View(BOT, ("16",), 0, 5, DISASTER)
    with statements(filled) as asked:
        await counted(filled, view)
        await filled.read(lambda tx: open_list.page(tx, view, Wish(), now=NOW))
    assert len(asked) == 2
    if filled.engine.dialect.name == "sqlite":  # a planner of its own mind reads fifty rows as they lie
        for statement, values in asked:
            assert "USING INDEX ix_incidents_state (state=? AND region_code>?" in await plan(filled, statement, values)


async def plan(db: Database, statement: str, values: Any) -> str:
    """How SQLite would find the answer."""

    async def work(tx: Tx) -> str:
        connection = await tx.connection()
        return str((await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)).all())

    return await db.read(work)


async def streak(db: Database, *regions: str, rule: StreakRule | None = RULE) -> Streak | None:
    """Since when these regions have had no conflict."""
    return await db.read(lambda tx: streak_of(tx, rule, regions or ("16",)))


async def test_a_streak_ends_with_the_last_conflict(filled: Database) -> None:
    """The newest of the categories by when it happened counts, ended or not, and a bad report; others do not."""
    ago = {name: NOW - timedelta(days=days) for name, days in (("a", 1), ("b", 2), ("c", 3), ("d", 9))}
    await add(
        filled,
        {"occurred_at": ago["a"]},
        {"category": "security", "state": "duplicate", "occurred_at": ago["a"]},
        {"category": "security", "state": "rejected", "occurred_at": ago["a"]},
        {"category": None, "occurred_at": ago["b"], "region_code": "16.72.01"},
        {"category": "security", "state": "closed", "occurred_at": ago["c"], "confidential": True},
        {"category": "security", "occurred_at": ago["d"]},
    )
    assert await streak(filled) == Streak(ago["b"])
    assert await streak(filled, "16.71") == Streak(ago["c"])
    assert await streak(filled, "16.71", "16.72.01") == Streak(ago["b"])
    assert await streak(filled, rule=StreakRule(frozenset({"security"}), status=False)) == Streak(ago["c"])
    assert await streak(filled, rule=StreakRule(frozenset(), status=True)) == Streak(ago["b"])
    assert await streak(filled, rule=None) is None


async def test_without_a_conflict_the_days_count_from_the_installation(filled: Database) -> None:
    """Where nothing ever happened it is told since when that is known, in the same one statement, by the index of times."""
    await filled.write(lambda tx: state.remember(tx, INSTALLED, NOW.isoformat()))
    await add(filled, {})
    with statements(filled) as asked:
        found = await streak(filled)
    assert found == Streak(None, NOW)
    ((statement, values),) = asked
    if filled.engine.dialect.name == "sqlite":
        assert "USING COVERING INDEX ix_incidents_occurred_at" in await plan(filled, statement, values)


async def test_nothing_open_is_counted_as_nothing(filled: Database) -> None:
    """Where nothing is open the counts are zeros."""
    assert await counted(filled) == Counts(0, 0, 0, 0)
