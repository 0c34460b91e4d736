"""The real program as a process of its own: started, killed, stopped, and asked through its command line."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

STOP_SECONDS = 10.0  # what the program may take after SIGTERM
COMMAND_SECONDS = 60.0


class ProgramError(Exception):
    """The program did not do what it was started for; the text says what it said."""


class Program:
    """`bot.py` in a folder of its own, so that nobody's `.env` and database are touched."""

    def __init__(self, root: Path, folder: Path, settings: Mapping[str, str]) -> None:
        self._bot = str(root / "bot.py")
        self._folder = folder
        # Somebody's own settings must not leak into a rehearsal.
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("POSKO_")}
        own = {f"POSKO_{name}": value for name, value in settings.items()}
        self._environment = {**inherited, "PYTHONUNBUFFERED": "1", **own}
        self._process: asyncio.subprocess.Process | None = None
        self.log = folder / "bot.log"

    @property
    def pid(self) -> int:
        """The process id of the running bot."""
        return self._running().pid

    async def start(self, *arguments: str) -> None:
        """Start the bot; its log goes to a file."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                self._bot,
                "run",
                *arguments,
                cwd=self._folder,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for us; we then stop the bot in good order
            )

    async def died(self) -> None:
        """Wait until the bot has ended by itself, and raise ProgramError with its last words."""
        code = await self._running().wait()
        raise ProgramError(f"the bot ended by itself with exit code {code}; its last words:\n{self.last_words()}")

    async def kill(self) -> None:
        """End the bot as a power cut does: SIGKILL."""
        process = self._running()
        process.kill()
        await process.wait()
        self._process = None

    async def stop(self) -> int:
        """End the bot in good order and give its exit code; raises ProgramError when it takes too long."""
        process = self._running()
        self._process = None
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        try:
            return await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()
            raise ProgramError(f"the bot did not stop within {STOP_SECONDS:.0f} s; it was killed") from None

    async def clear(self) -> None:
        """Leave nothing running, whatever happened."""
        if self._process is not None and self._process.returncode is None:
            await self.stop()

    async def command(self, *arguments: str) -> str:
        """Run another command of the program beside the bot and give what it printed; raises ProgramError if it failed."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            self._bot,
            *arguments,
            cwd=self._folder,
            env=self._environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            said, _ = await asyncio.wait_for(process.communicate(), COMMAND_SECONDS)
        finally:
            if process.returncode is None:
                process.kill()
        text = said.decode(errors="replace").strip()
        if process.returncode != 0:
            raise ProgramError(f"bot.py {' '.join(arguments)} gave exit code {process.returncode}: {text}")
        return text

    def last_words(self, lines: int = 12) -> str:
        """The end of the bot's log."""
        try:
            text = self.log.read_text(errors="replace")
        except OSError:
            return "  (nothing)"
        return "\n".join(f"  {line}" for line in text.splitlines()[-lines:]) or "  (nothing)"

    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise ProgramError("the bot is not running")
        return self._process
