"""Who reported in confidence: seen by the persons whom the preset names, one journaled look at a time, and by nobody else."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from sandbox import Person
from storage.tables import IncidentRow, JournalRow, PersonRow
from tests.kit import ADMIN_ID, PRESET, Posko, running

HAKIM_ID = 4_000_901
NAMED = f"""
[[confidant]]
telegram_id = {ADMIN_ID}
categories = ["neutrality"]

[[confidant]]
telegram_id = {HAKIM_ID}
region = "16.73"
"""
LOOK, SHOWN = "Lihat pelapor", "Pelapor I-1"


@pytest.fixture
async def posko(database_url: str, tmp_path: Path) -> AsyncIterator[Posko]:
    """The program with two confidants: the admin Sari for neutrality alone, and Hakim for all of Lubuklinggau."""
    folder = tmp_path / "preset"
    shutil.copytree(PRESET, folder)
    with (folder / "routing.toml").open("a") as file:
        file.write(NAMED)
    async with running(database_url, preset=folder) as program:
        yield program


async def hakim(posko: Posko, words: str = "koordinator 16.73") -> Person:
    """The confidant of the regency, invited as a coordinator there."""
    person = posko.tg.person("Hakim", language="id", user_id=HAKIM_ID)
    await posko.say(person, f"/start {await posko.invite(words)}")
    await posko.tap(person, posko.last(person).buttons[0])
    return person


async def test_a_confidant_sees_who_reported_and_the_reporter_hears_of_it(posko: Posko) -> None:
    """The look shows name, rank, agency, telephone, account and words as typed; it is in the journal, and the reporter knows."""
    andi, who = await posko.officer("Andi Kusuma", agency="lapas"), await hakim(posko)
    await posko.group("Polres", "16.73", members=[who])
    told = {"rank": "Bripka", "phone": "+6281200000011"}
    await posko.db.write(
        lambda tx: tx.execute(update(PersonRow).where(PersonRow.telegram_id == andi.id).values(**told))
    )
    await posko.say(andi, "/insiden keamanan berat rahasia saya Kusuma dengar dari Dodi an=Dodi")
    await posko.say(who, "/insiden I-1")
    card = posko.last(who)
    assert ("Kusuma" in card.text, LOOK in card.buttons) == (False, True)
    posko.forget(andi)
    await posko.tap(who, LOOK)
    text = posko.last(who).text
    assert text.startswith("🔒 Pelapor I-1")
    wanted = ["Bripka Andi Kusuma", "Lapas", "+6281200000011", str(andi.id), "Atas nama: Dodi", "saya Kusuma dengar"]
    assert [word for word in wanted if word not in text] == []
    assert "text_mention" in str(posko.last(who).json)
    assert [call.params.get("chat_id") for call in posko.tg.calls if call.params.get("protect_content")] == [
        str(who.id)
    ]
    noted = await posko.one(JournalRow, JournalRow.action == "identity-seen")
    seer = await posko.one(PersonRow, PersonRow.telegram_id == who.id)
    assert (noted.subject, noted.person_id, noted.detail, noted.update_id is None) == ("I-1", seer.id, {}, False)
    heard = posko.heard(andi)
    assert ("Identitas Anda pada I-1 dilihat" in heard, "07.10 WIB" in heard, "Hakim" in heard) == (True, True, False)


async def test_nobody_else_sees_the_button_or_gets_an_answer(posko: Posko) -> None:
    """Who is not named for this category or place, and whoever forges the button, is answered as by an unknown one."""
    andi, rahmat, who = await posko.officer("Andi"), await posko.coordinator(), await hakim(posko)
    group = await posko.group("Polres", "16.73", members=[rahmat, who])
    await posko.say(andi, "/insiden keamanan berat rahasia massa datang")
    incident, stranger = await posko.one(IncidentRow), posko.person("Orang")
    for person, there in ((rahmat, None), (posko.admin, None), (who, group)):
        await posko.say(person, "/insiden I-1", to=there)
        here = posko.last(there or person)
        assert LOOK not in here.buttons
        unknown = await posko.tap(person, message=here, data="zz:1", in_=there)
        forged = await posko.tap(person, message=here, data=f"il:{incident.id}", in_=there)
        assert (forged.text, SHOWN in posko.heard(person, there)) == (unknown.text, False)
        assert (await posko.tap(person, message=here, data=f"il:{incident.id + 1}", in_=there)).text == unknown.text
    await posko.say(stranger, "/start")
    await posko.tap(stranger, message=posko.last(stranger), data=f"il:{incident.id}")
    assert "Andi" not in posko.heard(stranger)
    refused = await posko.rows(JournalRow, JournalRow.action == "identity-refused")
    assert [row.subject for row in refused] == ["I-1"] * 4
    assert [row.detail["telegram_id"] for row in refused] == [rahmat.id, posko.admin.id, who.id, stranger.id]
    assert await posko.rows(JournalRow, JournalRow.action == "identity-seen") == []


async def test_being_named_is_not_enough(posko: Posko) -> None:
    """A confidant who is no coordinator there (any more) is refused, and the refusal is in the journal."""
    andi, who = await posko.officer("Andi"), await hakim(posko)
    await posko.group("Polres", "16.73", members=[who])
    await posko.say(andi, "/insiden keamanan berat rahasia massa datang")
    await posko.say(who, "/insiden I-1")
    card = posko.last(who)
    await posko.end_assignments(who)
    posko.forget(andi)
    await posko.tap(who, LOOK, message=card)
    assert (SHOWN in posko.heard(who), posko.heard(andi)) == (False, "")
    assert (await posko.one(JournalRow, JournalRow.action == "identity-refused")).subject == "I-1"


async def test_the_categories_of_a_confidant_bind(posko: Posko) -> None:
    """A confidant for neutrality sees who reported a breach of it; an incident that hides nobody has no such button."""
    andi = await posko.officer("Andi")
    await posko.group("Bawaslu", "16.73", "neutrality")
    await posko.say(andi, "/netralitas foto bersama asn di aula")
    await posko.say(posko.admin, "/insiden I-1")
    await posko.tap(posko.admin, LOOK)
    assert "Andi" in posko.last(posko.admin).text
    await posko.say(andi, "/insiden banjir berat air masuk")
    await posko.say(posko.admin, "/insiden I-2")
    assert LOOK not in posko.last(posko.admin).buttons
