"""Calling for help, by calls alone: who hears of an alarm, when a second joins, and what may be done with one that is out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import update

from actions.alarms import calling, running
from actions.alarms.calling import Called, CallMade, HelpCall
from actions.work import Work
from core.incidents.lifecycle import State
from core.kit.geo import Fix
from core.kit.texts import UserError
from core.people.roles import Role
from storage.tables import IncidentEventRow, IncidentRow, JournalRow, PersonRow, PostRow, ReportRow
from tests.actions_kit import Office

POST, OTHER = "LAPAS-1673", "LAPAS-1671"


async def call(
    office: Office, who: PersonRow, words: str = "", *, source: str = "sos:1", post_id: int = 0, age: float = 0
) -> CallMade:
    """Let somebody confirm a call for help that was begun so many seconds ago."""
    made = HelpCall(words, source, office.now - timedelta(seconds=age), post_id)
    return await office.do(who, lambda work: calling.send(work, made))


async def add_words(office: Office, who: PersonRow, words: str) -> None:
    """Let somebody add words to their running alarm."""

    async def act(work: Work) -> None:
        alarm = await running.alarm_of(work)
        assert alarm is not None
        await running.add_words(work, alarm, words)

    await office.do(who, act)


async def take(office: Office, owner: PersonRow) -> None:
    """Let somebody have the alarm."""
    values = {"state": State.ACKNOWLEDGED.value, "owner_id": owner.id, "acknowledged_at": office.now}
    await office.db.write(lambda tx: tx.execute(update(IncidentRow).values(**values)))


async def located(office: Office, who: PersonRow, *, hours: float) -> None:
    """Let somebody's phone have been at a place so long ago."""
    values = {"lat": -3.3, "lon": 102.9, "accuracy_m": None, "located_at": office.now - timedelta(hours=hours)}
    await office.db.write(lambda tx: tx.execute(update(PersonRow).where(PersonRow.id == who.id).values(**values)))


async def refused(office: Office, who: PersonRow, act: Callable[[Work], Awaitable[object]]) -> str:
    """The key of the mistake that somebody makes by doing this."""
    with pytest.raises(UserError) as error:
        await office.do(who, act)
    return error.value.key


async def test_an_alarm_reaches_groups_and_coordinators(office: Office) -> None:
    """One call opens one incident: its card is in the groups of the region and above, and with each coordinator near."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    tono = await office.person("Tono", Role.COORDINATOR, "16.74")
    groups = [await office.group("Linggau", "16.73"), await office.group("Sumsel", "16")]
    far = await office.group("Prabumulih", "16.74")
    assert await call(office, budi, "massa mendobrak pintu") == CallMade(Called.SENT, 1)
    for chat_id in (*(group.chat_id for group in groups), rahmat.telegram_id):
        told = await office.told(chat_id)
        assert [word for word in ("I-1", "Darurat", "massa mendobrak pintu") if word not in told] == []
    assert "DARURAT</b> — mohon segera" in await office.told(rahmat.telegram_id)
    assert [await office.told(chat_id) for chat_id in (far.chat_id, tono.telegram_id)] == ["", ""]
    mine = await office.told(budi.telegram_id)
    assert [word for word in ("DARURAT terkirim", "2 grup dan 1 koordinator") if word not in mine] == []
    line = await office.one(JournalRow, JournalRow.action == "alarm")
    assert (line.subject, line.person_id, line.detail) == ("I-1", budi.id, {"post": POST})


async def test_a_second_call_within_a_minute_joins_the_first(office: Office) -> None:
    """For sixty seconds further calls add their words to the alarm that is out; a second later one is another alarm."""
    budi, group = await office.person("Budi", Role.OFFICER, POST), await office.group("Linggau", "16.73")
    await call(office, budi, "api")
    office.clock.advance(seconds=60)
    assert await call(office, budi, "api di dapur", source="sos:2") == CallMade(Called.JOINED, 1)
    assert (await office.one(ReportRow)).text == "api\napi di dapur"
    assert "api di dapur" in await office.told(group.chat_id)
    assert await office.do(budi, lambda work: calling.join(work, "asap tebal")) is not None
    assert (await office.one(ReportRow)).text == "api\napi di dapur\nasap tebal"
    office.clock.advance(seconds=1)
    assert await office.do(budi, lambda work: calling.join(work, "asap")) is None
    assert await call(office, budi, source="sos:3") == CallMade(Called.SENT, 2)


async def test_one_call_is_one_alarm(office: Office) -> None:
    """A call that has become an alarm becomes none again, however late; one begun more than an hour ago becomes none at all."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    await call(office, budi, "api")
    office.clock.advance(minutes=30)
    assert await call(office, budi, "api", age=1800) == CallMade(Called.REPEATED, 1)
    old = HelpCall("api", "sos:2", office.now - timedelta(hours=1, seconds=1))
    assert await refused(office, budi, lambda work: calling.send(work, old)) == "tap-sos-old"
    assert len(await office.rows(IncidentRow)) == 1


