"""Receipted status reports a second, end to end, beside two common ways of writing the same bot.

`python -m benchmarks.receipts [--quick]`. Typed lines wait at a local Telegram with 50 ms latency; measured is the
time from the first line to the last receipt in an officer's chat, every report stored and every receipt exactly once.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import stage
from benchmarks.stage import TOKEN, Bench, BenchmarkError, Trips

LATENCY = 0.05  # seconds, of every call
WARM = 50  # lines before the clock starts: each program has its connections open and its code loaded
STEADY = 100  # lines a second in the measurement of the time a receipt takes


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    officers: int
    lines: int
    slow_lines: int  # for a program that answers one message after the other
    repetitions: int
    steady_seconds: int


FULL = Size(officers=500, lines=6000, slow_lines=300, repetitions=3, steady_seconds=20)
QUICK = Size(officers=500, lines=2500, slow_lines=80, repetitions=1, steady_seconds=4)


@dataclass(frozen=True)
class Contender:
    """A program, in the table's words, and whether it gets only a few lines because it is slow."""

    name: str
    how: str
    slow: bool = False


POSKO = Contender("Posko", "bot.py run: update, report, receipt durable; nothing lost by a kill")
PTB = Contender("python-telegram-bot", "run_polling over httpx, one INSERT, reply_text", slow=True)
AIOGRAM = Contender("aiogram", "start_polling, one INSERT, answer")


async def prepare(bench: Bench, who: Contender, officers: Sequence[int]) -> tuple[list[str], dict[str, str]]:
    """Give the command and settings of a contender, its people enrolled if it knows people."""
    if who is POSKO:
        await stage.enrol(bench, officers)
        return stage.posko(bench, limits=False)
    kind = "ptb" if who is PTB else "aiogram"
    return [sys.executable, "-m", "benchmarks.peers", kind, bench.telegram.url, TOKEN, str(bench.database)], {}


async def burst(bench: Bench, officers: Sequence[int], first: int, number: int) -> Trips:
    """Type `number` lines at once, turn by turn, and wait for every receipt."""
    since = (await bench.telegram.stats())["events"]
    items = [(officers[n % len(officers)], stage.line(n)) for n in range(first, first + number)]
    await bench.telegram.say_many(items)
    await stage.wait_for_events(bench, since + 2 * number, seconds=120.0)
    return stage.trips(await stage.events(bench, since))


async def stream(bench: Bench, officers: Sequence[int], first: int, *, seconds: int) -> Trips:
    """Type lines at an even pace and wait for every receipt."""
    since, number = (await bench.telegram.stats())["events"], STEADY * seconds
    step, began = 5, time.monotonic()
    for n in range(first, first + number, step):
        await bench.telegram.say_many([(officers[m % len(officers)], stage.line(m)) for m in range(n, n + step)])
        await asyncio.sleep(max(0.0, began + (n - first + step) / STEADY - time.monotonic()))
    await stage.wait_for_events(bench, since + 2 * number, seconds=60.0)
    return stage.trips(await stage.events(bench, since))


async def measure(who: Contender, size: Size, *, steady: bool) -> tuple[Trips, Trips | None]:
    """Run one contender on a fresh local Telegram and a fresh database."""
    lines = size.slow_lines if who.slow else size.lines
    with tempfile.TemporaryDirectory(prefix="posko-bench-") as folder:
        async with stage.telegram(Path(folder), latency=LATENCY, limits=False) as bench:
            officers = await bench.telegram.people(size.officers)
            command, settings = await prepare(bench, who, officers)
            async with stage.program(bench, command, **settings):
                await burst(bench, officers, 0, WARM)
                fast = await burst(bench, officers, WARM, lines)
                calm = None
                if steady:
                    calm = await stream(bench, officers, WARM + lines, seconds=size.steady_seconds)
            expected = WARM + lines + (STEADY * size.steady_seconds if steady else 0)
            stored = stage.count(bench.database, "SELECT count(*) FROM reports")
            if stored != expected:
                raise BenchmarkError(f"{who.name} stored {stored} of {expected} reports")
            if refused := (await bench.telegram.stats())["refused"]:
                raise BenchmarkError(f"{who.name} was refused: {refused[:3]}")
    return fast, calm


async def main(size: Size, contenders: Sequence[Contender]) -> None:
    """Measure everybody in turn, repetition by repetition, and print the table."""
    console = Console()
    rates: dict[str, list[float]] = {who.name: [] for who in contenders}
    calm: dict[str, Trips] = {}
    for repetition in range(size.repetitions):
        last = repetition == size.repetitions - 1
        for who in contenders:
            fast, steady = await measure(who, size, steady=last and not who.slow)
            rates[who.name].append(fast.rate)
            if steady is not None:
                calm[who.name] = steady
            console.print(f"[dim]{repetition + 1}. {who.name}: {fast.rate:,.0f} receipts a second[/dim]")
    table = Table(title=f"Receipted reports a second ({size.officers} officers, {LATENCY * 1000:.0f} ms latency)")
    for heading in ("program", "a second (median)", "range", "times", f"line to receipt at {STEADY}/s: p50", "p99"):
        table.add_column(heading, justify="left" if heading == "program" else "right")
    ours = statistics.median(rates[POSKO.name])
    for who in contenders:
        median, trip = statistics.median(rates[who.name]), calm.get(who.name)
        table.add_row(
            f"{who.name}\n[dim]{who.how}[/dim]",
            f"{median:,.0f}",
            f"{min(rates[who.name]):,.0f} - {max(rates[who.name]):,.0f}",
            f"{ours / median:.2f}",
            f"{trip.percentile(0.5) * 1000:.0f} ms" if trip else "-",
            f"{trip.percentile(0.99) * 1000:.0f} ms" if trip else "-",
        )
    console.print(table)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="one short repetition, about 20 s")
    arguments.add_argument("--alone", action="store_true", help="Posko only")
    options = arguments.parse_args()
    asyncio.run(main(QUICK if options.quick else FULL, [POSKO] if options.alone else [POSKO, PTB, AIOGRAM]))
