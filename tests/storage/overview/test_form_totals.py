"""What the summary tells of the forms beside the situation report, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event

from actions.overview import situation
from core.calendar.windows import window_for
from core.desk import Desk
from core.forms.form_files import read_form
from core.forms.forms import Forms
from core.overview.form_totals import form_lines
from core.territory.posts import PostKind
from storage.database.engine import Database, Tx
from storage.tables import PostRow, StandingRow
from storage.territory import places
from storage.territory.places import NewPost
from tests.storage_kit import NOW, a_desk, add_territory, rows


async def posts_of(db: Database, count: int) -> list[int]:
    """Coordination posts in one city, by key."""
    new = [NewPost(f"P-{n}", f"Posko {n}", "posko", "16.71", None, "low", None, None) for n in range(count)]
    await db.write(lambda tx: places.put_posts(tx, new))
    return [key for key, code in await rows(db, PostRow.__table__.select().with_only_columns(PostRow.id, PostRow.code))
            if code.startswith("P-")]  # fmt: skip


async def stand(
    db: Database, desk: Desk, form_id: str, post: int, answers: dict[str, Any], *, at: datetime = NOW
) -> None:
    """Let answers stand for a post as filing them at that time does."""
    form = desk.forms[form_id]
    window = window_for(
        desk.calendar, form=form_id, post_kind=PostKind.POSKO, event=desk.event_date, sent_at=at, lasting=form.lasting
    )
    common = {"kind": "posko", "region_code": "16.71", "report_id": 1, "level": None, "late": False}

    async def work(tx: Tx) -> None:
        tx.add(StandingRow(window_key=window.key, post_id=post, answers=answers, sent_at=at, **common))

    await db.write(work)


async def told(db: Database, desk: Desk, region: str = "16") -> str:
    """The lines about other forms, as an Indonesian reader sees them."""
    parts = await db.read(lambda tx: situation.form_parts(tx, desk, region, now=NOW))
    return "\n".join(line for part in parts for line in form_lines(desk.texts, "id", part))


async def test_counts_sums_and_the_newest_answer(db: Database) -> None:
    """A form's answers are counted, its numbers added up, and of a level the newest is told; nothing filed, nothing told."""
    await add_territory(db)
    desk = await a_desk(db)
    one, two, three = await posts_of(db, 3)
    assert await told(db, desk) == ""
    flood = {"kind": "flood", "stage": "first", "severity": "low", "people": 900_000_000_000}
    await stand(
        db, desk, "disaster", one, {**flood, "water": 80, "needs": ["boat", "food"]}, at=NOW - timedelta(days=3)
    )
    await stand(db, desk, "disaster", two, {**flood, "water": 40, "needs": ["boat"], "families": 7}, at=NOW)
    await stand(db, desk, "logistics", three, {"item": "ink", "step": "arrived", "escorted": True})
    await stand(db, desk, "logistics", one, {"item": "ink", "step": "stored", "escorted": False})
    assert (await told(db, desk)).splitlines() == [
        "📋 <b>Pergeseran logistik</b>: 2 pos",
        "Barang: 🖋 Tinta 2",
        "Pergeseran: 📍 Tiba 1 · 🔐 Disimpan 1",
        "Dikawal: ya 1 · tidak 1",
        "📋 <b>Laporan bencana</b>: 2 pos",
        "Bencana: 🌊 Banjir 2",
        "Kebutuhan mendesak: 🚤 Perahu 2 · 🍚 Makanan 1",
        "KK terdampak 7 · Jiwa terdampak 1.800.000.000.000 · Tinggi air (cm) 40",
    ]
    assert await told(db, desk, "16.72") == ""


async def test_what_stood_yesterday_is_not_told_unless_it_lasts(db: Database) -> None:
    """Figures of a form that lasts stand for days; those of another form are of their day."""
    await add_territory(db)
    desk = await a_desk(db)
    (post,) = await posts_of(db, 1)
    earlier = NOW - timedelta(days=2)
    await stand(db, desk, "logistics", post, {"item": "ink", "step": "arrived"}, at=earlier)
    await stand(db, desk, "disaster", post, {"kind": "flood", "stage": "update"}, at=earlier)
    assert (await told(db, desk)).splitlines()[0] == "📋 <b>Laporan bencana</b>: 1 pos"


async def test_confidential_forms_and_the_alarm_are_not_told(db: Database) -> None:
    """What opens a confidential incident, and the alarm, stand in the summary by their incidents only."""
    await add_territory(db)
    desk = await a_desk(db)
    (post,) = await posts_of(db, 1)
    await stand(db, desk, "neutrality", post, {"act": "photo", "actor": "asn"})
    await stand(db, desk, "incident", post, {"category": "intimidation", "severity": "low"})
    await stand(db, desk, "sos", post, {"note": "tolong"})
    assert await told(db, desk) == ""


async def test_a_form_costs_one_statement_at_most(db: Database) -> None:
    """The summary of a region takes one statement for each form that it tells of, and as many however much was filed."""
    await add_territory(db)
    desk = await a_desk(db)
    posts = await posts_of(db, 5)
    counted: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        counted.append(statement)

    engine = db.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        await db.read(lambda tx: situation.gather(tx, desk, "16", now=NOW))
        before = len([one for one in counted if "SELECT" in one])
        for post in posts:
            await stand(db, desk, "disaster", post, {"kind": "flood", "stage": "update", "water": 3})
        counted.clear()
        await db.read(lambda tx: situation.gather(tx, desk, "16", now=NOW))
        after = len([one for one in counted if "SELECT" in one])
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert before == after <= 6 + len(desk.forms)


async def test_words_of_a_marked_report_are_in_no_summary(db: Database) -> None:
    """Of the reports whose reporters are named the newest words are told; those of one who asked not to be may name somebody."""
    await add_territory(db)
    form = read_form("""
id = "patrol"
commands = ["patrol"]
title = { id = "Patroli", en = "Patrol" }
posts = ["posko"]
[[field]]
id = "seen"
kind = "text"
summary = "latest"
label = { id = "Terlihat", en = "Seen" }
""")
    desk = replace(await a_desk(db), forms=Forms([form]))
    one, two, three = await posts_of(db, 3)
    await stand(db, desk, "patrol", one, {"seen": "lampu mati"}, at=NOW - timedelta(minutes=2))
    await stand(db, desk, "patrol", two, {"seen": "pagar rusak", "confidential": False}, at=NOW - timedelta(minutes=1))
    await stand(db, desk, "patrol", three, {"seen": "Andi berjaga", "confidential": True})
    text = await told(db, desk)
    assert ("3 pos" in text, "pagar rusak" in text, "Andi" in text) == (True, True, False)
