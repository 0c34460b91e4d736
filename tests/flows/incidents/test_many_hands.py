"""Many hands on several incidents at once: whatever they tap, the stored timeline is one that may have happened."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox import Group, Message, Person
from sandbox.people.person import Press
from storage.tables import IncidentEventRow, IncidentRow, PersonRow
from tests.kit import Posko

TPS = "TPS-1673061002-901"  # in the village of the prison
SEEDS, MOST, ROUNDS = 3, 8, 36  # further seeds only until every step has been taken
BUTTONS = {
    "it": "taken", "is": "started", "iy": "still", "iz": "released", "io": "referred", "ia": "accepted", "ir": "resolved",
    "ic": "closed", "oc": "closed", "od": "disputed", "ig": "merged", "ik": "merged", "sw": "withdrawn",
}  # fmt: skip
FRESH = 4  # messages of a chat that a person still looks at
QUIET = ("im", "ib", "ij", "ix", "ih")  # open, change or close a menu, or send the timeline: what comes is the answer

# What may happen, by hand. Of each step: from which states, to which (`=`: it stays), and by whom: the owner,
# a coordinator, an admin, who acts for the body that it is referred to (receiver), who reported it (p), anybody enrolled (*).
LEGAL = {
    "taken": ("new", "acknowledged", "ca"),
    "taken-over": ("acknowledged in-progress", "=", "ca"),
    "started": ("acknowledged", "in-progress", "o"),
    "still": ("acknowledged in-progress", "=", "o"),
    "released": ("acknowledged in-progress", "new", "oa"),
    "referred": ("new acknowledged in-progress", "referred", "oca"),
    "accepted": ("referred", "acknowledged", "r"),
    "returned": ("referred", "acknowledged", "roa"),
    "resolved": ("new acknowledged in-progress", "resolved", "oca"),
    "closed": ("resolved", "closed", "ocap"),
    "reopened": ("resolved closed duplicate rejected", "new", "ca"),
    "merged": ("new acknowledged in-progress referred", "duplicate", "oca"),
    "rejected": ("new acknowledged in-progress", "rejected", "ca"),
    "withdrawn": ("new acknowledged in-progress referred", "rejected", "p"),
    "disputed": ("resolved closed", "new", "p"),
    "noted": ("new acknowledged in-progress referred resolved closed duplicate rejected", "=", "*"),
}
WHY = {"returned", "reopened", "rejected", "disputed", "noted", "merged", "referred"}  # are never without a word
OWNED, WAITING = ("acknowledged", "in-progress", "referred"), ("new", "acknowledged", "in-progress", "referred")
PARTS = {"Rahmat": "c", "Dewi": "c", "Beni": "cr", "Sari": "ar", "Budi": "", "Citra": "", "Wawan": ""}
SHOWN = {
    "new": "Menunggu diterima",
    "acknowledged": "Diterima {owner}",
    "in-progress": "Sedang dikerjakan {owner}",
    "referred": "Dirujuk ke Bawaslu/Gakkumdu, menunggu diterima",
    "resolved": "Selesai ·",
    "closed": "Ditutup ·",
    "duplicate": "Digabungkan dengan I-",
    "rejected": "DI",
}


Move = tuple[Person, Message, str]  # who presses which button on what


@dataclass
class Life:
    """An incident as its timeline tells it."""

    number: int
    reporter: str
    state: str = "new"
    owner: str | None = None
    referred_by: str | None = None
    into: int | None = None

    def may(self, action: str, name: str) -> bool:
        """Whether somebody may take a step now."""
        sources, _, who = LEGAL[action]
        parts = PARTS[name].replace("r", "") if name == self.referred_by else PARTS[name]
        parts += ("o" if name == self.owner else "") + ("p" if name == self.reporter else "")
        theirs = who == "*" or bool(set(parts) & set(who))
        return self.state in sources.split() and theirs and (action != "taken-over" or name != self.owner)

    def step(self, action: str, name: str, note: str | None, others: dict[int, Life]) -> None:
        """Let happen what the timeline says, or fail because it cannot have happened."""
        told = f"I-{self.number} ({self}): {action} by {name}"
        assert self.may(action, name), told
        assert note or action not in WHY, told
        target = LEGAL[action][1]
        self.state = self.state if target == "=" else target
        if action in ("taken", "taken-over", "accepted"):
            self.owner = name
        elif action in ("released", "reopened", "disputed"):
            self.owner = self.referred_by = self.into = None
        elif action in ("referred", "resolved"):
            self.owner = self.owner or name
        if action in ("referred", "returned"):
            self.referred_by = name if action == "referred" else None
        if action == "merged":
            going_on = others[int(note or 0)]
            assert going_on.state in WAITING, f"{told} into {going_on}"
            assert going_on is not self, told
            self.into = going_on.number


@dataclass
class Play:
    """Everybody with a phone, the chats that they look at, and what they have tapped."""

    posko: Posko
    people: list[Person]
    groups: dict[Group, list[Person]]
    dice: random.Random
    old: list[tuple[Message, str]] = field(default_factory=list)
    taps: list[tuple[Person, Press, str]] = field(default_factory=list)
    lives: dict[int, Life] = field(default_factory=dict)  # by the incident's key, as the timeline tells it just now
    taken: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def shown(self, person: Person) -> Iterator[Move]:
        """The buttons about incidents that the person has on the phone now."""
        for messages in [person.messages, *(group.messages for group, found in self.groups.items() if person in found)]:
            for message in [one for one in messages if one.by_bot and one.rows][-FRESH:]:
                data = [cell.get("callback_data") or "" for row in message.rows for cell in row]
                yield from ((person, message, one) for one in data if one[:1] in "io" or one.startswith("sw:"))

    def sensible(self) -> list[tuple[Move, float]]:
        """The presses that lead on just now, the likelier the rarer their step has been."""
        found = []
        for press in (one for person in self.people for one in self.shown(person)):
            name, data = press[0].name, press[2]
            life = self.lives.get(int(data.split(":")[1]))
            step = step_of(data)
            if life is not None and data.startswith("im") and set(PARTS[name]) & set("ca"):
                found.append((press, 0.01))
            elif life is not None and step in LEGAL and life.may(step, name):
                found.append((press, 1 / (1 + self.taken[step]) ** 3))
        return found

    async def act(self) -> None:
        """Let somebody do something: mostly what leads on, else any button that they see or saw once, or write."""
        person, chance = self.dice.choice(self.people), self.dice.random()
        old = [(message, data) for message, data in self.old if not message.deleted]
        if chance < 0.07:
            await self.write(person)
        elif chance < 0.14 and old:
            message, data = self.dice.choice(old)
            await self.tap(self.anybody(message), message, data)
        elif chance < 0.22 and (shown := list(self.shown(person))):
            await self.tap(*self.dice.choice(shown))
        elif presses := self.sensible():
            chosen = self.dice.choices([press for press, _ in presses], [weight for _, weight in presses])[0]
            await self.tap(*chosen)
            if self.dice.random() < 0.2:  # the same once more, of another in the same batch too
                await self.tap(self.anybody(chosen[1]), *chosen[1:])

    async def tap(self, person: Person, message: Message, data: str) -> None:
        """Tap, and remember it to see whether it is answered."""
        self.old.append((message, data))
        self.taps.append((person, await person.tap(message=message, data=data), data))

    def anybody(self, message: Message) -> Person:
        """Somebody who has this message on the phone."""
        members = [one for group, found in self.groups.items() for one in found if group.id == message.chat.id]
        return self.dice.choice(members or [one for one in self.people if one.id == message.chat.id])

    async def write(self, person: Person) -> None:
        """Reply to a card, a menu that asks why, or a message of the private chat; or ask for a card."""
        group = self.dice.choice([one for one, members in self.groups.items() if person in members] or [None])
        where = group if group is not None and self.dice.random() < 0.8 else None
        said = [one for one in (where.messages if where else person.messages) if one.by_bot][-FRESH:]
        asking = [one for one in said if "balas pesan ini" in one.text] or said
        number = self.dice.choice(await self.posko.rows(IncidentRow)).number
        if said and self.dice.random() < 0.7:
            words = self.dice.choice(("sudah kami cek ke lokasi", f"I-{number}"))
            await person.say(words, to=where, reply_to=self.dice.choice(asking))
        else:
            await person.say(f"/insiden I-{number}", to=where)


def step_of(data: str) -> str:
    """The step to which a button leads."""
    name, _, rest = data.partition(":")
    what = rest.partition(":")[2]
    if name == "iw":
        return {"reject": "rejected", "reopen": "reopened", "return": "returned"}[what.partition("-")[0]]
    return what if name == "ij" else BUTTONS.get(name, "")


async def cast(posko: Posko) -> Play:
    """Two coordinators, an admin, one who acts for Bawaslu, two officers of one village, and one of far away."""
    rahmat, dewi = await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    beni = await posko.coordinator("Beni", agency="bawaslu")
    budi, citra = await posko.officer("Budi"), await posko.officer("Citra", TPS)
    wawan = await posko.officer("Wawan", "RUTAN-1671")
    members = [rahmat, dewi, budi, wawan]
    groups = {
        await posko.group("Posko", "16.73", members=members): [posko.admin, *members],
        await posko.group("Gakkumdu", "16.73", "netralitas", members=[beni]): [posko.admin, beni],
    }
    people = [rahmat, rahmat, dewi, dewi, beni, beni, beni, posko.admin, budi, budi, citra, wawan]
    return Play(posko, people, groups, random.Random())


async def report(play: Play) -> None:
    """Two officers tell of one flood; one of them calls for help, too."""
    for name, words in (("Budi", "/insiden banjir berat air masuk"), ("Citra", "/insiden banjir kritis jalan putus")):
        await play.posko.say(next(one for one in play.people if one.name == name), words)
    budi = next(one for one in play.people if one.name == "Budi")
    await play.posko.say(budi, "/darurat")
    button = [
        (one, cell) for one in budi.messages for row in one.rows for cell in row if cell["text"].startswith("KIRIM")
    ]
    if button:
        await play.posko.tap(budi, message=button[-1][0], data=button[-1][1]["callback_data"])


async def replay(play: Play) -> None:
    """Let everything happen again that is stored."""
    posko = play.posko
    names = {row.id: row.name for row in await posko.rows(PersonRow)}
    rows = await posko.rows(IncidentRow)
    play.lives = {row.id: Life(row.number, names[row.reporter_id]) for row in rows}
    play.taken = defaultdict(int)
    numbered = {life.number: life for life in play.lives.values()}
    for entry in await posko.rows(IncidentEventRow):
        if entry.action in LEGAL:
            assert entry.person_id is not None
            play.lives[entry.incident_id].step(entry.action, names[entry.person_id], entry.note, numbered)
            play.taken[entry.action] += 1


async def compare(play: Play) -> None:
    """What came of the timeline is what is stored, and what the cards show."""
    names = {row.id: row.name for row in await play.posko.rows(PersonRow)}
    for row in await play.posko.rows(IncidentRow):
        life = play.lives[row.id]
        assert (row.state, names.get(row.owner_id or 0)) == (life.state, life.owner), life
        into = play.lives[row.duplicate_of].number if row.duplicate_of is not None else None
        assert into == life.into, life
        if life.state == "new":
            assert row.owner_id is None, life
        if life.state in OWNED:
            assert row.owner_id is not None, life
        assert (row.due_at is not None) == (life.state in WAITING), life
        for group in play.groups:
            for card in cards(group, row.number):
                assert SHOWN[life.state].format(owner=life.owner) in card.text, f"{life}\n{card.text}"


def cards(group: Group, number: int) -> list[Message]:
    """The card of an incident in a group, and whatever else begins as a card does."""
    first = re.compile(rf"\S+ I-{number} · .*\n")
    return [one for one in group.messages if one.by_bot and first.match(one.text)]


async def test_any_interleaving_of_taps_leaves_a_timeline_that_may_have_happened(posko: Posko) -> None:
    """Whoever taps what they see or once saw, at once, twice, late: replayed, the timeline gives row and card; all is answered."""
    play = await cast(posko)
    posko.tg.expect_refusal("editMessageText", "not modified")  # what changed and changed back before it could be sent
    for seed in range(MOST):
        if seed >= SEEDS and set(play.taken) == set(LEGAL):
            break
        play.dice, play.taps, play.old = random.Random(seed), [], []
        await report(play)
        for _ in range(ROUNDS):
            await replay(play)
            if play.dice.random() < 0.1:
                await posko.wait(minutes=play.dice.choice((5, 30, 90)))
            for _ in range(play.dice.randint(1, 3)):
                await play.act()
            await posko.settle()
        await replay(play)
        await compare(play)
        for person, tap, data in play.taps:
            assert (await person.answer_of(tap)).text or data.startswith(QUIET), f"{person.name}: {data}"
        await posko.restart()
    assert set(play.taken) == set(LEGAL), play.taken
