"""The whole program in one process against the local Telegram: built as bot.py builds it, driven a step at a time."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlalchemy import inspect, select, update

import bot
from actions.entry import setup
from actions.entry.opening import open_desk
from core.kit.settings import Settings
from jobs.delivery.intake import first_contact
from sandbox import Answer, Group, Limits, LocalTelegram, Message, Person
from sandbox.world import snapshot
from storage.database.engine import Database, Tx
from storage.people import people
from storage.tables import AssignmentRow, Base, InboxRow, PersonRow, PostRow
from storage.territory import places
from storage.territory.places import NewPost
from tests.storage_kit import a_database

if TYPE_CHECKING:
    from telegram.ext import Application

    from core.desk import Desk
    from jobs.machine import Machine

ROOT = Path(__file__).resolve().parents[1]
PRESET = ROOT / "presets" / "sumsel"
WIB = ZoneInfo("Asia/Jakarta")
START = "2027-02-03 07:10"  # a Wednesday, H-11, while the prisons' morning window is open
TOKEN = "123456:sandbox-token-of-the-tests"
ADMIN_ID = 4_000_001
Row = TypeVar("Row", bound=Base)


class FakeClock:
    """The time of a test: shared by the program and the local Telegram, moved only by the test."""

    def __init__(self, local: str = START) -> None:
        self._now = wib(local)
        self._passed = 0.0

    def now(self) -> datetime:
        return self._now

    def __call__(self) -> float:
        return self._now.timestamp()

    def passed(self) -> float:
        """The seconds that have passed, whatever became of the clock."""
        return self._passed

    def advance(self, **parts: float) -> None:
        """Let time pass."""
        self._now += timedelta(**parts)
        self._passed += timedelta(**parts).total_seconds()

    def set(self, local: str) -> None:
        """Let time pass until then; an earlier time is a clock that is set back."""
        self._passed += max(0.0, (wib(local) - self._now).total_seconds())
        self.leap(local)

    def leap(self, local: str) -> None:
        """Go wrong, or right again: the clock shows another time, and none has passed."""
        self._now = wib(local)


def wib(local: str) -> datetime:
    """A time as people of South Sumatra write it."""
    return datetime.fromisoformat(local).replace(tzinfo=WIB).astimezone(UTC)


def make_settings(url: str, *, api_url: str, admins: Sequence[int] = (), **more: Any) -> Settings:
    """Settings for a program in this process; nothing is read from the environment or a file."""
    return Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        database_url=url,
        api_url=api_url,
        admins=tuple(admins),
        **{"rate_limits": "off", "preset": PRESET, **more},
    )


async def make_template(file: Path) -> None:
    """Run the program once on an empty database, to be copied for each test: menus are out, the admin has written."""
    async with running(f"sqlite+aiosqlite:///{file}", empty=True):
        pass


_desks: dict[tuple[object, ...], Desk] = {}  # what a desk is made of does not change; making one takes a while


async def a_desk(settings: Settings, db: Database, clock: FakeClock, *, bot_id: int, username: str) -> Desk:
    """The desk as bot.py builds it, for this bot, with faulty texts as errors."""
    key = (settings.language, settings.timezone, settings.event_date, settings.event_name, settings.preset)
    if key not in _desks:
        _desks[key] = await open_desk(settings, db, locales=ROOT / "locales", now=clock.now(), strict=True)
    return replace(_desks[key], bot_id=bot_id, bot_username=username)


class Posko:
    """The running program, with what a test needs to play people and to look at what is stored."""

    desk: Desk
    machine: Machine

    def __init__(self, tg: LocalTelegram, clock: FakeClock, db: Database, settings: Settings, admin: Person) -> None:
        self.tg, self.clock, self.db, self.settings, self.admin = tg, clock, db, settings, admin
        self._application: Application[Any, Any, Any, Any, Any, Any] | None = None

    async def restart(self) -> None:
        """Build everything over the database, as a program that starts, be it after a kill."""
        await self.shut_down()
        self._application = bot.build_application(self.settings, TOKEN)
        assert await first_contact(self._application, asyncio.Event())
        me = self.tg.bot
        self.desk = await a_desk(self.settings, self.db, self.clock, bot_id=me["id"], username=me["username"])
        self.machine = await bot.build_machine(
            self.settings, self.db, self.desk, self._application, self.clock, passed=self.clock.passed
        )
        await self.machine.sender.recover()

    async def shut_down(self) -> None:
        """End the program where it stands; what is not done is on disk."""
        if self._application is not None:
            await self._application.shutdown()

    async def settle(self) -> None:
        """Let the program do everything it can do at this moment: take in, process, send, keep time."""
        while True:
            await self.machine.intake.round(timeout=0)
            while await self.machine.pump.round():
                pass
            await self.machine.sender.drain()
            await self.machine.timekeeper.tick()
            await self.machine.sender.drain()
            if self.tg.pending == 0:
                return

    async def at(self, local: str) -> None:
        """Move to a time and let happen what is due then."""
        self.clock.set(local)
        await self.settle()

    async def wait(self, **parts: float) -> None:
        """Let time pass, then let happen what is due."""
        self.clock.advance(**parts)
        await self.settle()

    async def say(self, person: Person, text: str, *, to: Group | None = None, **more: Any) -> str:
        """Let a person write, and give all that the bot says in that chat in answer."""
        self.forget(person, to)
        await person.say(text, to=to, **more)
        await self.settle()
        return self.heard(person, to)

    async def tap(
        self,
        person: Person,
        label: str = "",
        *,
        in_: Group | None = None,
        message: Message | None = None,
        data: str | None = None,
    ) -> Answer:
        """Let a person press a button, and give what their phone shows then."""
        self.forget(person, in_)
        tap = await person.tap(label, in_=in_, message=message, data=data)
        await self.settle()
        return await person.answer_of(tap)

    def forget(self, person: Person, group: Group | None = None) -> None:
        """Take everything said so far in a chat as heard."""
        listener = person if group is None else group
        listener.forget()

    def heard(self, person: Person, group: Group | None = None) -> str:
        """All that the bot said or changed in a chat since it was last taken as heard."""
        listener = person if group is None else group
        return "\n".join(message.text for message in listener.unheard())

    def last(self, where: Person | Group) -> Message:
        """The bot's newest message in a chat."""
        return [message for message in where.messages if message.by_bot][-1]

    def person(self, name: str, *, language: str | None = "id", started: bool = True) -> Person:
        """Somebody with a phone, unknown to the program."""
        return self.tg.person(name, language=language, started=started)

    async def enrol(
        self, name: str, role: str, *places_held: str, agency: str = "other", language: str | None = "id"
    ) -> Person:
        """Somebody who holds a role: an officer at posts, a coordinator or admin over regions."""
        person = self.person(name, language=language)

        async def work(tx: Tx) -> None:
            now = self.clock.now()
            row = people.add(tx, telegram_id=person.id, name=name, agency=agency, language=language, now=now)
            for place in places_held:
                post = await tx.scalar(select(PostRow).where(PostRow.code == place)) if role == "officer" else None
                people.assign(
                    tx,
                    row,
                    role=role,
                    region_code=post.region_code if post else place,
                    post_id=post.id if post else None,
                    granted="invite:test",
                    now=now,
                )

        await self.db.write(work)
        return person

    async def invite(self, words: str, *, by: Person | None = None) -> str:
        """Let somebody invite as people do, and give the code."""
        text = await self.say(by or self.admin, f"/undang {words}")
        found = re.search(r"\?start=(\w+)", text)
        assert found, text
        return found[1]

    async def accept(self, name: str, code: str, *, language: str | None = "id") -> Person:
        """Let somebody open an invitation and agree to it."""
        person = self.person(name, language=language)
        await self.say(person, f"/start {code}")
        await self.tap(person, self.last(person).buttons[0])
        return person

    async def officer(self, name: str = "Budi", *posts: str, **more: Any) -> Person:
        """An officer, by default at the prison of Lubuklinggau."""
        return await self.enrol(name, "officer", *(posts or ("LAPAS-1673",)), **more)

    async def coordinator(self, name: str = "Rahmat", region: str = "16.73", **more: Any) -> Person:
        """A coordinator, by default of Lubuklinggau."""
        return await self.enrol(name, "coordinator", region, **more)

    async def group(self, title: str, region: str, *purposes: str, members: Sequence[Person] = ()) -> Group:
        """A group linked to a region by the admin; `members` are in it too."""
        group = self.tg.group(title, [self.admin, *members])
        await self.say(self.admin, f"/hubungkan {region} {' '.join(purposes)}", to=group)
        group.forget()
        return group

    async def add_post(
        self, code: str, name: str, *, kind: str = "tps", region: str = "16.73.06.1002", **more: Any
    ) -> None:
        """A further post."""
        row = NewPost(
            code=code,
            name=name,
            kind=kind,
            region_code=region,
            voters=more.get("voters"),
            risk=more.get("risk", "low"),
            lat=more.get("lat"),
            lon=more.get("lon"),
        )
        await self.db.write(lambda tx: places.put_posts(tx, [row]))

    async def end_assignments(self, person: Person, *, post: str | None = None) -> None:
        """Take away what somebody holds, or one post of it, from now on."""
        row = await self.one(PersonRow, PersonRow.telegram_id == person.id)
        held = [AssignmentRow.person_id == row.id]
        if post is not None:
            held.append(AssignmentRow.post_id == (await self.post(post)).id)
        await self.db.write(lambda tx: tx.execute(update(AssignmentRow).where(*held).values(valid_to=self.clock.now())))

    async def everything_stored(self) -> dict[str, str]:
        """The whole database as text, by table."""

        async def work(tx: Tx) -> dict[str, str]:
            tables = Base.metadata.sorted_tables
            return {table.name: str([tuple(row) for row in await tx.execute(select(table))]) for table in tables}

        return await self.db.read(work)

    async def inbox_of(self, person: Person) -> list[InboxRow]:
        """The stored updates of somebody's private chat, oldest first."""
        return await self.rows(InboxRow, InboxRow.lane == person.id)

    async def post(self, code: str) -> PostRow:
        """A post by its code."""
        return await self.one(PostRow, PostRow.code == code)

    async def rows(self, table: type[Row], *where: Any) -> list[Row]:
        """Rows of a table in the order of their first key column."""

        async def work(tx: Tx) -> list[Row]:
            key = inspect(table).primary_key[0]
            found = list(await tx.scalars(select(table).where(*where).order_by(key)))
            tx.expunge_all()
            return found

        return await self.db.read(work)

    async def one(self, table: type[Row], *where: Any) -> Row:
        """The only row of a table that fits."""
        found = await self.rows(table, *where)
        assert len(found) == 1, f"{len(found)} rows in {table.__tablename__}"
        return found[0]


