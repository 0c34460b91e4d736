"""The same job done as the documentation of each library shows it: long polling, one INSERT a message, one reply.

Run as `python -m benchmarks.peers ptb|aiogram URL TOKEN FILE`. Both confirm an update to Telegram before
it is handled, so that a kill loses what was fetched; neither checks who writes or what.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from typing import Any


def _open(file: str) -> sqlite3.Connection:
    """Open the database, as durable as Posko's: every commit is on disk when it returns."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS reports (chat INTEGER, message INTEGER, text TEXT)")
    return connection


def run_ptb(url: str, token: str, file: str) -> None:
    """Poll with python-telegram-bot's Application.run_polling and its own HTTP client."""
    from telegram import Update  # noqa: PLC0415 - each peer is measured without the other in memory
    from telegram.ext import Application, MessageHandler, filters  # noqa: PLC0415

    database = _open(file)

    async def report(update: Update, _context: Any) -> None:
        message = update.effective_message
        assert message is not None
        database.execute("INSERT INTO reports VALUES (?, ?, ?)", (message.chat.id, message.message_id, message.text))
        await message.reply_text(f"Diterima: {message.text}")

    application = Application.builder().token(token).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, report))
    application.run_polling()


async def run_aiogram(url: str, token: str, file: str) -> None:
    """Poll with aiogram's Dispatcher.start_polling, which handles updates as tasks side by side."""
    from aiogram import Bot, Dispatcher  # noqa: PLC0415 - each peer is measured without the other in memory
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415
    from aiogram.types import Message  # noqa: PLC0415

    database = _open(file)
    dispatcher = Dispatcher()

    async def report(message: Message) -> None:
        database.execute("INSERT INTO reports VALUES (?, ?, ?)", (message.chat.id, message.message_id, message.text))
        await message.answer(f"Diterima: {message.text}")

    dispatcher.message.register(report)
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    which, *rest = sys.argv[1:]
    if which == "ptb":
        run_ptb(*rest)
    else:
        asyncio.run(run_aiogram(*rest))
