"""One piece of work, whoever asks for it: a tap, a typed line, the clock, an import, a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.delivery.readers import language_of
from core.desk import Desk
from core.people.roles import Actor
from storage.database import state
from storage.database.engine import Tx
from storage.delivery import outbox
from storage.people.people import Member
from storage.reports import reports
from storage.stamp import Stamp
from storage.tables import GroupRow, PersonRow


@dataclass(frozen=True)
class Work:
    """In which transaction something is done, by whom, where, when, and what it goes back to."""

    tx: Tx
    desk: Desk
    now: datetime
    since: datetime  # when what asks for it arrived
    cause: tuple[int, int | None]  # the bot, and the update if it was one
    origin: (
        int  # the key of the row that asks for it: the keys of messages are made of it, so that a replay makes the same
    )
    who: Member | None = None  # None: nobody whom we know, or the clock
    group: GroupRow | None = None  # the linked group in which it is done; None in a private chat
    private: bool = True  # nobody else reads along: not in a group, be it linked or not

    @property
    def known(self) -> Member:
        """Who does it, for what only somebody enrolled can do."""
        assert self.who is not None, "this is done by somebody who has enrolled"
        return self.who

    @property
    def person(self) -> PersonRow:
        """The row of who does it."""
        return self.known.row

    @property
    def actor(self) -> Actor:
        """Who does it, as the rules about permission see them."""
        return self.known.actor

    @property
    def language(self) -> str:
        """The language of who does it."""
        return language_of(self.desk.texts, self.person)

    @property
    def stamp(self) -> Stamp:
        """What is set under everything that is done."""
        return Stamp(self.who.row.id if self.who else None, self.cause, self.now)

    def journal(self, action: str, subject: str, **detail: Any) -> None:
        """Note who did this."""
        stamp = self.stamp
        state.note(
            self.tx,
            now=self.now,
            action=action,
            subject=subject,
            person_id=stamp.person_id,
            detail=detail,
            cause=self.cause,
        )


async def write_down(tx: Tx, bot_id: int, *, now: datetime) -> None:
    """Write what was gathered beside the rows, standings and messages; the last thing before a commit."""
    await reports.write_standings(tx)
    await outbox.write_gathered(tx, bot_id, now=now)
