"""Plays the story: a local Telegram in this process, the real bot as another, a clock that moves, a transcript."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from sandbox.demo.stage import DemoStage, StepMissingError
from sandbox.demo.stock import Stock, take_stock
from sandbox.demo.story import BEGINS, EVENT_DATE, tell
from sandbox.local import LocalTelegram
from sandbox.rehearsal.clock import MovedClock
from sandbox.rehearsal.program import Program, ProgramError
from sandbox.rehearsal.transcript import ZONE, Transcript

# Name and the phone's language; Sari is the admin.
CAST = (
    ("Sari", "id"), ("Budi", "id"), ("Siti", "id"), ("Joko", "id"), ("Dewi", "id"), ("Rahmat", "id"),
    ("Grace", "en"), ("Wawan", "id"),
)  # fmt: skip


async def play_demo(root: Path) -> int:
    """Play the story and print it; 0 when every expected step came, else 1."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="posko-demo-") as name:
        folder = Path(name)
        clock = MovedClock(folder / "clock", BEGINS)
        async with LocalTelegram(clock=clock.seconds, username="posko_demo_bot") as telegram:
            stage = _stage(root, folder, telegram, clock)
            stage.transcript.start()
            try:
                stock = await _play(stage)
            except (StepMissingError, ProgramError) as error:
                await stage.transcript.stop()
                return _failed(stage, error)
            finally:
                await stage.program.clear()
                await stage.transcript.stop()
        stage.transcript.show(stock.table())
        stage.transcript.note(f"{stage.steps} expected steps, all came; {time.monotonic() - began:.0f} seconds.")
    return 0


def _stage(root: Path, folder: Path, telegram: LocalTelegram, clock: MovedClock) -> DemoStage:
    people = {name: telegram.person(name, language=language) for name, language in CAST}
    settings = {
        "TOKEN": telegram.token,
        "API_URL": telegram.url,
        "ADMINS": str(people["Sari"].id),
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'posko.db'}",
        "PRESET": str(root / "presets" / "sumsel"),
        "EVENT_DATE": EVENT_DATE.isoformat(),
        "TIMEZONE": ZONE.key,
    }
    transcript = Transcript(telegram)
    return DemoStage(root, folder, telegram, clock, transcript, Program(root, folder, settings), people)


async def _play(stage: DemoStage) -> Stock:
    first_update = stage.telegram.state.updates.next_id
    await stage.program.start("--clock", str(stage.clock.file))
    up = stage.telegram.until(lambda: stage.telegram.state.updates.polled, timeout=stage.step_seconds)
    await stage.happens("start: the bot asks Telegram for updates", up)
    await tell(stage)
    stock = await _check(stage, first_update)
    code = await stage.program.stop()
    stage.check("end: the bot stops in good order", holds=code == 0, instead=f"exit code {code}")
    return stock


async def _check(stage: DemoStage, first_update: int) -> Stock:
    """Export what was stored, and hold it against what was filed."""
    stage.transcript.chapter("11 · What is stored")
    exports = []
    for what in ("reports", "incidents"):
        file = stage.folder / f"{what}.csv"
        said = await stage.program.command("export", what, "--output", str(file))
        stage.transcript.terminal(
            f"python bot.py export {what} --output {what}.csv", said.replace(str(file), file.name)
        )
        exports.append(file)
    refused = stage.telegram.refused
    stage.check("end: Telegram refused no call", holds=not refused, instead="\n".join(map(str, refused)))
    await stage.happens("end: Telegram has no updates left", stage.telegram.until(lambda: stage.telegram.pending == 0))
    stock = take_stock(
        stage.folder / "posko.db",
        exports,
        stage.filed,
        updates_in=stage.telegram.state.updates.next_id - first_update,
        sent=stage.telegram.calls.counts,
    )
    stage.check("end: no report is lost", holds=not stock.lost, instead="\n".join(stock.lost))
    stage.check("end: no report is doubled", holds=not stock.doubled, instead="\n".join(stock.doubled))
    return stock


def _failed(stage: DemoStage, error: Exception) -> int:
    step, _, instead = str(error).partition("\n")
    lines = [f"\nFAILED after {stage.steps} steps. This step did not come:", f"  {step}"]
    if instead:
        lines += ["What came instead:", instead]
    lines += ["The end of the bot's log:", stage.program.last_words()]
    sys.stderr.write("\n".join(lines) + "\n")
    return 1