@asynccontextmanager
async def running(
    url: str,
    *,
    local: str = START,
    limits: Limits | None = None,
    empty: bool = False,
    admin_started: bool = True,
    world: dict[str, Any] | None = None,
    elsewhere: FakeClock | None = None,
    **settings: Any,
) -> AsyncIterator[Posko]:
    """Build the program on a copy of the template, or on an `empty` database, with Sari as the admin of its settings.

    `world` is a snapshot of a local Telegram: the people and chats that a database has to do with. `elsewhere` is the
    clock of Telegram, where it has one of its own.
    """
    clock = FakeClock(local)
    async with LocalTelegram(TOKEN, clock=elsewhere or clock, limits=limits or Limits.off()) as tg:
        admin = tg.person("Sari", language="id", started=admin_started, user_id=ADMIN_ID)
        if world is not None:
            snapshot.put_back(tg.state, world)
        configured = make_settings(url, api_url=tg.url, **{"admins": [ADMIN_ID], **settings})
        db = a_database(url)
        posko = Posko(tg, clock, db, configured, admin)
        try:
            if empty or world is not None:  # a new file, or an old one that is brought to this version
                await setup.prepare(db, PRESET, now=clock.now())
            await posko.restart()
            await posko.settle()
            if empty and admin_started:
                await posko.say(admin, "/start")
            admin.forget()
            yield posko
            await posko.machine.sender.finish()
        finally:
            await posko.shut_down()
            await db.close()
        tg.assert_no_unexpected_refusals()


def copy_of(template: Path, file: Path) -> str:
    """Copy a prepared database and give the address of the copy."""
    shutil.copy(template, file)
    return f"sqlite+aiosqlite:///{file}"
