"""Who serves where: the people of one's own territory, sought by region, post or name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.people.inviting import place_of
from actions.people.open_invites import sight_of
from actions.work import Work
from core.kit.texts import UserError
from core.people.roles import Actor, Role, leads
from core.roster.people_list import PAGE, WORDS_BYTES, carried, near_names, pages
from core.roster.removal import Bar, ending
from core.territory.regions import covers
from storage import roster
from storage.people import people, personnel
from storage.people.people import SETTINGS, Holding, Member
from storage.people.personnel import Listed, Sight, Sought

WORDS = 60  # characters of what is sought
NEAR_AMONG = 500  # names that are compared with a mistyped one
_POST_CODE = re.compile(r"#?[A-Za-z0-9-]*[0-9]{3,}")


@dataclass(frozen=True)
class PeoplePage:
    """A page of the list, counted from 1, and what it is narrowed to, as people say it."""

    where: str  # empty: all of one's own
    words: str  # by which the same is sought again, as a button carries them
    count: int
    page: int
    pages: int
    shown: tuple[Listed, ...]


@dataclass(frozen=True)
class Dossier:
    """A person as somebody who leads there sees them."""

    member: Member
    seen: tuple[Holding, ...]
    elsewhere: int  # assignments outside the territory of who looks
    bar: Bar | None  # why they cannot be put out


async def listing(work: Work, words: str, page: int) -> PeoplePage:
    """The people of one's own territory, or those whom the words mean; what is beyond the last page is the last.

    Raises UserError where the words mean nobody and nothing there.
    """
    sight = sight_of(work.actor)
    sought, where, again = await _sought(work, sight, " ".join(words.split())[:WORDS])
    count = await personnel.count(work.tx, sight, sought, now=work.now)
    if not count and sought.name:
        await _refuse_name(work, sight, sought.name)
    last = pages(count)
    page = min(max(1, page), last)
    shown = await personnel.page(work.tx, sight, sought, now=work.now, offset=(page - 1) * PAGE, limit=PAGE)
    return PeoplePage(where, again, count, page, last, tuple(shown))


async def _sought(work: Work, sight: Sight, words: str) -> tuple[Sought, str, str]:
    """What words mean: a region, the code of a post, else a part of a name; as people say it, and as a button carries it."""
    if not words:
        return Sought(), "", ""
    own, book = (*sight.all_in, *sight.officers_in), work.desk.regions
    regions = [row for row in book.find(words) if any(covers(row.code, code) or covers(code, row.code) for code in own)]
    if len(regions) == 1:
        code = regions[0].code
        return Sought(region_code=code), " › ".join(book.path(code)), code
    if _POST_CODE.fullmatch(words):
        posts = await roster.posts_named(work.tx, words, own, limit=2)
        if len(posts) == 1:
            post = posts[0]
            return Sought(post_id=post.id), place_of(work.desk, post.region_code, post), post.code[-WORDS_BYTES:]
    return Sought(name=words), f"«{words}»", carried(words)


async def _refuse_name(work: Work, sight: Sight, words: str) -> None:
    """Say why words find nobody: several regions, one of somebody else, or a name that looks like others."""
    book = work.desk.regions
    regions = book.find(words)
    own = [row for row in regions if any(covers(code, row.code) for code in (*sight.all_in, *sight.officers_in))]
    if len(own) > 1:
        options = "; ".join(f"{row.code} {', '.join(reversed(book.path(row.code)))}" for row in own[:5])
        raise UserError("region-ambiguous", text=words[:40], options=options)
    if regions:
        raise UserError("people-elsewhere", text=words[:40])
    found = await _near(work, sight, words)
    near = "; ".join([*found, *filter(None, [book.suggestions(words)])])
    raise UserError("people-nobody-near" if near else "people-nobody", text=words[:40], near=near)


async def _near(work: Work, sight: Sight, words: str) -> list[str]:
    """Names that a mistyped one may have meant: those that begin with the same two letters, else with the same one."""
    for letters in (2, 1):
        beginnings = [word[:letters].lower() for word in words.split() if len(word) > 1][:3]
        if not beginnings:
            break
        names = await personnel.names_beginning(work.tx, sight, beginnings, now=work.now, limit=NEAR_AMONG)
        if near := near_names(words, names):
            return list(near)
    return []


async def dossier(work: Work, person_id: int) -> Dossier:
    """A person of one's own territory with what they hold; raises UserError for anybody else."""
    member = await member_of(work, person_id)
    actor = member.actor
    found = ending(work.actor, actor, named=is_named(member))
    seen = tuple(one for one in member.holdings if _leads(work.actor, one))
    if not seen:
        raise UserError("tap-not-your-person")
    elsewhere = len(member.holdings) - len(seen)
    return Dossier(member, seen, elsewhere, found if isinstance(found, Bar) else None)


async def member_of(work: Work, person_id: int) -> Member:
    """Somebody active by their key; raises UserError for anybody else."""
    row = await people.find_person(work.tx, person_id)
    found = await people.members(work.tx, [row.telegram_id], now=work.now) if row is not None else {}
    if row is None or row.telegram_id not in found:
        raise UserError("tap-not-your-person")
    return found[row.telegram_id]


def is_named(member: Member) -> bool:
    """Whether somebody is an admin by the settings."""
    return any(one.assignment.granted == SETTINGS for one in member.holdings)


def _leads(actor: Actor, holding: Holding) -> bool:
    return leads(actor, Role(holding.assignment.role), holding.assignment.region_code)
