"""The list of commands that Telegram shows behind the menu button: by kind of chat, by language, by role."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from core.delivery.keys import PublishedMenu, menu_known_key, menu_name, own_menu_name
from core.delivery.outgoing import Outgoing, Priority
from core.delivery.overtaking import ALARM_COMMANDS
from core.delivery.readers import language_of
from core.desk import Desk
from core.kit.texts import LANGUAGES
from core.people.roles import Role
from handlers.kit.command import Command, Where
from handlers.kit.scope import Ctx
from storage.database import state
from storage.database.engine import Tx
from storage.delivery import outbox
from storage.tables import PersonRow

DESCRIPTION_LIMIT = 256  # Telegram's docs, BotCommand.description


def allowed(commands: Sequence[Command], roles: Collection[Role], *, private: bool) -> list[Command]:
    """The commands that these roles may use in this kind of chat; /start, which everybody may, need not be told."""
    unfit = Where.GROUP if private else Where.PRIVATE
    return [
        command
        for command in commands
        if command.where is not unfit
        and ((command.listed or command.roles or frozenset()).intersection(roles) or (command.unassigned and not roles))
    ]


def command_title(desk: Desk, command: Command, language: str) -> str:
    """What a command does, in a few words."""
    if command.form_id is not None:
        return desk.forms[command.form_id].title.text(language)
    return desk.texts.plain(language, f"menu-{command.id}")


def _entries(desk: Desk, commands: Sequence[Command], language: str) -> list[dict[str, str]]:
    return [
        {
            "command": command.name(language),
            "description": command_title(desk, command, language)[:DESCRIPTION_LIMIT],
        }
        for command in commands
    ]


async def publish_menus(tx: Tx, desk: Desk, commands: Sequence[Command], *, now: datetime) -> None:
    """Publish the menus of all private chats (an officer's) and of all groups, if they changed."""
    scopes = {
        "all_private_chats": allowed(commands, {Role.OFFICER}, private=True),
        "all_group_chats": allowed(commands, {Role.COORDINATOR}, private=False),
    }
    for scope, entries in scopes.items():
        for language in (None, *LANGUAGES):
            shown = _entries(desk, entries, language or desk.texts.default)
            params: dict[str, Any] = {"commands": shown, "scope": {"type": scope}}
            if language is not None:
                params["language_code"] = language
            await _publish(tx, desk, menu_name(scope, language), params, now=now)


async def show_menu(ctx: Ctx, roles: Collection[Role]) -> None:
    """Publish the own menu of a coordinator or admin; an officer has that of all private chats."""
    if not set(roles) - {Role.OFFICER}:
        return
    shown = _entries(ctx.desk, allowed(ctx.commands, roles, private=True), ctx.own_lang)
    params: dict[str, Any] = {"commands": shown, "scope": {"type": "chat", "chat_id": ctx.user.id}}
    await _publish(ctx.tx, ctx.desk, own_menu_name(ctx.user.id), params, now=ctx.now)


async def show_menu_of(ctx: Ctx, person: PersonRow, roles: Collection[Role]) -> None:
    """Publish the menu of somebody else whose roles have changed; with no role it names the call for help alone."""
    language = language_of(ctx.desk.texts, person)
    fitting = allowed(ctx.commands, roles, private=True)
    shown = _entries(ctx.desk, [one for one in fitting if roles or one.names == ALARM_COMMANDS], language)
    params: dict[str, Any] = {"commands": shown, "scope": {"type": "chat", "chat_id": person.telegram_id}}
    await _publish(ctx.tx, ctx.desk, own_menu_name(person.telegram_id), params, now=ctx.now)


async def _publish(tx: Tx, desk: Desk, name: str, params: dict[str, Any], *, now: datetime) -> None:
    """Publish one menu unless it is the one published last: a menu may come back after another."""
    digest = hashlib.sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()[:16]
    remembered = menu_known_key(desk.bot_id, name)
    last = PublishedMenu.read(await state.recall(tx, remembered))
    if last.digest == digest:
        return
    published = PublishedMenu(last.count + 1, digest)  # the count makes each publication's key its own
    await state.remember(tx, remembered, published.text)
    outbox.add(tx, desk.bot_id, Outgoing("setMyCommands", params, published.key(name), Priority.SUMMARY), now=now)
