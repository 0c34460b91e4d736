"""An incident's life: every state, every step, everybody's part in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.incidents.lifecycle import (
    ANSWERED_FOR,
    ENDED,
    HEARERS,
    HELD,
    OPEN,
    RULES,
    WAITING,
    Action,
    Part,
    Refusal,
    State,
    decide,
    parts_of,
    steps,
)
from core.people.roles import Actor, AssignmentFact, Role

LETTERS = {
    "N": State.NEW,
    "A": State.ACKNOWLEDGED,
    "P": State.IN_PROGRESS,
    "F": State.REFERRED,
    "R": State.RESOLVED,
    "C": State.CLOSED,
    "D": State.DUPLICATE,
    "X": State.REJECTED,
}
PARTS = {"o": Part.OWNER, "c": Part.COORDINATOR, "a": Part.ADMIN, "r": Part.RECEIVER, "p": Part.REPORTER}

# One line a step, one column a state, in it one letter for each of owner, coordinator, admin, receiver and reporter:
# the state that the step leads to, `-` where it is not for this person, `.` where it is not a step of this state.
TABLE = """
              new    ackn.  progr. referr resolv closed merged reject
taken         -AA--  .....  .....  .....  .....  .....  .....  .....
taken-over    .....  -AA--  -PP--  .....  .....  .....  .....  .....
started       .....  P----  .....  .....  .....  .....  .....  .....
still         .....  A----  P----  .....  .....  .....  .....  .....
released      .....  N-N--  N-N--  .....  .....  .....  .....  .....
referred      FFF--  FFF--  FFF--  .....  .....  .....  .....  .....
accepted      .....  .....  .....  ---A-  .....  .....  .....  .....
returned      .....  .....  .....  A-AA-  .....  .....  .....  .....
resolved      RRR--  RRR--  RRR--  .....  .....  .....  .....  .....
closed        .....  .....  .....  .....  CCC-C  .....  .....  .....
reopened      .....  .....  .....  .....  -NN--  -NN--  -NN--  -NN--
merged        DDD--  DDD--  DDD--  DDD--  .....  .....  .....  .....
rejected      -XX--  -XX--  -XX--  .....  .....  .....  .....  .....
withdrawn     ----X  ----X  ----X  ----X  .....  .....  .....  .....
disputed      .....  .....  .....  .....  ----N  ----N  .....  .....
noted         NNNNN  AAAAA  PPPPP  FFFFF  RRRRR  CCCCC  DDDDD  XXXXX
"""
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()[1:]}
REASONED = {"returned", "reopened", "rejected", "disputed"}


MARKS = {part: mark for mark, part in PARTS.items()}
COLUMNS = {state: column for column, state in enumerate(LETTERS.values())}


def meaning(letter: str) -> State | Refusal:
    """What a letter of the table stands for."""
    return {"-": Refusal.PART, ".": Refusal.STATE}.get(letter) or LETTERS[letter]


def written(state: State, action: Action, parts: Collection[Part]) -> State | Refusal:
    """What the table says of somebody who is several things: what any of them may, but nobody takes over from themselves."""
    if not parts:
        return Refusal.NOT_YOURS
    cell = ROWS[action][COLUMNS[state]]
    letters = {cell[list(PARTS).index(MARKS[part])] for part in parts}
    own = action is Action.TAKE_OVER and Part.OWNER in parts and cell != "....."
    return Refusal.PART if own else meaning(max(letters))  # a letter comes after `-` and `.`


@pytest.mark.parametrize("action", Action)
def test_every_state_every_step_every_part(action: Action) -> None:
    """Each step leads, from each state and for each part, to what the table says, and to nothing else."""
    found = {}
    for state, cell in zip(LETTERS.values(), ROWS[action], strict=True):
        for (mark, part), letter in zip(PARTS.items(), cell, strict=True):
            found[state.value, mark] = (decide(state, action, {part}), meaning(letter))
    assert {place: pair for place, pair in found.items() if pair[0] is not pair[1]} == {}
    assert len(found) == 8 * 5


def test_the_table_knows_every_step() -> None:
    """No step is missing from a table, nor in one for nothing; the states are either open or ended."""
    assert list(ROWS) == [action.value for action in Action] == [action.value for action in RULES]
    assert list(HEARERS) == list(Action)
    assert (*OPEN, *ENDED) == tuple(state.value for state in State)


def test_whoever_has_an_incident_need_not_answer_for_it() -> None:
    """An open incident waits for somebody or is answered for; a referred one does wait, and yet it has an owner."""
    assert sorted((*WAITING, *ANSWERED_FOR)) == sorted(OPEN)
    assert set(WAITING) == RULES[Action.TAKE].sources | RULES[Action.ACCEPT].sources
    assert set(ANSWERED_FOR) == RULES[Action.STILL].sources
    assert set(HELD) == set(OPEN) - {State.NEW}


SEVERAL = [frozenset(parts) for size in range(2, len(Part) + 1) for parts in combinations(Part, size)]


@pytest.mark.parametrize("parts", SEVERAL, ids=lambda parts: "+".join(sorted(parts)))
def test_who_is_several_things_may_what_each_may(parts: frozenset[Part]) -> None:
    """An owner who also coordinates, a reporter who is an admin: the steps add up, and none comes from nowhere."""
    found = {(state, action): decide(state, action, parts) for state in State for action in Action}
    assert found == {(state, action): written(state, action, parts) for state in State for action in Action}


def test_an_owner_has_nobody_to_take_over_from() -> None:
    """Whatever else an owner is: taking over is refused as not theirs, where it is a step at all."""
    owners = [parts for parts in SEVERAL if Part.OWNER in parts] + [frozenset({Part.OWNER})]
    assert {decide(State.IN_PROGRESS, Action.TAKE_OVER, parts) for parts in owners} == {Refusal.PART}
    assert {decide(State.NEW, Action.TAKE_OVER, parts) for parts in owners} == {Refusal.STATE}


@pytest.mark.parametrize("action", Action)
def test_some_steps_need_a_reason(action: Action) -> None:
    """Refusing, returning and reopening are not done without a word why; everything else is."""
    for state in State:
        for parts in SEVERAL:
            if isinstance(target := written(state, action, parts), State):
                without = Refusal.REASON if action.value in REASONED else target
                assert decide(state, action, parts, reason=False) is without


def test_who_has_no_part_learns_nothing() -> None:
    """Somebody who has nothing to do with an incident hears that first, whatever its state."""
    assert {decide(state, action, ()) for state in State for action in Action} == {Refusal.NOT_YOURS}


def test_several_parts_add_up_but_for_taking_over_from_oneself() -> None:
    """Who is several things may do what each may; an owner who also coordinates has nobody to take over from."""
    both = {Part.OWNER, Part.COORDINATOR}
    assert steps(State.ACKNOWLEDGED, both) == (
        Action.START,
        Action.STILL,
        Action.RELEASE,
        Action.REFER,
        Action.RESOLVE,
        Action.DUPLICATE,
        Action.REJECT,
        Action.NOTE,
    )
    assert decide(State.ACKNOWLEDGED, Action.TAKE_OVER, both) is Refusal.PART
    assert steps(State.CLOSED, {Part.REPORTER}) == (Action.DISPUTE, Action.NOTE)


def actor(person_id: int, *held: tuple[Role, str]) -> Actor:
    """Somebody with these roles over these regions."""
    return Actor(person_id, None, tuple(AssignmentFact(role, region) for role, region in held))


COORDINATOR = actor(1, (Role.COORDINATOR, "16.73"))


@pytest.mark.parametrize(
    ("who", "facts", "expected"),
    [
        (COORDINATOR, {}, "c"),
        (COORDINATOR, {"owner_id": 1}, "co"),
        (COORDINATOR, {"owner_id": 2}, "c"),
        (COORDINATOR, {"receiving": True}, "cr"),
        (COORDINATOR, {"receiving": True, "referred_by": 1}, "c"),
        (COORDINATOR, {"receiving": True, "referred_by": 2, "owner_id": 1}, "cor"),
        (COORDINATOR, {"contact_id": 1}, "cp"),
        (actor(1, (Role.ADMIN, "")), {}, "a"),
        (actor(1, (Role.ADMIN, ""), (Role.COORDINATOR, "16")), {"owner_id": 1}, "aco"),
        (actor(1, (Role.COORDINATOR, "16.74")), {"owner_id": 1, "receiving": True}, ""),
        (actor(1, (Role.COORDINATOR, "16.73.06.1003")), {}, ""),
        (actor(1, (Role.COORDINATOR, "")), {}, ""),
        (actor(1, (Role.OFFICER, "16.73.06.1002")), {"owner_id": 1, "receiving": True}, ""),
        (actor(1, (Role.OFFICER, "16.73.06.1002")), {"contact_id": 1}, "p"),
        (actor(1), {"contact_id": 1}, "p"),
    ],
)
def test_what_somebody_is_to_an_incident(who: Actor, facts: dict[str, int], expected: str) -> None:
    """Parts follow from roles over the place; who lost the territory owns and receives nothing there any more."""
    known = {"owner_id": None, "contact_id": 9, **facts}
    found = parts_of(who, region_code="16.73.06.1002", **known)  # type: ignore[arg-type]
    assert found == {PARTS[mark] for mark in expected}


@dataclass
class Life:
    """An incident played by the rules alone: its state, its owner, and what happened."""

    state: State = State.NEW
    owner: int | None = None
    referred_by: int | None = None
    entries: list[tuple[Action, int, State, State]] = field(default_factory=list)

    def parts(self, person: int, fixed: frozenset[Part]) -> frozenset[Part]:
        """What somebody is to it just now."""
        leading = bool(fixed & {Part.COORDINATOR, Part.ADMIN})
        found = set(fixed)
        if not leading or person == self.referred_by:
            found -= {Part.RECEIVER}
        if leading and person == self.owner:
            found.add(Part.OWNER)
        return frozenset(found)

    def step(self, person: int, fixed: frozenset[Part], action: Action, *, reason: bool) -> None:
        """Let somebody try a step."""
        target = decide(self.state, action, self.parts(person, fixed), reason=reason)
        if isinstance(target, Refusal):
            return
        self.entries.append((action, person, self.state, target))
        self.state = target
        if action in (Action.TAKE, Action.TAKE_OVER, Action.ACCEPT):
            self.owner = person
        elif action in (Action.RELEASE, Action.REOPEN, Action.DISPUTE):
            self.owner = self.referred_by = None
        elif action in (Action.REFER, Action.RESOLVE):
            self.owner = person if self.owner is None else self.owner
        if action is Action.REFER:
            self.referred_by = person


PEOPLE = (
    frozenset({Part.COORDINATOR}),
    frozenset({Part.COORDINATOR, Part.RECEIVER}),
    frozenset({Part.ADMIN}),
    frozenset({Part.REPORTER}),
    frozenset({Part.RECEIVER}),
    frozenset[Part](),
)
TRIES = st.lists(st.tuples(st.integers(0, len(PEOPLE) - 1), st.sampled_from(Action), st.booleans()), max_size=80)


@given(TRIES)
def test_any_interleaving_leaves_a_valid_timeline(tries: list[tuple[int, Action, bool]]) -> None:
    """Whatever people try in whatever order, seeing whatever old card: each entry follows from the one before."""
    life = Life()
    for person, action, reason in tries:
        life.step(person, PEOPLE[person], action, reason=reason)
        has_owner = life.owner is not None
        if life.state is State.NEW:
            assert not has_owner
        elif life.state.value in OPEN:
            assert has_owner
    state, owner, referred_by = State.NEW, -1, -1
    for action, person, before, after in life.entries:
        assert before is state
        owns = {Part.OWNER} if person == owner else frozenset[Part]()
        assert after is written(state, action, PEOPLE[person] | owns)
        assert action is not Action.ACCEPT or person != referred_by, "nobody accepts what they referred"
        referred_by = person if action is Action.REFER else referred_by
        state = after
        if action in (Action.TAKE, Action.TAKE_OVER, Action.ACCEPT):
            owner = person
        elif state is State.NEW:
            owner = -1
        elif action in (Action.REFER, Action.RESOLVE) and owner < 0:
            owner = person
    assert (state, owner) == (life.state, -1 if life.owner is None else life.owner)


@given(TRIES)
def test_ended_is_left_only_by_saying_why(tries: list[tuple[int, Action, bool]]) -> None:
    """What has ended stays so until somebody opens it again with a reason; closing what is resolved is no way back."""
    life = Life()
    for person, action, reason in tries:
        ended = life.state.value in ENDED
        before = len(life.entries)
        life.step(person, PEOPLE[person], action, reason=reason)
        if ended and life.state.value in OPEN:
            assert life.entries[before][0] in (Action.REOPEN, Action.DISPUTE)
            assert reason
