"""The way out: what is sent, in which order, and what becomes of what cannot be sent."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.delivery.limits import Limiter, RateLimits
from core.delivery.outgoing import Attachment, Priority
from jobs.delivery.one_call import Api
from jobs.delivery.sender import Sender
from sandbox import Fault, Limits, LocalTelegram
from storage.database.engine import Database
from storage.tables import GroupRow, OutboxRow
from tests.jobs.conftest import AnyApplication
from tests.storage_kit import (
    BOT,
    FakeClock,
    a_message,
    add_person,
    add_territory,
    at,
    link_group,
    one,
    put,
    rows,
    show,
    states,
    unreachable,
)


def a_sender(db: Database, bot: Api, clock: FakeClock, limits: RateLimits | None = None) -> Sender:
    return Sender(db, bot, bot_id=BOT, clock=clock, limiter=Limiter(limits))


@pytest.fixture
def sender(db: Database, app: AnyApplication, clock: FakeClock) -> Sender:
    return a_sender(db, app.bot, clock)


def texts(tg: LocalTelegram) -> list[str]:
    """The texts of all messages that Telegram took, in order."""
    return [call.params["text"] for call in tg.calls if call.method in {"sendMessage", "editMessageText"} and call.ok]


async def test_messages_leave_by_urgency(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """Messages of one chat are sent one after another, the most urgent first."""
    budi = tg.person("Budi", started=True)
    order = [Priority.NOTICE, Priority.SUMMARY, Priority.CARD, Priority.ALERT]
    await put(db, *(a_message(item.name, chat=budi.id, priority=item) for item in order))
    await sender.drain()
    assert [message.text for message in budi.messages] == ["ALERT", "CARD", "SUMMARY", "NOTICE"]


async def test_sent_message_is_not_sent_again(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """A message that was sent is done, and its id in the chat is remembered."""
    budi = tg.person("Budi", started=True)
    await put(db, a_message("a", chat=budi.id))
    await sender.drain()
    await sender.drain()
    assert texts(tg) == ["a"]
    assert await rows(db, select(OutboxRow.state, OutboxRow.message_id)) == [("sent", budi.messages[0].id)]


async def test_file_is_uploaded(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """A message with a file uploads it under its name."""
    budi = tg.person("Budi", started=True)
    file = Attachment("document", "laporan.csv", b"a,b\n1,2\n")
    await put(db, a_message("a", chat=budi.id, method="sendDocument", params={"caption": "Ekspor"}, attachment=file))
    await sender.drain()
    assert budi.messages[0].json["document"]["file_name"] == "laporan.csv"


async def test_expired_answer_is_dropped(db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock) -> None:
    """A message that ran out of time while it waited is never sent."""
    budi = tg.person("Budi", started=True)
    await put(db, a_message("a", chat=budi.id, expires_at=at(5)))
    clock.advance(6)
    await sender.drain()
    assert (texts(tg), await states(db)) == ([], {"a": "expired"})


# What Telegram refuses for good.


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("blocked", "blocked by the user"),
        ("deleted", "user is deactivated"),
        ("never started", "can't initiate conversation"),
        ("unknown", "chat not found"),
    ],
)
async def test_unreachable_person_is_flagged(
    db: Database, tg: LocalTelegram, sender: Sender, trouble: str, words: str
) -> None:
    """A message to somebody who cannot be reached is buried with the reason, and the person is marked."""
    budi = tg.person("Budi", started=trouble != "never started")
    chat = 999_999 if trouble == "unknown" else budi.id
    if trouble == "blocked":
        await budi.block_bot()
    if trouble == "deleted":
        await budi.delete_account()
    await add_person(db, chat)
    await put(db, a_message("a", chat=chat))
    tg.expect_refusal("sendMessage", words)
    await sender.drain()
    state, error = (await rows(db, select(OutboxRow.state, OutboxRow.error)))[0]
    assert (state, words in error.lower()) == ("buried", True)
    assert await unreachable(db) == {chat}


async def test_group_that_put_the_bot_out_is_unlinked(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """A message to a group that put the bot out is buried, and the group is linked no more."""
    group = tg.group("Posko", [tg.person("Sari")])
    await group.kick_bot()
    await add_territory(db)
    await link_group(db, group.id)
    await put(db, a_message("a", chat=group.id))
    tg.expect_refusal("sendMessage", "kicked")
    await sender.drain()
    assert await one(db, select(GroupRow.unlinked_at)) is not None


async def test_bad_mark_up_is_buried_alone(
    db: Database, tg: LocalTelegram, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    """A message that Telegram cannot read is buried and logged, and its reader stays reachable."""
    budi = tg.person("Budi", started=True)
    await add_person(db, budi.id)
    bad = {"text": "<b>halo", "parse_mode": "HTML"}
    await put(db, a_message("bad", chat=budi.id, params=bad), a_message("good", chat=budi.id))
    tg.expect_refusal("sendMessage", "can't parse entities")
    await sender.drain()
    assert await states(db) == {"bad": "buried", "good": "sent"}
    assert await unreachable(db) == set()
    assert "refused for good" in caplog.text


async def test_unknown_method_is_buried_alone(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """A call that Telegram does not know is buried and does not stop the others."""
    budi = tg.person("Budi", started=True)
    await put(db, a_message("odd", chat=budi.id, method="sendNothing"), a_message("good", chat=budi.id))
    tg.expect_refusal(text="method not found")
    await sender.drain()
    assert await states(db) == {"odd": "buried", "good": "sent"}


async def test_late_answer_to_a_tap_is_dropped(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """An answer to a tap that Telegram has forgotten is dropped without any fuss."""
    params = {"callback_query_id": "1"}
    await put(db, a_message("a", chat=None, method="answerCallbackQuery", params=params, once=True))
    tg.expect_refusal("answerCallbackQuery")
    await sender.drain()
    assert await states(db) == {"a": "expired"}


# Cards.


async def test_card_is_edited(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """A card whose content changes is the same message with the new content."""
    group = tg.group("Posko", [tg.person("Sari")])
    for words in ("one", "two"):
        await show(db, "card", words, place=(group.id, None))
        await sender.drain()
    assert [message.text for message in group.messages] == ["two"]


async def test_deleted_card_is_sent_anew(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """A card that was deleted in the group is sent again with its next change."""
    group = tg.group("Posko", [tg.person("Sari")])
    await show(db, "card", "one", place=(group.id, None))
    await sender.drain()
    tg.state.world.delete(group.messages[0])
    await show(db, "card", "two", place=(group.id, None))
    tg.expect_refusal("editMessageText", "message to edit not found")
    await sender.drain()
    assert [message.text for message in group.messages] == ["two"]


async def test_card_already_shown_is_done(db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock) -> None:
    """An edit whose answer was lost is repeated, and Telegram's "not modified" counts as done."""
    group = tg.group("Posko", [tg.person("Sari")])
    await show(db, "card", "one", place=(group.id, None))
    await sender.drain()
    await show(db, "card", "two", place=(group.id, None))
    tg.faults.add(Fault("drop_after", "editMessageText"))
    tg.expect_refusal("editMessageText", "not modified")
    await sender.drain()
    clock.advance(60)
    await sender.drain()
    assert await states(db) == {"slot:card": "sent"}


