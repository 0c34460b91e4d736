"""What happens by itself: countdown, neutrality, summaries, and the languages in which they are read."""

from __future__ import annotations

from sandbox import Group, Person
from storage.tables import FiringRow, JournalRow, ReportRow
from tests.kit import Posko, running, wib

H7 = "2027-02-07 07:00"
MONDAY = "2027-02-08 08:00"


async def cast(posko: Posko) -> tuple[dict[str, Person], dict[str, Group]]:
    """People of several agencies and languages, and groups of several purposes and languages."""
    people = {
        "lapas": await posko.officer("Budi", agency="lapas"),
        "linmas": await posko.officer("Tono", "TPS-1673061002-901", agency="linmas"),
        "polri": await posko.coordinator("Rahmat", agency="polri"),
        "english": await posko.officer("John", "RUTAN-1674", agency="tni", language="en"),
        "bpbd": await posko.coordinator("Dewi", "16.74", agency="bpbd"),
        "stranger": posko.person("Orang"),
    }
    groups = {
        "all": await posko.group("Semua urusan", "16.73"),
        "coordination": await posko.group("Koordinasi", "16.74", "koordinasi"),
        "disaster": await posko.group("BPBD", "16.73", "bencana"),
        "unlinked": posko.tg.group("Lain", [posko.admin]),
    }
    await posko.say(posko.admin, "/bahasa en", to=groups["coordination"])
    forget_all(people, groups)
    return people, groups


def forget_all(people: dict[str, Person], groups: dict[str, Group]) -> None:
    """Take everything said so far as heard."""
    for person in people.values():
        person.forget()
    for group in groups.values():
        group.forget()


def who_heard(posko: Posko, people: dict[str, Person], groups: dict[str, Group], words: str) -> set[str]:
    """Who has heard these words, people and groups."""
    found = {name for name, person in people.items() if words in posko.heard(person)}
    return found | {name for name, group in groups.items() if words in posko.heard(posko.admin, group)}


async def test_the_countdown_reaches_everybody_on_the_morning_of_h7(posko: Posko) -> None:
    """On H-7 at seven everybody enrolled and the coordination groups are told the days left, nobody else."""
    people, groups = await cast(posko)
    await posko.at(H7)
    assert who_heard(posko, people, groups, "H-7 — 7 hari menuju Pemungutan suara, Minggu, 14 Februari 2027") == {
        "lapas",
        "linmas",
        "polri",
        "bpbd",
        "all",
    }


async def test_the_countdown_speaks_the_readers_language(posko: Posko) -> None:
    """People and groups that read English get the countdown in English."""
    people, groups = await cast(posko)
    await posko.at(H7)
    assert who_heard(posko, people, groups, "Sunday, 14 February 2027") == {"english", "coordination"}


async def test_neutrality_reaches_exactly_the_agencies_bound_by_it(posko: Posko) -> None:
    """On Monday morning the duty of neutrality goes to civil servants, army, police, organisers and prison staff."""
    people, groups = await cast(posko)
    await posko.at("2027-02-08 07:59")
    forget_all(people, groups)
    await posko.at(MONDAY)
    assert who_heard(posko, people, groups, "netralitas") == {"lapas", "polri"}
    assert "neutrality" in posko.heard(people["english"])


async def test_a_reminder_is_sent_once(posko: Posko) -> None:
    """However often the clock ticks in the minutes after, a reminder comes once."""
    budi = await posko.officer()
    await posko.at(H7)
    for _ in range(3):
        await posko.wait(minutes=1)
    assert posko.heard(budi).count("H-7") == 1


async def test_a_reminder_is_sent_once_over_a_restart(database_url: str) -> None:
    """A program that is started again in the same hour does not repeat what it has said."""
    async with running(database_url, local=H7) as posko:
        assert "H-7" in posko.last(posko.admin).text
    async with running(database_url, local="2027-02-07 07:30") as posko:
        assert "H-7" not in posko.heard(posko.admin)
        assert [message for message in posko.admin.messages if "H-7" in message.text] == []


async def test_a_missed_reminder_is_caught_up_within_its_grace(database_url: str) -> None:
    """A program that was down at seven sends the countdown at ten."""
    async with running(database_url, local="2027-02-07 10:00") as posko:
        assert "H-7" in posko.last(posko.admin).text


