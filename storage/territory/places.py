"""Regions, posts, and the groups linked to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from core.territory.regions import Region, RegionBook, RegionLevel
from storage.database.engine import Tx, insert_for, new_id
from storage.tables import PostRow, RegionRow
from storage.territory.within import in_region

CHUNK = 1000


@dataclass(frozen=True)
class NewPost:
    """A post as an import names it."""

    code: str
    name: str
    kind: str
    region_code: str
    voters: int | None
    risk: str
    lat: float | None
    lon: float | None


async def add_regions(tx: Tx, regions: Iterable[Region]) -> None:
    """Store regions, replacing the names of those already there."""
    rows = [
        {
            "code": item.code,
            "parent_code": item.parent_code or None,
            "level": item.level.value,
            "name": item.name,
            "aliases": [item.short_name, *item.aliases],
        }
        for item in regions
    ]
    statement = insert_for(tx)(RegionRow)
    changed = {name: statement.excluded[name] for name in ("parent_code", "level", "name", "aliases")}
    for start in range(0, len(rows), CHUNK):
        await tx.execute(
            statement.on_conflict_do_update(index_elements=["code"], set_=changed), rows[start : start + CHUNK]
        )


async def region_book(tx: Tx) -> RegionBook:
    """Load every region."""
    rows = await tx.execute(
        select(RegionRow.code, RegionRow.parent_code, RegionRow.level, RegionRow.name, RegionRow.aliases).order_by(
            RegionRow.code
        )
    )
    return RegionBook(
        Region(code, parent or "", RegionLevel(level), name, aliases[0] if aliases else "", tuple(aliases[1:]))
        for code, parent, level, name, aliases in rows
    )


async def put_posts(tx: Tx, posts: Iterable[NewPost]) -> None:
    """Store posts, replacing what was known of those with the same code."""
    rows = [{"id": new_id(tx), "active": True, **vars(item)} for item in posts]
    statement = insert_for(tx)(PostRow)
    names = ("name", "kind", "region_code", "voters", "risk", "lat", "lon", "active")
    changed = {name: statement.excluded[name] for name in names}
    for start in range(0, len(rows), CHUNK):
        await tx.execute(
            statement.on_conflict_do_update(index_elements=["code"], set_=changed), rows[start : start + CHUNK]
        )


async def posts_as_imported(tx: Tx) -> dict[str, NewPost]:
    """Every post that is there, as an import would name it, by its code."""
    names = list(NewPost.__dataclass_fields__)
    rows = await tx.execute(select(*(getattr(PostRow, name) for name in names)).where(PostRow.active))
    return {row[0]: NewPost(*row) for row in rows}


async def ensure_post(tx: Tx, post: NewPost, *, active: bool) -> PostRow:
    """Give the post of this code, added as it is named here where there is none yet."""
    values = {"id": new_id(tx), "active": active, **vars(post)}
    await tx.execute(insert_for(tx)(PostRow).values(**values).on_conflict_do_nothing(index_elements=["code"]))
    return (await tx.scalars(select(PostRow).where(PostRow.code == post.code))).one()


async def count_posts(tx: Tx) -> int:
    """How many posts there are."""
    return int(await tx.scalar(select(func.count(PostRow.id))) or 0)


async def posts_by_code(tx: Tx, codes: Collection[str]) -> dict[str, PostRow]:
    """Load posts by their codes."""
    rows = await tx.scalars(select(PostRow).where(PostRow.code.in_(codes), PostRow.active))
    return {row.code: row for row in rows}


async def post_by_id(tx: Tx, post_id: int) -> PostRow | None:
    """Load a post."""
    return await tx.get(PostRow, post_id)


async def posts_like(tx: Tx, tail: str, *, limit: int = 3, within: Collection[str] = ("",)) -> list[PostRow]:
    """Find posts whose code ends so, case aside, inside the regions `within` ("" is everywhere)."""
    clean = tail.upper().replace("%", "").replace("_", "")
    statement = select(PostRow).where(func.upper(PostRow.code).like(f"%{clean}"), PostRow.active)
    if "" not in within:
        statement = statement.where(or_(*(in_region(PostRow.region_code, code) for code in within)))
    return list(await tx.scalars(statement.order_by(PostRow.code).limit(limit)))
