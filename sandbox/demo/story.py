"""The story that the demo plays: one week before 14 February, in two cities of South Sumatra.

Each part is a function that takes the stage; what must come is a named step (`stage.hears`, `stage.taps`,
`stage.check`), so that a missing one is reported by its name.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from sandbox.demo.days import alarm, countdown, reports, typo, working_day
from sandbox.demo.incident import flood, unanswered
from sandbox.demo.kill import evening, power_cut
from sandbox.demo.notice import notice, reminders
from sandbox.demo.setup import enrolments, groups, posts
from sandbox.demo.stage import DemoStage
from sandbox.rehearsal.transcript import ZONE

EVENT_DATE = date(2024, 2, 14)
BEGINS = datetime(2024, 2, 6, 18, 40, tzinfo=ZONE)

PARTS: tuple[Callable[[DemoStage], Awaitable[None]], ...] = (
    posts,
    groups,
    enrolments,
    reports,
    typo,
    countdown,
    alarm,
    working_day,
    flood,
    unanswered,
    reminders,
    notice,
    power_cut,
    evening,
)


async def tell(stage: DemoStage) -> None:
    """Play every part; raises StepMissingError at the first step that does not come."""
    for part in PARTS:
        await part(stage)
