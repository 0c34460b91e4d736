"""A call that hangs holds up its chat, but no call for help."""

from __future__ import annotations

import asyncio

from core.delivery.limits import Limiter
from core.delivery.outgoing import Priority
from jobs.delivery.sender import Sender
from sandbox import Fault, LocalTelegram
from storage.database.engine import Database
from tests.jobs.conftest import AnyApplication
from tests.storage_kit import BOT, FakeClock, a_message, put, states


async def test_an_alarm_goes_beside_a_call_that_hangs(
    db: Database, tg: LocalTelegram, app: AnyApplication, clock: FakeClock
) -> None:
    """While a message hangs, an alarm arrives in its chat at once; ordinary ones wait for it, and alarms keep their order."""
    sender = Sender(db, app.bot, bot_id=BOT, clock=clock, limiter=Limiter(None))
    budi = tg.person("Budi", started=True)
    tg.faults.add(Fault("latency", method="sendMessage", seconds=3.0))
    await put(db, a_message("card", chat=budi.id))
    await sender.step()
    stopping = asyncio.Event()
    running = asyncio.create_task(sender.run(stopping))
    await put(db, a_message("later", chat=budi.id))
    await put(db, *(a_message(f"help {one}", chat=budi.id, priority=Priority.SOS) for one in "ab"))
    sender.wake()
    await budi.hears("help b", timeout=2)
    assert [message.text for message in budi.messages if message.by_bot] == ["help a", "help b"]
    stopping.set()
    await running
    assert (await states(db))["card"] == "sent"
