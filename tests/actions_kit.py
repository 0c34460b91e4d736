"""The office: what actions are called with in tests, a database with the preset's territory and no Telegram anywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import inspect, select

from actions.work import Work, write_down
from core.delivery.outgoing import Place
from core.desk import Desk
from core.groups.purposes import Purpose
from core.people.roles import Role
from storage import groups
from storage.database.engine import Database, Tx
from storage.people import people
from storage.tables import Base, GroupRow, OutboxRow, PersonRow, PostRow, ScreenRow
from tests.kit import FakeClock, a_desk, make_settings
from tests.storage_kit import a_database

BOT, NAME = 123456, "posko_bot"
Row = TypeVar("Row", bound=Base)
T = TypeVar("T")


class Office:
    """Lets people do things by calling actions, each in a transaction of its own, and looks at what is stored then."""

    def __init__(self, db: Database, desk: Desk, clock: FakeClock) -> None:
        self.db, self.desk, self.clock = db, desk, clock
        self._keys = count(1)

    async def person(self, name: str, role: Role, *held: str, agency: str = "other", language: str = "id") -> PersonRow:
        """Somebody who holds a role: an officer at posts, by their codes, anybody else over regions."""

        async def add(tx: Tx) -> PersonRow:
            row = people.add(
                tx, telegram_id=5_000_000 + next(self._keys), name=name, agency=agency, language=language, now=self.now
            )
            for place in held:
                post = await tx.scalar(select(PostRow).where(PostRow.code == place)) if role is Role.OFFICER else None
                people.assign(
                    tx,
                    row,
                    role=role.value,
                    region_code=post.region_code if post else place,
                    post_id=post.id if post else None,
                    granted="invite:test",
                    now=self.now,
                )
            return row

        return await self.db.write(add)

    async def group(self, title: str, region: str, *purposes: Purpose) -> GroupRow:
        """A linked group of a region."""
        place = Place(-1_000_000 - next(self._keys), None)
        return await self.db.write(
            lambda tx: groups.link_group(
                tx, BOT, place, title=title, region_code=region, purposes=purposes, now=self.now
            )
        )

    @property
    def now(self) -> datetime:
        """The time of the test."""
        return self.clock.now()

    async def do(
        self, who: PersonRow | None, act: Callable[[Work], Awaitable[T]], *, group: GroupRow | None = None
    ) -> T:
        """Let somebody, or the clock, do something: in a transaction that is committed when it is done."""
        key = next(self._keys)

        async def run(tx: Tx) -> T:
            known = await people.members(tx, [who.telegram_id], now=self.now) if who is not None else {}
            result = await act(
                Work(
                    tx=tx,
                    desk=self.desk,
                    now=self.now,
                    since=self.now,
                    cause=(BOT, key),
                    origin=key,
                    who=known[who.telegram_id] if who is not None else None,
                    group=await tx.get(GroupRow, group.id) if group is not None else None,
                    private=group is None,
                )
            )
            await write_down(tx, BOT, now=self.now)
            return result

        return await self.db.write(run)

    async def rows(self, table: type[Row], *where: Any) -> list[Row]:
        """The rows of a table that fit, in the order of their keys."""
        key = inspect(table).primary_key[0]

        async def read(tx: Tx) -> list[Row]:
            found = list(await tx.scalars(select(table).where(*where).order_by(key)))
            tx.expunge_all()
            return found

        return await self.db.read(read)

    async def one(self, table: type[Row], *where: Any) -> Row:
        """The only row of a table that fits."""
        found = await self.rows(table, *where)
        assert len(found) == 1, f"{len(found)} rows in {table.__tablename__}"
        return found[0]

    async def post(self, code: str) -> PostRow:
        """A post by its code."""
        return await self.one(PostRow, PostRow.code == code)

    async def told(self, chat_id: int) -> str:
        """Everything that waits to be said in a chat, and what its self-editing messages are to show."""
        sent = await self.rows(OutboxRow, OutboxRow.chat_id == chat_id)
        shown = await self.rows(ScreenRow, ScreenRow.chat_id == chat_id)
        texts = [row.params.get("text", "") for row in sent if row.slot_id is None]
        return "\n".join([*texts, *(row.params.get("text", "") for row in shown)])


@asynccontextmanager
async def office_on(url: str) -> AsyncIterator[Office]:
    """An office over a prepared database, at H-11, 07.10 WIB."""
    db, clock = a_database(url), FakeClock()
    try:
        settings = make_settings(url, api_url="http://127.0.0.1:9")
        yield Office(db, await a_desk(settings, db, clock, bot_id=BOT, username=NAME), clock)
    finally:
        await db.close()
