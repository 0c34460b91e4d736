"""Taps of a modified phone on a report being filled: no button answers what its question does not offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import update

from sandbox import Person
from storage.tables import DraftRow, InboxRow, InboxState, PersonRow, ReportRow
from tests.kit import Posko


async def forge(posko: Posko, person: Person, *data: str) -> list[str]:
    """What a phone shows after presses on its last message with data of its own making."""
    return [(await posko.tap(person, message=posko.last(person), data=one)).text for one in data]


async def the_draft(posko: Posko) -> DraftRow:
    """The only draft."""
    return await posko.one(DraftRow)


async def desk(posko: Posko) -> Person:
    """A desk phone that several people use."""
    meja = await posko.officer("Meja")
    await posko.db.write(lambda tx: tx.execute(update(PersonRow).values(shared=True)))
    return meja


@pytest.mark.parametrize("command", ["/insiden", "/lapor", "/bencana", "/tps", "/netralitas", "/logistik"])
async def test_done_answers_only_several_choices(posko: Posko, command: str) -> None:
    """`Selesai` on a question of any other kind, or before something is chosen, puts nothing into the draft."""
    await posko.add_post("TPS-1673061002-001", "TPS 1")
    budi = await posko.officer("Budi", "TPS-1673061002-001")
    await posko.say(budi, command)
    draft = await the_draft(posko)
    fields = posko.desk.forms[draft.form_id].fields
    answers = await forge(posko, budi, *(f"dk:{draft.id}:{field.id}" for field in fields))
    assert (await the_draft(posko)).answers == {}
    assert all(answers)
    assert await posko.rows(ReportRow) == []


async def test_a_forged_time_neither_files_nor_fails(posko: Posko) -> None:
    """An incident cannot be given a list as its hour: it is filed without one, and no update fails."""
    budi = await posko.officer()
    await posko.say(budi, "/insiden")
    draft = await the_draft(posko)
    await forge(posko, budi, f"dk:{draft.id}:time")
    await posko.tap(budi, "🌊 Banjir")
    await forge(posko, budi, f"dk:{draft.id}:time", f"dq:{draft.id}:time:0")
    await posko.tap(budi, "🟠 Berat")
    await forge(posko, budi, f"dk:{draft.id}:time")
    await posko.tap(budi, "Kirim")
    assert (await posko.one(ReportRow)).answers == {"category": "flood", "severity": "high"}
    assert not await posko.rows(InboxRow, InboxRow.state != InboxState.DONE)


async def test_a_status_is_not_filed_without_its_condition(posko: Posko) -> None:
    """No tap makes a status complete whose situation was never told."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    draft = await the_draft(posko)
    odd = (
        "dk:{0}:condition",
        "dl:{0}:condition",
        "ds:{0}:1",
        "di:{0}:condition",
        "dz:{0}",
        "db:{0}",
        "dn:{0}",
        "dz:{0}",
    )
    await forge(posko, budi, *(one.format(draft.id) for one in odd))
    assert await posko.rows(ReportRow) == []
    await posko.tap(budi, "🟢 Aman")
    await posko.tap(budi, "Kirim")
    assert (await posko.one(ReportRow)).answers == {"condition": "safe"}


@pytest.mark.parametrize("line", ["/lapor aman", "/nihil"])
async def test_a_desk_phone_files_nothing_unsigned(posko: Posko, line: str) -> None:
    """On a shared phone no tap takes the place of the name that must sign."""
    meja = await desk(posko)
    await posko.say(meja, line)
    draft = await the_draft(posko)
    odd = (
        "dk:{0}:behalf",
        "dl:{0}:behalf",
        "ds:{0}:1",
        "di:{0}:behalf",
        "dq:{0}:behalf:0",
        "dz:{0}",
        "dc:{0}:behalf:x",
    )
    await forge(posko, meja, *(one.format(draft.id) for one in odd))
    assert await posko.rows(ReportRow) == []
    await posko.say(meja, "Siti")
    assert (await posko.one(ReportRow)).answers == {"condition": "safe", "behalf": "Siti"}


