"""A notice to many people under Telegram's limits, with critical incidents in the middle of it.

`python -m benchmarks.broadcast [--people 13185]`. The local Telegram enforces its limits, the bot keeps to them: measured
are the messages a second, the refusals (there must be none), that nobody reads the notice twice, and how long a critical
incident takes from the officer's phone to the coordinators' group meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import stage
from benchmarks.stage import Bench, BenchmarkError
from core.delivery.limits import RateLimits
from sandbox.remote.remote import Json, RemotePerson

LATENCY = 0.05  # seconds, of every call
EVERY = 4.0  # seconds between two incidents: 15 cards a minute, and a group takes 20
NOTICE = "Apel pukul 06.00"


@dataclass(frozen=True)
class Measured:
    """What the local Telegram saw."""

    seconds: float  # from the first notice to the last
    messages: int  # sent in that time, to anybody
    readers: Counter[int]
    waits: list[float]  # of incidents, from the phone to the group, in order of length


async def report_incidents(bench: Bench, officer: int, done: asyncio.Event) -> None:
    """Type a critical incident every few seconds until the broadcast is over."""
    number = 0
    while not done.is_set():
        await bench.telegram.say_many([(officer, f"/insiden banjir kritis air masuk gudang k{number:06}")])
        number += 1
        try:
            await asyncio.wait_for(done.wait(), EVERY)
        except TimeoutError:
            continue


async def broadcast(bench: Bench, admin: RemotePerson, officer: int, people: int) -> Measured:
    """Send the notice as an admin does and wait until the last reader has it."""
    since = (await bench.telegram.stats())["events"]
    await admin.say(f"/pengumuman role:officer {NOTICE}")
    await admin.hears(NOTICE, wait_seconds=20.0)
    done = asyncio.Event()
    await admin.tap("Kirim")
    incidents = asyncio.create_task(report_incidents(bench, officer, done))
    try:
        await stage.wait_for_events(bench, since + people, seconds=60 + people / 20, pause=0.5)
        await admin.hears("Pengumuman selesai", wait_seconds=60.0)
    finally:
        done.set()
        await incidents
    return judge(await stage.events(bench, since), admin.id)


def judge(found: list[Json], admin: int) -> Measured:
    """Work out what the messages of the run say."""
    sent = [event for event in found if event["by_bot"] and event["kind"] == "sent"]
    notices = [event for event in sent if NOTICE in event["text"] and event["chat"] != admin]
    first, last = notices[0]["time"], notices[-1]["time"]
    typed: dict[str, float] = {}
    waits: dict[str, float] = {}
    for event in found:
        if mark := stage.MARK.search(event["text"]):
            if not event["by_bot"]:
                typed[mark[0]] = event["time"]
            elif event["chat"] < 0:
                waits.setdefault(mark[0], event["time"] - typed[mark[0]])
    if missing := {mark for mark, at in typed.items() if at < last} - waits.keys():
        raise BenchmarkError(f"{len(missing)} incidents did not reach the group: {sorted(missing)[:5]}")
    within = sum(first <= event["time"] <= last for event in sent)
    return Measured(last - first, within, Counter(event["chat"] for event in notices), sorted(waits.values()))


async def main(people: int) -> None:
    """Run the broadcast and print the table."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="posko-bench-") as name:
        async with stage.telegram(Path(name), latency=LATENCY, limits=True) as bench:
            admin = await bench.telegram.person("Sari", started=True)
            officers = await bench.telegram.people(people)
            group = await bench.telegram.group("Posko", [admin])
            await stage.enrol(bench, officers, group=group)
            command, settings = stage.posko(bench, limits=True, admins=[admin.id])
            async with stage.program(bench, command, **settings):
                await admin.say("/start")
                await admin.hears("", wait_seconds=20.0)
                outcome = await broadcast(bench, admin, officers[0], people)
            refused = (await bench.telegram.stats())["refused"]
            states = stage.count(bench.database, "SELECT count(*) FROM notice_receipts WHERE state = 'sent'")
    limit = RateLimits().overall_per_second
    waits = outcome.waits
    table = Table(title=f"A notice to {people:,} people, limits on, {LATENCY * 1000:.0f} ms latency")
    table.add_column("what")
    table.add_column("measured", justify="right")
    table.add_column("bar", justify="right")
    rate = outcome.messages / outcome.seconds
    for what, measured, bar in (
        ("messages a second, to everybody", f"{rate:.2f}", ""),
        (f"share of {limit} a second", f"{100 * rate / limit:.1f} %", "98 %"),
        ("notices a second", f"{outcome.readers.total() / outcome.seconds:.2f}", ""),
        ("refused by Telegram (429 and others)", f"{len(refused)}", "0"),
        ("people without the notice", f"{people - len(outcome.readers)}", "0"),
        ("people with the notice twice", f"{outcome.readers.total() - len(outcome.readers)}", "0"),
        ("receipts stored", f"{states:,}", f"{people:,}"),
        (f"critical incidents, one in {EVERY:g} s", f"{len(waits)}", ""),
        ("phone to group, p50", f"{waits[len(waits) // 2] * 1000:.0f} ms", ""),
        ("phone to group, p99", f"{waits[min(len(waits) - 1, int(0.99 * len(waits)))] * 1000:.0f} ms", "1000 ms"),
        ("phone to group, longest", f"{waits[-1] * 1000:.0f} ms", ""),
    ):
        table.add_row(what, measured, bar)
    Console().print(table, f"[dim]{time.monotonic() - began:.0f} s in all[/dim]", *refused[:3])


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--people", type=int, default=2000, help="how many get the notice (13185 is the province)")
    asyncio.run(main(arguments.parse_args().people))
