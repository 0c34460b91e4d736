"""Putting somebody out, as people live it: the list, the buttons, what the phone of who is put out says from then on."""

from __future__ import annotations

import pytest

from sandbox import Person
from storage.tables import AssignmentRow, DraftRow, InboxRow, IncidentRow, InviteRow, PersonRow, ReportRow
from tests.kit import Posko


async def put_out(posko: Posko, name: str, *, by: Person | None = None, why: str = "Keluarkan tanpa alasan") -> str:
    """Let somebody find a person in the list and put them out; gives what the message shows then."""
    who = by or posko.admin
    await posko.say(who, f"/personel {name}")
    await posko.tap(who, f"1. {name}")
    await posko.tap(who, "Keluarkan…")
    await posko.tap(who, why)
    return posko.last(who).text


async def held(posko: Posko, person: Person) -> list[AssignmentRow]:
    """What somebody holds now."""
    row = await posko.one(PersonRow, PersonRow.telegram_id == person.id)
    return await posko.rows(AssignmentRow, AssignmentRow.person_id == row.id, AssignmentRow.valid_to.is_(None))


async def test_an_officer_is_put_out_by_taps(posko: Posko) -> None:
    """The list leads to a person, the person to the question, the question to the end; one message shows all of it."""
    budi = await posko.officer("Budi", agency="lapas")
    listed = await posko.say(posko.admin, "/personel LAPAS-1673")
    assert all(word in listed for word in ("Personel Lapas", "1 orang", "1. Budi · Lapas", "petugas", "sejak 07.10"))
    shown = await put_out(posko, "Budi", why="Keluarkan: pindah tugas")
    assert all(word in shown for word in ("Budi dikeluarkan", "LAPAS-1673", "kini tanpa petugas", "/undang petugas"))
    assert posko.last(posko.admin).buttons == ["Kembali ke daftar"]
    told = posko.heard(budi)
    assert all(word in told for word in ("Sari mengakhiri tugas Anda", "Alasan: pindah tugas", "Terima kasih"))
    assert await held(posko, budi) == []
    await posko.tap(posko.admin, "Kembali ke daftar")
    assert "Budi" not in posko.last(posko.admin).text


async def test_who_was_put_out_does_nothing_more(posko: Posko) -> None:
    """Commands, words and buttons of before are answered once an hour with how to come back, and nothing is kept."""
    budi = await posko.officer("Budi")
    await posko.say(budi, "/lapor")
    asked = posko.last(budi)
    await posko.say(budi, "/insiden banjir berat air naik")
    receipt = posko.last(budi)
    await put_out(posko, "Budi")
    assert (await posko.tap(budi, "🟢 Aman", message=asked)).text.startswith("Anda tidak terdaftar lagi")
    assert (await posko.tap(budi, receipt.buttons[0], message=receipt)).text.startswith("Anda tidak")
    posko.clock.advance(hours=1)
    assert "tidak terdaftar lagi" in await posko.say(budi, "/lapor aman")
    assert await posko.say(budi, "/tugas") == ""
    await posko.say(budi, "rahasia sekali")
    assert len(await posko.rows(ReportRow)) == 1
    assert "rahasia sekali" not in str([row.body for row in await posko.rows(InboxRow)])
    assert [row.answers for row in await posko.rows(DraftRow)] == [{}]


async def test_an_old_link_is_refused_in_words(posko: Posko) -> None:
    """The many-use link of before, and a question opened before, do not let them in; a new invitation asks for consent."""
    code = await posko.invite("petugas LAPAS-1673 uses=20")
    budi = await posko.accept("Budi", code)
    other = await posko.invite("petugas RUTAN-1674 uses=20")
    await posko.say(budi, f"/start {other}")
    await put_out(posko, "Budi")
    assert "minta undangan baru" in (await posko.tap(budi, "Setuju")).text.lower()
    assert "setelah undangan ini dibuat" in await posko.say(budi, f"/start {code}")
    assert await held(posko, budi) == []
    posko.clock.advance(minutes=5)
    fresh = await posko.invite("petugas LAPAS-1673")
    assert "Yang disimpan" in await posko.say(budi, f"/start {fresh}")
    await posko.tap(budi, "Setuju")
    assert len(await held(posko, budi)) == 1
    await posko.say(budi, "/lapor aman")
    assert len(await posko.rows(ReportRow)) == 1


async def test_who_was_put_out_can_still_call_for_help(posko: Posko) -> None:
    """An alarm goes out from the post held last, its words and its withdrawal too; nothing else does."""
    budi = await posko.officer("Budi")
    group = await posko.group("Posko", "16.73")
    await put_out(posko, "Budi")
    posko.forget(budi)
    assert "KIRIM" in str((await posko.say(budi, "/darurat"), posko.last(budi).buttons))
    await posko.tap(budi, "KIRIM DARURAT")
    assert "Lapas" in posko.last(group).text
    await posko.say(budi, "pintu belakang dijebol")
    assert "pintu belakang" in posko.last(group).text
    rahmat = await posko.coordinator()
    await group.add(rahmat)
    await posko.settle()
    posko.forget(budi)
    await posko.tap(rahmat, "Terima", in_=group)
    assert "Rahmat" in posko.heard(budi)
    assert len(await posko.rows(IncidentRow)) == 1


async def test_a_group_is_met_with_silence(posko: Posko) -> None:
    """Who was put out and is still in the group gets no answer there, and adds nothing to a card."""
    budi = await posko.officer("Budi")
    group = await posko.group("Posko", "16.73", members=[budi])
    await posko.say(budi, "/insiden banjir berat air naik")
    card = posko.last(group)
    await put_out(posko, "Budi")
    assert await posko.say(budi, "/ringkasan", to=group) == ""
    group.forget()
    await budi.say("air sudah surut", to=group, reply_to=card)
    await posko.settle()
    assert posko.heard(budi, group) == ""


