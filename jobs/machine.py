"""The running program: the way in, the pump, the way out and the clock, started and stopped together."""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import dataclass

from jobs.intake import Intake
from jobs.pump import Pump
from jobs.sender import Sender
from jobs.timekeeper import Timekeeper

LOG = logging.getLogger(__name__)
THREAD_TURN_SECONDS = 0.0005  # SQLite answers in a thread, which by default waits 5 ms for a busy loop: measured, +25 %
FINISH_SECONDS = 7.0  # for what is on its way out; whatever is not done is on disk


@dataclass(frozen=True)
class Machine:
    """The four loops, each of which wakes the next."""

    intake: Intake
    pump: Pump
    sender: Sender
    timekeeper: Timekeeper

    async def run(self, stopping: asyncio.Event) -> None:
        """Run until told to stop: stop taking, finish what is in hand, leave the rest on disk.

        A loop that ends by an error stops the program with it: half a program would be deaf or mute.
        """
        sys.setswitchinterval(THREAD_TURN_SECONDS)
        loops = [
            asyncio.create_task(part.run(stopping), name=type(part).__name__)
            for part in (self.intake, self.pump, self.sender, self.timekeeper)
        ]
        await asyncio.wait(loops, return_when=asyncio.FIRST_COMPLETED)
        stopping.set()
        _, slow = await asyncio.wait(loops, timeout=FINISH_SECONDS)
        for task in slow:
            LOG.warning("%s did not finish in time; what it had in hand is on disk", task.get_name())
            task.cancel()
        for result in await asyncio.gather(*loops, return_exceptions=True):
            if isinstance(result, Exception):
                raise result
