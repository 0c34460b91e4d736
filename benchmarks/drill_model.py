"""What must happen to each incident of the drill, written down by hand and worked out without the program's own rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

# How officers call each category, and which bodies hear of it besides those that hear everything.
LINES: Final = {
    "security": ("keamanan", "koordinasi keamanan"),
    "prison_disturbance": ("kamtib", "koordinasi keamanan"),
    "intimidation": ("intimidasi", "keamanan netralitas"),
    "vote_buying": ("politik uang", "netralitas"),
    "hoax": ("hoaks", "koordinasi keamanan netralitas"),
    "black_campaign": ("kampanye hitam", "netralitas"),
    "sara": ("sara", "koordinasi keamanan netralitas"),
    "neutrality": ("netralitas", "netralitas"),
    "procedure": ("prosedur", "koordinasi netralitas"),
    "voting_rights": ("hak pilih", "koordinasi netralitas"),
    "logistics": ("logistik", "koordinasi logistik"),
    "power_internet": ("listrik", "koordinasi logistik"),
    "flood": ("banjir", "koordinasi bencana logistik"),
    "landslide": ("longsor", "koordinasi bencana logistik"),
    "health": ("kesehatan", "koordinasi bencana"),
    "other": ("lainnya", "koordinasi"),
}
GRADES: Final = {"low": "ringan", "medium": "sedang", "high": "berat", "critical": "kritis"}
BODIES: Final = {"bawaslu": "netralitas", "police": "keamanan", "bpbd": "bencana", "kpu": "logistik"}
MINUTE: Final = 60
# calendar.toml: how long nobody may take an incident, how long its owner may say nothing, how often all hear at the top.
ESCALATE: Final = {"low": 240 * MINUTE, "medium": 60 * MINUTE, "high": 20 * MINUTE, "critical": 5 * MINUTE}
ASK: Final = {"low": 720 * MINUTE, "medium": 240 * MINUTE, "high": 60 * MINUTE, "critical": 20 * MINUTE}
AGAIN: Final = {"low": 720 * MINUTE, "medium": 360 * MINUTE, "high": 60 * MINUTE, "critical": 15 * MINUTE}
# What a card says of each state, in the words of its groups.
STATES: Final = {
    "new": "Menunggu diterima",
    "acknowledged": "Diterima Pimpinan ",
    "in-progress": "Sedang dikerjakan Pimpinan ",
    "referred": "Dirujuk ke ",
    "resolved": "Selesai · ",
}
REACHED: Final = {
    "take": "acknowledged", "start": "in-progress", "refer": "referred", "accept": "acknowledged", "resolve": "resolved",
}  # fmt: skip
PRISON: Final = ("prison_disturbance", "pemasyarakatan")  # the category, and the purpose, of the prisons' own chain
SECRET: Final = ("intimidation", "neutrality")
PROVINCE, REGENCY = 2, 5  # digits and dots of their codes; the shorter, the higher


@dataclass(frozen=True)
class LinkedGroup:
    """A linked group: its title, the region it was linked for, and its purposes (none: it hears everything)."""

    title: str
    region: str
    purposes: str = ""

    def hears(self, purposes: str, region: str, *, by_name: bool = False) -> bool:
        """Whether it is for one of these purposes there."""
        mine = set(self.purposes.split())
        return region.startswith(self.region) and (bool(mine & set(purposes.split())) or (not mine and not by_name))


@dataclass(frozen=True)
class Act:
    """Something that a coordinator does to an incident: `word` is take, start, note, refer, accept or resolve."""

    word: str
    after: int  # seconds after the act before it, or after the report
    body: str = ""  # to whom it is referred


@dataclass
class Case:
    """One incident of the drill: what its officer files and when, what follows, and when that was done."""

    mark: int
    second: int
    category: str
    grade: str
    region: str
    officer: int
    acts: Sequence[Act]
    prison: bool = False  # filed at a prison
    done: list[tuple[float, Act]] = field(default_factory=list)
    filed_at: float = 0.0

    @property
    def line(self) -> str:
        """The words that the officer types."""
        return f"/insiden {LINES[self.category][0]} {GRADES[self.grade]} kejadian nomor {self.mark}"

    @property
    def state(self) -> str:
        """The state that the acts which were done have led to."""
        reached = [REACHED[act.word] for _, act in self.done if act.word in REACHED]
        return reached[-1] if reached else "new"

    @property
    def purposes(self) -> str:
        """The purposes whose groups hear of it."""
        return LINES[self.category][1]


def first_groups(case: Case, places: Sequence[LinkedGroup]) -> set[str]:
    """The groups that get the card at once: the regency's and below, the province's when it is critical or alone."""
    fitting = [place for place in places if place.hears(case.purposes, case.region)]
    acting = [place for place in fitting if len(place.region) >= REGENCY or case.grade == "critical"]
    besides = set()
    if (case.prison or case.category == PRISON[0]) and case.category not in SECRET:
        besides = {place.title for place in places if place.hears(PRISON[1], case.region, by_name=True)}
    return {place.title for place in acting or fitting} | besides


@dataclass
class Story:
    """An incident as it goes on: where its card is, what the clock did and when."""

    case: Case
    places: Sequence[LinkedGroup]
    held: set[str]
    clock: list[tuple[float, str]] = field(default_factory=list)
    state: str = "waiting"  # waiting, referred, owned, over
    since: float = 0.0
    asked: int = 0
    body: str = ""
    at_top: bool = False

    def go_on(self, until: float) -> None:
        """Let the clock do what is due before a time, or at it."""
        while self.state != "over" and self._due() <= until:
            now = self._due()
            if self.state == "owned":
                if self.asked:
                    self.clock.append((now, "unanswered"))
                    self._go_up(now)
                self.clock.append((now, "asked"))
            else:
                self._go_up(now)
            self.asked, self.since = self.asked + 1, now

    def take_act(self, now: float, act: Act) -> None:
        """Let a coordinator's act change what is due."""
        self.since, self.asked, self.at_top = now, 0, False
        self.state = {"refer": "referred", "resolve": "over"}.get(act.word, "owned")
        if act.word == "refer":
            self.body = BODIES[act.body]
            self.held |= {place.title for place in self._receivers()}

    def _due(self) -> float:
        times = AGAIN if self.at_top else ASK if self.state == "owned" else ESCALATE
        return self.since + times[self.case.grade]

    def _receivers(self) -> list[LinkedGroup]:
        named = [place for place in self.places if place.hears(self.body, self.case.region, by_name=True)]
        return [place for place in named if len(place.region) == REGENCY] or [
            place for place in named if len(place.region) == PROVINCE
        ]

    def _go_up(self, now: float) -> None:
        """The next level up hears that is there; above it only the admins are left."""
        purposes = self.body if self.state == "referred" else self.case.purposes
        fitting = [
            place for place in self.places if place.hears(purposes, self.case.region, by_name=self.state == "referred")
        ]
        told = min((len(place.region) for place in fitting if place.title in self.held), default=99)
        above = [place for place in fitting if len(place.region) < told]
        if above:
            level = max(len(place.region) for place in above)
            self.held |= {place.title for place in above if len(place.region) == level}
            self.clock.append((now, "escalated"))
        else:
            self.clock.append((now, "admins"))
        self.at_top = not above


def told(case: Case, places: Sequence[LinkedGroup], *, until: float) -> Story:
    """What became of an incident up to a time: where its card must be, and what the clock must have done when."""
    story = Story(case, places, first_groups(case, places), since=case.filed_at)
    for now, act in case.done:
        story.go_on(now)
        story.take_act(now, act)
    story.go_on(until)
    return story


def times_in_window(times: Sequence[float], seconds: float) -> int:
    """The most of these sorted times that lie in any window so long."""
    return max(_counts(times, seconds), default=0)


def _counts(times: Sequence[float], seconds: float) -> Iterator[int]:
    first = 0
    for last, time in enumerate(times):
        while times[first] <= time - seconds:
            first += 1
        yield last - first + 1
