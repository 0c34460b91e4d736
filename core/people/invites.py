"""Reading an invitation as an admin types it: `ROLE REGION_OR_POST [agency] [shared] [uses=N] [days=N]`."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from core.kit.words import brief, fold, fold_key, plain_number
from core.people.roles import Agency, Role, read_agency, read_role
from core.territory.regions import RegionBook

DEFAULT_USES: Final = 1
MOST_USES: Final = 500  # one link for the people of a whole district, and no more if it leaks
DEFAULT_DAYS: Final = 7
MANY_DAYS: Final = 2  # of a link for several people: it is passed on in groups, and who has it can come in
MOST_DAYS: Final = 90
_SHOWN: Final = 5  # choices named in an answer when several places fit

_OPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("uses", "use", "pakai", "kali"), "uses"),
        **dict.fromkeys(("days", "day", "hari"), "days"),
        **dict.fromkeys(("agency", "instansi"), "agency"),
    }
)


_SHARED: Final = frozenset({"bersama", "shared"})  # a desk phone that several people use


@dataclass(frozen=True)
class PostFact:
    """A post as far as an invitation needs it."""

    post_id: int
    code: str
    name: str
    region_code: str


@dataclass(frozen=True)
class InviteProblem:
    """What is wrong with an invitation; `key` names the text."""

    key: str
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class InviteRequest:
    """An invitation that can be made."""

    role: Role
    region_code: str  # the post's region for an officer; empty is the whole territory, for admins only
    post_id: int | None
    agency: Agency | None  # None: not said, the person is asked or it stays open
    uses: int
    days: int
    shared: bool = False  # for a desk phone: who signs is asked at each report


# The posts that a code, or the tail of one, means: none, one, or several that people must choose from.
PostLookup = Callable[[str], Sequence[PostFact]]


@dataclass(frozen=True)
class _Options:
    agency: Agency | None
    uses: int
    days: int


@dataclass(frozen=True)
class _Place:
    region_code: str
    post_id: int | None
    agency: Agency | None  # the last word, when it was not part of the place's name


def read_invite(
    words: Sequence[str], book: RegionBook, find_posts: PostLookup
) -> InviteRequest | tuple[InviteProblem, ...]:
    """Return the invitation that the words after the command ask for, or all that is wrong with them.

    Officers are invited to a post, coordinators to a region, admins to a region or, without one, to everything.
    """
    options, rest, problems = _read_options(words)
    if not rest:
        return (InviteProblem("invite-no-role"), *problems)
    role = read_role(rest[0])
    if role is None:
        return (InviteProblem("invite-unknown-role", {"word": brief(rest[0]), "known": ", ".join(Role)}), *problems)
    # Only posts have desk phones; a region may well be called so ("Maju Bersama").
    shared = role is Role.OFFICER and len(rest) > 1 and fold(rest[-1]) in _SHARED
    place = _read_place(role, rest[1:-1] if shared else rest[1:], book, find_posts)
    if isinstance(place, InviteProblem):
        return (place, *problems)
    if problems:
        return problems
    agency = options.agency or place.agency
    return InviteRequest(role, place.region_code, place.post_id, agency, options.uses, options.days, shared)


def _read_options(words: Sequence[str]) -> tuple[_Options, list[str], tuple[InviteProblem, ...]]:
    rest: list[str] = []
    problems: list[InviteProblem] = []
    numbers: dict[str, int] = {}
    agency: Agency | None = None
    for word in words:
        key, equals, value = word.partition("=")
        option = _OPTIONS.get(fold_key(key))
        if not equals:
            rest.append(word)
        elif option is None:
            problems.append(
                InviteProblem("invite-unknown-option", {"word": brief(word), "known": "uses, days, agency"})
            )
        elif option == "agency":
            agency = read_agency(value)
            if agency is None:
                problems.append(_unknown_agency(value))
        else:
            number = _number(value, MOST_USES if option == "uses" else MOST_DAYS)
            if number is None:
                most = MOST_USES if option == "uses" else MOST_DAYS
                problems.append(
                    InviteProblem(f"invite-bad-{option}", {"value": brief(value), "min": "1", "max": str(most)})
                )
            else:
                numbers[option] = number
    uses = numbers.get("uses", DEFAULT_USES)
    days = numbers.get("days", MANY_DAYS if uses > 1 else DEFAULT_DAYS)
    return _Options(agency, uses, days), rest, tuple(problems)


def _number(value: str, most: int) -> int | None:
    digits = plain_number(value)
    # Three digits hold every bound; a longer run is refused before it is turned into a number.
    return int(digits) if digits.isdecimal() and len(digits) <= 3 and 1 <= int(digits) <= most else None


def _unknown_agency(word: str) -> InviteProblem:
    near = difflib.get_close_matches(word.casefold(), list(Agency), n=1)
    known = ", ".join(Agency)
    return InviteProblem("invite-unknown-agency", {"word": brief(word), "near": "".join(near), "known": known})


def _read_place(role: Role, words: Sequence[str], book: RegionBook, find_posts: PostLookup) -> _Place | InviteProblem:
    trailing = read_agency(words[-1]) if words else None
    readings: list[tuple[str, Agency | None]] = [(" ".join(words), None)]
    if trailing is not None:
        readings.append((" ".join(words[:-1]), trailing))
    if role is Role.ADMIN and not readings[-1][0]:
        return _Place("", None, trailing)
    # The whole text first: a place whose name ends in an agency's word must not lose it.
    problem: InviteProblem | None = None
    for text, agency in readings:
        if text:
            found = _officer_place(text, book, find_posts) if role is Role.OFFICER else _region(text, book, find_posts)
            if not isinstance(found, InviteProblem):
                return _Place(found[0], found[1], agency)
            problem = found
    # "officer lapas" names an agency and forgets the place: saying that no post is called so would mislead.
    forgotten = not readings[-1][0] and (problem is None or problem.key.startswith("invite-unknown"))
    return InviteProblem("invite-no-place", {"role": role.value}) if forgotten or problem is None else problem


def _officer_place(text: str, book: RegionBook, find_posts: PostLookup) -> tuple[str, int | None] | InviteProblem:
    posts = find_posts(text.removeprefix("#"))
    if len(posts) == 1:
        return posts[0].region_code, posts[0].post_id
    if posts:
        return _several(text, [post.code for post in posts])
    regions = book.find(text)
    if regions:
        return InviteProblem("invite-needs-post", {"place": regions[0].name})
    return InviteProblem("invite-unknown-post", {"text": brief(text)})


def _region(text: str, book: RegionBook, find_posts: PostLookup) -> tuple[str, int | None] | InviteProblem:
    regions = book.find(text)
    if len(regions) == 1:
        return regions[0].code, None
    if regions:
        return _several(text, [f"{row.code} {', '.join(reversed(book.path(row.code)))}" for row in regions])
    posts = find_posts(text.removeprefix("#"))
    if posts:
        return InviteProblem("invite-needs-region", {"place": posts[0].code})
    near = book.suggestions(text)
    return InviteProblem("invite-unknown-region", {"text": brief(text), "near": near})


def _several(text: str, options: Sequence[str]) -> InviteProblem:
    shown = "; ".join(options[:_SHOWN]) + ("; …" if len(options) > _SHOWN else "")
    return InviteProblem("invite-many-places", {"text": brief(text), "options": shown, "count": str(len(options))})
