"""The way in: what Telegram sends is on disk before it is confirmed."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest
from sqlalchemy import select
from telegram.error import TimedOut

from jobs.delivery.intake import Intake, TokenRefusedError, as_row, first_contact
from jobs.delivery.one_call import Api
from sandbox import Fault, LocalTelegram
from storage.database.engine import Database
from storage.tables import InboxRow
from tests.jobs.conftest import AnyApplication
from tests.storage_kit import BOT, FakeClock, one, opened, rows


class Listener:
    """An intake with a record of whom it told what."""

    def __init__(self, db: Database, api: Api, clock: FakeClock) -> None:
        self.arrivals = 0
        self.alerts: list[str] = []
        self.broken = False
        self.intake = Intake(db, api, bot_id=BOT, clock=clock, arrived=self._arrived, alert=self._alert)

    def _arrived(self) -> None:
        self.arrivals += 1

    async def _alert(self, key: str) -> None:
        if self.broken:
            raise LookupError
        self.alerts.append(key)

    async def guarded(self, times: int = 1) -> list[float]:
        """Do so many rounds as the running program does, and give the waits after them."""
        return [await asyncio.wait_for(self.intake._guarded(), 5) for _ in range(times)]


class Hasty:
    """The bot with little patience for answers."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def do_api_request(self, endpoint: str, api_kwargs: dict[str, Any] | None = None, **options: Any) -> Any:
        return await self._api.do_api_request(endpoint, api_kwargs=api_kwargs, **{**options, "read_timeout": 0.05})


@pytest.fixture
def listener(db: Database, app: AnyApplication, clock: FakeClock) -> Listener:
    return Listener(db, app.bot, clock)


async def stored(db: Database) -> list[str]:
    """The texts of the stored updates, in order."""
    found = await rows(db, select(InboxRow.body).order_by(InboxRow.id))
    return [json.loads(body)["message"]["text"] for (body,) in found]


async def test_update_is_stored_before_it_is_confirmed(db: Database, tg: LocalTelegram, listener: Listener) -> None:
    """After a round the updates are on disk and Telegram still keeps them; the next round confirms them."""
    await tg.person("Budi").say("satu")
    assert await listener.intake.round() == 1
    assert (await stored(db), tg.pending) == (["satu"], 1)
    await listener.intake.round(timeout=0)
    assert tg.pending == 0


async def test_kill_before_the_confirmation_changes_nothing(
    db: Database, tg: LocalTelegram, app: AnyApplication, clock: FakeClock, listener: Listener
) -> None:
    """A program that dies after storing gets the same updates again and stores them once."""
    budi = tg.person("Budi")
    await budi.say("satu")
    await listener.intake.round()
    await budi.say("dua")
    again = Listener(db, app.bot, clock)
    assert await again.intake.round() == 2
    assert await stored(db) == ["satu", "dua"]


async def test_failed_commit_leaves_updates_at_telegram(
    db: Database, tg: LocalTelegram, app: AnyApplication, clock: FakeClock
) -> None:
    """When the updates cannot be stored they are not confirmed, and come again."""
    await tg.person("Budi").say("satu")
    async with opened("sqlite+aiosqlite://") as empty:
        listener = Listener(empty, app.bot, clock)
        assert (await listener.guarded(2))[0] > 0
    assert tg.pending == 1
    await Listener(db, app.bot, clock).intake.round()
    assert await stored(db) == ["satu"]


async def test_pump_is_told_of_new_updates_only(db: Database, tg: LocalTelegram, listener: Listener) -> None:
    """The pump is woken by updates that are new, not by repeated ones."""
    await tg.person("Budi").say("satu")
    await listener.intake.round()
    listener.intake._offset = None
    await listener.intake.round()
    assert listener.arrivals == 1