async def test_a_coordinator_sees_and_puts_out_officers_alone(posko: Posko) -> None:
    """A coordinator lists officers of the own region; another's tap, forged, is refused and changes nothing."""
    rahmat, budi = await posko.coordinator(), await posko.officer("Budi")
    joko = await posko.officer("Joko", "RUTAN-1674")
    listed = await posko.say(rahmat, "/personel")
    assert [name in listed for name in ("Budi", "Rahmat", "Joko")] == [True, False, False]
    assert "di luar wilayah Anda" in await posko.say(rahmat, "/personel Prabumulih")
    listing = posko.last(rahmat)
    others = [(await posko.one(PersonRow, PersonRow.telegram_id == one.id)).id for one in (joko, posko.admin, rahmat)]
    for key in others:
        for data in (f"pd:{key}::1", f"pq:{key}::1", f"px:{key}:done"):
            assert (await posko.tap(rahmat, message=listing, data=data)).text
    assert len(await held(posko, joko)) == 1
    await put_out(posko, "Budi", by=rahmat)
    assert await held(posko, budi) == []


async def test_an_officer_puts_nobody_out(posko: Posko) -> None:
    """An officer has neither command, and their forged taps are refused."""
    budi, joko = await posko.officer("Budi"), await posko.officer("Joko")
    assert "bukan untuk peran Anda" in await posko.say(budi, "/personel")
    assert "bukan untuk peran Anda" in await posko.say(budi, "/undangan")
    code = await posko.invite("petugas LAPAS-1673 uses=5")
    key = (await posko.one(PersonRow, PersonRow.telegram_id == joko.id)).id
    await posko.say(budi, "/tugas")
    for data in (f"px:{key}:done", f"pd:{key}::1", "pl::1", "iv:1", f"iq:{code}:1"):
        assert (await posko.tap(budi, message=posko.last(budi), data=data)).text
    assert len(await held(posko, joko)) == 1
    assert (await posko.one(InviteRow)).uses_left == 5


async def test_two_taps_put_out_once(posko: Posko) -> None:
    """Of two admins who tap at once the second reads that nothing is left; the person is told once."""
    budi, wati = await posko.officer("Budi"), await posko.enrol("Wati", "admin", "")
    for admin in (posko.admin, wati):
        await posko.say(admin, "/personel Budi")
        await posko.tap(admin, "1. Budi")
        await posko.tap(admin, "Keluarkan…")
    posko.forget(budi)
    taps = [await one.tap("Keluarkan tanpa alasan") for one in (posko.admin, wati)]
    await posko.settle()
    texts = [(await one.answer_of(tap)).text for one, tap in zip((posko.admin, wati), taps, strict=True)]
    assert sorted(text == "Budi dikeluarkan." for text in texts) == [False, True]
    assert posko.heard(budi).count("mengakhiri tugas Anda") == 1


async def test_the_settings_admin_stays_and_says_why(posko: Posko) -> None:
    """An admin named in the settings has no button; the message says where to take the number out."""
    wati = await posko.enrol("Wati", "admin", "")
    listed = await posko.say(wati, "/personel Sari")
    assert "admin seluruh wilayah" in listed
    await posko.tap(wati, "1. Sari")
    assert "POSKO_ADMINS" in posko.last(wati).text
    assert posko.last(wati).buttons == ["Kembali"]
    await posko.say(wati, "/personel Wati")
    await posko.tap(wati, "1. Wati")
    assert "diri sendiri" in posko.last(wati).text


async def test_an_admins_menu_goes_with_the_role(posko: Posko) -> None:
    """Who is put out as a coordinator is offered the call for help alone."""
    rahmat = await posko.accept("Rahmat", await posko.invite("koordinator Lubuklinggau"))
    assert "personel" in [item["command"] for item in rahmat.menu()]
    await put_out(posko, "Rahmat")
    assert [item["command"] for item in rahmat.menu()] == ["darurat"]


@pytest.mark.parametrize("typed", ["Budi Santso", "santosa", "bdui", "Snatoso"])
async def test_a_mistyped_name_is_met_with_the_nearest(posko: Posko, typed: str) -> None:
    """A name with a slip names who may be meant; several of a name are listed."""
    await posko.officer("Budi Santoso")
    await posko.officer("Budi Hartono")
    assert "Budi Santoso" in await posko.say(posko.admin, f"/personel {typed}")
    listed = await posko.say(posko.admin, "/personel budi")
    assert all(name in listed for name in ("2 orang", "1. Budi Hartono", "2. Budi Santoso"))
    assert "Tidak ada «zzz»" in await posko.say(posko.admin, "/personel zzz")


async def test_open_invitations_are_listed_and_withdrawn(posko: Posko) -> None:
    """The list says for whom, where, how many, until when and by whom; a tap ends the link and edits the list."""
    assert "Tidak ada undangan" in await posko.say(posko.admin, "/undangan")
    code = await posko.invite("petugas LAPAS-1673 lapas uses=20")
    await posko.invite("koordinator Lubuklinggau")
    listed = await posko.say(posko.admin, "/undangan")
    assert all(word in listed for word in ("(2)", "LAPAS-1673", "20 orang lagi", "5 Feb 07.10", "Dibuat oleh Sari"))
    number = next(line[0] for line in listed.splitlines() if "LAPAS-1673" in line)
    answer = await posko.tap(posko.admin, f"Cabut nomor {number}")
    assert "dicabut" in answer.text
    assert "LAPAS-1673" not in posko.last(posko.admin).text
    assert "dicabut" in await posko.say(posko.person("Tono"), f"/start {code}")
