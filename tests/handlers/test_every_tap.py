"""Every class of button, with whatever data, pressed by whoever wants to harm: nothing of others changes, nothing bad is stored."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from core.forms.forms import Form
from core.reports.taps import ChoiceTap, DraftCancelTap, DraftSendTap, DraftTap, OpenFormTap
from sandbox import Group, Person
from storage.tables import DraftRow, PersonRow, PostRow, ReportRow
from tests.handlers.forging import (
    Pools,
    changes,
    chat_of,
    everything,
    forged,
    ill_stored,
    pools_of,
    press,
    pressed,
    unanswered,
)
from tests.kit import Posko
from tests.taps_kit import declared_taps

TAPS = declared_taps()
HERE, THERE = "16.73", "16.74"  # the regency that is attacked, and that of the attackers
EACH = 3  # presses of each class by each of them
TURNS = 16  # of a few presses each
OF_DRAFTS = [kind for kind in TAPS if issubclass(kind, DraftTap) and kind is not DraftCancelTap]
TYPED = ("18/20", "3000", "08.10", "Siti", "aman banjir berat pertama pemilih=300", "ya")


@dataclass(frozen=True)
class Attacker:
    """Somebody who presses what nobody showed them, and where."""

    name: str
    person: Person
    regions: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scene:
    """A regency with everything that a tap can be about, and people who have no business there."""

    outsiders: list[Attacker]  # who hold nothing anywhere
    insiders: list[Attacker]  # who hold something in another regency
    groups: list[Group]


@dataclass(frozen=True)
class Phone:
    """A modified phone whose owner fills a form."""

    person: Person
    form: Form

    def makes_up(self, pools: Pools, dice: random.Random, draft: DraftRow) -> str | None:
        """The data of some button about the draft: mostly of the question that is open."""
        field_id = dice.choice([*draft.asking[:1], *(one.id for one in self.form.fields)])
        choices = [choice.id for one in self.form.fields if one.id == field_id for choice in one.choices]
        known = {"draft_id": draft.id, "field_id": field_id, "choice": dice.choice([*choices, "yes", "no"])}
        numbers = {"number": dice.randrange(3), "waiting": dice.randrange(3)}
        return forged(
            pools, dice, dice.choice([*OF_DRAFTS, ChoiceTap, ChoiceTap, ChoiceTap, DraftSendTap]), **known, **numbers
        )


async def scene(posko: Posko) -> Scene:
    """Two regencies in which something of every kind goes on."""
    budi, dewi = await posko.officer("Budi", "LAPAS-1673"), await posko.officer("Dewi", "RUTAN-1674")
    rahmat, wati = await posko.coordinator("Rahmat", HERE), await posko.coordinator("Wati", THERE)
    agus = await posko.enrol("Agus", "admin", THERE)
    await posko.officer("Joko", "LAPAS-1673")
    idle, stranger = await posko.officer("Lama", "RUTAN-1674"), posko.person("Tamu")
    everybody = [budi, dewi, rahmat, wati, agus, idle, stranger]
    groups = [await posko.group(name, code, members=everybody) for name, code in (("Sini", HERE), ("Sana", THERE))]
    groups.append(posko.tg.group("Lain", [posko.admin, *everybody]))
    await posko.end_assignments(idle)
    for officer in (budi, dewi):
        await posko.say(officer, "/darurat")
        await posko.tap(officer, "KIRIM DARURAT")
        await posko.say(officer, "/lapor aman")
        await posko.say(officer, "/insiden banjir berat air naik")
        await posko.say(officer, "/netralitas")
        await posko.say(officer, "terima kasih banyak semuanya")
        await posko.say(officer, "/insiden longsor ringan")
        await posko.say(officer, "/lapor amna")
        await posko.say(officer, "/kontak Serka 081234567890")
    await posko.say(budi, "/serahterima")
    await posko.tap(budi, "Joko")
    await posko.tap(budi, "Serahkan")
    await posko.say(posko.admin, "/pengumuman role:officer Apel pukul enam")
    await posko.say(posko.person("Pembaca"), f"/start {await posko.invite('petugas LAPAS-1673')}")
    outsiders = [Attacker("stranger", stranger), Attacker("idle", idle)]
    of_post, of_region = Attacker("officer", dewi, posts=("RUTAN-1674",)), Attacker("coordinator", wati, (THERE,))
    return Scene(outsiders, [of_post, of_region, Attacker("admin", agus, (THERE,))], groups)


class Own:
    """Which rows somebody may change: their own, and those of their territory or post."""

    def __init__(self, one: Attacker, rows: dict[str, Any], groups: list[Group]) -> None:
        self._one, self._chats = one, {one.person.id, *(group.id for group in groups[1:])}
        people = [row for row in rows["people"].values() if row["telegram_id"] == one.person.id]
        self._person = people[0]["id"] if people else None
        self._posts = {row["id"] for row in rows["posts"].values() if row["code"] in one.posts}
        mine = rows["incidents"].values()
        self._incidents = {row["id"] for row in mine if self._covers(row)}

    def _covers(self, row: dict[str, Any]) -> bool:
        region = row.get("region_code")
        inside = region is not None and any(region.startswith(code) for code in self._one.regions)
        return inside or row.get("post_id") in self._posts

    def has(self, table: str, row: dict[str, Any]) -> bool:
        """Whether a change of this row is theirs to make."""
        if self._person is None:
            return False
        if table == "slots":
            return row["chat_id"] in self._chats or (self._follows(row) and not row["key"].startswith("menu"))
        if table == "meta":
            return str(self._person) in row["key"] or str(self._one.person.id) in row["key"]
        named = ("person_id", "reporter_id", "from_id", "to_id")
        mine = [row.get(name) for name in (*named, *(["id"] if table == "people" else []))]
        return self._person in mine or self._covers(row) or row.get("incident_id") in self._incidents

    def _follows(self, row: dict[str, Any]) -> bool:
        """Whether a message shows an incident of theirs, to whomever."""
        return any(str(key) in f"{row['subject']} {row['key']}" for key in self._incidents)


async def attack(posko: Posko, made: Scene, them: Sequence[Attacker]) -> set[str]:
    """Let these people press every button at the same time; gives which classes were pressed."""
    pools, before = await pools_of(posko), await everything(posko)
    seen, updates = set[str](), []
    for one in them:
        dice = random.Random(one.name)  # the same taps in every run
        chats: list[Person | Group] = [one.person, one.person, one.person, *made.groups]
        for kind in TAPS:
            updates.append(pressed(posko, one.person, None, f"{kind.prefix}:1", 1))
            for number in range(EACH):
                data = forged(pools, dice, kind)
                if data is not None:
                    seen.add(kind.prefix)
                    chat = chat_of(dice.choice(chats) if number else one.person)
                    updates.append(pressed(posko, one.person, chat, data, dice.randrange(1, 60)))
    await press(posko, updates)
    own, after = [Own(one, before, made.groups) for one in them], await everything(posko)
    harm = [(table, row) for table, row in changes(before, after) if not any(one.has(table, row) for one in own)]
    assert harm == []
    assert await unanswered(posko, updates) == []
    return seen


async def test_nothing_of_others_changes(posko: Posko) -> None:
    """Whoever has no business there changes nothing there by any button, in any chat; each tap is answered and none fails."""
    made = await scene(posko)
    for them in (made.outsiders, made.insiders):
        assert await attack(posko, made, them) == {kind.prefix for kind in TAPS}
    assert await ill_stored(posko) == []


async def test_no_tap_stores_what_the_form_refuses(posko: Posko) -> None:
    """Whatever officers' phones make up about reports being filled, what is stored passes the form's own check."""
    await posko.add_post("TPS-1673061002-001", "TPS 1", voters=200)
    forms = [form for form in posko.desk.forms.values() if not form.alarm]
    codes = ("LAPAS-1673", "TPS-1673061002-001")
    phones = [Phone(await posko.officer(f"Petugas {number}", *codes), form) for number, form in enumerate(forms * 2)]
    desks = [phone.person.id for phone in phones[len(forms) :]]
    shared = update(PersonRow).where(PersonRow.telegram_id.in_(desks)).values(shared=True)
    await posko.db.write(lambda tx: tx.execute(shared))
    posts = [row.id for row in await posko.rows(PostRow, PostRow.code.in_(codes))]
    pools, dice = await pools_of(posko), random.Random("phones")  # the same taps in every run
    for turn in range(TURNS):
        drafts = {(row.person_id, row.form_id): row for row in await posko.rows(DraftRow)}
        people = {row.telegram_id: row.id for row in await posko.rows(PersonRow)}
        updates = []
        for phone in phones:
            draft = drafts.get((people[phone.person.id], phone.form.id))
            data = [OpenFormTap(phone.form.id, dice.choice(posts)).pack()]
            if draft is not None:
                data = [one for _ in range(6) if (one := phone.makes_up(pools, dice, draft)) is not None]
            updates += [pressed(posko, phone.person, chat_of(phone.person), one, 1) for one in data]
            if turn % 3 == 2:
                await phone.person.say(dice.choice(TYPED))
        await posko.machine.intake.round(timeout=0)
        await press(posko, updates)
        assert (turn, await ill_stored(posko)) == (turn, [])
        assert (turn, await unanswered(posko, updates)) == (turn, [])
    assert len({row.form_id for row in await posko.rows(ReportRow)}) > len(forms) / 2
