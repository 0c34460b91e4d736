"""Rows of a clock that was ahead, on both engines: they count from the present, and its moments come again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from core.kit.ids import IdMaker
from core.people.invites import InviteRequest
from core.people.roles import Role
from storage.database import ahead, state
from storage.database.engine import Database, Tx
from storage.delivery import inbox, outbox
from storage.people import invites, people
from storage.tables import AssignmentRow, FiringRow, InboxRow, InviteRow, OutboxRow
from tests.storage_kit import BOT, NOW, a_message, add_person, add_territory, an_update, put, rows, states, store

YEAR, DAY, HOUR, MINUTE = timedelta(days=366), timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
FIRED, SKIPPED = "fire", "skip"


async def bring_back(db: Database) -> None:
    await db.write(lambda tx: ahead.bring_back(tx, now=NOW))


async def fire(db: Database, key: str, *, due_at: datetime, fired_at: datetime, outcome: str = FIRED) -> None:
    await db.write(lambda tx: state.fire(tx, key, due_at=due_at, now=fired_at, outcome=outcome))


async def released(db: Database) -> set[str]:
    """Which of the moments can be claimed again."""
    before = {key for (key,) in await rows(db, select(FiringRow.key))}
    await db.write(lambda tx: ahead.release(tx, BOT, now=NOW, skipped=SKIPPED))
    return before - {key for (key,) in await rows(db, select(FiringRow.key))}


async def test_updates_that_wait_for_next_year_are_taken_now(db: Database) -> None:
    """An update that came, or is tried again, by a clock a year ahead is due at once; one that failed just now is not."""
    await store(db, an_update(1, lane=1), now=NOW + YEAR)
    await store(db, an_update(2, lane=2), an_update(3, lane=3))
    ids = dict(await rows(db, select(InboxRow.update_id, InboxRow.id)))
    for number, later in ((2, YEAR), (3, MINUTE)):
        await db.write(
            lambda tx, key=ids[number], at=NOW + later: inbox.postpone(tx, key, attempts=1, next_at=at, error="x")  # type: ignore[misc]
        )
    await bring_back(db)
    claimed = (await db.read(lambda tx: inbox.claim(tx, BOT, now=NOW, after=None))).items
    assert [item.update_id for item in claimed] == [1, 2]
    assert claimed[0].received_at == NOW


async def test_messages_keep_the_waits_that_they_had(db: Database) -> None:
    """A message of a clock a year ahead goes now and expires as long after as it should; one of today is as it was."""
    later = NOW + YEAR
    await put(db, a_message("ahead", expires_at=later + HOUR), now=later)
    await put(db, a_message("today", expires_at=NOW + YEAR))
    await put(db, a_message("parked"), a_message("soon"))
    for key, span in (("parked", YEAR), ("soon", HOUR)):
        moved = update(OutboxRow).where(OutboxRow.key == key).values(not_before=NOW + span)
        await db.write(lambda tx, moved=moved: tx.execute(moved))  # type: ignore[misc]
    await bring_back(db)
    found = select(OutboxRow.key, OutboxRow.not_before, OutboxRow.expires_at).order_by(OutboxRow.id)
    assert await rows(db, found) == [
        ("ahead", NOW, NOW + HOUR),
        ("today", NOW, NOW + YEAR),
        ("parked", NOW, None),
        ("soon", NOW + HOUR, None),
    ]


async def test_invitation_lasts_as_long_as_was_said(db: Database) -> None:
    """A link for a week that was made by a clock a year ahead ends a week from now."""
    wish = InviteRequest(Role.COORDINATOR, "16.71", None, None, 1, 7)

    async def add(tx: Tx) -> None:
        invites.add(tx, wish, agency="polri", created_by=None, now=NOW + YEAR)

    await db.write(add)
    await bring_back(db)
    assert await rows(db, select(InviteRow.expires_at)) == [(NOW + 7 * DAY,)]


async def test_who_enrolled_tomorrow_holds_the_post_and_who_was_put_out_does_not(db: Database) -> None:
    """A clock a day back takes nobody's role away, and gives none back that has ended."""
    await add_territory(db)
    await add_person(db, 7)
    gone = await add_person(db, 8)
    await db.write(lambda tx: tx.execute(update(AssignmentRow).values(valid_from=NOW + DAY)))
    ended = update(AssignmentRow).where(AssignmentRow.person_id == gone).values(valid_to=NOW + DAY)
    await db.write(lambda tx: tx.execute(ended))
    await bring_back(db)

    async def held(tx: Tx) -> dict[int, int]:
        found = await people.members(tx, [7, 8], now=NOW)
        return {number: len(member.holdings) for number, member in found.items()}

    assert await db.read(held) == {7: 1, 8: 0}


