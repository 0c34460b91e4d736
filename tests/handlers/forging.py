"""Taps of modified phones: data of every shape for every class of button, and what is stored before and after."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import count
from types import NoneType
from typing import Any, get_args, get_type_hints

from sqlalchemy import Table, select

from core.delivery.taps import KEYS, Tap
from core.forms.forms import missing
from core.forms.values import accepted
from jobs.delivery.intake import as_row
from sandbox import Group, Person
from storage.database.engine import Tx
from storage.delivery import inbox
from storage.tables import Base, DraftRow, InboxRow, InboxState, InviteRow, OutboxRow, PersonRow, PostRow, ReportRow
from tests.kit import Posko

NUMBERS = (0, 1, 2, 3, 42, KEYS - 1)
# What the queues and the journal say of a tap is no harm; regions are the preset's, and nobody changes them.
UNWATCHED = {"inbox", "outbox", "journal", "sends", "counters", "regions", "firings"}
Rows = dict[str, dict[tuple[Any, ...], dict[str, Any]]]


@dataclass(frozen=True)
class Pools:
    """From what the fields of forged buttons are taken: ids of every row that there is, and words that mean something."""

    keys: dict[str, list[int]]  # by table
    words: list[str]

    def value(self, dice: random.Random, name: str, hint: Any) -> Any:
        """A value for a field of this name and type: mostly of the rows that it means, else of any other."""
        among = get_args(hint) or (hint,)
        kind = dice.choice(among) if among else hint
        if isinstance(kind, str):
            return kind
        if kind in (NoneType, bool):
            return None if kind is NoneType else dice.random() < 0.5
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return dice.choice(list(kind))
        if kind is int:
            table = MEANT.get(name)
            known = self.keys[table] if table and dice.random() < 0.8 else self.keys[dice.choice(list(self.keys))]
            return dice.choice(known or NUMBERS) if dice.random() < 0.9 else dice.choice(NUMBERS)
        return self.words[-1] if name == "code" and dice.random() < 0.5 else dice.choice(self.words)


# The rows that a field means by its name; any other field is given keys of any rows.
MEANT = {
    "incident_id": "incidents", "other_id": "incidents", "draft_id": "drafts", "report_id": "reports", "post_id": "posts",
    "post": "posts", "person_id": "people", "notice_id": "notices", "handover_id": "handovers", "item_id": "inbox",
}  # fmt: skip


def forged(pools: Pools, dice: random.Random, kind: type[Tap], **known: Any) -> str | None:
    """The data of a button of this class that nobody was shown; None where the values do not fit into a button."""
    hints = get_type_hints(kind)
    values = {one.name: known.get(one.name, pools.value(dice, one.name, hints[one.name])) for one in fields(kind)}
    try:
        return kind(**values).pack()
    except ValueError:
        return None


def words_of(posko: Posko) -> list[str]:
    """Every id of the preset that a button can carry, and words that are none."""
    desk = posko.desk
    forms = [one.id for one in desk.forms.values()]
    asked = [one for form in desk.forms.values() for one in form.fields]
    choices = [choice.id for one in asked for choice in one.choices]
    others = [
        "all",
        "officer",
        "id",
        "en",
        "yes",
        "no",
        "typo",
        "reject-untrue",
        "return-recalled",
        "16.73",
        "16.74",
        "-",
        "",
        "x",
    ]
    return [*dict.fromkeys([*forms, *(one.id for one in asked), *choices, *desk.routing.referrals, *others])]


async def pools_of(posko: Posko) -> Pools:
    """The keys of all rows, and the words."""

    async def read(tx: Tx) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for table in Base.metadata.sorted_tables:
            first = next(iter(table.primary_key.columns))
            if first.name == "id" and table.name not in ("outbox", "journal"):
                found[table.name] = list(await tx.scalars(select(first).order_by(first).limit(60)))
        return found

    keys = await posko.db.read(read)
    keys["posts"] = [row.id for row in await posko.rows(PostRow, PostRow.code.in_(("LAPAS-1673", "RUTAN-1674")))]
    codes = [row.code for row in await posko.rows(InviteRow)]
    return Pools(keys, [*words_of(posko), *codes])


_numbers = count(900_000_000)


def pressed(posko: Posko, person: Person, chat: dict[str, Any] | None, data: str, message_id: int) -> dict[str, Any]:
    """An update in which somebody presses a button with this data; without a chat, below a message of no chat."""
    number = next(_numbers)
    me = {**posko.tg.bot, "is_bot": True, "first_name": "Posko"}
    shown = {
        "message_id": message_id,
        "date": 0 if message_id % 7 == 0 else 1_800_000_000,
        "chat": chat,
        "from": me,
        "text": "x",
    }
    below = {"inline_message_id": "x"} if chat is None else {"message": shown}
    by = {"id": person.id, "is_bot": False, "first_name": person.name, "language_code": "id"}
    tap = {"id": f"forged{number}", "from": by, "chat_instance": "1", "data": data, **below}
    return {"update_id": number, "callback_query": tap}


def chat_of(where: Person | Group) -> dict[str, Any]:
    """A chat as updates name it."""
    return {"id": where.id, "type": "private", "first_name": "x"} if isinstance(where, Person) else where.chat.json


async def press(posko: Posko, updates: Sequence[dict[str, Any]]) -> None:
    """Let these updates come, and the program act on them all."""
    bot, now = posko.desk.bot_id, posko.clock.now()
    await posko.db.write(lambda tx: inbox.add(tx, bot, [as_row(one) for one in updates], now=now))
    while await posko.machine.pump.round():
        pass


async def everything(posko: Posko) -> Rows:
    """Every row that is watched, by table and key."""

    async def read(tx: Tx) -> Rows:
        return {
            table.name: await _rows(tx, table) for table in Base.metadata.sorted_tables if table.name not in UNWATCHED
        }

    return await posko.db.read(read)


async def _rows(tx: Tx, table: Table) -> dict[tuple[Any, ...], dict[str, Any]]:
    statement = select(table)
    if table.name == "posts":
        statement = statement.where(table.c.code.in_(("LAPAS-1673", "RUTAN-1674")))
    names = [column.name for column in table.primary_key.columns]
    found = [dict(row) for row in (await tx.execute(statement)).mappings()]
    return {tuple(row[name] for name in names): row for row in found}


def changes(before: Rows, after: Rows) -> list[tuple[str, dict[str, Any]]]:
    """The rows that came, went or changed, each with its table."""
    return [
        (name, row)
        for name, rows in before.items()
        for key in rows.keys() | after[name].keys()
        if rows.get(key) != after[name].get(key)
        for row in [after[name].get(key) or rows[key]]
    ]


async def unanswered(posko: Posko, updates: Iterable[dict[str, Any]]) -> list[str]:
    """The data of the taps that were not answered, and what has failed."""
    answers = await posko.rows(OutboxRow, OutboxRow.method == "answerCallbackQuery")
    told = {row.params["callback_query_id"] for row in answers}
    failed = [f"{row.error} {row.body}" for row in await posko.rows(InboxRow, InboxRow.state != InboxState.DONE)]
    return [*failed, *(one["callback_query"]["data"] for one in updates if one["callback_query"]["id"] not in told)]


async def ill_stored(posko: Posko) -> list[tuple[str, object]]:
    """The stored answers that the form's own check refuses for their post: in drafts, and in reports as a whole."""
    posts = {row.id: row.kind for row in await posko.rows(PostRow)}
    shared = {row.id: row.shared for row in await posko.rows(PersonRow)}
    wrong: list[tuple[str, object]] = []
    for draft in await posko.rows(DraftRow, DraftRow.form_id != ""):
        form, kind = posko.desk.forms[draft.form_id], posts.get(draft.post_id or 0)
        if accepted(form, draft.answers, kind, unfinished=True) != draft.answers:
            wrong.append((f"draft of {draft.form_id}", draft.answers))
    for report in await posko.rows(ReportRow):
        form, kind = posko.desk.forms[report.form_id], posts[report.post_id]
        signed = bool(report.answers.get("behalf")) or not shared[report.person_id]
        if accepted(form, report.answers, kind) != report.answers or missing(form, report.answers, kind) or not signed:
            wrong.append((f"report of {report.form_id}", report.answers))
    return wrong
