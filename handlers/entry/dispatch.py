"""From waiting updates to rows: parses them, loads who they are from, and lets python-telegram-bot dispatch each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Update, User
from telegram.ext import Application

from actions.people.admins import alert_admins
from actions.work import write_down
from core.delivery.keys import message_mark, set_aside_key, slowed_key, sorry_key, unparsable_key
from core.delivery.outgoing import Outgoing, Priority, message_params
from core.delivery.readers import language_for
from core.delivery.verdicts import Verdict
from core.desk import Desk
from core.kit.logs import about_update
from core.kit.texts import UserError
from core.reports.keys import message_source
from handlers.entry.routes import Routes
from handlers.kit.scope import Ctx, Scene
from handlers.reports.drafts import make_room
from storage.database.engine import Tx, count_pending, roll_back
from storage.delivery import outbox
from storage.delivery.inbox import Claimed
from storage.groups import group_of
from storage.people import people
from storage.people.people import Member
from storage.reports import drafts, reports
from storage.tables import DraftRow, GroupRow

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class TangledError(Exception):
    """A person's mistake was found after rows were changed: the update must be processed alone."""


@dataclass(frozen=True)
class _Loaded:
    members: dict[int, Member]
    drafts: dict[int, list[DraftRow]]


class Dispatcher:
    """Processes batches of updates in the pump's transaction; it has no effect but rows."""

    def __init__(self, desk: Desk, application: AnyApplication, routes: Routes) -> None:
        self._desk, self._application, self._routes = desk, application, routes
        self._ctx: Ctx | None = None
        routes.register(application, self._current)
        application.add_error_handler(self._failed)

    def _current(self) -> Ctx:
        assert self._ctx is not None, "no update is being processed"
        return self._ctx

    async def _failed(self, _update: object, context: Any) -> None:
        """Keep a handler's exception: the library would only log it."""
        self._current().failure = context.error

    async def process(self, tx: Tx, batch: Sequence[Claimed], *, now: datetime) -> list[Verdict]:
        """Act on each update in order; raises what a handler raised unexpectedly."""
        updates = [self._parse(item) for item in batch]
        loaded = await self._load(tx, [item for item in updates if item is not None], now=now)
        verdicts: list[Verdict] = []
        for item, update in zip(batch, updates, strict=True):
            if update is None:
                verdicts.append(Verdict.UNPARSABLE)
                continue
            with about_update(item.update_id):
                verdicts.append(await self._one(tx, item, update, loaded, now=now, alone=len(batch) == 1))
        await write_down(tx, self._desk.bot_id, now=now)
        return verdicts

    def _parse(self, item: Claimed) -> Update | None:
        """Read one stored update; None when it is not what the Bot API describes."""
        try:
            raw = _clean(json.loads(item.body))
            return Update.de_json(raw, self._application.bot)
        except Exception:  # noqa: BLE001 - whatever is wrong with it, it is set aside alone
            return None

    async def _load(self, tx: Tx, updates: Sequence[Update], *, now: datetime) -> _Loaded:
        users = {update.effective_user.id for update in updates if update.effective_user}
        members = await people.members(tx, users, now=now, put_out=True)
        messages = [update.effective_message for update in updates if update.effective_message]
        since = self._desk.dated_since
        marks = [(one.chat.id, message_mark(one.message_id, one.date, since)) for one in messages]
        sources = [message_source(*mark) for mark in marks]
        begun = await drafts.list_by_person(tx, [member.row.id for member in members.values()], sources)
        await reports.foresee_sources(tx, sources)
        return _Loaded(members, begun)

    async def _one(
        self, tx: Tx, item: Claimed, update: Update, loaded: _Loaded, *, now: datetime, alone: bool
    ) -> Verdict:
        tx.unit.turn = item.turn
        ctx = await self._scope(tx, item, update, loaded, now=now)
        before = count_pending(tx)
        self._ctx = ctx
        try:
            await self._application.process_update(update)
        finally:
            self._ctx = None
        error, forget = ctx.failure, ctx.forget
        if isinstance(error, UserError):
            if count_pending(tx) != before:  # a mistake was found later than the first change
                if not alone:
                    raise TangledError(str(error))
                await roll_back(tx)
                ctx = await self._scope(tx, item, update, await self._load(tx, [update], now=now), now=now)
            _explain(ctx, error)
        elif error is not None:
            raise error
        elif ctx.member is not None:
            await make_room(ctx)
        # Of a stranger only that something came is kept, whatever it was: no name, no id, no words.
        return Verdict.FORGET if forget or ctx.member is None else Verdict.DONE

    async def _scope(self, tx: Tx, item: Claimed, update: Update, loaded: _Loaded, *, now: datetime) -> Ctx:
        user, chat = update.effective_user, update.effective_chat
        member = loaded.members.get(user.id) if user else None
        if member is not None and user is not None and chat is not None and chat.id == user.id:
            _seen(member, user)
        group: GroupRow | None = None
        if chat is not None and chat.id < 0:
            message = update.effective_message
            thread = getattr(message, "message_thread_id", None) if message else None
            group = await group_of(tx, self._desk.bot_id, chat.id, thread)
        known = member is not None and bool(member.holdings or member.row.consent_at)
        if member is not None and not member.row.active:
            known = member.row.removed_at is not None
        scene = Scene(
            member=member if known else None,
            group=group,
            drafts=loaded.drafts.get(member.row.id, []) if member else [],
        )
        return Ctx(
            desk=self._desk,
            tx=tx,
            now=now,
            item=item,
            update=update,
            scene=scene,
            commands=self._routes.commands,
        )

    async def apologise(self, tx: Tx, item: Claimed, *, now: datetime) -> None:
        """Tell the person, and admins, that this update was set aside after its last attempt; once an hour."""
        update = self._parse(item)
        chat = update.effective_chat if update else None
        reference = str(item.update_id)
        if update is not None and chat is not None:
            key = sorry_key(item.lane, now)
            await self._tell(tx, update, chat.id, "set-aside", key, now=now, reference=reference)
        key = set_aside_key(item.lane, now)
        await alert_admins(tx, self._desk, "alert-set-aside", key=key, now=now, reference=reference)

    async def tell_slowed(self, tx: Tx, item: Claimed, *, now: datetime) -> None:
        """Tell who is enrolled that what they send is acted on more slowly from now on; once an hour, in private."""
        update = self._parse(item)
        if update is not None and item.lane > 0 and await people.members(tx, [item.lane], now=now):
            await self._tell(tx, update, item.lane, "slowed", slowed_key(item.lane, now), now=now)

    async def _tell(
        self, tx: Tx, update: Update, chat_id: int, text: str, key: str, *, now: datetime, **values: str
    ) -> None:
        """Send a text about an update, once for each key, in the language of who sent it."""
        user = update.effective_user
        known = await people.members(tx, [user.id] if user else [], now=now)
        row = known[user.id].row if user and user.id in known else None
        language = language_for(self._desk.texts, row.language if row else None, user.language_code if user else None)
        params = message_params(self._desk.texts.html(language, text, **values))
        message = Outgoing("sendMessage", params, key, Priority.ALERT, chat_id=chat_id)
        await outbox.add_many(tx, self._desk.bot_id, [message], now=now)

    async def report_unparsable(self, tx: Tx, item: Claimed, *, now: datetime) -> None:
        """Tell admins that this update cannot be read and was set aside."""
        reference = str(item.update_id)
        await alert_admins(
            tx, self._desk, "alert-unparsable", key=unparsable_key(item.lane, now), now=now, reference=reference
        )


def _seen(member: Member, user: User) -> None:
    """Note what a message in the private chat tells of a person: that they can be reached, and in which language."""
    row = member.row
    if row.unreachable_since is not None:
        row.unreachable_since = None
        row.name = user.full_name[:200] if row.name == people.UNSEEN else row.name
    if user.language_code and user.language_code != row.telegram_language:
        row.telegram_language = user.language_code[:16]


def _explain(ctx: Ctx, error: UserError) -> None:
    """Answer a person's mistake where they made it: on the button, or in the chat."""
    if ctx.update.callback_query is not None:
        ctx.answer(error.key, alert=True, **error.values)
    else:
        ctx.send(ctx.html(error.key, **error.values))


def _clean(value: Any) -> Any:
    """Take out what no database stores (NUL, halves of surrogate pairs), anywhere in an update."""
    if isinstance(value, str):
        return (
            value.replace("\x00", "").encode("utf-8", "replace").decode()
            if not value.isascii()
            else value.replace("\x00", "")
        )
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value
