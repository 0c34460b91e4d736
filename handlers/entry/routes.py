"""Every command and button of the bot in one table, and how an update finds its handler.

To add a command: write its handler in the file of its topic, add a `Command` to that file's
COMMANDS, and its texts `help-<id>` and `menu-<id>` to both languages. Routing, permission, help and
menus follow from the table.

A button is a class beside its topic's rules (`core/<topic>/taps.py`), which says who may tap it; its handler and
the class stand together in the topic's TAPS.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ChatMemberHandler, MessageHandler, filters

from core.alarms.taps import AlarmCancelTap, AlarmSendTap
from core.delivery.commands import read_command
from core.delivery.overtaking import ALARM_COMMANDS
from core.delivery.taps import Tap, Tapper, prefix_of
from core.incidents.taps import AlarmWithdrawTap
from core.kit.texts import UserError, ours
from core.people.roles import may
from handlers.kit.command import Command, Handler, OnTap, Where
from handlers.kit.scope import Ctx
from handlers.reports import attachments

AnyApplication = Application[Any, Any, Any, Any, Any, Any]
CALLING = (AlarmSendTap, AlarmCancelTap, AlarmWithdrawTap)  # the buttons of a call for help


@dataclass(frozen=True)
class Fallbacks:
    """What is called when no command and no button fits."""

    text: Handler  # words in a private chat that are no command
    media: Handler  # a file in a private chat; the words are empty when a command has dealt with them
    location: Handler  # a shared place there
    contact: Handler  # a shared phone number there
    talk: Handler  # what people say in a group that is no command
    unknown_command: Handler
    stranger: Handler
    put_out: Handler  # what who was put out says in private that is no command
    membership: Handler
    migration: Handler


class Routes:
    """Finds the handler of an update and checks that the person may call it."""

    def __init__(
        self,
        commands: Sequence[Command],
        taps: Sequence[OnTap[Any]],
        fallbacks: Fallbacks,
    ) -> None:
        self.commands = tuple(commands)
        self._by_name: dict[str, Command] = {}
        for command in commands:
            for name in command.names:
                if name in self._by_name:
                    raise ValueError(f"/{name} is declared twice")
                self._by_name[name] = command
        self._taps: dict[str, OnTap[Any]] = {}  # by the prefix
        for one in taps:
            if not one.tap.prefix or one.tap.prefix in self._taps:
                raise ValueError(f"{one.tap.__name__} has no prefix, or one that is declared twice")
            self._taps[one.tap.prefix] = one
        self._fallbacks = fallbacks

    def register(self, application: AnyApplication, current: Callable[[], Ctx]) -> None:
        """Hand the kinds of update to python-telegram-bot's dispatch."""

        def bound(
            handler: Callable[[Ctx], Awaitable[None]],
        ) -> Callable[[Update, Any], Coroutine[Any, Any, None]]:
            async def call(_update: Update, _context: Any) -> None:
                await handler(current())

            return call

        application.add_handler(ChatMemberHandler(bound(self._membership), ChatMemberHandler.MY_CHAT_MEMBER))
        application.add_handler(CallbackQueryHandler(bound(self._tap)))
        application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, bound(self._migration)))
        application.add_handler(MessageHandler(filters.UpdateType.MESSAGES, bound(self._message)))

    def find(self, name: str) -> Command | None:
        """The command of this name."""
        return self._by_name.get(name.lower())

    def names(self) -> tuple[str, ...]:
        """Every name of every command."""
        return tuple(self._by_name)

    async def _membership(self, ctx: Ctx) -> None:
        await self._fallbacks.membership(ctx, "")

    async def _migration(self, ctx: Ctx) -> None:
        await self._fallbacks.migration(ctx, "")

    async def _tap(self, ctx: Ctx) -> None:
        data = ctx.tap.data or ""
        known = self._taps.get(prefix_of(data))
        if known is not None and known.tap in CALLING:
            ctx.member = ctx.member or ctx.former
        if known is None:
            ctx.answer("tap-too-old", alert=True)
        elif ctx.member is None and known.tap.by is not Tapper.ANYBODY:
            ctx.answer("tap-stranger" if ctx.former is None else "tap-put-out", alert=True)
        elif ctx.unassigned and known.tap.by is Tapper.ASSIGNED:
            ctx.answer("tap-unassigned", alert=True)
        elif (tapped := known.tap.unpack(data)) is None or not _stands(ctx, known.tap):
            ctx.answer("tap-too-old", alert=True)
        else:
            ctx.tapped = tapped
            await known.run(ctx, tapped)

    async def _message(self, ctx: Ctx) -> None:
        user = ctx.update.effective_user
        text = ctx.message.text or ctx.message.caption or ""
        typed = read_command(text, username=ctx.desk.bot_username)
        if typed is None:
            if not ctx.private:
                await self._fallbacks.talk(ctx, text)
            elif user is not None and not user.is_bot:
                await self._no_command(ctx)(ctx, text)
            return
        if ctx.message.sender_chat is not None and not ctx.private:
            if self.find(typed.name) is not None:  # any other may be meant for another bot
                raise UserError("anonymous")
            return
        if user is None or (user.is_bot and not ctx.private):
            return
        await self._command(ctx, typed.name, typed.rest)
        if ctx.private and ctx.member is not None and attachments.has_media(ctx.message):
            await self._fallbacks.media(ctx, "")

    def _no_command(self, ctx: Ctx) -> Handler:
        """What takes a private message that is no command."""
        if ctx.member is None:
            return self._fallbacks.stranger if ctx.former is None else self._fallbacks.put_out
        if ctx.message.location is not None:
            return self._fallbacks.location
        if ctx.message.contact is not None:
            return self._fallbacks.contact
        return self._fallbacks.media if attachments.concerns(ctx.message) else self._fallbacks.text

    async def _command(self, ctx: Ctx, name: str, rest: str) -> None:
        command = self.find(name)
        if ctx.private and command is not None and command.names == ALARM_COMMANDS:
            ctx.member = ctx.member or ctx.former  # whoever was on duty once may call for help
        if (ctx.member is None or ctx.unassigned) and not ctx.private:
            ctx.forget = (
                True  # who holds nothing is met with silence in a group, as strangers are, whatever the command
            )
        elif command is not None and command.roles is None:
            self._check_place(ctx, command)
            await command.run(ctx, rest)
        elif ctx.member is None:
            await self._fallbacks.stranger(ctx, rest)
        elif command is None:
            if ctx.private:
                await self._fallbacks.unknown_command(ctx, name)
        elif ctx.unassigned:
            if not command.unassigned:
                raise UserError("unassigned")
            await self._run(ctx, command, rest)
        elif command.roles is not None and not may(ctx.actor, command.roles):
            raise UserError("not-allowed", command=ours(f"/{name}"))
        else:
            await self._run(ctx, command, rest)

    async def _run(self, ctx: Ctx, command: Command, rest: str) -> None:
        """Call a command that the person may use."""
        if ctx.update.edited_message is None or command.form_id is not None:
            # Only a report line is read again when it is edited: it may have filed nothing before.
            self._check_place(ctx, command)
            await command.run(ctx, rest)

    def _check_place(self, ctx: Ctx, command: Command) -> None:
        if command.where is Where.PRIVATE and not ctx.private:
            raise UserError("only-private", command=ours(f"/{command.name(ctx.lang)}"), bot=ctx.desk.bot_username)
        if command.where is Where.GROUP and ctx.private:
            raise UserError("only-group", command=ours(f"/{command.name(ctx.lang)}"))


def _stands(ctx: Ctx, tap: type[Tap]) -> bool:
    """Whether a button of this class can stand in the chat where it was tapped; below no message of a chat none can."""
    return ctx.private or not (tap.private or ctx.update.effective_chat is None)