async def test_the_last_place_goes_with_the_alarm(office: Office) -> None:
    """Where the phone was up to twelve hours ago stands in the report, with the minutes since; an older place does not."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    await located(office, budi, hours=3)
    await call(office, budi)
    office.clock.advance(hours=10)
    await call(office, budi, source="sos:2")
    first, second = await office.rows(ReportRow)
    assert (first.lat, first.lon, first.flags) == (-3.3, 102.9, ["old-fix:180"])
    assert (second.lat, second.lon, second.flags) == (None, None, [])


async def test_a_call_comes_from_the_likely_post(office: Office) -> None:
    """The post of the last report is taken, unless another own one is named; without a post it is the region held."""
    budi = await office.person("Budi", Role.OFFICER, POST, OTHER)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    first, other = await office.post(POST), await office.post(OTHER)
    await call(office, budi, post_id=other.id)
    whence = await office.do(budi, calling.whence)
    assert whence.post is not None
    assert (whence.post.id, whence.region_code) == (other.id, other.region_code)
    office.clock.advance(minutes=2)
    await call(office, budi, source="sos:2", post_id=first.id)
    assert await office.do(rahmat, calling.whence) == calling.Whence(None, "16.73")
    await call(office, rahmat, source="sos:3")
    place = await office.one(PostRow, PostRow.code == "WILAYAH-1673")
    assert [row.post_id for row in await office.rows(IncidentRow)] == [other.id, first.id, place.id]


async def test_an_alarm_is_withdrawn_everywhere(office: Office) -> None:
    """Taken back, every card says so, everybody who was told hears it anew, and the incident is over; only once."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    group, siti = await office.group("Linggau", "16.73"), await office.person("Siti", Role.OFFICER, POST)
    await call(office, budi)
    incident = await office.one(IncidentRow)
    assert await refused(office, siti, lambda work: running.withdraw(work, incident.id)) == "tap-too-old"
    gone = await office.do(budi, lambda work: running.withdraw(work, incident.id))
    assert (gone.number, (await office.one(IncidentRow)).state) == (1, State.REJECTED)
    for chat_id in (group.chat_id, rahmat.telegram_id):
        assert "I-1 DIBATALKAN" in await office.told(chat_id)
    assert "🚫 <b>DARURAT dibatalkan</b>" in await office.told(rahmat.telegram_id)
    assert "🚫 <b>Dibatalkan</b>" in await office.told(budi.telegram_id)
    assert await refused(office, budi, lambda work: running.withdraw(work, incident.id)) == "tap-answer-late"
    assert (await office.one(JournalRow, JournalRow.action == "alarm-withdrawn")).subject == "I-1"


async def test_an_alarm_is_moved_to_another_own_post(office: Office) -> None:
    """Who must hear of it there hears of it, also in person; where it was its card makes room. Nobody else moves it."""
    budi = await office.person("Budi", Role.OFFICER, POST, OTHER)
    siti = await office.person("Siti", Role.OFFICER, OTHER)
    maya = await office.person("Maya", Role.COORDINATOR, "16.71")
    before, after = await office.group("Linggau", "16.73"), await office.group("Palembang", "16.71")
    first, other = await office.post(POST), await office.post(OTHER)
    await call(office, budi, post_id=first.id)
    incident = await office.one(IncidentRow)
    for who, to, key in ((siti, other.id, "tap-too-old"), (budi, 0, "tap-not-your-post")):
        assert await refused(office, who, partial(running.move, incident_id=incident.id, post_id=to)) == key
    assert (await office.do(budi, lambda work: running.move(work, incident.id, other.id))).code == OTHER
    moved, report = await office.one(IncidentRow), await office.one(ReportRow)
    assert {moved.post_id, report.post_id} == {other.id}
    assert (moved.region_code, report.version) == (other.region_code, 2)
    assert "dipindahkan ke grup lain" in await office.told(before.chat_id)
    assert f"semula {first.name}" in await office.told(after.chat_id)
    assert other.name in await office.told(maya.telegram_id)
    assert [row.action for row in await office.rows(IncidentEventRow)] == ["opened", "moved"]


async def test_words_added_ring_with_whoever_has_taken_it(office: Office) -> None:
    """Words of the same hour stand on the cards and go to the owner in a new message; the same words again do not."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    group = await office.group("Linggau", "16.73")
    await call(office, budi, "massa")
    await take(office, rahmat)
    for _ in range(2):
        await add_words(office, budi, " bawa parang ")
    assert "bawa parang" in await office.told(group.chat_id)
    news = [line for line in (await office.told(rahmat.telegram_id)).splitlines() if "<i>bawa parang</i>" in line]
    assert len(news) == 1
    assert [row.action for row in await office.rows(IncidentEventRow)] == ["opened", "added"]
    office.clock.advance(minutes=61)
    assert await office.do(budi, running.alarm_of) is None


async def test_a_place_shared_within_half_an_hour_is_added(office: Office) -> None:
    """A place takes that of the report, whose age is no matter any more; after half an hour it belongs to no alarm."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    await located(office, budi, hours=3)
    await call(office, budi)
    office.clock.advance(minutes=30)
    found = await office.do(budi, lambda work: running.locate_running(work, Fix(-3.43, 104.24, 10.0)))
    assert found is not None
    report = await office.one(ReportRow)
    assert (report.lat, report.lon, report.accuracy_m, report.flags) == (-3.43, 104.24, 10.0, [])
    assert [row.action for row in await office.rows(IncidentEventRow)] == ["opened", "located"]
    office.clock.advance(seconds=1)
    assert await office.do(budi, lambda work: running.locate_running(work, Fix(0.0, 0.0, None))) is None
    assert (await office.one(ReportRow)).lat == -3.43
