"""A small console: play people and groups by typing lines, and read what the bot answers."""

from __future__ import annotations

import asyncio
import re
import sys
import threading
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.errors import RefusedError
from sandbox.local import LocalTelegram
from sandbox.people.group import Group
from sandbox.people.person import Person
from sandbox.rehearsal.acts import ACTS, act
from sandbox.rehearsal.acts import HELP as MORE_HELP
from sandbox.rehearsal.program import Program, ProgramError
from sandbox.rehearsal.transcript import Transcript
from sandbox.world.world import Chat
from storage.database.lock import only_one

HELP = f"""\
  budi: /start                      somebody writes to the bot; people are made when first named
  budi tap Setuju                   somebody presses a button, by the beginning of its label
  sari @linggau: /hubungkan 16.73   somebody writes in a group; the group is made, with the bot in it
  rahmat @linggau tap Terima        somebody presses a button in a group
{MORE_HELP}
  admin: /undang petugas LAPAS-1673 «admin» is the admin of this sandbox
  help, quit"""
SAYS = re.compile(r"(?P<who>[^\s:@]+)\s*(?:@(?P<where>[^\s:]+))?\s*:\s*(?P<text>.+)")
TAPS = re.compile(r"(?P<who>[^\s:@]+)\s*(?:@(?P<where>[^\s:]+))?\s+tap\s+(?P<label>.+)")
ADMIN = "admin"
ANSWER_SECONDS = 15.0  # how long a script waits for the bot's answer before its next line


def user_id(name: str) -> int:
    """Give everybody the same id in every sandbox."""
    return 1_000_000_000 + zlib.crc32(name.encode()) % 1_000_000_000


@dataclass
class Cast:
    """The people and groups named so far."""

    telegram: LocalTelegram
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        """Find somebody, or make them."""
        key = name.casefold()
        if key not in self.people:
            language = "en" if key.endswith("_en") else "id"
            self.people[key] = self.telegram.person(name.capitalize(), user_id=user_id(key), language=language)
        return self.people[key]

    async def group(self, title: str, person: Person) -> Group:
        """Find a group or make it, and see that this person is in it."""
        key = title.casefold()
        if key not in self.groups:
            self.groups[key] = self.telegram.group(title, [person], bot="left")
            await self.groups[key].add_bot(by=person)
            await self.answered(self.groups[key].chat, after=0)  # the bot's greeting
        if self.groups[key].chat.members.get(person.id, "left") in {"left", "kicked"}:
            await self.groups[key].add(person)
        return self.groups[key]

    async def answered(self, chat: Chat, *, after: int) -> None:
        """Wait until the bot has said something in a chat after an event, but not for ever."""
        await self.telegram.state.world.bell.until(
            lambda: True if any(one.by_bot and one.touched > after for one in chat.shown) else None, ANSWER_SECONDS
        )


async def open_console(root: Path) -> int:
    """Run the bot against a fresh `build/sandbox.db` and do what is typed until `quit` or the end of input."""
    folder = root / "build"
    folder.mkdir(exist_ok=True)
    database = folder / "sandbox.db"
    url = f"sqlite+aiosqlite:///{database}"
    with only_one(url):
        for old in (database, Path(f"{database}-wal"), Path(f"{database}-shm"), folder / "bot.log"):
            old.unlink(missing_ok=True)
    async with LocalTelegram(username="posko_sandbox_bot") as telegram:
        settings = {
            "TOKEN": telegram.token,
            "API_URL": telegram.url,
            "ADMINS": str(user_id(ADMIN)),
            "DATABASE_URL": url,
            "PRESET": str(root / "presets" / "sumsel"),
        }
        program = Program(root, folder, settings)
        transcript = Transcript(telegram)
        transcript.start()
        try:
            await program.start()
            await telegram.polled()
            transcript.note(f"The bot runs; its log is {program.log}\n{HELP}")
            await _converse(Cast(telegram), transcript, program)
        except (ProgramError, AssertionError) as error:
            sys.stderr.write(f"{error}\n{program.last_words()}\n")
            return 1
        finally:
            await program.clear()
            await transcript.stop()
    return 0


async def _converse(cast: Cast, transcript: Transcript, program: Program) -> None:
    lines = _typed()
    death = asyncio.ensure_future(program.died())
    try:
        while True:
            line = asyncio.ensure_future(lines.get())
            await asyncio.wait([line, death], return_when=asyncio.FIRST_COMPLETED)
            if death.done():
                line.cancel()
                death.result()
            words = line.result()
            if words is None or words in {"quit", "exit"}:
                return
            if not words or words.startswith("#"):
                continue
            if words == "help":
                transcript.note(HELP)
                continue
            try:
                await obey(cast, words, transcript, patient=not sys.stdin.isatty())
            except (AssertionError, RefusedError) as error:
                transcript.note(str(error))
    finally:
        death.cancel()


async def obey(cast: Cast, line: str, transcript: Transcript, *, patient: bool) -> None:
    """Do one typed line; `patient` waits for the bot's answer, as a script needs it."""
    taps = TAPS.fullmatch(line)
    found = taps or SAYS.fullmatch(line) or ACTS.fullmatch(line)
    if found is None:
        transcript.note(f"not understood: {line}\n{HELP}")
        return
    person = cast.person(found["who"])
    group = await cast.group(found["where"], person) if found["where"] else None
    heard = cast.telegram.state.world.event_number
    if found is taps:
        tap = await person.tap(found["label"], in_=group)
        transcript.tapped(person, tap.label, group)
        if person.phone.online:
            answer = await person.answer_of(tap, timeout=ANSWER_SECONDS)
            transcript.popped(person, answer.text)
    elif found.re is ACTS:
        patient = await act(person, group, found["verb"], found["rest"] or "") and patient
    else:
        await person.say(found["text"], to=group)
    if patient and person.phone.online:
        await cast.answered(group.chat if group else person.chat, after=heard)


def _typed() -> asyncio.Queue[str | None]:
    """Read lines in a thread of their own, which Ctrl-C need not wait for; None is the end of input."""
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line.strip())
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    return lines
