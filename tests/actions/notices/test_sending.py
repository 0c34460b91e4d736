"""Notices: kept until their author confirms them, then one message to each reader, or none to anybody."""

from __future__ import annotations

import pytest

from actions.notices import sending
from core.kit.texts import UserError
from core.notices.audiences import QUICK
from core.notices.notice_text import NOTICE_LIMIT
from core.people.audience import Audience
from core.people.roles import Agency, Role
from storage.tables import JournalRow, NoticeReceiptRow, NoticeRow, OutboxRow, PersonRow
from tests.actions_kit import Office

OFFICERS = QUICK["officer"]
OF_NOTICES = OutboxRow.notice_id.is_not(None)


async def drafted(office: Office, who: PersonRow, audience: Audience = OFFICERS) -> int:
    """The key of a notice that waits for its author's word."""
    return (await office.do(who, lambda work: sending.draft_for(work, "Apel <pagi>", audience))).row.id


async def refusal(office: Office, who: PersonRow, notice_id: int) -> str:
    """Why somebody can neither send nor drop a notice, nor choose for whom it is."""
    keys = []
    for act in (
        lambda work: sending.send(work, notice_id),
        lambda work: sending.cancel(work, notice_id),
        lambda work: sending.choose(work, notice_id, "officer"),
    ):
        with pytest.raises(UserError) as error:
            await office.do(who, act)
        keys.append(error.value.key)
    assert len(set(keys)) == 1
    return keys[0]


async def test_a_draft_reaches_nobody(office: Office) -> None:
    """A notice is kept with its audience and the number of people, and nothing goes out."""
    sari = await office.person("Sari", Role.ADMIN, "")
    await office.person("Budi", Role.OFFICER, "LAPAS-1673")
    preview = await office.do(sari, lambda work: sending.draft_for(work, "Apel", OFFICERS))
    assert (preview.audience, preview.total) == (OFFICERS, 1)
    row = await office.one(NoticeRow)
    assert (row.person_id, row.audience, row.text, row.state) == (sari.id, "role:officer", "Apel", "preview")
    assert await office.rows(OutboxRow, OF_NOTICES) == []


async def test_each_reader_gets_one_message_and_a_receipt(office: Office) -> None:
    """Who fits the audience is written to once, in the own language, and a receipt waits; the journal knows of it."""
    sari = await office.person("Sari", Role.ADMIN, "")
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673", "LAPAS-1671")
    john = await office.person("John", Role.OFFICER, "LAPAS-1673", language="en")
    notice = await drafted(office, sari)
    row = await office.do(sari, lambda work: sending.send(work, notice))
    assert (row.state, row.total, row.confirmed_at) == ("sending", 2, office.now)
    assert "Pengumuman" in await office.told(budi.telegram_id)
    told = await office.told(john.telegram_id)
    assert ("Notice" in told, "Apel &lt;pagi&gt;" in told, "Sari" in told) == (True, True, True)
    assert await office.told(sari.telegram_id) == ""
    sent = await office.rows(OutboxRow, OF_NOTICES)
    assert {(one.notice_id, one.person_id, one.once) for one in sent} == {
        (notice, budi.id, True),
        (notice, john.id, True),
    }
    receipts = await office.rows(NoticeReceiptRow)
    assert {(one.person_id, one.state) for one in receipts} == {(budi.id, "waiting"), (john.id, "waiting")}
    line = await office.one(JournalRow)
    assert (line.action, line.subject, line.person_id) == ("notice", f"notice:{notice}", sari.id)
    assert line.detail == {"audience": "role:officer", "total": 2}


