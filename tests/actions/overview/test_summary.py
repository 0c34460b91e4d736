"""The summary of a region, on demand and by time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.overview import situation, summary
from actions.work import Work
from core.calendar.calendar import due_moments
from core.groups.purposes import Purpose
from core.kit.texts import UserError
from core.people.roles import Role
from storage.database.engine import Tx
from storage.tables import IncidentRow, PostRow, StandingRow
from storage.territory import places
from storage.territory.places import NewPost
from tests.actions_kit import Office


async def prisons(office: Office, reported: int, silent: int) -> None:
    """Prisons of a district of their own: so many whose report of this morning stands, and so many silent ones."""
    codes = [f"P-{number}" for number in range(reported + silent)]
    new = [NewPost(code, f"Lapas {code}", "lapas", "16.03.01", None, "low", None, None) for code in codes]
    await office.db.write(lambda tx: places.put_posts(tx, new))
    posts = await office.rows(PostRow, PostRow.code.in_(codes[:reported]))

    async def add(tx: Tx) -> None:
        for post in posts:
            tx.add(
                StandingRow(
                    window_key="status/2027-02-03/regu-pagi",
                    post_id=post.id,
                    kind="lapas",
                    region_code=post.region_code,
                    report_id=post.id,
                    answers={"inmates": 5},
                    level="watch",
                    late=False,
                    sent_at=office.now,
                )
            )

    await office.db.write(add)


async def test_a_summary_counts(office: Office) -> None:
    """Of the posts that are due a summary counts who reported and at which level, and names who is silent."""
    await prisons(office, reported=2, silent=1)
    found = await office.db.read(lambda tx: situation.gather(tx, office.desk, "16.03.01", now=office.now))
    assert (found.reported, found.expected, found.unmanned) == (2, 3, 3)
    assert [part.levels for part in found.parts] == [{"watch": 2}]
    assert [(post.name, post.code) for post in found.silent] == [("Lapas P-2", "P-2")]
    text = await office.db.read(lambda tx: summary.text(tx, office.desk, "16.03.01", language="id", now=office.now))
    assert "2/3" in text
    assert "Lapas P-2" in text


async def test_who_asks_for_no_region_reads_of_their_own(office: Office) -> None:
    """A coordinator gets the summary of the own region or of one within, and of no other."""
    bela = await office.person("Bela", Role.COORDINATOR, "16.71")

    async def ask(work: Work) -> None:
        assert summary.region_for(work, None) == "16.71"
        assert summary.region_for(work, "16.71.04") == "16.71.04"
        with pytest.raises(UserError, match="not-your-region"):
            summary.region_for(work, "16.03")

    await office.do(bela, ask)


async def test_each_group_gets_the_summary_of_its_region(office: Office) -> None:
    """At a moment of the calendar a group hears how its own region stands, in its language; one for other things nothing."""
    await prisons(office, reported=2, silent=1)
    here = await office.group("Posko", "16.03.01", Purpose.COORDINATION)
    there = await office.group("Kota", "16.71", Purpose.COORDINATION)
    await office.group("Logistik", "16.03.01", Purpose.LOGISTICS)
    until = office.now + timedelta(hours=2)
    (moment,) = (
        one
        for one in due_moments(office.desk.calendar, office.desk.event_date, after=office.now, until=until)
        if one.reminder.id == "summary-morning"
    )
    messages = await office.db.read(lambda tx: summary.compose(tx, office.desk, moment, now=moment.due_at))
    texts = {message.chat_id: message.params["text"] for message in messages}
    assert texts.keys() == {here.chat_id, there.chat_id}
    assert "2/3" in texts[here.chat_id]
    assert "Lapas P-2" not in texts[there.chat_id]
    assert await office.rows(IncidentRow) == []