async def test_a_reminder_that_is_too_late_is_skipped_and_noted(database_url: str) -> None:
    """A program that was down until noon sends no countdown, and the journal says so."""
    async with running(database_url, local="2027-02-07 12:00") as posko:
        key = "countdown/2027-02-07T07:00"
        assert [message for message in posko.admin.messages if "H-7" in message.text] == []
        assert (await posko.one(FiringRow, FiringRow.key == key)).outcome == "skip"
        assert await posko.rows(JournalRow, JournalRow.subject == key)


async def test_the_summary_comes_by_itself(posko: Posko) -> None:
    """A quarter past eight and a quarter past six each coordination group gets the summary of its region."""
    _, groups = await cast(posko)
    for local in ("2027-02-08 08:15", "2027-02-08 18:15"):
        for group in groups.values():
            group.forget()
        await posko.at(local)
        assert "📊 Kota Lubuk Linggau" in posko.heard(posko.admin, groups["all"])
        assert "📊 Kota Prabumulih" in posko.heard(posko.admin, groups["coordination"])
        assert posko.heard(posko.admin, groups["disaster"]) == ""


async def test_the_day_itself_is_called_so(posko: Posko) -> None:
    """On the day of the event the countdown says Hari H."""
    budi = await posko.officer()
    await posko.at("2027-02-14 07:00")
    assert "Hari H — Pemungutan suara" in posko.heard(budi)


async def test_the_event_can_be_set(database_url: str) -> None:
    """The day and the name of the settings take the place of the preset's."""
    async with running(database_url, event_date="2027-06-01", event_name="Pilkada ulang") as posko:
        rahmat = await posko.coordinator()
        assert "Pilkada ulang, Selasa, 1 Juni 2027" in await posko.say(rahmat, "/ringkasan")


async def test_a_person_changes_language_by_word_or_button(posko: Posko) -> None:
    """/bahasa en and the button both switch what the person reads from then on."""
    budi = await posko.officer()
    await posko.say(budi, "/bahasa en")
    assert "Received" in await posko.say(budi, "/lapor aman")
    await posko.say(budi, "/language")
    await posko.tap(budi, "Bahasa Indonesia")
    assert "Diterima" in await posko.say(budi, "/lapor aman")


async def test_the_phones_language_is_followed_until_one_is_chosen(posko: Posko) -> None:
    """Who has chosen none reads the language of the phone, and the default where we do not speak it."""
    john, ada = await posko.officer("John", language="en-GB"), await posko.officer("Ada", language="jv")
    assert "Received" in await posko.say(john, "/lapor aman")
    assert "Diterima" in await posko.say(ada, "/lapor aman")


async def test_late_goes_by_when_it_was_sent(posko: Posko) -> None:
    """What was sent in time is not late although the program was down until later; what was sent after is late."""
    budi, tono = await posko.officer(), await posko.officer("Tono", "RUTAN-1674")
    posko.clock.set("2027-02-03 07:59")
    await budi.say("/lapor aman")
    posko.clock.set("2027-02-03 08:20")
    await tono.say("/lapor aman")
    await posko.at("2027-02-03 09:30")
    found = {row.late: row for row in await posko.rows(ReportRow)}
    assert (found[False].sent_at, found[False].stored_at) == (wib("2027-02-03 07:59"), wib("2027-02-03 09:30"))
    assert found[True].sent_at == wib("2027-02-03 08:20")
    assert {row.window_key for row in found.values()} == {"status/2027-02-03/regu-pagi"}


async def test_dates_of_logistics_reach_those_who_move_them(posko: Posko) -> None:
    """Two days before, organisers, warehouses and stations hear of the logistics once; prisons do not."""
    kpu = await posko.officer("Kartini", "TPS-1673061002-901", agency="kpu")
    guard, lapas = await posko.officer("Tono", "TPS-1673061002-902", agency="polri"), await posko.officer()
    await posko.at("2027-02-12 08:29")
    for person in (kpu, guard, lapas):
        person.forget()
    await posko.at("2027-02-12 08:30")
    assert [posko.heard(person).count("Logistik TPS") for person in (kpu, guard, lapas)] == [1, 1, 0]


async def test_neutrality_is_recalled_daily_in_the_quiet_days(posko: Posko) -> None:
    """On each of the quiet days the agencies bound by it are reminded of their neutrality."""
    budi = await posko.officer(agency="lapas")
    for day in (11, 12, 13):
        await posko.at(f"2027-02-{day} 07:30")
        budi.forget()
        await posko.at(f"2027-02-{day} 08:00")
        assert f"Masa tenang, H-{14 - day}" in posko.heard(budi)
