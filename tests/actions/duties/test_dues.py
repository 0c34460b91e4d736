"""Reminding those who owe a report."""

from __future__ import annotations

from datetime import timedelta

from actions import calendar
from actions.duties import dues
from core.calendar.calendar import Moment, due_moments
from core.delivery.outgoing import Outgoing
from core.people.roles import Role
from storage.database.engine import Tx
from storage.tables import FiringRow, OutboxRow, PersonRow, StandingRow
from tests.actions_kit import Office

HALF_PAST_SEVEN = timedelta(minutes=20)  # after the office opens: the prisons' morning window closes at eight


def the_moment(office: Office) -> Moment:
    """The moment of the calendar at which the silent prisons are reminded."""
    (moment,) = (
        one
        for one in due_moments(
            office.desk.calendar, office.desk.event_date, after=office.now, until=office.now + HALF_PAST_SEVEN
        )
        if one.reminder.id == "due"
    )
    return moment


async def report(office: Office, code: str) -> None:
    """Let a prison's report stand in the morning window."""
    post = await office.post(code)

    async def add(tx: Tx) -> None:
        tx.add(
            StandingRow(
                window_key="status/2027-02-03/regu-pagi",
                post_id=post.id,
                kind=post.kind,
                region_code=post.region_code,
                report_id=1,
                answers={},
                level="ok",
                late=False,
                sent_at=office.now,
            )
        )

    await office.db.write(add)


async def composed(office: Office) -> list[Outgoing]:
    """The messages that remind of what is due, half an hour before the window closes."""
    moment = the_moment(office)
    office.clock.advance(seconds=HALF_PAST_SEVEN.total_seconds())
    return await office.db.read(lambda tx: dues.compose(tx, office.desk, moment, now=office.now))


async def test_a_reminder_names_the_silent_post(office: Office) -> None:
    """Whose post is silent is reminded of it by name and code, in their language; whose post has reported is left alone."""
    andi = await office.person("Andi", Role.OFFICER, "LAPAS-1671")
    await office.person("Budi", Role.OFFICER, "LAPAS-1673")
    await report(office, "LAPAS-1673")
    (message,) = await composed(office)
    assert (message.chat_id, message.person_id) == (andi.telegram_id, andi.id)
    assert "Lapas Kelas I Palembang <code>#LAPAS-1671</code>" in message.params["text"]
    assert "08.00" in message.params["text"]
    assert message.expires_at == office.now + timedelta(minutes=30)


async def test_one_of_two_posts_that_reported_is_not_named(office: Office) -> None:
    """An officer of two posts is told of the silent one only."""
    await office.person("Andi", Role.OFFICER, "LAPAS-1671", "LAPAS-1673")
    await report(office, "LAPAS-1671")
    (message,) = await composed(office)
    assert "LAPAS-1673" in message.params["text"]
    assert "LAPAS-1671" not in message.params["text"]


async def test_a_moment_is_claimed_with_its_messages(office: Office) -> None:
    """What was written for a moment waits once, however many clocks send it."""
    andi: PersonRow = await office.person("Andi", Role.OFFICER, "LAPAS-1671")
    moment = the_moment(office)
    messages = await composed(office)
    sent = [await calendar.send(office.db, office.desk, moment, messages, now=office.now) for _ in range(2)]
    assert sent == [True, False]
    assert len(await office.rows(OutboxRow, OutboxRow.chat_id == andi.telegram_id)) == 1
    assert (await office.one(FiringRow)).key == moment.key
