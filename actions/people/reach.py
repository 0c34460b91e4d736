"""Whether people can be written to: they block the bot, and take it back."""

from __future__ import annotations

from actions.work import Work
from storage.delivery import settle
from storage.people import people


async def blocked(work: Work, telegram_id: int) -> None:
    """Note that somebody can be written to no more."""
    await settle.chat_gone(work.tx, work.desk.bot_id, telegram_id, now=work.now)


async def unblocked(work: Work, telegram_id: int) -> None:
    """Note that somebody can be written to again."""
    await people.reachable_again(work.tx, telegram_id)
