"""An incident's life: which step leads from which state to which, and who may take it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from core.people.roles import Actor, Role, reaches

ACTING: Final = frozenset({Role.COORDINATOR, Role.ADMIN})


class State(StrEnum):
    """Where an incident stands."""

    NEW = "new"  # nobody has taken it
    ACKNOWLEDGED = "acknowledged"  # it has an owner
    IN_PROGRESS = "in-progress"  # the owner acts on it
    REFERRED = "referred"  # offered to another body, which has not accepted yet
    RESOLVED = "resolved"
    CLOSED = "closed"  # somebody looked at it once more, and it is over
    DUPLICATE = "duplicate"  # tells of the same event as another incident, which goes on
    REJECTED = "rejected"  # not true, not ours, or taken back


class Action(StrEnum):
    """A step that a person takes; the value is what the timeline calls it."""

    TAKE = "taken"
    TAKE_OVER = "taken-over"
    START = "started"
    STILL = "still"  # the owner says that it is being handled
    RELEASE = "released"  # the owner gives it back to whoever takes it
    REFER = "referred"
    ACCEPT = "accepted"
    RETURN = "returned"  # a referral is sent back, or called back
    RESOLVE = "resolved"
    CLOSE = "closed"
    REOPEN = "reopened"
    DUPLICATE = "merged"
    REJECT = "rejected"
    WITHDRAW = "withdrawn"  # who reported it takes it back
    DISPUTE = "disputed"  # who reported it says that it is not over
    NOTE = "noted"


class Part(StrEnum):
    """What somebody is to one incident; one person may be several."""

    OWNER = "owner"
    COORDINATOR = "coordinator"  # of its territory
    ADMIN = "admin"
    RECEIVER = "receiver"  # acts for the body that it is referred to
    REPORTER = "reporter"  # who reported it, or holds that post now


OPEN: Final = (State.NEW.value, State.ACKNOWLEDGED.value, State.IN_PROGRESS.value, State.REFERRED.value)
ENDED: Final = tuple(state.value for state in State if state.value not in OPEN)
WAITING: Final = (State.NEW, State.REFERRED)  # somebody must take it
ANSWERED_FOR: Final = (State.ACKNOWLEDGED, State.IN_PROGRESS)  # its owner must say how it goes
HELD: Final = (*ANSWERED_FOR, State.REFERRED)  # it has an owner: a referred one is still its sender's
STATE_SYMBOLS: Final[Mapping[State, str]] = MappingProxyType(
    {
        State.NEW: "🔔",
        State.ACKNOWLEDGED: "👀",
        State.IN_PROGRESS: "🛠",
        State.REFERRED: "➡️",
        State.RESOLVED: "✅",
        State.CLOSED: "☑️",
        State.DUPLICATE: "🔗",
        State.REJECTED: "🚫",
    }
)
_LEADING: Final = frozenset({Part.COORDINATOR, Part.ADMIN})
_OWNED: Final = frozenset(ANSWERED_FOR)
_UNDER_WAY: Final = _OWNED | {State.NEW}


@dataclass(frozen=True)
class Rule:
    """One step: from which states, to which (None: it stays as it is), by whom, and whether a reason must be given."""

    sources: frozenset[State]
    target: State | None
    parts: frozenset[Part]
    reason: bool = False
    barred: frozenset[Part] = frozenset()  # who has no use for it, whatever else they are


RULES: Final[Mapping[Action, Rule]] = MappingProxyType(
    {
        Action.TAKE: Rule(frozenset({State.NEW}), State.ACKNOWLEDGED, _LEADING),
        Action.TAKE_OVER: Rule(_OWNED, None, _LEADING, barred=frozenset({Part.OWNER})),
        Action.START: Rule(frozenset({State.ACKNOWLEDGED}), State.IN_PROGRESS, frozenset({Part.OWNER})),
        Action.STILL: Rule(_OWNED, None, frozenset({Part.OWNER})),
        Action.RELEASE: Rule(_OWNED, State.NEW, frozenset({Part.OWNER, Part.ADMIN})),
        Action.REFER: Rule(_UNDER_WAY, State.REFERRED, _LEADING | {Part.OWNER}),
        Action.ACCEPT: Rule(frozenset({State.REFERRED}), State.ACKNOWLEDGED, frozenset({Part.RECEIVER})),
        Action.RETURN: Rule(
            frozenset({State.REFERRED}),
            State.ACKNOWLEDGED,
            frozenset({Part.RECEIVER, Part.OWNER, Part.ADMIN}),
            reason=True,
        ),
        Action.RESOLVE: Rule(_UNDER_WAY, State.RESOLVED, _LEADING | {Part.OWNER}),
        Action.CLOSE: Rule(frozenset({State.RESOLVED}), State.CLOSED, _LEADING | {Part.OWNER, Part.REPORTER}),
        Action.REOPEN: Rule(
            frozenset({State.RESOLVED, State.CLOSED, State.DUPLICATE, State.REJECTED}), State.NEW, _LEADING, reason=True
        ),
        Action.DUPLICATE: Rule(_UNDER_WAY | {State.REFERRED}, State.DUPLICATE, _LEADING | {Part.OWNER}),
        Action.REJECT: Rule(_UNDER_WAY, State.REJECTED, _LEADING, reason=True),
        Action.WITHDRAW: Rule(_UNDER_WAY | {State.REFERRED}, State.REJECTED, frozenset({Part.REPORTER})),
        Action.DISPUTE: Rule(
            frozenset({State.RESOLVED, State.CLOSED}), State.NEW, frozenset({Part.REPORTER}), reason=True
        ),
        Action.NOTE: Rule(frozenset(State), None, frozenset(Part)),
    }
)


class Former(StrEnum):
    """What who had an incident before hears of a step that somebody else takes."""

    NOTHING = "nothing"
    TAKEN_AWAY = "taken-away"  # who referred it hears too; in words of the step's own
    STEP = "step"
    REASONED = "reasoned"  # the step with its reason
    DISPUTED = "disputed"  # who ended it hears too, and may take it again by a button


class Joined(StrEnum):
    """What the officers hear whose reports were merged into an incident."""

    NOTHING = "nothing"
    GOES_ON = "goes-on"  # with somebody
    OVER = "over"  # or not over after all


@dataclass(frozen=True)
class Hearers:
    """Who hears of a step in a message of its own, since a card that is edited does not ring.

    The officer is who reported the incident, or holds that post now.
    """

    officer: bool
    former: Former = Former.NOTHING
    joined: Joined = Joined.NOTHING


HEARERS: Final[Mapping[Action, Hearers]] = MappingProxyType(
    {
        Action.TAKE: Hearers(True, joined=Joined.GOES_ON),
        Action.TAKE_OVER: Hearers(True, Former.TAKEN_AWAY, Joined.GOES_ON),
        Action.START: Hearers(True, joined=Joined.GOES_ON),
        Action.STILL: Hearers(False),
        Action.RELEASE: Hearers(True, Former.STEP),
        Action.REFER: Hearers(True, Former.STEP),
        Action.ACCEPT: Hearers(True, Former.TAKEN_AWAY, Joined.GOES_ON),
        Action.RETURN: Hearers(True, Former.TAKEN_AWAY),
        Action.RESOLVE: Hearers(True, Former.STEP, Joined.OVER),
        Action.CLOSE: Hearers(True, Former.STEP, Joined.OVER),
        Action.REOPEN: Hearers(True, Former.REASONED, Joined.OVER),
        Action.DUPLICATE: Hearers(True, Former.STEP),
        Action.REJECT: Hearers(True, Former.REASONED, Joined.OVER),
        Action.WITHDRAW: Hearers(False, joined=Joined.OVER),
        Action.DISPUTE: Hearers(False, Former.DISPUTED, Joined.OVER),
        Action.NOTE: Hearers(False),
    }
)


class Refusal(StrEnum):
    """Why a step is not taken."""

    NOT_YOURS = "not-yours"  # the person has nothing to do with this incident
    STATE = "state"  # it has moved on, or is not there yet
    PART = "part"  # others may, this person may not
    REASON = "reason"  # it must be said why


def decide(state: State, action: Action, parts: Collection[Part], *, reason: bool = True) -> State | Refusal:
    """Return the state that a step leads to, or why it is refused; what somebody may not know is refused first."""
    rule = RULES[action]
    if not parts:
        return Refusal.NOT_YOURS
    if state not in rule.sources:
        return Refusal.STATE
    if not rule.parts.intersection(parts) or rule.barred.intersection(parts):
        return Refusal.PART
    if rule.reason and not reason:
        return Refusal.REASON
    return rule.target or state


def steps(state: State, parts: Collection[Part]) -> tuple[Action, ...]:
    """Return the steps that somebody may take now, in the order of the table."""
    return tuple(action for action in Action if not isinstance(decide(state, action, parts), Refusal))


def parts_of(
    actor: Actor,
    *,
    region_code: str,
    owner_id: int | None,
    contact_id: int,
    referred_by: int | None = None,
    receiving: bool = False,
) -> frozenset[Part]:
    """Return what a person is to an incident; who lost the territory owns nothing there any more.

    `contact_id` is the officer who hears of each step. `receiving` tells that the person acts from a group of the
    body that it is referred to; nobody accepts what they referred themselves.
    """
    found = set()
    if reaches(actor, region_code, (Role.ADMIN,)):
        found.add(Part.ADMIN)
    if reaches(actor, region_code, (Role.COORDINATOR,)):
        found.add(Part.COORDINATOR)
    if found and actor.person_id == owner_id:
        found.add(Part.OWNER)
    if found and receiving and actor.person_id != referred_by:
        found.add(Part.RECEIVER)
    if actor.person_id == contact_id:
        found.add(Part.REPORTER)
    return frozenset(found)
