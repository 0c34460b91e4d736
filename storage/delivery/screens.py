"""Messages that edit themselves: what each should show, and where it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update

from core.delivery.keys import holder_of, screen_gone_key, screen_sent_key
from core.delivery.outgoing import Outgoing, Priority
from storage.database.engine import Tx, new_id
from storage.delivery import outbox
from storage.tables import OutboxRow, OutboxState, ScreenRow

GONE: Final = "gone"  # the subject of a message that was taken away for good
LINK: Final = "\ue000link\ue001"  # stands in a text where the address of a message goes that is not sent yet


@dataclass(frozen=True)
class Shown:
    """What the message named `key` is to show; `place` is the chat and topic, `subject` what it is found by.

    `edited` is how urgent an edit is, where that is less urgent than the message itself.
    """

    key: str
    subject: str
    place: tuple[int, int | None]
    params: dict[str, Any]
    priority: Priority = Priority.CARD
    edited: Priority | None = None


@dataclass(frozen=True)
class Pointer:
    """What a message shows that was left behind, as HTML: without an address, and with `LINK` where that of the new one goes."""

    plain: str
    linked: str


async def show(
    tx: Tx,
    bot_id: int,
    shown: Shown,
    *,
    now: datetime,
    below: bool = False,
    message_id: int | None = None,
) -> None:
    """Make a message show something: sent the first time, edited after that.

    A change that comes while an earlier one is still waiting is folded into it; one that comes while
    the first message is on its way waits for its id. With `below` the message is sent anew, below what
    was written since, and the old one is deleted. With `message_id` a message that is there already
    becomes the one that is edited.
    """
    screen = await _find(tx, bot_id, shown.key)
    if screen is None:
        _begin(tx, bot_id, shown, now=now, message_id=message_id)
        return
    moved = below and screen.message_id is not None
    if moved:
        _take_away(tx, screen)
    if _changed(screen, shown) or moved:
        _change(screen, shown)
        await _wake(tx, [screen], shown.priority, now=now)


async def show_all(tx: Tx, bot_id: int, all_shown: Sequence[Shown], *, now: datetime) -> None:
    """Make many messages show something, in two or three statements however many they are."""
    there = await load(tx, bot_id, [shown.key for shown in all_shown])
    changed: dict[Priority, list[ScreenRow]] = {}
    for shown in all_shown:
        screen = tx.unit.screens.by_key.get(shown.key)
        if shown.key not in there or screen is None:
            _begin(tx, bot_id, shown, now=now)
        elif _changed(screen, shown):
            _change(screen, shown)
            edit = shown.edited if screen.message_id is not None else None
            changed.setdefault(shown.priority if edit is None else edit, []).append(screen)
    for priority, rows in changed.items():
        await _wake(tx, rows, priority, now=now)


async def show_below(tx: Tx, bot_id: int, shown: Shown, pointer: Pointer, *, now: datetime) -> None:
    """Send a message anew below what was written since, where `shown.place` says; the old one points to it.

    The address is known once the new one is sent; it is edited then (storage.delivery.settle).
    """
    screen = await _find(tx, bot_id, shown.key)
    if screen is None:
        _begin(tx, bot_id, shown, now=now)
        return
    if screen.message_id is not None:
        screen.pointer = {"message_id": screen.message_id, "text": pointer.plain, "linked": pointer.linked}
        screen.message_id, screen.thread_id = None, shown.place[1]
        _change(screen, shown)  # also the same content: an edit of the old message may be on its way
    elif _changed(screen, shown):
        _change(screen, shown)
    hurry = update(OutboxRow).where(OutboxRow.slot_id == screen.id, OutboxRow.priority > int(shown.priority))
    await tx.execute(hurry.values(priority=int(shown.priority)))  # an edit of the old message may be waiting
    await _wake(tx, [screen], shown.priority, now=now)


async def _find(tx: Tx, bot_id: int, key: str) -> ScreenRow | None:
    """The screen of this name, as this transaction has it."""
    if key not in await load(tx, bot_id, [key]):
        return None
    return tx.unit.screens.by_key[key]


async def load(tx: Tx, bot_id: int, keys: Collection[str]) -> set[str]:
    """Load messages that are about to show something else, in one statement; gives the names of those that there are."""
    pending = tx.unit.screens.by_key
    missing = [key for key in keys if key not in pending]
    if missing:
        # Locked, because on PostgreSQL the sender may be noting, at this instant, that it has shown the old content.
        statement = (
            select(ScreenRow).where(ScreenRow.bot_id == bot_id, ScreenRow.key.in_(missing)).order_by(ScreenRow.id)
        )
        found = await tx.scalars(statement.with_for_update(), execution_options={"populate_existing": True})
        pending |= {screen.key: screen for screen in found}
    return pending.keys() & set(keys)


async def showing(tx: Tx, bot_id: int, *subjects: str) -> list[ScreenRow]:
    """The messages that show one of these subjects, to be shown anew: also those of this very transaction.

    A transaction loads each subject once; whoever needs several names them together.
    """
    pending, loaded = tx.unit.screens.by_key, tx.unit.screens.subjects
    if missing := set(subjects) - loaded:
        statement = select(ScreenRow).where(
            ScreenRow.bot_id == bot_id, ScreenRow.subject.in_(missing), ScreenRow.key.not_in(list(pending))
        )
        found = await tx.scalars(
            statement.order_by(ScreenRow.id).with_for_update(), execution_options={"populate_existing": True}
        )
        pending |= {screen.key: screen for screen in found}
        loaded |= missing
    return [screen for screen in pending.values() if screen.subject in subjects]


async def holders(tx: Tx, bot_id: int, subject: str) -> set[int]:
    """The keys of the groups or people whose messages show a subject, only to know of them."""
    pending = tx.unit.screens.by_key
    keys = set(await tx.scalars(select(ScreenRow.key).where(ScreenRow.bot_id == bot_id, ScreenRow.subject == subject)))
    keys = keys - pending.keys() | {screen.key for screen in pending.values() if screen.subject == subject}
    return {holder_of(key) for key in keys}


def _begin(tx: Tx, bot_id: int, shown: Shown, *, now: datetime, message_id: int | None = None) -> None:
    """Add a screen, and the row that sends what it shows."""
    screen = ScreenRow(
        id=new_id(tx),
        bot_id=bot_id,
        key=shown.key,
        subject=shown.subject,
        chat_id=shown.place[0],
        thread_id=shown.place[1],
        message_id=message_id,
        params=shown.params,
        version=1,
    )
    tx.unit.screens.by_key[shown.key] = screen
    tx.add(screen)
    message = Outgoing("slot", {}, screen_sent_key(shown.key), shown.priority, chat_id=shown.place[0])
    outbox.add(tx, bot_id, message, now=now).screen = screen


def _changed(screen: ScreenRow, shown: Shown) -> bool:
    """Whether a message must be sent or edited; only what it is found by is noted at once, as nobody sees it."""
    if screen.params != shown.params or screen.subject == GONE:
        return True
    screen.subject = shown.subject
    return False


def _change(screen: ScreenRow, shown: Shown) -> None:
    """Let a message that is there show something else."""
    screen.params, screen.version, screen.subject = shown.params, screen.version + 1, shown.subject


async def _wake(tx: Tx, rows: Collection[ScreenRow], priority: Priority, *, now: datetime) -> None:
    """Let the sender look at these screens again; one that waits for it does so anyway."""
    await tx.execute(
        update(OutboxRow)
        .where(OutboxRow.slot_id.in_([screen.id for screen in rows]), OutboxRow.state.not_in([OutboxState.WAITING]))
        .values(
            state=OutboxState.WAITING,
            not_before=now,
            attempts=0,
            priority=int(priority),
            turn=tx.unit.turn,
            settled_at=None,
        )
    )


def _take_away(tx: Tx, screen: ScreenRow) -> None:
    """Delete a screen's message, after the new one, so that the chat is never without one."""
    old = {"chat_id": screen.chat_id, "message_id": screen.message_id}
    key = screen_gone_key(screen.id, screen.version)
    outbox.gather(tx, Outgoing("deleteMessage", old, key, Priority.SUMMARY, screen.chat_id))
    screen.message_id = None