async def test_redelivered_update_is_stored_once(db: Database, tg: LocalTelegram, listener: Listener) -> None:
    """An update that Telegram delivers again after its confirmation is stored once."""
    await tg.person("Budi").say("satu")
    await listener.intake.round()
    await listener.intake.round(timeout=0)
    tg.redeliver(await one(db, select(InboxRow.update_id)))
    await listener.intake.round()
    assert await stored(db) == ["satu"]


async def test_new_update_ids_after_an_idle_week_are_followed(
    db: Database, tg: LocalTelegram, listener: Listener
) -> None:
    """After Telegram has drawn new ids, higher or lower, updates go on coming in."""
    budi = tg.person("Budi")
    for number in range(6):
        await budi.say(str(number))
        await listener.intake.round()
        await listener.intake.round(timeout=0)
        tg.idle_week()
    assert await stored(db) == [str(number) for number in range(6)]


async def test_malformed_update_is_kept_and_harms_nobody(db: Database, tg: LocalTelegram, listener: Listener) -> None:
    """An update that no library can parse is stored like any other, and those behind it too."""
    tg.inject({"message": {"from": {"id": 5}, "text": "aneh"}})
    await tg.person("Budi").say("satu")
    await listener.intake.round()
    assert await stored(db) == ["aneh", "satu"]


@pytest.mark.parametrize("element", [None, 7, "x", [], {}, {"update_id": "x"}, {"update_id": True}, {"update_id": 0}])
def test_anything_without_an_id_gets_a_negative_one(element: object) -> None:
    """Whatever stands in Telegram's answer can be stored, always under the same id."""
    assert as_row(element).update_id == as_row(element).update_id < 0


# Bad times.


