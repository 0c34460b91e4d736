"""Who may do what where: every command for every role in every kind of chat, and deny by default."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import update

from core.people.roles import Role
from handlers.entry.table import build_routes
from handlers.kit.command import Command, Where
from sandbox import Group, Person
from storage.tables import PersonRow, ReportRow
from tests.kit import Posko

REFUSED = re.compile(
    r"bukan untuk peran Anda|lewat chat pribadi|dipakai di dalam grup|belum terdaftar|admin anonim|belum ada yang terkirim"
)
UNASSIGNED = (
    "my",
    "language",
    "help",
    "cancel",
    "sos",
    "start",
    "contact",
)  # what remains to who holds nothing at present


async def everybody(posko: Posko) -> dict[str, Person]:
    """One person of each role, and a stranger."""
    return {
        "stranger": posko.person("Orang"),
        "officer": await posko.officer(),
        "coordinator": await posko.coordinator(),
        "admin": posko.admin,
        "unassigned": await unassigned(posko),
    }


async def unassigned(posko: Posko) -> Person:
    """Somebody who has enrolled and holds nothing any more."""
    person = await posko.officer("Joko")
    await posko.end_assignments(person)
    return person


def expected(command: Command, role: str, *, private: bool) -> str:
    """What the contract says: allowed, refused with words, or (a stranger in a group) silence."""
    if role == "stranger" or (role == "unassigned" and not private):
        return "refused" if private else "silence"
    if role == "unassigned":
        return "allowed" if command.id in UNASSIGNED else "refused"
    if command.roles is not None and Role(role) not in command.roles:
        return "refused"
    fits = command.where is not (Where.GROUP if private else Where.PRIVATE)
    return "allowed" if fits else "refused"


@pytest.mark.parametrize("private", [True, False], ids=["private", "group"])
async def test_every_command_obeys_the_table(posko: Posko, private: bool) -> None:
    """Each command does its work for the roles and chats of the contract, and is refused politely elsewhere."""
    people = await everybody(posko)
    groups = {role: None if private else await linked(posko, person) for role, person in people.items()}
    found: dict[tuple[str, str], str] = {}
    wanted: dict[tuple[str, str], str] = {}
    for command in build_routes(posko.desk).commands:
        if private:
            posko.clock.advance(hours=1)  # a stranger is answered once an hour; in a group a summary would come due
        for role, person in people.items():  # each has a chat of their own, so all can be asked at the same time
            posko.forget(person, groups[role])
            await person.say(f"/{command.names[0]}", to=groups[role])
        await posko.settle()
        for role, person in people.items():
            text = posko.heard(person, groups[role])
            found[command.id, role] = "silence" if not text else "refused" if REFUSED.search(text) else "allowed"
            wanted[command.id, role] = expected(command, role, private=private)
    for command_id, role in list(wanted):
        if command_id == "form-incident" and (role in ("coordinator", "admin") or not private):
            # An incident's card is for all; filing asks for a post of one's own, or for the private chat.
            del wanted[command_id, role], found[command_id, role]
    assert found == wanted


async def linked(posko: Posko, *members: Person) -> Group:
    """A group of Lubuklinggau in which these people are."""
    return await posko.group("Posko Linggau", "16.73", members=[one for one in members if one is not posko.admin])


async def test_every_command_works_by_all_its_names(posko: Posko) -> None:
    """The Indonesian and the English name of a command both reach it, whatever the person's language."""
    commands = [command for command in build_routes(posko.desk).commands if command.id != "unlink"]
    most = max(len(command.names) for command in commands)
    admins = [await posko.enrol(f"Admin {number}", "admin", "") for number in range(most)]
    for command in commands:
        names = dict(zip(command.names, admins, strict=False))
        for name, admin in names.items():
            posko.forget(admin)
            await admin.say(f"/{name}")
        await posko.settle()
        for name, admin in names.items():
            text = posko.heard(admin)
            assert text, name
            assert "tidak ada" not in text, name


async def test_an_assignment_that_ended_counts_for_nothing(posko: Posko) -> None:
    """Somebody whose assignments have all ended files nothing; somebody deactivated is a stranger."""
    budi = await posko.officer()
    await posko.end_assignments(budi)
    assert "tidak memegang pos" in await posko.say(budi, "/lapor aman")
    assert await posko.rows(ReportRow) == []
    await posko.db.write(lambda tx: tx.execute(update(PersonRow).where(PersonRow.name == "Budi").values(active=False)))
    assert "belum terdaftar" in await posko.say(budi, "/tugas")


async def test_a_stranger_is_answered_once_an_hour(posko: Posko) -> None:
    """A stranger gets one polite answer an hour, however much they write."""
    orang = posko.person("Orang")
    said = [await posko.say(orang, line) for line in ("halo", "/lapor aman", "tolong")]
    posko.clock.advance(hours=1)
    later = await posko.say(orang, "halo lagi")
    assert ["belum terdaftar" in text for text in said] == [True, False, False]
    assert "belum terdaftar" in later


async def test_nothing_a_stranger_wrote_is_kept(posko: Posko) -> None:
    """Of what a stranger writes nothing stays in the database but the number of the update."""
    orang = posko.person("Nama Rahasia")
    await posko.say(orang, "isi yang rahasia sekali")
    await posko.say(orang, "/lapor aman isi yang rahasia sekali")
    stored = await posko.everything_stored()
    assert [table for table, text in stored.items() if "rahasia" in text.lower()] == []


async def test_a_stranger_in_a_group_is_met_with_silence(posko: Posko) -> None:
    """A member of a linked group who is not enrolled gets no answer there."""
    orang = posko.person("Orang")
    group = await linked(posko, orang)
    assert await posko.say(orang, "/ringkasan", to=group) == ""


async def test_help_shows_only_what_one_may_do(posko: Posko) -> None:
    """/panduan lists an officer's commands to an officer and an admin's to an admin."""
    budi = await posko.officer()
    officer, admin = await posko.say(budi, "/panduan"), await posko.say(posko.admin, "/panduan")
    assert ("/lapor" in officer, "/undang" in officer, "/ringkasan" in officer) == (True, False, False)
    assert ("/undang" in admin, "/pengumuman" in admin) == (True, True)


async def test_help_of_a_command_gives_an_example(posko: Posko) -> None:
    """/panduan with any command's name explains it, and of somebody else's command it says nothing."""
    budi = await posko.officer()
    assert "/lapor aman" in await posko.say(budi, "/panduan lapor")
    assert "bukan perintah untuk Anda" in await posko.say(budi, "/panduan undang")
    for command in build_routes(posko.desk).commands:
        if Role.ADMIN in (command.roles or Role) and command.where is not Where.GROUP:
            assert command.names[0] in await posko.say(posko.admin, f"/help {command.names[0]}")


async def test_one_declares_a_name_once(posko: Posko) -> None:
    """No two commands share a name."""
    names = [name for command in build_routes(posko.desk).commands for name in command.names]
    assert len(names) == len(set(names))


async def test_my_shows_posts_due_and_last_reports(posko: Posko) -> None:
    """/tugas shows the own posts with what is due, and the last reports with what became of them."""
    budi = await posko.officer()
    before = await posko.say(budi, "/tugas")
    await posko.say(budi, "/lapor aman")
    await posko.say(budi, "/insiden banjir berat air naik")
    after = await posko.say(budi, "/my")
    assert "lapor sampai 08.00 WIB" in before
    assert "sudah lapor" in after
    assert [word for word in ("L-1", "I-1", "belum diterima", "tersimpan") if word not in after] == []
