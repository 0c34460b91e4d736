"""Telling one person or one group something in a message of its own."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from actions.delivery.telling import News, tell_group, tell_person
from actions.work import Work
from core.delivery.outgoing import Button, Priority
from core.people.roles import Role
from core.roster.taps import HandoverCancelTap
from storage.tables import JournalRow, OutboxRow
from tests.actions_kit import Office

TOLD = OutboxRow.key.startswith("told:")  # the office has published its menus too
TRIED = JournalRow.action == "tried"
LONG = "\n".join(f"baris {number} " + "x" * 80 for number in range(100))  # two messages of Telegram, at 4096 characters


async def test_a_person_is_told_in_the_private_chat(office: Office) -> None:
    """News go to the chat of the person whom they are for, as urgent as they are, with their buttons."""
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673")

    async def act(work: Work) -> None:
        news = News("api di gudang", "told:1", Priority.SOS, [[Button("Tutup", tap=HandoverCancelTap())]])
        tell_person(work.tx, work.desk, budi, news, now=work.now)

    await office.do(None, act)
    row = await office.one(OutboxRow, TOLD)
    assert (row.chat_id, row.person_id, row.priority) == (budi.telegram_id, budi.id, Priority.SOS)
    assert row.params["text"] == "api di gudang"
    assert row.params["reply_markup"]["inline_keyboard"][0][0]["text"] == "Tutup"


async def test_the_same_news_are_told_once(office: Office) -> None:
    """A key says what was told: work that tells it again undoes itself, with all else that it did."""
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673")

    async def act(work: Work) -> None:
        work.journal("tried", "nothing")
        tell_person(work.tx, work.desk, budi, News("api", "told:1"), now=work.now)

    await office.do(None, act)
    with pytest.raises(IntegrityError):
        await office.do(budi, act)
    assert len(await office.rows(OutboxRow, TOLD)) == len(await office.rows(JournalRow, TRIED)) == 1


async def test_a_long_text_goes_in_pieces_with_the_buttons_below_the_last(office: Office) -> None:
    """What is longer than a message comes whole and in order, each piece under a key of its own."""
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673")

    async def act(work: Work) -> None:
        news = News(LONG, "told:1", rows=[[Button("Tutup", tap=HandoverCancelTap())]])
        tell_person(work.tx, work.desk, budi, news, now=work.now)

    await office.do(None, act)
    rows = await office.rows(OutboxRow, TOLD)
    assert len(rows) > 1
    assert ["reply_markup" in row.params for row in rows] == [False] * (len(rows) - 1) + [True]
    assert "\n".join(row.params["text"] for row in rows) == LONG
    assert len({row.key for row in rows}) == len(rows)


async def test_a_group_is_told_in_its_topic(office: Office) -> None:
    """News for a group go to its chat, and to the topic that is linked where one is."""
    group = await office.group("Linggau", "16.73")
    group.thread_id = 7

    async def act(work: Work) -> None:
        tell_group(work.tx, work.desk, group, News("api di gudang", "told:1"), now=work.now)

    await office.do(None, act)
    row = await office.one(OutboxRow, TOLD)
    assert (row.chat_id, row.params["message_thread_id"], row.params["text"]) == (group.chat_id, 7, "api di gudang")