async def test_a_notice_is_sent_once(office: Office) -> None:
    """What was sent, or dropped, can be sent no more."""
    sari = await office.person("Sari", Role.ADMIN, "")
    await office.person("Budi", Role.OFFICER, "LAPAS-1673")
    sent, dropped = await drafted(office, sari), await drafted(office, sari)
    await office.do(sari, lambda work: sending.send(work, sent))
    await office.do(sari, lambda work: sending.cancel(work, dropped))
    assert await refusal(office, sari, sent) == "notice-already-sending"
    assert await refusal(office, sari, dropped) == "notice-already-cancelled"
    assert len(await office.rows(OutboxRow, OF_NOTICES)) == 1
    assert (await office.one(NoticeRow, NoticeRow.id == dropped)).state == "cancelled"


async def test_only_its_author_sends_a_notice(office: Office) -> None:
    """Another admin, and who is no admin, cannot touch a notice; nor can anybody one that is unknown."""
    sari, dewi = await office.person("Sari", Role.ADMIN, ""), await office.person("Dewi", Role.ADMIN, "")
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673")
    notice = await drafted(office, sari)
    assert await refusal(office, dewi, notice) == "tap-too-old"
    assert await refusal(office, budi, notice) == "tap-too-old"
    assert await refusal(office, sari, notice + 1) == "tap-too-old"
    assert await office.rows(OutboxRow, OF_NOTICES) == []


async def test_an_audience_is_chosen_afterwards(office: Office) -> None:
    """A notice that was kept without an audience goes nowhere until one is chosen."""
    sari = await office.person("Sari", Role.ADMIN, "")
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    notice = (await office.do(sari, lambda work: sending.draft(work, "Apel"))).id
    with pytest.raises(UserError, match="tap-too-old"):
        await office.do(sari, lambda work: sending.send(work, notice))
    preview = await office.do(sari, lambda work: sending.choose(work, notice, "coordinator"))
    assert (preview.audience, preview.total) == (QUICK["coordinator"], 1)
    await office.do(sari, lambda work: sending.send(work, notice))
    assert "Apel" in await office.told(rahmat.telegram_id)


async def test_what_no_notice_can_be(office: Office) -> None:
    """A notice for nobody, one of too many characters, and one of somebody who is no admin are not kept."""
    sari = await office.person("Sari", Role.ADMIN, "", language="en")
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673")
    nobody = Audience(agencies=frozenset({Agency.KPU}))
    with pytest.raises(UserError) as error:
        await office.do(sari, lambda work: sending.draft_for(work, "Apel", nobody))
    assert (error.value.key, error.value.values["audience"]) == ("notice-nobody", "KPU")
    with pytest.raises(UserError) as error:
        await office.do(sari, lambda work: sending.draft(work, "a" * (NOTICE_LIMIT + 1)))
    assert (error.value.key, error.value.values["length"]) == ("notice-too-long", NOTICE_LIMIT + 1)
    with pytest.raises(UserError, match="not-your-region"):
        await office.do(budi, lambda work: sending.draft_for(work, "Apel", OFFICERS))
    assert await office.rows(NoticeRow) == []


@pytest.mark.parametrize(("name", "key"), [("kings", "tap-too-old"), ("coordinator", "notice-nobody")])
async def test_no_audience_is_chosen_that_is_not_there(office: Office, name: str, key: str) -> None:
    """A name that no button has, and an audience without people, leave the notice as it was."""
    sari = await office.person("Sari", Role.ADMIN, "")
    notice = (await office.do(sari, lambda work: sending.draft(work, "Apel"))).id
    with pytest.raises(UserError, match=key):
        await office.do(sari, lambda work: sending.choose(work, notice, name))
    row = await office.one(NoticeRow)
    assert (row.audience, row.state) == ("", "preview")


async def test_an_admin_of_a_part_reaches_that_part(office: Office) -> None:
    """The people of other regions do not count, and are not written to."""
    wati = await office.person("Wati", Role.ADMIN, "16.73")
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673")
    joko = await office.person("Joko", Role.OFFICER, "LAPAS-1671")
    notice = await drafted(office, wati)
    row = await office.do(wati, lambda work: sending.send(work, notice))
    assert row.total == 1
    assert ("Apel" in await office.told(budi.telegram_id), await office.told(joko.telegram_id)) == (True, "")
