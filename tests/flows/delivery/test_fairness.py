"""Nobody's flood delays anybody else's first message, and least of all a call for help; Telegram's limits hold throughout."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from sandbox import Group, Limits, Person
from storage.tables import InboxRow, OutboxRow, ReportRow
from tests.kit import Posko, running


@pytest.fixture
async def limited(database_url: str) -> AsyncIterator[Posko]:
    """The program with its limits on, against a Telegram that enforces its own."""
    async with running(database_url, limits=Limits(), rate_limits="telegram") as posko:
        await posko.wait(minutes=2)
        yield posko


async def let_pass(posko: Posko, seconds: float, *, step: float = 0.5) -> None:
    """Let time pass in steps, as it does; a message leaves in each step at least."""
    for _ in range(round(seconds / step)):
        await posko.wait(seconds=step)


async def a_second(posko: Posko) -> None:
    """Let a second pass and a little, within which somebody else must have been served."""
    await let_pass(posko, 1.2, step=0.1)


async def test_many_critical_incidents_of_one_hide_no_alarm(limited: Posko) -> None:
    """While one person's critical incidents, one after another, fill a group, another's call for help is in it at once, with its card."""
    budi, joko = await limited.officer("Budi"), await limited.officer("Joko")
    rahmat = await limited.coordinator("Rahmat")
    group = await limited.group("Linggau", "16.73", members=[rahmat])
    for number in range(60):
        await budi.say(f"/insiden banjir kritis nomor {number}")
    await let_pass(limited, 15, step=1)
    places: list[Person | Group] = [group, rahmat]
    shown = [len(place.messages) for place in places]
    await joko.say("/darurat dikepung massa")
    await a_second(limited)
    await joko.tap("KIRIM DARURAT")
    await a_second(limited)
    for place, before in zip(places, shown, strict=True):
        assert any("dikepung massa" in message.text for message in place.messages[before:])
    assert await limited.rows(OutboxRow, OutboxRow.chat_id == group.id, OutboxRow.state == "waiting") != []


async def test_a_flooder_leaves_room_for_anothers_first_incident(limited: Posko) -> None:
    """While one person's incidents wait for their turn in a group, another's first incident is shown in it at once."""
    budi, joko = await limited.officer("Budi"), await limited.officer("Joko", "RUTAN-1674")
    group = await limited.group("Sumsel", "16")
    for number in range(40):
        await budi.say(f"/insiden banjir kritis nomor {number}")
    await let_pass(limited, 10, step=1)
    shown = len(group.messages)
    await joko.say("/insiden banjir kritis air setinggi atap")
    await a_second(limited)
    assert any("air setinggi atap" in message.text for message in group.messages[shown:])
    assert await limited.rows(OutboxRow, OutboxRow.chat_id == group.id, OutboxRow.state == "waiting") != []


async def test_forty_taps_a_second_delay_no_alarm(limited: Posko) -> None:
    """While one person taps a button forty times a second, another's call for help is asked about, sent and shown at once."""
    budi, joko = await limited.officer("Budi"), await limited.officer("Joko")
    group = await limited.group("Linggau", "16.73")
    await budi.say("/lapor")
    await a_second(limited)
    for _ in range(100):
        await budi.tap(limited.last(budi).buttons[0])
    await joko.say("/darurat tolong")
    await a_second(limited)
    await joko.tap("KIRIM DARURAT")
    await a_second(limited)
    assert "tolong" in group.messages[-1].text
    waiting = await limited.rows(InboxRow, InboxRow.state == "waiting")
    assert (len(waiting) > 70, {row.lane for row in waiting}) == (True, {budi.id})


async def test_who_floods_loses_nothing_and_is_told_once(limited: Posko) -> None:
    """Forty reports sent at once are all filed, in their order, and the person reads once that they are dealt with one by one."""
    budi = await limited.officer("Budi")
    budi.forget()
    for number in range(40):
        await budi.say(f"/lapor aman nomor {number}")
    await let_pass(limited, 42, step=1)
    filed = await limited.rows(ReportRow)
    assert [row.text.split()[-1] for row in sorted(filed, key=lambda row: row.id)] == [str(n) for n in range(40)]
    assert limited.heard(budi).count("datang sekaligus") == 1


async def test_a_strangers_flood_is_answered_once_and_tells_nobody(limited: Posko) -> None:
    """A stranger who writes a hundred times hears how to get in, and nothing of being slowed."""
    stranger = limited.person("Orang")
    for number in range(100):
        await stranger.say(f"halo {number}")
    await let_pass(limited, 30, step=3)
    assert "datang sekaligus" not in limited.heard(stranger)
    assert await limited.rows(OutboxRow, OutboxRow.key.like("slowed:%")) == []


async def test_messages_know_how_much_their_cause_has_asked_for(limited: Posko) -> None:
    """The first messages of a person stand in the first row, those of a flood further and further behind."""
    budi = await limited.officer("Budi")
    for number in range(20):
        await budi.say(f"/lapor aman nomor {number}")
    await limited.settle()
    rows = await limited.rows(OutboxRow, OutboxRow.chat_id == budi.id, OutboxRow.key.not_like("slowed:%"))
    turns = [row.turn for row in sorted(rows, key=lambda row: row.id)]
    assert (turns[0], max(turns) > 8) == (0, True)
