"""What a story is played with: people who speak and tap, steps that must come, and the clock that moves on."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sandbox.local import LocalTelegram
from sandbox.people.group import Group
from sandbox.people.person import Person
from sandbox.rehearsal.clock import MovedClock
from sandbox.rehearsal.program import Program
from sandbox.rehearsal.transcript import Transcript
from sandbox.world.hearing import Pattern
from sandbox.world.state import Answer
from sandbox.world.world import Message

PAUSE = timedelta(seconds=25)  # how much time passes before somebody writes again: people are not machines
LIVE_PAUSE = 0.25  # real seconds before somebody writes when a person watches at a terminal
T = TypeVar("T")


class StepMissingError(Exception):
    """An expected step of the story did not come; the text names it and says what came instead."""


@dataclass
class DemoStage:
    """Everything a part of the story needs."""

    root: Path
    folder: Path
    telegram: LocalTelegram
    clock: MovedClock
    transcript: Transcript
    program: Program
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    filed: list[str] = field(default_factory=list)  # what follows the command in each line that must be stored once
    steps: int = 0  # that came
    step_seconds: float = 12.0  # a step usually takes milliseconds; this is for a slow machine

    async def expect(self, step: str, coming: Coroutine[None, None, T]) -> T:
        """Wait for a step; raises StepMissingError naming it when it fails, and when the bot dies meanwhile."""
        waiting = asyncio.ensure_future(coming)
        death = asyncio.ensure_future(self.program.died())
        try:
            await asyncio.wait([waiting, death], return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                death.result()
            found = await waiting
        except AssertionError as error:
            raise StepMissingError(f"{step}\n{error}") from None
        finally:
            for task in (waiting, death):
                task.cancel()
            await asyncio.wait([waiting, death])
        self.steps += 1
        return found

    def check(self, step: str, *, holds: bool, instead: str = "") -> None:
        """Demand that something is so; raises StepMissingError naming it otherwise."""
        if not holds:
            raise StepMissingError(f"{step}\n{instead}")
        self.steps += 1

    async def says(
        self, person: Person, text: str, *, to: Group | None = None, reply_to: Message | None = None
    ) -> Message:
        """Let somebody write, a little later."""
        await self._pause()
        return await person.say(text, to=to, reply_to=reply_to)

    async def files(self, person: Person, line: str) -> Message:
        """Let somebody file a line that must be stored once in the end."""
        self.note_filed(line)
        return await self.says(person, line)

    def note_filed(self, line: str) -> None:
        """Remember that a line must be stored once; the command itself is not part of what is stored."""
        self.filed.append(line.partition(" ")[2])

    async def hears(self, step: str, who: Person | Group, text: Pattern) -> Message:
        """Expect a message of the bot in somebody's private chat or in a group."""
        return await self.expect(step, who.hears(text, timeout=self.step_seconds))

    async def taps(self, step: str, person: Person, label: str, *, in_: Group | None = None) -> Answer:
        """Let somebody press a button and expect the bot's answer to the press."""
        await self._pause()

        async def press() -> Answer:
            tap = await person.tap(label, in_=in_)
            self.transcript.tapped(person, tap.label, in_)
            answer = await person.answer_of(tap, timeout=self.step_seconds)
            self.transcript.popped(person, answer.text)
            return answer

        return await self.expect(step, press())

    async def happens(self, step: str, done: Coroutine[None, None, None]) -> None:
        """Expect anything else."""
        await self.expect(step, done)

    def jump(self, day: int, hour: int, minute: int = 0) -> None:
        """Go on to a later moment of February 2024."""
        self.transcript.flush()
        self.clock.jump(datetime(2024, 2, day, hour, minute, tzinfo=self.clock.now().tzinfo))

    async def _pause(self) -> None:
        self.clock.later(PAUSE)
        if self.transcript.live:
            await asyncio.sleep(LIVE_PAUSE)