@pytest.mark.parametrize("fault", ["restart", "bad_gateway", "drop_before", "drop_after", "garbage"])
async def test_trouble_on_the_line_is_survived(
    db: Database, tg: LocalTelegram, listener: Listener, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    """Trouble is waited out longer each time, said once, and nothing is lost."""
    await tg.person("Budi").say("satu")
    tg.faults.add(Fault(fault, "getUpdates", times=3))  # type: ignore[arg-type]
    with caplog.at_level(logging.WARNING, "jobs.delivery.intake"):
        waits = await listener.guarded(4)
    assert waits == [*sorted(set(waits[:3])), 0.0]
    assert await stored(db) == ["satu"]
    assert [
        record.message.partition(" (")[0] for record in caplog.records if record.name == "jobs.delivery.intake"
    ] == [
        "Telegram cannot be reached",
        "updates come in again",
    ]


async def test_dead_network_is_survived(db: Database, tg: LocalTelegram, listener: Listener) -> None:
    """While no connection comes about the intake tries on, and tells no admin who could do nothing."""
    await tg.person("Budi").say("satu")
    async with tg.unreachable():
        assert min(await listener.guarded(3)) > 0
    await listener.guarded()
    assert (await stored(db), listener.alerts) == (["satu"], [])


async def test_flood_is_waited_out(tg: LocalTelegram, listener: Listener) -> None:
    """A 429 on polling is waited out for as long as Telegram says."""
    tg.faults.add(Fault("flood", "getUpdates", retry_after=4))
    assert await listener.guarded() == [4.0]


async def test_long_flood_makes_nobody_deaf(
    db: Database, tg: LocalTelegram, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    """A 429 on polling that names an hour holds up calls for help for seconds, and the log says so once and when it ends."""
    await tg.person("Budi").say("satu")
    tg.faults.add(Fault("flood", "getUpdates", times=2, retry_after=3600))
    assert max(await listener.guarded(2)) <= 5.0
    await listener.guarded()
    assert await stored(db) == ["satu"]
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert told == [
        "Telegram gives no updates (for 3600 s, it says); asking again before that",
        "updates come in again",
    ]


async def test_silent_server_is_a_trouble(
    db: Database, tg: LocalTelegram, app: AnyApplication, clock: FakeClock
) -> None:
    """A poll that is not answered in time fails instead of waiting for ever, and the next one goes on."""
    await tg.person("Budi").say("satu")
    tg.faults.add(Fault("latency", "getUpdates", seconds=0.3))
    intake = Listener(db, Hasty(app.bot), clock).intake
    with pytest.raises(TimedOut):
        await intake.round()
    await intake.round()
    assert await stored(db) == ["satu"]


async def test_second_program_with_the_token_is_told_once(
    tg: LocalTelegram, app: AnyApplication, listener: Listener
) -> None:
    """While another program polls, or a webhook is set, admins are told once and polling goes on."""
    await app.bot.set_webhook("https://example.org/hook")
    tg.expect_refusal("getUpdates", "webhook is active")
    assert min(await listener.guarded(3)) > 0
    await app.bot.delete_webhook()
    await tg.person("Budi").say("satu")
    assert await listener.guarded() == [0.0]
    assert listener.alerts == ["conflict"]


async def test_refused_token_is_told_once(db: Database, tg: LocalTelegram, listener: Listener) -> None:
    """When Telegram refuses the token of a running program, admins are told once and it is waited out."""
    await tg.person("Budi").say("satu")
    path, tg.front._bot_path = tg.front._bot_path, "/bot999:other/"
    assert min(await listener.guarded(3)) > 0
    tg.front._bot_path = path
    await listener.guarded()
    assert (listener.alerts, await stored(db)) == (["token-refused"], ["satu"])


async def test_outage_that_turns_into_a_refused_token_is_told(tg: LocalTelegram, listener: Listener) -> None:
    """Admins hear of a refused token also when the trouble began as an outage."""
    async with tg.unreachable():
        await listener.guarded()
    tg.front._bot_path = "/bot999:other/"
    await listener.guarded(2)
    assert listener.alerts == ["token-refused"]


async def test_alert_that_cannot_be_stored_is_tried_again(tg: LocalTelegram, listener: Listener) -> None:
    """An alert that fails does not end the intake and is given at the next attempt."""
    tg.front._bot_path = "/bot999:other/"
    listener.broken = True
    await listener.guarded()
    listener.broken = False
    await listener.guarded(2)
    assert listener.alerts == ["token-refused"]


async def test_stop_drops_the_open_poll(tg: LocalTelegram, listener: Listener) -> None:
    """An intake that waits in a long poll stops at once when told to."""
    stopping = asyncio.Event()
    running = asyncio.create_task(listener.intake.run(stopping))
    await tg.polled()
    stopping.set()
    done, _ = await asyncio.wait([running], timeout=5)
    assert done == {running}


async def test_running_intake_takes_what_comes(db: Database, tg: LocalTelegram, listener: Listener) -> None:
    """A running intake stores and confirms updates as they come."""
    stopping = asyncio.Event()
    running = asyncio.create_task(listener.intake.run(stopping))
    await tg.polled()
    await tg.person("Budi").say("satu")
    await tg.drained()
    stopping.set()
    await asyncio.wait_for(running, 5)
    assert await stored(db) == ["satu"]


async def test_unknown_token_ends_the_start(tg: LocalTelegram, app: AnyApplication) -> None:
    """A token that Telegram refuses at the start is an error, not something to wait for."""
    await app.shutdown()
    tg.front._bot_path = "/bot999:other/"
    with pytest.raises(TokenRefusedError):
        await first_contact(app, asyncio.Event())


async def test_start_waits_out_an_outage(tg: LocalTelegram, app: AnyApplication) -> None:
    """A start while Telegram is away waits, until it is told to stop."""
    await app.shutdown()
    stopping = asyncio.Event()
    async with tg.unreachable():
        contact = asyncio.create_task(first_contact(app, stopping))
        stopping.set()
        assert await asyncio.wait_for(contact, 5) is False


async def test_start_takes_off_a_webhook(tg: LocalTelegram, app: AnyApplication, listener: Listener) -> None:
    """A start by polling takes off a webhook that was set before."""
    await app.bot.set_webhook("https://example.org/hook")
    assert await first_contact(app, asyncio.Event()) is True
    await tg.person("Budi").say("satu")
    assert await listener.intake.round() == 1