async def test_group_is_followed_when_it_is_upgraded(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """A message to a group that became a supergroup arrives there, and the link follows."""
    group = tg.group("Posko", [tg.person("Sari")])
    await add_territory(db)
    await link_group(db, group.id)
    upgraded = await group.upgrade()
    await put(db, a_message("a", chat=group.id))
    tg.expect_refusal("sendMessage", "upgraded")
    await sender.drain()
    assert upgraded.messages[-1].text == "a"
    assert await rows(db, select(GroupRow.chat_id)) == [(upgraded.id,)]


async def test_flooded_menu_is_published_later(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock
) -> None:
    """A call about the bot itself that meets a 429 is repeated, since it has no time to run out of."""
    tg.faults.add(Fault("flood", "setMyCommands", retry_after=7))
    params = {"commands": [{"command": "lapor", "description": "Laporan"}]}
    await put(db, a_message("menu", chat=None, method="setMyCommands", params=params))
    await sender.drain()
    clock.advance(7)
    await sender.drain()
    assert await states(db) == {"menu": "sent"}


# Limits, with Telegram watching.


class TestWithLimits:
    """The local Telegram refuses what goes beyond the published limits."""

    @pytest.fixture
    def limits(self) -> Limits:
        return Limits()

    async def step_until(self, sender: Sender, clock: FakeClock, tg: LocalTelegram, calls: int) -> None:
        """Let time pass in the steps that the sender asks for until so many messages were taken."""
        while tg.calls.counts["sendMessage"] < calls:
            nap = await sender.step()
            await sender.finish()
            clock.advance(max(nap, 0.001))

    async def test_broadcast_stays_within_the_limits(
        self, db: Database, tg: LocalTelegram, app: AnyApplication, clock: FakeClock
    ) -> None:
        """A hundred messages to a hundred people leave at nearly 30 a second and none is refused."""
        people = [tg.person("P", started=True) for _ in range(100)]
        await put(db, *(a_message(f"{person.id}", chat=person.id) for person in people))
        began = clock.seconds()
        await self.step_until(a_sender(db, app.bot, clock, RateLimits()), clock, tg, 100)
        assert 3.0 <= tg.calls.of("sendMessage")[-1].time - began <= 3.6

    async def test_alert_overtakes_a_broadcast(
        self, db: Database, tg: LocalTelegram, app: AnyApplication, clock: FakeClock
    ) -> None:
        """With 10,000 notices waiting, an alert is the next message but for those already on their way."""
        readers = [tg.person("P", started=True) for _ in range(200)]
        officer = tg.person("Budi", started=True)
        notices = (a_message(f"n{n}", chat=readers[n % 200].id, priority=Priority.NOTICE) for n in range(10_000))
        await put(db, *notices)
        sender = a_sender(db, app.bot, clock, RateLimits())
        await self.step_until(sender, clock, tg, 40)
        before = tg.calls.counts["sendMessage"]
        await put(db, a_message("darurat", chat=officer.id), now=clock.now())
        sender.wake()
        await self.step_until(sender, clock, tg, before + 3)
        assert texts(tg).index("darurat") - before < 2

    async def test_group_gets_twenty_a_minute(
        self, db: Database, tg: LocalTelegram, app: AnyApplication, clock: FakeClock
    ) -> None:
        """Thirty messages to one group take a little over a minute and none is refused."""
        group = tg.group("Posko", [tg.person("Sari")])
        await put(db, *(a_message(f"{n}", chat=group.id) for n in range(30)))
        sender, began = a_sender(db, app.bot, clock, RateLimits()), clock.seconds()
        await self.step_until(sender, clock, tg, 30)
        assert 60 <= tg.calls.of("sendMessage")[-1].time - began <= 75

    async def test_restart_remembers_edits(
        self, db: Database, tg: LocalTelegram, app: AnyApplication, clock: FakeClock
    ) -> None:
        """A card that changed twenty times within the minute counts as twenty after a restart, not as one."""
        group = tg.group("Posko", [tg.person("Sari")])
        senders = [a_sender(db, app.bot, clock, RateLimits())]
        began = clock.seconds()
        for number in range(30):
            if number == 20:
                senders.append(a_sender(db, app.bot, clock, RateLimits()))
                await senders[-1].recover()
            await show(db, "card", f"{number}", place=(group.id, None))
            senders[-1].wake()
            done = len(tg.calls)
            while len(tg.calls) == done:
                nap = await senders[-1].step()
                await senders[-1].finish()
                clock.advance(nap if len(tg.calls) == done else 0.05)
        assert (tg.refused, clock.seconds() - began > 60) == ([], True)

    async def test_restart_remembers_what_was_sent(
        self, db: Database, tg: LocalTelegram, app: AnyApplication, clock: FakeClock
    ) -> None:
        """A new process counts what the old one sent to a group within the minute."""
        group = tg.group("Posko", [tg.person("Sari")])
        await put(db, *(a_message(f"{n}", chat=group.id) for n in range(25)))
        await self.step_until(a_sender(db, app.bot, clock, RateLimits()), clock, tg, 20)
        again = a_sender(db, app.bot, clock, RateLimits())
        await again.recover()
        await self.step_until(again, clock, tg, 25)
        assert tg.refused == []
