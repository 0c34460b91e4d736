"""The story, Monday afternoon: the bot is killed while reports stream in, and loses nothing."""

from __future__ import annotations

from sandbox.demo.stage import DemoStage
from sandbox.people.person import Person

EACH = 3  # reports by each officer
FIRST = 8  # receipts that have come when the power is cut
LATENCY = 0.05  # seconds a call takes, as to the real Telegram


async def power_cut(stage: DemoStage) -> None:
    """Kill the program in the middle of a rush, start it again, and wait for every receipt."""
    stage.jump(12, 16, 30)
    officers = [person for name, person in stage.people.items() if name not in ("Sari", "Rahmat", "Grace", "Wawan")]
    shown = ("Budi", "Siti")
    total = EACH * len(officers)
    stage.transcript.chapter(
        "9 · 16.30: kill -9",
        f"{len(officers)} officers file {total} reports at once; only {' and '.join(shown)} are shown.",
    )
    stage.transcript.mute(*(person for person in officers if person.name not in shown))
    for person in officers:
        person.forget()
    stage.telegram.faults.fixed_latency = LATENCY
    for number in range(1, EACH):
        await _all_file(stage, officers, number)
    await stage.happens(
        f"kill: {FIRST} receipts have come, one of them to Budi",
        stage.telegram.until(lambda: _under_way(stage, officers), timeout=stage.step_seconds),
    )
    pid = stage.program.pid
    await stage.program.kill()
    stage.transcript.terminal(f"kill -9 {pid}")
    stage.transcript.note(f"Dead, after {len(_receipts(officers))} receipts. The officers go on filing:")
    await _all_file(stage, officers, EACH)
    await stage.program.start("--clock", str(stage.clock.file))
    stage.transcript.terminal("python bot.py run", "(it starts again)")
    await stage.happens(
        f"kill: every one of the {total} reports has its receipt",
        stage.telegram.until(lambda: _numbers(officers) == total, timeout=stage.step_seconds + EACH),
    )
    stage.telegram.faults.fixed_latency = 0.0
    twice = len(_receipts(officers)) - total
    stage.transcript.note(f"\nEvery one of the {total} reports has its receipt.")
    if twice:
        stage.transcript.note(
            f"{twice} of the receipts came twice: the kill fell between Telegram's doing and our note of it, and a "
            "receipt is rather sent again than not at all. The reports themselves are stored once, see below."
        )


async def _all_file(stage: DemoStage, officers: list[Person], number: int) -> None:
    for person in officers:
        line = f"/lapor aman personel=7/7 patroli {number} selesai, {person.name}"
        stage.note_filed(line)
        await person.say(line)


def _under_way(stage: DemoStage, officers: list[Person]) -> bool:
    return len(_receipts(officers)) >= FIRST and bool(_receipts([stage.people["Budi"]]))


def _receipts(officers: list[Person]) -> list[str]:
    """The first lines of the receipts that these officers have got since the rush began."""
    found = [message.text for person in officers for message in person.unheard()]
    return [text.partition(" · ")[0] for text in found if "Diterima. L-" in text]


def _numbers(officers: list[Person]) -> int:
    return len(set(_receipts(officers)))


async def evening(stage: DemoStage) -> None:
    """Let the evening summary come by itself."""
    stage.jump(12, 18, 15)
    stage.transcript.chapter("10 · 18.15: the evening summary comes by itself")
    for group in stage.groups.values():
        await stage.hears(f"evening: the summary reaches {group.title}", group, "12 Februari 2024 18.15")
