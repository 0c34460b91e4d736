"""Groups that turn out to be gone: the admins over what they were linked for hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from actions.groups.link_news import Loss, facts, loss_text, losses, region_text
from actions.people.admins import tell_admins_over
from core.delivery.keys import group_gone_key
from core.desk import Desk
from storage.database.engine import Tx
from storage.groups import group_fact
from storage.tables import GroupRow


async def tell_groups_gone(tx: Tx, desk: Desk, gone: Sequence[GroupRow], *, now: datetime) -> None:
    """Tell admins of groups that have just turned out to be gone, once for each chat however many topics were linked."""
    if not gone:
        return
    before = [*await facts(tx, desk), *(group_fact(row) for row in gone)]
    for chat_id in dict.fromkeys(row.chat_id for row in gone):
        rows = sorted((row for row in gone if row.chat_id == chat_id), key=lambda row: row.thread_id)
        codes = list(dict.fromkeys(row.region_code for row in rows))
        words = partial(_words, desk, rows[0].title, codes, await losses(tx, desk, codes, before))
        await tell_admins_over(tx, desk, codes, words, key=group_gone_key(chat_id, now), now=now)


def _words(desk: Desk, title: str, codes: Sequence[str], lost: Sequence[Loss], language: str) -> str:
    regions = "; ".join(region_text(desk, code) for code in codes)
    told = desk.texts.html(language, "alert-group-gone", title=title, region=regions)
    return "\n".join([told, *(loss_text(desk, language, one) for one in lost)])
