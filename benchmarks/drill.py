"""A drill: hundreds of incidents in ten minutes over a whole province, acted on as they come, over ten restarts.

The program runs in this process against the local Telegram with Telegram's limits on; only the clock is faked, a second at
a time. Run: python -m benchmarks.drill [INCIDENTS]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.drill_model import MINUTE, times_in_window, told
from benchmarks.drill_play import START, Drill, marks
from sandbox import Limits
from storage.tables import IncidentEventRow, IncidentRow, OutboxRow, OutboxState, ReportRow
from tests.kit import copy_of, make_template, running, wib

CLOCKS: Final = ("escalated", "asked", "unanswered", "admins")  # what the clock alone does to an incident
COUNTED: Final = ("sendMessage", "editMessageText", "sendPhoto", "sendDocument")  # against a group's limit


@dataclass(frozen=True)
class Result:
    """What was seen, each as a list of what was wrong."""

    incidents: int
    wrong_groups: list[str]
    wrong_clock: list[str]
    no_receipt: list[int]
    silent_taps: int
    unsent: list[str]
    refused: list[str]
    busiest: int  # messages and edits in the busiest minute of any group
    busiest_group: str
    clock_steps: int
    calls: int
    seconds: int  # of the fake clock, until everything had left

    @property
    def faults(self) -> list[str]:
        """Everything that was wrong, in a few words each."""
        found = [*self.wrong_groups, *self.wrong_clock, *self.unsent, *self.refused]
        found += [f"{self.silent_taps} taps without an answer"] if self.silent_taps else []
        found += [f"no receipt for number {mark}" for mark in self.no_receipt]
        return [*found, *([f"{self.busiest} a minute in {self.busiest_group}"] if self.busiest > 20 else [])]


async def judge(play: Drill) -> Result:
    """Look at what the local Telegram received and what is stored."""
    reports = await play.posko.rows(ReportRow)
    by_report = {row.report_id: row for row in await play.posko.rows(IncidentRow)}
    found = {mark: by_report[row.id] for row in reports for mark in marks(row.text) if row.id in by_report}
    events: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for row in await play.posko.rows(IncidentEventRow, IncidentEventRow.person_id.is_(None)):
        events[row.incident_id].append((row.at.timestamp() - wib(START).timestamp(), row.action))
    wrong_groups, wrong_clock, no_receipt = [], [], []
    steps = 0
    for mark, case in play.cases.items():
        story = told(case, play.places, until=play.second)
        has = {title for title in play.groups if play.card(title, mark)}
        if has != story.held:
            wrong_groups.append(f"{case}: {sorted(has)} instead of {sorted(story.held)}")
        fired = sorted(one for one in events[found[mark].id] if one[1] in CLOCKS) if mark in found else []
        steps += len(fired)
        if fired != sorted(story.clock):
            wrong_clock.append(f"{case}: {fired} instead of {sorted(story.clock)}")
        texts = [message.text for message in play.officers[case.officer][0].messages if message.by_bot]
        if mark not in found or not any(f"I-{found[mark].number}" in text for text in texts):
            no_receipt.append(mark)
    return _result(play, wrong_groups, wrong_clock, no_receipt, steps, await _unsent(play))


async def _unsent(play: Drill) -> list[str]:
    rows = await play.posko.rows(OutboxRow, OutboxRow.state != OutboxState.SENT)
    return [f"{row.state} {row.method} {row.key} {row.error}" for row in rows]


def _result(
    play: Drill, groups: list[str], clock: list[str], receipts: list[int], steps: int, unsent: list[str]
) -> Result:
    times: dict[str, list[float]] = {title: [] for title in play.groups}
    titles = {group.id: title for title, group in play.groups.items()}
    for call in play.posko.tg.calls:
        title = titles.get(int(call.params.get("chat_id") or 0))
        if title is not None and call.method in COUNTED:
            times[title].append(call.time)
    busiest = max(times, key=lambda title: times_in_window(times[title], MINUTE))
    silent = [tap.label for tap in play.taps if tap.query.answer is None]
    return Result(
        incidents=len(play.cases),
        wrong_groups=groups,
        wrong_clock=clock,
        no_receipt=receipts,
        unsent=unsent,
        refused=[f"{call.status} {call.method} {call.description}" for call in play.posko.tg.refused],
        silent_taps=len(silent),
        busiest=times_in_window(times[busiest], MINUTE),
        busiest_group=busiest,
        clock_steps=steps,
        calls=len(play.posko.tg.calls),
        seconds=play.second,
    )


async def drill(url: str, size: int, *, seed: int = 1) -> Result:
    """Play the drill on a prepared database and tell what was seen."""
    async with running(url, local=START, limits=Limits(), rate_limits="telegram") as posko:
        play = Drill(posko, size, seed)
        await play.prepare()
        play.plan()
        await play.play()
        return await judge(play)


async def _measured(size: int) -> Result:
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
    print(f"busiest minute of a group      {result.busiest:6} messages and edits ({result.busiest_group})")
    print(f"seconds until all had left     {result.seconds:6}")
    print(f"processor seconds              {time.process_time() - began:6.1f}")
    for fault in result.faults:
        print(f"WRONG: {fault}", file=sys.stderr)
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