async def screen_of(tx: Tx, bot_id: int, subject: str) -> ScreenRow | None:
    """The self-editing message that shows a subject in a single chat, such as a report's receipt."""
    for screen in tx.unit.screens.by_key.values():
        if screen.subject == subject:
            return screen
    return await tx.scalar(select(ScreenRow).where(ScreenRow.bot_id == bot_id, ScreenRow.subject == subject).limit(1))


async def end(tx: Tx, bot_id: int, key: str) -> bool:
    """Take a message away for good; False when it is not there (yet), so that it must be told what to show instead."""
    screen = await _find(tx, bot_id, key)
    if screen is None or screen.message_id is None:
        return False
    _take_away(tx, screen)
    screen.subject = GONE  # so that the same content can be shown anew
    waiting = update(OutboxRow).where(OutboxRow.slot_id == screen.id, OutboxRow.state == OutboxState.WAITING)
    await tx.execute(waiting.values(state=OutboxState.EXPIRED))
    return True


async def subject_at(tx: Tx, bot_id: int, chat_id: int, message_id: int) -> str | None:
    """What a message shows that edits itself; None for any other message."""
    return await tx.scalar(
        select(ScreenRow.subject)
        .where(ScreenRow.bot_id == bot_id, ScreenRow.chat_id == chat_id, ScreenRow.message_id == message_id)
        .order_by(ScreenRow.id.desc())
        .limit(1)
    )


async def find_screen(tx: Tx, slot_id: int | None) -> ScreenRow | None:
    """A message that edits itself by its own key; None for one that is forgotten, and for no key."""
    return await tx.get(ScreenRow, slot_id) if slot_id is not None else None
