"""Evidence as rows: whose a file is, also within one transaction, and what the fetcher takes and writes back."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from core.evidence.files import DOWNLOAD_LIMIT, SentFile
from storage import evidence
from storage.database.engine import Database, Tx
from storage.reports import reports
from storage.tables import MediaRow, MediaState, PostRow, ReportRow
from tests.storage_kit import BOT, NOW, add_person, add_territory, at, rows

CHAT = 77


def put(tx: Tx, person: int, message: int, *, album: str | None = None, size: int | None = 1000) -> MediaRow:
    """Add a photo of a message."""
    file = SentFile("photo", f"file-{message}", f"unique-{message}", None, "image/jpeg", size)
    return evidence.add(
        tx,
        file,
        evidence.Origin(CHAT, message, album, NOW),
        person_id=person,
        cause=(BOT, message),
        now=NOW,
    )


async def a_report(tx: Tx, person: int, source: str) -> ReportRow:
    """File a report in this transaction."""
    post = await tx.scalar(select(PostRow))
    assert post is not None
    return await reports.add(
        tx, cause=(BOT, 1), kind=post.kind, form_id="status", post_id=post.id, region_code=post.region_code,
        person_id=person, answers={}, level=None, text="", source=source, window_key="w", late=False,
        occurred_at=NOW, sent_at=NOW, stored_at=NOW,
    )  # fmt: skip


async def test_a_drafts_files_go_to_the_report_it_becomes(db: Database) -> None:
    """Files of a draft, stored before or just added, belong to the new report, and are counted at once."""
    await add_territory(db)
    person = await add_person(db, 5)

    async def begin(tx: Tx) -> None:
        evidence.assign([put(tx, person, 1, album="a"), put(tx, person, 2)], draft_source="m:1")
        evidence.assign([put(tx, person, 3)], draft_source="m:2")

    await db.write(begin)

    async def file(tx: Tx) -> tuple[int, int, int, int]:
        evidence.assign([put(tx, person, 4)], draft_source="m:1")
        before = await evidence.count(tx, draft_source="m:1")
        report = await a_report(tx, person, "m:1")
        moved = await evidence.adopt(tx, "m:1", report)
        after = await evidence.count(tx, report_id=report.id)
        return before, moved, after, await evidence.count(tx, draft_source="m:1")

    assert await db.write(file) == (3, 3, 3, 0)
    report_id = (await rows(db, select(ReportRow.id)))[0][0]
    assert await db.read(lambda tx: evidence.counts(tx, [report_id, 99])) == {report_id: 3}
    assert await db.read(lambda tx: evidence.count(tx, draft_source="m:2")) == 1


async def test_an_album_goes_together(db: Database) -> None:
    """An album gives its siblings of this transaction too: the loose ones go to a report, another report's file stays."""
    await add_territory(db)
    person = await add_person(db, 5)

    async def work(tx: Tx) -> list[int]:
        first, second = await a_report(tx, person, "a"), await a_report(tx, person, "b")
        evidence.assign([put(tx, person, 1, album="x")], draft_source="m:1")
        evidence.assign([put(tx, person, 2, album="x")], report=second)
        put(tx, person, 3, album="y")
        loose = [row for row in await evidence.of_album(tx, BOT, CHAT, "x") if row.report_id is None]
        evidence.assign(loose, report=first)
        album = await evidence.of_album(tx, BOT, CHAT, "x")
        assert evidence.owner(album) == evidence.Owner(first.id, None)
        return [len(loose), await evidence.count(tx, report_id=first.id), await evidence.count(tx, report_id=second.id)]

    assert await db.write(work) == [1, 1, 1]
    assert evidence.owner([]) is None


async def test_the_fetcher_takes_what_has_waited_longest(db: Database) -> None:
    """Only files that a bot may fetch wait; a failed one comes later, a settled one never again."""
    person, other = await add_person(db, 5), await add_person(db, 6)

    async def add(tx: Tx) -> list[int]:
        found = [put(tx, person, 1), put(tx, other, 2), put(tx, person, 3, size=DOWNLOAD_LIMIT + 1)]
        return [row.id for row in found]

    ids = await db.write(add)

    async def waiting(seconds: float) -> list[int]:
        return [item.id for item in await db.read(lambda tx: evidence.waiting(tx, BOT, now=at(seconds), limit=9))]

    assert await waiting(0) == ids[:2]
    later = NOW + timedelta(seconds=60)
    await db.write(lambda tx: evidence.postpone(tx, ids[0], attempts=1, error="Telegram answered 502", next_at=later))
    assert await waiting(0) == ids[1:2]
    assert await waiting(60) == [ids[1], ids[0]]
    await db.write(lambda tx: evidence.stored(tx, ids[1], sha256="a" * 64, path="aa/a.jpg", size=9, now=NOW))
    assert not await db.write(lambda tx: evidence.give_up(tx, ids[1], MediaState.LOST, error="late news"))
    assert await db.write(lambda tx: evidence.give_up(tx, ids[0], MediaState.LOST, error="gone"))
    assert await waiting(3600) == []
    found = await rows(db, select(MediaRow.state, MediaRow.sha256, MediaRow.error).order_by(MediaRow.id))
    assert found == [("lost", None, "gone"), ("stored", "a" * 64, None), ("remote", None, None)]


async def test_nobodys_many_files_delay_anothers(db: Database) -> None:
    """Of each person the file that has waited longest comes; who has enough in hand rests, and what is in hand is no more to do."""
    many, few = await add_person(db, 5), await add_person(db, 6)

    async def add(tx: Tx) -> list[int]:
        return [row.id for row in [*(put(tx, many, number) for number in range(1, 31)), put(tx, few, 40)]]

    ids = await db.write(add)

    async def waiting(*, held: tuple[int, ...] = (), resting: tuple[int, ...] = ()) -> list[int]:
        found = await db.read(lambda tx: evidence.waiting(tx, BOT, now=NOW, limit=4, held=held, resting=resting))
        return [item.id for item in found]

    assert await waiting() == [ids[0], ids[30]]
    assert await waiting(held=(ids[0], ids[30])) == [ids[1]]
    assert await waiting(held=(ids[0], ids[1]), resting=(many,)) == [ids[30]]
