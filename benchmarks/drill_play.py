"""The drill as it is played: a province with its groups and people, incidents, coordinators who act, the clock."""

from __future__ import annotations

import heapq
import math
import random
import re
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from benchmarks.drill_model import BODIES, GRADES, LINES, MINUTE, Act, Case, LinkedGroup, first_groups
from core.incidents.taps import AcceptTap, ReferTap, ResolveTap, StartTap, TakeTap
from sandbox import Group, Message, Person
from sandbox.people.person import Press
from storage.database.engine import Tx
from storage.delivery import outbox
from storage.tables import IncidentRow, PostRow, RegionRow
from storage.territory.places import NewPost, put_posts
from tests.kit import Posko, wib

REGENCIES: Final = (*(f"16.{number:02}" for number in range(1, 14)), *(f"16.{number}" for number in range(71, 75)))
DISTRICTS: Final = ("16.01", "16.07", "16.71")  # where a district has a group too
# Bodies with groups of their own in a regency, beside those of the province.
NEAR: Final = {
    "keamanan": ("16.71", "16.03"),
    "netralitas": ("16.71", "16.05"),
    "bencana": ("16.02", "16.71"),
    "logistik": ("16.07", "16.71"),
}
MUTE: Final = "16.12"  # its group hears no neutrality: that goes to the province at once
START: Final = "2027-02-03 09:05"
SPREAD: Final = 600  # seconds over which the incidents come
WATCHED: Final = 75 * 60  # seconds until even what is of medium severity has gone up
EARLY, LATE = (
    5,
    5,
)  # restarts while incidents come, and restarts just when a deadline is due, before the clock has seen it
SLOWEST: Final = 2 * 3600  # seconds; what has not left by then never will
GAP: Final = 0.02  # seconds; the sender asks for less only to space out what it sends
BEHIND: Final = 6  # sends that Telegram may see a little late, as over a real line
MARK: Final = re.compile(r"nomor (\d+)")
TAPS: Final = {"take": TakeTap, "start": StartTap, "resolve": ResolveTap, "accept": AcceptTap}


