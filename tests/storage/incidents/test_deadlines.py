"""Incidents that are due: found by one indexed read, taken in chunks, each once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, insert, select, text, update

from core.delivery.outgoing import Priority
from core.desk import Desk
from core.incidents.escalation import farthest
from jobs.incidents import CHUNK, Escalator
from storage.database.engine import Database, Tx
from storage.incidents import deadlines
from storage.tables import IncidentEventRow, IncidentRow, OutboxRow, PostRow, ReportRow
from tests.storage_kit import BOT, NOW, a_desk, add_person, add_territory, link_group, one, opened, rows

DUE = NOW + timedelta(hours=1)
FAR = NOW + timedelta(days=9)


@pytest.fixture
async def desk(db: Database) -> Desk:
    await add_territory(db)
    await add_person(db, 7)
    await link_group(db, -5)
    return await a_desk(db)


async def add_incidents(db: Database, count: int) -> None:
    """Add open incidents of Palembang that are due at the same moment."""
    post, person = await one(db, select(PostRow.id)), await add_person(db, 8)
    reports = [
        {
            "id": number, "number": number, "form_id": "incident", "post_id": post, "region_code": "16.71",
            "person_id": person, "version": 1, "answers": {"category": "flood", "severity": "medium"}, "text": "air",
            "source": f"m:{number}", "window_key": "", "late": False, "occurred_at": NOW, "sent_at": NOW,
            "stored_at": NOW, "bot_id": BOT, "update_id": number, "flags": [],
        }
        for number in range(1, count + 1)
    ]  # fmt: skip
    incidents = [
        {
            "id": number, "number": number, "report_id": number, "category": "flood", "severity": "medium",
            "state": "new", "confidential": False, "post_id": post, "region_code": "16.71", "reporter_id": person,
            "occurred_at": NOW, "opened_at": NOW, "due_at": DUE, "look_at": DUE, "level": "regency", "asked": 0,
            "row_version": 1,
        }
        for number in range(1, count + 1)
    ]  # fmt: skip

    async def work(tx: Tx) -> None:
        await tx.execute(insert(ReportRow), reports)
        await tx.execute(insert(IncidentRow), incidents)

    await db.write(work)


async def due(db: Database, desk: Desk, now: datetime) -> list[int]:
    """The keys of what the clock would look at now."""
    far = farthest(desk.escalation)
    return await db.read(lambda tx: deadlines.list_due(tx, now=now, farthest=far, limit=9))


@contextmanager
def counted(db: Database) -> Iterator[list[str]]:
    """Gather the statements that run meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    engines = {db.engine.sync_engine, db._writer.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield statements
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


async def test_looking_costs_one_indexed_read(db: Database, desk: Desk) -> None:
    """With a thousand open incidents of which none is due, a look reads once, along the index, and writes nothing."""
    await add_incidents(db, 1000)
    with counted(db) as statements:
        await Escalator(db, desk, added=lambda: None).round(DUE - timedelta(seconds=1))
    assert len([one for one in statements if "incidents" in one]) == len([one for one in statements if "SELECT" in one])
    assert len([one for one in statements if "SELECT" in one]) == 1
    if db.is_sqlite:
        (asked,) = (one for one in statements if "SELECT" in one)
        plan = text("EXPLAIN QUERY PLAN " + asked.replace("?", "'2027'"))
        assert str(await rows(db, plan)).count("ix_incidents_look_at") == 2  # what is due, and what a wrong clock set


async def test_many_that_are_due_at_once_are_each_taken_once(db: Database, desk: Desk) -> None:
    """More than one transaction's worth is done in one round, once even by two clocks that look at the same time."""
    count = CHUNK + 5
    await add_incidents(db, count)
    woken: list[int] = []
    async with opened(db.url) as other:
        clocks = [Escalator(database, desk, added=lambda: None) for database in (db, other)]
        await asyncio.gather(*(clock.round(DUE) for clock in clocks))
        await Escalator(other, desk, added=lambda: woken.append(1)).round(DUE)
    assert woken == []
    told = await rows(db, select(OutboxRow.key).where(OutboxRow.key.like("waiting:%")))
    assert await rows(db, select(IncidentRow.id).where(IncidentRow.look_at <= DUE)) == []
    entries = await rows(db, select(IncidentEventRow.incident_id).where(IncidentEventRow.action == "admins"))
    assert sorted(number for (number,) in entries) == list(range(1, count + 1))
    assert len(set(told)) == len(told)


async def test_what_failed_is_left_alone_for_a_minute(db: Database, desk: Desk) -> None:
    """An incident that was put off is due a minute later, and one that is gone has no number."""
    await add_incidents(db, 1)
    number = await db.write(lambda tx: deadlines.postpone(tx, 1, now=DUE))
    assert number == 1
    assert await db.write(lambda tx: deadlines.postpone(tx, 99, now=DUE)) == 0
    found = [await due(db, desk, moment) for moment in (DUE, DUE + timedelta(seconds=59), DUE + timedelta(minutes=1))]
    assert found == [[], [], [1]]


async def test_a_deadline_that_a_wrong_clock_set_is_set_anew(db: Database, desk: Desk) -> None:
    """An incident that is due further ahead than the preset's longest time gets its deadline from the present."""
    await add_incidents(db, 1)
    await db.write(lambda tx: tx.execute(update(IncidentRow).values(look_at=FAR, due_at=FAR)))
    await Escalator(db, desk, added=lambda: None).round(DUE)
    ((look_at, due_at),) = await rows(db, select(IncidentRow.look_at, IncidentRow.due_at))
    assert DUE < look_at <= due_at <= DUE + farthest(desk.escalation)


async def test_the_gravest_is_due_first(db: Database, desk: Desk) -> None:
    """Of the incidents that are due a critical one comes before an older one that is not."""
    await add_incidents(db, 3)
    await db.write(lambda tx: tx.execute(update(IncidentRow).where(IncidentRow.id == 3).values(severity="critical")))
    assert (await due(db, desk, DUE))[0] == 3


async def test_milder_incidents_do_not_shut_the_admins_chat(db: Database, desk: Desk) -> None:
    """Admins hear of an untaken incident of medium severity after everything that is more urgent."""
    await add_incidents(db, 1)
    await add_person(db, 9, role="admin")
    await Escalator(db, desk, added=lambda: None).round(DUE)
    waiting = await rows(db, select(OutboxRow.priority).where(OutboxRow.key.like("waiting:%")))
    assert waiting == [(Priority.SUMMARY,)]
