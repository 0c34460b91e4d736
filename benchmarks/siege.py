"""What one person can do to everybody else: floods, taps by a modified client, updates that fail again and again.

In each scene somebody does their worst, and another's first word is timed by the clock of the local Telegram, whose limits
are on. Run: python -m benchmarks.siege [SCENE ...]
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import stage
from benchmarks.stage import REGION, Bench
from core.people.roles import Role
from core.reports.taps import ChoiceTap
from sandbox.remote.remote import RemotePerson
from storage.database.engine import Database, Tx
from storage.people import people

LATENCY = 0.05
BAR = 1.0  # seconds that nobody's flood may delay another's first message
LONGEST = 60.0  # seconds after which a scene is given up
FAIL = "macet"  # a note with this word fails in the database, as by a fault of ours
BAD_NOTES = f"""CREATE TRIGGER bad BEFORE INSERT ON incident_events WHEN NEW.note LIKE '%{FAIL}%'
BEGIN SELECT RAISE(ABORT, 'bad'); END"""


@dataclass(frozen=True)
class Siege:
    """A bot under attack, a group with two coordinators, and two officers: one does the worst, the other is timed."""

    bench: Bench
    group: int
    attacker: RemotePerson
    other: RemotePerson
    coordinators: tuple[RemotePerson, RemotePerson]


@asynccontextmanager
async def besieged() -> AsyncIterator[Siege]:
    """Start a local Telegram with its limits on, and the bot."""
    with tempfile.TemporaryDirectory(prefix="posko-siege-") as name:
        async with stage.telegram(Path(name), latency=LATENCY, limits=True) as bench:
            told = [
                await bench.telegram.person(who, started=True) for who in ("Budi", "Joko", "Rahmat", "Dewi", "Sari")
            ]
            attacker, other, first, second, admin = told
            group = await bench.telegram.group("Posko", told[2:])
            await stage.enrol(bench, [attacker.id, other.id], group=group)
            await _coordinators(bench, first, second)
            command, settings = stage.posko(bench, limits=True, admins=[admin.id])
            async with stage.program(bench, command, **settings):
                await other.say("/lapor aman k000001")
                await other.hears("Diterima", wait_seconds=60.0)
                yield Siege(bench, group, attacker, other, (first, second))


async def _coordinators(bench: Bench, *persons: RemotePerson) -> None:
    now, db = datetime.now(UTC), Database(f"sqlite+aiosqlite:///{bench.database}")

    async def fill(tx: Tx) -> None:
        for one in persons:
            person = people.add(tx, telegram_id=one.id, name=one.name, agency="polri", language="id", now=now)
            place = {"region_code": REGION[:5], "post_id": None}
            people.assign(tx, person, role=Role.COORDINATOR, granted="benchmark", now=now, **place)  # type: ignore[arg-type]

    try:
        await db.write(fill)
    finally:
        await db.close()


async def timed(act: Awaitable[object]) -> float:
    """Give the seconds that something took, `LONGEST` where it was given up."""
    began = time.monotonic()
    try:
        await asyncio.wait_for(act, LONGEST)
    except (TimeoutError, AssertionError):
        return LONGEST
    return time.monotonic() - began


async def alarm(siege: Siege) -> float:
    """Let the other officer call for help; gives the seconds until the card is in the group, the hand's time left out."""
    await siege.other.say("/darurat dikepung massa")
    asked = await timed(siege.other.hears("Posko", wait_seconds=LONGEST))
    if asked >= LONGEST:
        return asked
    await siege.other.tap("KIRIM DARURAT")
    return asked + await timed(siege.other.telegram.ask("hears", person=siege.coordinators[0].id, text="dikepung massa",
                                                       group=siege.group, timeout=LONGEST))  # fmt: skip


async def failing_notes(siege: Siege) -> float:
    """Five replies of one coordinator to a card fail again and again; the other one accepts the incident."""
    first, second = siege.coordinators
    await siege.other.say("/insiden banjir berat air masuk gudang")
    card = await first.hears("air masuk gudang", in_=siege.group, wait_seconds=20.0)
    with sqlite3.connect(siege.bench.database) as database:
        database.execute(BAD_NOTES)
    for number in range(5):
        await first.say(f"{FAIL} {number}", to=siege.group, reply_to=card["message_id"])
    await asyncio.sleep(1.0)
    tap = await second.tap("Terima", in_=siege.group)
    return await timed(second.answer_of(tap, wait_seconds=LONGEST))


async def taps(siege: Siege) -> float:
    """One officer taps a button forty times a second; the other one calls for help."""
    await siege.attacker.say("/lapor")
    asked = await siege.attacker.hears("", wait_seconds=10.0)
    press = {
        "person": siege.attacker.id,
        "message_id": asked["message_id"],
        "data": ChoiceTap(1, "condition", "safe").pack(),
    }
    done = asyncio.Event()

    async def hammer() -> None:
        while not done.is_set():
            await siege.bench.telegram.ask("tap", **press)
            await asyncio.sleep(1 / 40)

    hammering = asyncio.create_task(hammer())
    await asyncio.sleep(20.0)
    try:
        return await alarm(siege)
    finally:
        done.set()
        await asyncio.gather(hammering, return_exceptions=True)


async def incidents(siege: Siege) -> float:
    """One officer files a hundred critical incidents; the other one calls for help."""
    lines = [(siege.attacker.id, f"/insiden banjir kritis nomor {number}") for number in range(100)]
    await siege.bench.telegram.say_many(lines)
    await asyncio.sleep(30.0)
    return await alarm(siege)


async def words(siege: Siege) -> float:
    """One officer sends 801 texts of 4,000 characters and taps what they are offered; the other one reports all the while."""
    text = " ".join(["gelap"] * 666)
    longest = 0.0
    await siege.bench.telegram.say_many([(siege.attacker.id, f"{number} {text}") for number in range(801)])
    for number in range(40):
        await siege.other.say(f"/lapor aman k{number:06}")
        longest = max(longest, await timed(siege.other.hears(f"L-{number + 2} ", wait_seconds=LONGEST)))
        if number % 4 == 3:
            await asyncio.gather(siege.attacker.tap(""), return_exceptions=True)
        await asyncio.sleep(1.1)
    return longest


SCENES: dict[str, Callable[[Siege], Awaitable[float]]] = {
    "failing": failing_notes,
    "taps": taps,
    "incidents": incidents,
    "words": words,
}


async def main(wanted: Sequence[str]) -> None:
    """Play the scenes and print what others had to wait."""
    table = Table(title=f"What others wait, limits on, {LATENCY * 1000:.0f} ms latency")
    for name in ("scene", "waited", "bar"):
        table.add_column(name, justify="left" if name == "scene" else "right")
    for name in wanted or SCENES:
        async with besieged() as siege:
            waited = await SCENES[name](siege)
        shown = f"> {LONGEST:.0f} s" if waited >= LONGEST else f"{waited:.2f} s"
        table.add_row((SCENES[name].__doc__ or "").strip(), shown, f"{BAR:.0f} s")
    Console().print(table)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
