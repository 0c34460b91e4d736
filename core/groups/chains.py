"""Bodies with a chain of their own: they hear what happens at their posts beside whoever must act on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from core.groups.purposes import Purpose
from core.kit.preset_tables import Table
from core.territory.posts import PostKind
from core.territory.regions import RegionLevel


@dataclass(frozen=True)
class Chain:
    """Which incidents a body hears of besides, and at which levels its groups do."""

    purpose: Purpose  # its groups are those linked for this by name
    posts: frozenset[PostKind]  # whatever happens at posts of these kinds
    categories: frozenset[str]  # and what is of these categories, wherever it happens
    levels: frozenset[RegionLevel]


def chains_for(
    chains: Iterable[Chain], *, category: str | None, post_kind: PostKind, confidential: bool
) -> tuple[Chain, ...]:
    """Return the chains that an incident concerns; none for a confidential one, which may accuse that very body."""
    if confidential:
        return ()
    return tuple(chain for chain in chains if post_kind in chain.posts or category in chain.categories)


def read_chains(top: Table, known: Collection[str]) -> tuple[Chain, ...]:
    """Read the `[[chain]]` tables of a routing table, whose categories are `known`; PresetError if one is broken."""
    found = []
    for table in top.tables("chain"):
        chain = Chain(
            purpose=table.member("purpose", Purpose),
            posts=frozenset(table.members("posts", PostKind)),
            categories=frozenset(table.texts("categories")),
            levels=frozenset(table.members("levels", RegionLevel)),
        )
        for category in sorted(chain.categories - set(known)):
            raise table.fault("categories", f"{category!r} is no category here; known: " + ", ".join(sorted(known)))
        if not chain.posts and not chain.categories:
            raise table.fault(
                "posts", "names no kind of post, and there are no categories: nobody would hear of anything"
            )
        if not chain.levels:
            raise table.fault("levels", "names no level")
        table.done()
        found.append(chain)
    return tuple(found)