class Drill:
    """The territory with its groups and people, and the incidents that are played on it."""

    def __init__(self, posko: Posko, size: int, seed: int) -> None:
        self.posko, self.size, self.random = posko, size, random.Random(seed)
        self.places: list[LinkedGroup] = []
        self.groups: dict[str, Group] = {}
        self.leaders: dict[str, Person] = {}  # who acts in a group, by its title
        self.officers: list[tuple[Person, str]] = []  # with the region of their post
        self.prisons: set[int] = set()  # which of the officers are at a prison
        self.cases: dict[int, Case] = {}
        self.began = datetime.fromisoformat(START)
        self.second = 0
        self.taps: list[Press] = []
        self.restarts: list[
            tuple[int, bool]
        ] = []  # when, and whether a deadline was due then that nothing had acted on
        self._due: list[tuple[int, int, int]] = []  # when, which incident, which of its acts

    async def prepare(self) -> None:
        """Link the groups and enrol officers and coordinators."""
        districts = {row.code[:5]: row.code for row in await self.posko.rows(RegionRow, RegionRow.level == "district")}
        added = [
            NewPost(f"POSKO-{code[3:]}", f"Posko {code}", "posko", districts[code], None, "low", None, None)
            for code in REGENCIES
        ]
        await self.posko.db.write(lambda tx: put_posts(tx, added))
        for code in REGENCIES:
            self.places.append(LinkedGroup(f"Posko {code}", code, "koordinasi keamanan" if code == MUTE else ""))
        self.places += [LinkedGroup(f"Kecamatan {code}", districts[code]) for code in DISTRICTS]
        self.places += [LinkedGroup("Posko Provinsi", "16"), LinkedGroup("Polda", "16", "keamanan")]
        self.places += [LinkedGroup("Bawaslu", "16", "netralitas"), LinkedGroup("Kanwil", "16", "pemasyarakatan")]
        for purpose, codes in NEAR.items():
            self.places += [LinkedGroup(f"{purpose} {code}", code, purpose) for code in codes]
        for place in self.places:
            self.leaders[place.title] = await self.posko.coordinator(f"Pimpinan {place.title}", place.region)
            self.groups[place.title] = await self.posko.group(
                place.title, place.region, place.purposes, members=[self.leaders[place.title]]
            )
        for post in await self.posko.rows(PostRow, PostRow.kind.in_(["lapas", "posko"])):
            if post.kind == "lapas":
                self.prisons.add(len(self.officers))
            self.officers.append((await self.posko.officer(f"Petugas {post.code}", post.code), post.region_code))

    def plan(self) -> None:
        """Decide what happens when, and what coordinators do about it."""
        for mark in range(1, self.size + 1):
            officer = self.random.randrange(len(self.officers))
            grade = self.random.choices(list(GRADES), weights=[15, 35, 30, 20])[0]
            category = self.random.choice(list(LINES))
            second = self.random.randrange(SPREAD)
            region = self.officers[officer][1]
            acts, prison = self._acts(region), officer in self.prisons
            self.cases[mark] = Case(mark, second, category, grade, region, officer, acts, prison)
            heapq.heappush(self._due, (second, mark, -1))

    def _acts(self, region: str) -> list[Act]:
        """Some incidents nobody takes, some are taken and forgotten, others are seen through or passed on."""
        if self.random.random() < 0.35:
            return []
        acts = [Act("take", self._delay())]
        if self.random.random() < 0.6:
            acts.append(Act("start", self._delay()))
        if self.random.random() < 0.3:
            acts.append(Act("note", self._delay()))
        if self.random.random() < 0.2:
            body = self.random.choice([one for one in BODIES if self._receive(one, region)])
            acts.append(Act("refer", self._delay(), body))
            if self.random.random() < 0.6:
                acts.append(Act("accept", self._delay(), body))
        elif self.random.random() < 0.5:
            acts.append(Act("resolve", self._delay()))
        return acts

    def _delay(self) -> int:
        return self.random.randint(5, 240)

    def _receive(self, body: str, region: str) -> list[str]:
        """The groups to which such a referral goes, by title."""
        named = [one for one in self.places if one.hears(BODIES[body], region, by_name=True)]
        near = [one.title for one in named if one.region != "16"]
        return near or [one.title for one in named]

    async def play(self) -> None:
        """Let time pass a second at a time until nothing is left to do, to send or to wait for."""
        planned = [round((number + 0.5) * SPREAD / EARLY) for number in range(EARLY)]
        planned += [SPREAD + round((number + 0.5) * (WATCHED - SPREAD) / LATE) for number in range(LATE)]
        deadline: int | None = None
        while self.second < SLOWEST:
            while self._due and self._due[0][0] <= self.second:
                await self._do(*heapq.heappop(self._due)[1:])
            due = deadline is not None and deadline <= self.second
            restart = bool(planned) and planned[0] <= self.second and (due or self.second < SPREAD)
            if restart:
                planned.pop(0)
                self.restarts.append((self.second, due))
            waiting, look_at, deadline = await self.pass_second(restart=restart)
            if self.second >= WATCHED and waiting is None:
                return
            moments = [self._due[0][0]] if self._due else []
            moments += planned[:1] if planned and planned[0] < SPREAD else []
            moments += [self._second_of(at) for at in (waiting, look_at) if at is not None]
            self.second = max(self.second + 1, min([*moments, self.second + MINUTE]))

    async def pass_second(self, *, restart: bool = False) -> tuple[datetime | None, datetime | None, int | None]:
        """Do what the program does in a second; a restart comes before it has looked at what is due.

        Gives when the next message is due, when the clock looks next, and in which second the next deadline is.
        """
        self.posko.clock.set((self.began + timedelta(seconds=self.second)).isoformat())
        while self.posko.tg.pending:
            await self.posko.machine.intake.round(timeout=0)
            while await self.posko.machine.pump.round():
                pass
        if restart:
            await self.posko.restart()
        await self.posko.machine.timekeeper.tick()
        await self._send()
        return await self.posko.db.read(self._outlook)

    async def _outlook(self, tx: Tx) -> tuple[datetime | None, datetime | None, int | None]:
        look_at = await tx.scalar(select(func.min(IncidentRow.look_at)))
        due_at = await tx.scalar(select(func.min(IncidentRow.due_at)))
        deadline = self._second_of(due_at) if due_at is not None else None
        return await outbox.next_due(tx, self.posko.desk.bot_id), look_at, deadline

    def _second_of(self, at: datetime) -> int:
        return math.ceil(at.timestamp() - wib(START).timestamp())

    async def _send(self) -> None:
        """Send what may go within this second, with the clock going on as the limits ask for it."""
        end = math.floor(self.posko.clock()) + 0.98
        sender, behind = self.posko.machine.sender, 0
        while True:
            nap = await sender.step()
            behind += 1
            if nap > GAP or behind == BEHIND:
                await sender.finish()
                behind = 0
                if nap > GAP:
                    nap = await sender.step()  # what has arrived opens its chat again
            if self.posko.clock() + nap > end:
                await sender.finish()
                return
            self.posko.clock.advance(seconds=max(nap, 0.001))

    async def _do(self, mark: int, step: int) -> None:
        """Let the officer file, or a coordinator do the next thing; what cannot be done yet is tried again."""
        case = self.cases[mark]
        if step < 0:
            await self.officers[case.officer][0].say(case.line)
            case.filed_at = self.second
        else:
            act = case.acts[step]
            title = self._receive(act.body, case.region)[0] if act.word == "accept" else self._home(case)
            message = self.card(title, mark)
            if message is None:
                heapq.heappush(self._due, (self.second + 5, mark, step))
                return
            await self._act(act, title, message)
            case.done.append((self.second, act))
        if step + 1 < len(case.acts):
            heapq.heappush(self._due, (self.second + case.acts[step + 1].after, mark, step + 1))

    async def _act(self, act: Act, title: str, message: Message) -> None:
        leader = self.leaders[title]
        if act.word == "note":
            await leader.say("sedang dicek", to=self.groups[title], reply_to=message)
            return
        key = int(next(button["callback_data"].split(":")[1] for row in message.rows for button in row))
        tap = ReferTap(key, act.body) if act.word == "refer" else TAPS[act.word](key)
        self.taps.append(await leader.tap(message=message, data=tap.pack()))

    def _home(self, case: Case) -> str:
        """The group in which a coordinator acts on an incident."""
        title = f"Posko {case.region[:5]}"
        return title if title in first_groups(case, self.places) else "Posko Provinsi"

    def card(self, title: str, mark: int) -> Message | None:
        """The newest card of an incident that a group shows."""
        found = self.cards(title, mark)
        return found[-1] if found else None

    def cards(self, title: str, mark: int) -> list[Message]:
        """Every message of the bot in a group that tells of an incident: there must be no second."""
        return [one for one in self.groups[title].messages if one.by_bot and marks(one.text) == [mark]]


def marks(text: str) -> list[int]:
    """The numbers of incidents of the drill that a text names."""
    return [int(found) for found in MARK.findall(text)]
