"""Cards that their group did not get: admins hear of each once."""

from __future__ import annotations

from actions.entry.undelivered import undelivered
from actions.work import Work
from core.people.roles import Role
from storage.delivery import outbox
from storage.delivery.settle import Result, Settled
from storage.tables import OutboxRow
from tests.actions_kit import BOT, Office
from tests.incidents_kit import POST, opened


async def test_admins_hear_of_a_lost_card(office: Office) -> None:
    """A card that Telegram refuses is told to admins, with the group and the reason, and once."""
    budi, ani = await office.person("Budi", Role.OFFICER, POST), await office.person("Ani", Role.ADMIN, "")
    group = await office.group("Kota", "16.73")
    await opened(office, budi)
    waiting = await office.db.read(
        lambda tx: outbox.ready(tx, BOT, now=office.now, closed={}, held=(), limit=99),
    )
    (card,) = (one for one in waiting if one.chat_id == group.chat_id)

    async def act(work: Work) -> None:
        lost = [Settled(card, Result.BURIED, error="kicked")]
        await undelivered(work.desk)(work.tx, lost, [], work.now)

    await office.do(None, act)
    await office.do(None, act)
    told = await office.rows(OutboxRow, OutboxRow.chat_id == ani.telegram_id)
    assert len(told) == 1
    assert "Kartu <b>I-1</b> tidak sampai ke grup «Kota». Kata Telegram: kicked" in told[0].params["text"]
