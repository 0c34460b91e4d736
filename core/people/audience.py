"""Who a notice or reminder is for: words before the text, such as `role:officer agency:lapas,polri region:16.74`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

from core.kit.words import brief
from core.people.roles import Agency, Role, read_agency, read_role
from core.territory.posts import PostKind, read_post_kind
from core.territory.regions import RegionBook

_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("role", "roles", "peran"), "role"),
        **dict.fromkeys(("agency", "agencies", "instansi"), "agency"),
        **dict.fromkeys(("region", "regions", "wilayah"), "region"),
        **dict.fromkeys(("post", "posts", "pos"), "post"),
    }
)
_EVERYBODY: Final = frozenset({"all", "everybody", "everyone", "semua"})
_NEAR_KEY: Final = 0.8  # share of letters in common; less makes a slip of ordinary words before a colon
_SHOWN: Final = 5  # regions named in an answer when several fit, and mistakes answered with suggestions

# A value may be quoted, to hold spaces and commas; phones turn straight quotation marks into curly ones.
_QUOTED: Final = r'"[^"\n]*"|“[^”\n]*”|„[^“”\n]*[“”]|”[^”\n]*”'
_VALUE: Final = rf"(?:{_QUOTED}|[^\s,\"“”„]+)"
# A comma may be followed by a space, unless what comes then is the next word with its own colon.
_MORE: Final = rf",{_VALUE}|,[ ](?:{_QUOTED}|[^\s,:\"“”„]+)"
_CLAUSE: Final = re.compile(rf"([^\W\d_]+):({_VALUE}(?:{_MORE})*),?(?=\s|\Z)")
_ITEM: Final = re.compile(_VALUE)
# "Semua petugas harap siaga" is a text: the word names the audience only before a colon, a clause, or alone.
_ALL_WORD: Final = re.compile(r"([^\W\d_]+)(?::(?=\s|\Z)|\s*\Z|(?=\s+[^\W\d_]+:\S))")
_SPACE: Final = re.compile(r"\s*")

_Member = TypeVar("_Member", bound=StrEnum)


@dataclass(frozen=True)
class Audience:
    """Whom a message is for: every kind that is not empty must hold, and within a kind one is enough."""

    roles: frozenset[Role] = frozenset()
    agencies: frozenset[Agency] = frozenset()
    regions: frozenset[str] = frozenset()  # codes; a region holds all that lies in it
    posts: frozenset[PostKind] = frozenset()


@dataclass(frozen=True)
class AudienceProblem:
    """What is wrong with the words for an audience; `key` names the text."""

    key: str
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AudienceText:
    """A typed text, divided into its audience and what is to be said."""

    audience: Audience
    rest_text: str  # an unchanged end of the typed text
    problems: tuple[AudienceProblem, ...]
    named: bool  # whether any audience word stood there; if not, the person is asked


def parse_audience(text: str, book: RegionBook) -> AudienceText:
    """Divide a text into the audience words before it and the rest, kept as it was typed."""
    audience, problems, named = Audience(), list[AudienceProblem](), False
    at = _skip_space(text, 0)
    whole = _ALL_WORD.match(text, at)
    if whole is not None and whole[1].casefold() in _EVERYBODY:
        named, at = True, _skip_space(text, whole.end())
    while (clause := _CLAUSE.match(text, at)) is not None:
        key = _KEYS.get(clause[1].casefold())
        if key is None:
            near = difflib.get_close_matches(clause[1].casefold(), list(_KEYS), n=1, cutoff=_NEAR_KEY)
            if not near:
                break
            problems.append(AudienceProblem("audience-unknown-key", {"word": clause[1], "near": near[0]}))
        else:
            values = [item.strip('"“”„ ') for item in _ITEM.findall(clause[2])]
            audience, found = _add(audience, key, values, book)
            problems += found
        named, at = True, _skip_space(text, clause.end())
    return AudienceText(audience, text[at:], tuple(problems), named)


def audience_words(audience: Audience) -> str:
    """Return the words that `parse_audience` reads as this audience; `all:` for everybody."""
    kinds: tuple[tuple[str, Iterable[str]], ...] = (
        ("role", audience.roles),
        ("agency", audience.agencies),
        ("region", audience.regions),
        ("post", audience.posts),
    )
    return " ".join(f"{key}:{','.join(sorted(values))}" for key, values in kinds if values) or "all:"


def _skip_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return at if space is None else space.end()


def _add(
    audience: Audience, key: str, values: Iterable[str], book: RegionBook
) -> tuple[Audience, list[AudienceProblem]]:
    if key == "role":
        roles, problems = _read(values, read_role, Role, key)
        return replace(audience, roles=audience.roles | roles), problems
    if key == "agency":
        agencies, problems = _read(values, read_agency, Agency, key)
        return replace(audience, agencies=audience.agencies | agencies), problems
    if key == "post":
        posts, problems = _read(values, read_post_kind, PostKind, key)
        return replace(audience, posts=audience.posts | posts), problems
    regions, problems = _read_regions(values, book)
    return replace(audience, regions=audience.regions | regions), problems


def _read(
    values: Iterable[str], read: Callable[[str], _Member | None], kind: type[_Member], key: str
) -> tuple[frozenset[_Member], list[AudienceProblem]]:
    found, problems = set[_Member](), list[AudienceProblem]()
    for value in values:
        member = read(value)
        if member is None:
            near = "".join(difflib.get_close_matches(value.casefold(), list(kind), n=1))
            args = {"word": brief(value), "near": near, "known": ", ".join(kind)}
            problems.append(AudienceProblem(f"audience-unknown-{key}", args))
        else:
            found.add(member)
    return frozenset(found), problems


def _read_regions(values: Iterable[str], book: RegionBook) -> tuple[frozenset[str], list[AudienceProblem]]:
    found, problems = set[str](), list[AudienceProblem]()
    for value in values:
        rows = book.find(value)
        if len(rows) == 1:
            found.add(rows[0].code)
        elif rows:
            options = "; ".join(f"{row.code} {', '.join(reversed(book.path(row.code)))}" for row in rows[:_SHOWN])
            args = {"word": brief(value), "options": options, "count": str(len(rows))}
            problems.append(AudienceProblem("audience-many-regions", args))
        else:
            # Looking for near names reads the whole list: done for the first few mistakes, which is all that is shown.
            near = book.suggestions(value) if len(problems) < _SHOWN else ""
            problems.append(AudienceProblem("audience-unknown-region", {"word": brief(value), "near": near}))
    return frozenset(found), problems