async def test_moments_of_a_clock_that_was_ahead_come_again(db: Database) -> None:
    """What a clock a year ahead took for past, or sent, comes again; what had its turn does not."""
    then = NOW + YEAR
    await fire(db, "skipped/to-come", due_at=NOW + DAY, fired_at=then, outcome=SKIPPED)
    await fire(db, "skipped/just-past", due_at=NOW - HOUR, fired_at=then, outcome=SKIPPED)
    await fire(db, "sent/next-year", due_at=then, fired_at=then)
    await fire(db, "sent/today", due_at=NOW - HOUR, fired_at=NOW - HOUR)
    await fire(db, "sent/early-and-past", due_at=NOW - HOUR, fired_at=NOW + 2 * HOUR)
    await fire(db, "sent/set-back-by-minutes", due_at=NOW + MINUTE, fired_at=NOW + MINUTE)
    await fire(db, "skipped/last-month", due_at=NOW - 30 * DAY, fired_at=NOW - 29 * DAY, outcome=SKIPPED)
    assert await released(db) == {"skipped/to-come", "skipped/just-past", "sent/next-year"}


async def test_a_moment_that_comes_again_is_told_again(db: Database) -> None:
    """The messages of a moment that comes again are added under the same keys; those that still waited are given up."""
    when = NOW + 3 * DAY
    await put(db, a_message("h8/1:p7"), a_message("h8/1:g3:1"), a_message("h8/10:p7"), a_message("other:p7"), now=when)
    await fire(db, "h8/1", due_at=when, fired_at=when)
    await released(db)
    await put(db, a_message("h8/1:p7"), a_message("h8/10:p7"), now=when)
    found = await states(db)
    assert {key: found[key] for key in ("h8/1:p7", "h8/10:p7", "other:p7")} == dict.fromkeys(
        ("h8/1:p7", "h8/10:p7", "other:p7"), "waiting"
    )
    assert sorted(found.values()) == ["expired", "expired", "waiting", "waiting", "waiting"]


async def test_what_was_done_ahead_is_forgotten_in_time(db: Database) -> None:
    """What a clock a year ahead was done with is tidied away in a month, and no limit counts it as just sent."""
    await put(db, a_message("old"))
    sent = update(OutboxRow).values(state="sent", settled_at=NOW + YEAR)
    await db.write(lambda tx: tx.execute(sent))
    await bring_back(db)
    assert await db.read(lambda tx: outbox.recent_sends(tx, BOT, since=NOW - MINUTE)) == []
    await db.write(lambda tx: outbox.prune(tx, now=NOW + 31 * DAY))
    assert await states(db) == {}


async def test_new_keys_follow_those_of_a_clock_that_was_ahead(url: str) -> None:
    """After a start with the right clock what comes in has greater keys than what is there, or it would overtake."""
    then, now = 1_900_000_000_000, 1_800_000_000_000
    first = Database(url, ids=IdMaker(lambda: then, node=1))
    await store(first, an_update(1))
    await first.close()
    second = Database(url, ids=IdMaker(lambda: now, node=0))
    await second.read(ahead.continue_keys)
    await store(second, an_update(2))
    assert [update_id for (update_id,) in await rows(second, select(InboxRow.update_id).order_by(InboxRow.id))] == [
        1,
        2,
    ]
    await second.close()