async def test_nobody_insists_where_there_is_no_doubt(posko: Posko) -> None:
    """A number is declared right only when it is doubted: neither before it is given, nor when it is an ordinary one."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    draft = await the_draft(posko)
    await forge(posko, budi, f"di:{draft.id}:personnel")
    await posko.tap(budi, "🟢 Aman")
    await posko.tap(budi, "➕ Personel")
    await posko.say(budi, "18/20")
    await forge(posko, budi, f"di:{draft.id}:personnel")
    assert (await the_draft(posko)).insisted == []


async def test_only_the_open_question_is_answered(posko: Posko) -> None:
    """A choice of a question that is not asked now is refused; the same tap twice is met with silence."""
    budi = await posko.officer()
    await posko.say(budi, "/insiden")
    draft = await the_draft(posko)
    assert (await forge(posko, budi, f"dc:{draft.id}:severity:critical"))[0]
    assert await forge(posko, budi, f"dc:{draft.id}:category:flood", f"dc:{draft.id}:category:flood") == ["", ""]
    assert (await forge(posko, budi, f"dc:{draft.id}:category:health"))[0]
    assert (await the_draft(posko)).answers == {"category": "flood"}


async def test_incidents_are_not_filed_for_all_posts(posko: Posko) -> None:
    """`Isi semua pos` works for forms that offer it, and while the post is asked."""
    await posko.add_post("TPS-1673061002-001", "TPS 1")
    budi = await posko.officer("Budi", "LAPAS-1673", "TPS-1673061002-001")
    await posko.say(budi, "/insiden banjir berat")
    draft = await the_draft(posko)
    assert (await forge(posko, budi, f"dp:{draft.id}:all"))[0]
    assert (await the_draft(posko)).flags == []


async def test_all_posts_answer_what_each_is_asked(posko: Posko) -> None:
    """The same report for posts of several kinds has at each only what its kind is asked."""
    await posko.add_post("POSKO-1", "Posko 1", kind="posko")
    budi = await posko.officer("Budi", "LAPAS-1673", "POSKO-1")
    await posko.say(budi, "/lapor semua aman pemilih=3")
    found = await posko.rows(ReportRow)
    kinds = {(await posko.post(code)).id: code for code in ("LAPAS-1673", "POSKO-1")}
    assert {kinds[one.post_id]: one.answers for one in found} == {
        "LAPAS-1673": {"condition": "safe", "voters": 3},
        "POSKO-1": {"condition": "safe"},
    }


async def damage(posko: Posko, draft: DraftRow, **values: Any) -> None:
    """Put into a draft what an older program, or an older form, has left there."""
    await posko.db.write(lambda tx: tx.execute(update(DraftRow).where(DraftRow.id == draft.id).values(**values)))


BAD = {"category": "banned", "severity": [], "time": [], "note": 5, "bogus": {"a": 1}, "behalf": ""}
ODD = ("di:{0}:time", "dl:{0}:time", "dk:{0}:time", "df:{0}:time", "db:{0}", "dz:{0}", "dg:{0}")


@pytest.mark.parametrize("stage", ["ask", "field", "review", "post", "offer"])
async def test_a_damaged_draft_is_asked_anew(posko: Posko, stage: str) -> None:
    """What the form's own check refuses of a stored draft is dropped and asked again, whatever is tapped first."""
    budi = await posko.officer()
    await posko.say(budi, "/insiden")
    draft = await the_draft(posko)
    await damage(
        posko, draft, answers=BAD, asking=["gone", "time"], trail=["gone", "category"], insisted=["x"], stage=stage
    )
    await forge(posko, budi, *(one.format(draft.id) for one in ODD))
    await posko.say(budi, "halo")
    await forge(posko, budi, f"dg:{draft.id}")
    for line in ("🌊 Banjir", "🟠 Berat"):
        labels = posko.last(budi).buttons
        while line not in labels:  # the optional ones come first
            await posko.tap(budi, next(one for one in labels if one in ("Kosongkan", "Kembali")))
            labels = posko.last(budi).buttons
        await posko.tap(budi, line)
    await _finish(posko, budi)
    report = await posko.one(ReportRow)
    assert {"category": "flood", "severity": "high"}.items() <= report.answers.items()
    assert set(report.answers) <= {"category", "severity", "note"}
    assert not await posko.rows(InboxRow, InboxRow.state != InboxState.DONE)


async def _finish(posko: Posko, person: Person, labels: Sequence[str] = ("Kosongkan", "Kirim")) -> None:
    while not await posko.rows(ReportRow):
        await posko.tap(person, next(one for one in labels if one in posko.last(person).buttons))


async def test_a_damaged_report_can_be_seen_and_corrected(posko: Posko) -> None:
    """A stored report with answers that its form does not know is shown, and corrected to what the form takes."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor aman logistik=lengkap")
    report = await posko.one(ReportRow)
    bad = {"condition": "calm", "logistics": [], "personnel": [1]}
    await posko.db.write(lambda tx: tx.execute(update(ReportRow).values(answers=bad)))
    await forge(posko, budi, f"rp:{report.id}", f"up:{report.id}", f"co:{report.id}")
    draft = await the_draft(posko)
    assert draft.answers == {}
    await posko.tap(budi, "🟡 Waspada") if "🟡 Waspada" in posko.last(budi).buttons else await _open(posko, budi)
    await posko.tap(budi, "Kirim")
    await posko.tap(budi, "Salah ketik")
    assert (await posko.one(ReportRow)).answers == {"condition": "alert"}
    assert not await posko.rows(InboxRow, InboxRow.state != InboxState.DONE)


async def _open(posko: Posko, person: Person) -> None:
    await posko.tap(person, "➕ Situasi")
    await posko.tap(person, "🟡 Waspada")


async def test_ones_own_reports_are_not_shown_in_a_group(posko: Posko) -> None:
    """What concerns one's own reports and drafts is not brought into a group, whatever is tapped there."""
    budi = await posko.officer()
    group = await posko.group("Posko", "16.73", members=[budi])
    await posko.say(budi, "/insiden banjir berat an=Siti rahasia air naik")
    await posko.say(budi, "/lapor")
    report, draft, card = await posko.one(ReportRow), await the_draft(posko), posko.last(group)
    said = [message.text for message in group.messages]
    odd = [
        f"co:{report.id}",
        f"rp:{report.id}",
        f"up:{report.id}",
        f"dg:{draft.id}",
        "fo:status",
        f"dc:{draft.id}:condition:safe",
    ]
    answers = [(await posko.tap(budi, message=card, data=one, in_=group)).text for one in odd]
    assert ["tidak berlaku" in text for text in answers] == [True] * len(odd)
    assert [message.text for message in group.messages] == said
    assert (await the_draft(posko)).answers == {}
