"""The reminders of the calendar, and moments that come too late."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions import calendar
from actions.duties import reminders
from core.calendar.calendar import Moment, due_moments
from core.groups.purposes import Purpose
from core.people.roles import Role
from storage.tables import FiringRow, JournalRow, OutboxRow
from tests.actions_kit import Office
from tests.kit import ADMIN_ID


def the_moment(office: Office, reminder: str) -> Moment:
    """The next moment of a reminder."""
    until: datetime = office.now + timedelta(days=14)
    found = due_moments(office.desk.calendar, office.desk.event_date, after=office.now, until=until)
    return next(one for one in found if one.reminder.id == reminder)


async def test_a_reminder_reaches_its_audience_and_its_groups(office: Office) -> None:
    """Each reader gets the days that are left in their own language, and of the groups those with its purpose."""
    andi = await office.person("Andi", Role.OFFICER, "LAPAS-1671")
    bela = await office.person("Bela", Role.COORDINATOR, "16.71", language="en")
    meant = await office.group("Posko", "16", Purpose.COORDINATION)
    await office.group("Logistik", "16", Purpose.LOGISTICS)
    moment = the_moment(office, "countdown")
    messages = await office.db.read(lambda tx: reminders.compose(tx, office.desk, moment, now=moment.due_at))
    texts = {message.chat_id: message.params["text"] for message in messages}
    assert texts.keys() - {ADMIN_ID} == {andi.telegram_id, bela.telegram_id, meant.chat_id}
    assert "7 hari" in texts[andi.telegram_id]
    assert "7 days" in texts[bela.telegram_id]


async def test_a_moment_that_is_skipped_is_journalled_once(office: Office) -> None:
    """For a moment that comes too late nothing waits; it is claimed, and noted the first time."""
    moment = the_moment(office, "countdown")
    late = moment.due_at + timedelta(days=1)
    skipped = [await office.db.write(lambda tx: calendar.skip(tx, moment, now=late)) for _ in range(2)]
    assert skipped == [True, False]
    assert (await office.one(FiringRow)).outcome == "skip"
    assert (await office.one(JournalRow, JournalRow.action == "reminder-skipped")).subject == moment.key
    assert await office.rows(OutboxRow, OutboxRow.key.startswith("countdown/")) == []
