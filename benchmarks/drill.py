"""A drill: hundreds of incidents in ten minutes over a whole province, acted on as they come, over ten restarts.

The program runs in this process against the local Telegram with Telegram's limits on; only the clock is faked, a second at
a time. Run: python -m benchmarks.drill [INCIDENTS]
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.drill_model import MINUTE, STATES, Case, Story, times_in_window, told
from benchmarks.drill_play import EARLY, LATE, START, Drill, marks
from sandbox import Limits
from storage.tables import IncidentEventRow, IncidentRow, OutboxRow, OutboxState, ReportRow
from tests.kit import copy_of, make_template, running, wib

CLOCKS: Final = ("escalated", "asked", "unanswered", "admins")  # what the clock alone does to an incident
COUNTED: Final = ("sendMessage", "editMessageText", "sendPhoto", "sendDocument")  # against a group's limit
GROUP_MINUTE: Final = 20  # messages and edits, Telegram's limit


@dataclass(frozen=True)
class Judgement:
    """What was seen, and everything that was wrong in a few words each."""

    incidents: int  # that are stored
    faults: list[str]
    busiest: int  # messages and edits in the busiest minute of any group
    busiest_group: str
    clock_steps: int
    restarts: int
    calls: int
    seconds: int  # of the fake clock, until everything had left


async def judge(play: Drill) -> Judgement:
    """Look at what the local Telegram received and what is stored."""
    reports: dict[int, list[ReportRow]] = defaultdict(list)
    for report in await play.posko.rows(ReportRow):
        for mark in marks(report.text):
            reports[mark].append(report)
    rows = await play.posko.rows(IncidentRow)
    by_report = {row.report_id: row for row in rows}
    events: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for event in await play.posko.rows(IncidentEventRow, IncidentEventRow.person_id.is_(None)):
        events[event.incident_id].append((event.at.timestamp() - wib(START).timestamp(), event.action))
    faults, steps = [], 0
    if len(rows) != play.size:
        faults.append(f"{len(rows)} incidents instead of {play.size}")
    for mark, case in play.cases.items():
        found = [by_report[report.id] for report in reports[mark] if report.id in by_report]
        if len(found) != 1:
            faults.append(f"{case}: stored {len(found)} times")
            continue
        story = told(case, play.places, until=play.second)
        fired = sorted(one for one in events[found[0].id] if one[1] in CLOCKS)
        steps += len(fired)
        if fired != sorted(story.clock):
            faults.append(f"{case}: {fired} instead of {sorted(story.clock)}")
        faults += _cards(play, case, story, found[0])
    faults += [f"{row.state} {row.method} {row.key} {row.error}" for row in await _unsent(play)]
    return _judgement(play, len(rows), faults, steps)


def _cards(play: Drill, case: Case, story: Story, row: IncidentRow) -> Iterator[str]:
    """What is wrong with an incident's cards, and with its receipt."""
    cards = {title: play.cards(title, case.mark) for title in play.groups}
    has = {title for title, found in cards.items() if found}
    if has != story.held:
        yield f"{case}: {sorted(has)} instead of {sorted(story.held)}"
    for title, found in cards.items():
        if len(found) > 1:
            yield f"{case}: {len(found)} cards in {title}"
        for card in found:
            if (
                f"I-{row.number} ·" not in card.text.split("\n")[0]
                or STATES[case.state] not in card.text.split("\n")[1]
            ):
                yield f"{case}: is {case.state}, but {title} shows {card.text[:120]!r}"
    if len({card.text for found in cards.values() for card in found}) > 1:
        yield f"{case}: not the same card in all groups"
    if row.state != case.state:
        yield f"{case}: is {row.state} instead of {case.state}"
    said = [message.text for message in play.officers[case.officer][0].messages if message.by_bot]
    if not any(re.search(rf"\bI-{row.number}\b", text) for text in said):
        yield f"{case}: no receipt"


async def _unsent(play: Drill) -> list[OutboxRow]:
    return await play.posko.rows(OutboxRow, OutboxRow.state != OutboxState.SENT)


def _judgement(play: Drill, incidents: int, faults: list[str], steps: int) -> Judgement:
    times: dict[str, list[float]] = {title: [] for title in play.groups}
    titles = {group.id: title for title, group in play.groups.items()}
    for call in play.posko.tg.calls:
        title = titles.get(int(call.params.get("chat_id") or 0))
        if title is not None and call.method in COUNTED:
            times[title].append(call.time)
    busiest = max(times, key=lambda title: times_in_window(times[title], MINUTE))
    most = times_in_window(times[busiest], MINUTE)
    faults += [f"{call.status} {call.method} {call.description}" for call in play.posko.tg.refused]
    faults += [f"{tap.label!r} was not answered" for tap in play.taps if tap.query.answer is None]
    faults += [f"{most} messages and edits a minute in {busiest}"] if most > GROUP_MINUTE else []
    late = sum(due for _, due in play.restarts)
    if len(play.restarts) != EARLY + LATE or late < LATE:
        faults.append(f"{len(play.restarts)} restarts, {late} of them just when a deadline was due")
    return Judgement(
        incidents=incidents,
        faults=faults,
        busiest=most,
        busiest_group=busiest,
        clock_steps=steps,
        restarts=len(play.restarts),
        calls=len(play.posko.tg.calls),
        seconds=play.second,
    )


async def drill(url: str, size: int, *, seed: int = 1) -> Judgement:
    """Play the drill on a prepared database and tell what was seen."""
    async with running(url, local=START, limits=Limits(), rate_limits="telegram") as posko:
        play = Drill(posko, size, seed)
        await play.prepare()
        play.plan()
        await play.play()
        return await judge(play)


async def _measured(size: int) -> Judgement:
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.db"
        await make_template(template)
        return await drill(copy_of(template, Path(folder) / "drill.db"), size)


def main(arguments: Sequence[str]) -> int:
    """Print the figures, and what was wrong."""
    warnings.filterwarnings("ignore", message="Please use 'Bot")  # raw calls are made on purpose
    began = time.process_time()
    result = asyncio.run(_measured(int(arguments[0]) if arguments else 300))
    print(f"incidents                      {result.incidents:6}")
    print(f"calls to Telegram              {result.calls:6}")
    print(f"deadlines that fired           {result.clock_steps:6}")
    print(f"restarts                       {result.restarts:6}")
    print(f"busiest minute of a group      {result.busiest:6} messages and edits ({result.busiest_group})")
    print(f"seconds until all had left     {result.seconds:6}")
    print(f"processor seconds              {time.process_time() - began:6.1f}")
    for fault in result.faults:
        print(f"WRONG: {fault}", file=sys.stderr)
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
