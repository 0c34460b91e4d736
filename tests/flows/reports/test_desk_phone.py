"""A desk phone that several people use: invited as such, and remembered as such."""

from __future__ import annotations

from storage.reports.signers import last_signers
from storage.tables import AssignmentRow, InviteRow, PersonRow, ReportRow
from tests.kit import Posko


async def test_a_shared_phone_is_invited_and_says_so(posko: Posko) -> None:
    """The word at the end makes the invitation one for a shared phone: the link, the question and the welcome say so."""
    text = await posko.say(posko.admin, "/undang petugas LAPAS-1673 lapas bersama")
    assert "ponsel bersama" in text
    code = (await posko.one(InviteRow)).code
    meja = await posko.accept("Meja Piket", code)
    assert "Ponsel bersama" in posko.last(meja).text
    row = await posko.one(PersonRow, PersonRow.telegram_id == meja.id)
    assert (row.shared, row.agency, (await posko.one(InviteRow)).shared) == (True, "lapas", True)


async def test_an_enrolled_phone_becomes_a_shared_one(posko: Posko) -> None:
    """Who holds the post already becomes a shared phone by such an invitation, without a second assignment."""
    budi = await posko.officer()
    code = await posko.invite("petugas LAPAS-1673 shared")
    await posko.say(budi, f"/start {code}")
    await posko.tap(budi, "Setuju")
    row = await posko.one(PersonRow, PersonRow.telegram_id == budi.id)
    assert (row.shared, len(await posko.rows(AssignmentRow, AssignmentRow.person_id == row.id))) == (True, 1)
    assert "sudah terdaftar" in await posko.say(budi, f"/start {code}")


async def test_the_last_signers_are_known_and_stand_on_the_card(posko: Posko) -> None:
    """The names used on a phone come back newest first, each once; a card names who signed and who wrote it down."""
    budi = await posko.officer("Meja")
    group = await posko.group("Linggau", "16.73")
    for name in ("Siti", "Joko", "Siti"):
        await posko.say(budi, f"/insiden banjir berat an={name} air naik")
    row = await posko.one(PersonRow, PersonRow.telegram_id == budi.id)
    assert await posko.db.read(lambda tx: last_signers(tx, row.id)) == ["Siti", "Joko"]
    assert "Atas nama: Siti (dicatat oleh Meja" in posko.last(group).text
    assert len(await posko.rows(ReportRow)) == 3
