"""Enrolling by invitation, as people live it."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.tables import AssignmentRow, InviteRow, JournalRow, PersonRow
from tests.kit import Posko, running


async def enrolled(posko: Posko, telegram_id: int) -> int:
    """How many roles somebody holds."""
    people = await posko.rows(PersonRow, PersonRow.telegram_id == telegram_id)
    return len(await posko.rows(AssignmentRow, AssignmentRow.person_id == people[0].id)) if people else 0


async def test_the_link_stands_in_the_text_and_in_a_picture(posko: Posko) -> None:
    """An invitation is a picture whose caption holds the link of this bot."""
    await posko.say(posko.admin, "/undang petugas LAPAS-1673")
    message = posko.last(posko.admin)
    assert f"https://t.me/{posko.tg.bot['username']}?start=" in message.text
    assert "photo" in message.json


async def test_a_link_for_many_says_how_long_it_lasts(posko: Posko) -> None:
    """A link for several people lives for two days, to the minute, and its answer tells why and how to change it."""
    told = await posko.say(posko.admin, "/undang petugas LAPAS-1673 uses=20")
    assert "untuk 20 orang sampai Jumat, 5 Februari 2027, 07.10 WIB" in told
    assert all(word in told for word in ("masa berlakunya singkat", "days=90", "/undangan"))
    alone = await posko.say(posko.admin, "/undang petugas LAPAS-1673")
    assert "sampai Rabu, 10 Februari 2027" in alone
    assert "singkat" not in alone


async def test_opening_an_invitation_explains_before_anything_is_kept(posko: Posko) -> None:
    """The first message names role, post, what is kept, and neutrality; nobody is enrolled by reading it."""
    code = await posko.invite("petugas LAPAS-1673")
    budi = posko.person("Budi")
    text = await posko.say(budi, f"/start {code}")
    assert all(word in text for word in ("petugas", "LAPAS-1673", "Yang disimpan", "Netralitas", "14 Februari 2027"))
    assert posko.last(budi).buttons == ["Setuju"]
    assert not await posko.rows(PersonRow, PersonRow.telegram_id == budi.id)


async def test_agreeing_makes_an_officer(posko: Posko) -> None:
    """Who taps Setuju is an officer of that post from now on, with the time of consent and the prison's agency."""
    code = await posko.invite("petugas LAPAS-1673")
    budi = posko.person("Budi")
    await posko.say(budi, f"/start {code}")
    answer = await posko.tap(budi, "Setuju")
    person = await posko.one(PersonRow, PersonRow.telegram_id == budi.id)
    held = await posko.one(AssignmentRow, AssignmentRow.person_id == person.id)
    assert answer.text == "Terima kasih, Anda terdaftar."
    assert (held.role, held.region_code, held.granted) == ("officer", "16.73.06.1002", f"invite:{code}")
    assert (held.valid_from, held.valid_to) == (posko.clock.now(), None)
    assert (person.consent_at, person.agency, person.active) == (posko.clock.now(), "lapas", True)


async def test_the_explanation_becomes_the_welcome(posko: Posko) -> None:
    """After Setuju the message with the button shows what to do, and has no button any more."""
    code = await posko.invite("petugas LAPAS-1673")
    budi = posko.person("Budi")
    await posko.say(budi, f"/start {code}")
    await posko.tap(budi, "Setuju")
    assert "/lapor aman" in posko.last(budi).text
    assert posko.last(budi).buttons == []


async def test_enrolling_is_in_the_journal(posko: Posko) -> None:
    """The journal tells who was invited by whom and who enrolled."""
    code = await posko.invite("petugas LAPAS-1673")
    await posko.accept("Budi", code)
    actions = [row.action for row in await posko.rows(JournalRow)]
    assert actions[-2:] == ["invited", "enrolled"]


async def test_ignoring_an_invitation_leaves_it_usable(posko: Posko) -> None:
    """Who does not tap Setuju is not enrolled and uses nothing up."""
    code = await posko.invite("petugas LAPAS-1673")
    budi = posko.person("Budi")
    await posko.say(budi, f"/start {code}")
    await posko.say(budi, "nanti dulu")
    assert await enrolled(posko, budi.id) == 0
    assert (await posko.one(InviteRow)).uses_left == 1


async def test_a_one_use_invitation_serves_one_person(posko: Posko) -> None:
    """The second person who opens a one-use link is told that it is used up."""
    code = await posko.invite("petugas LAPAS-1673")
    await posko.accept("Budi", code)
    joko = posko.person("Joko")
    assert "sudah terpakai" in await posko.say(joko, f"/start {code}")


async def test_two_people_who_agree_in_one_batch_share_one_use(posko: Posko) -> None:
    """When two people tap Setuju for one use at the same moment, one of them is enrolled and one is told."""
    code = await posko.invite("petugas LAPAS-1673")
    budi, joko = posko.person("Budi"), posko.person("Joko")
    await posko.say(budi, f"/start {code}")
    await posko.say(joko, f"/start {code}")
    taps = [(one, await one.tap("Setuju")) for one in (budi, joko)]
    await posko.settle()
    answers = sorted([(await one.answer_of(tap)).text for one, tap in taps])
    assert len(await posko.rows(AssignmentRow, AssignmentRow.granted == f"invite:{code}")) == 1
    assert "terpakai" in " ".join(answers)
    assert "terdaftar" in " ".join(answers)


async def test_an_invitation_for_many_counts_down(posko: Posko) -> None:
    """A link with uses=2 enrols two people and then no more."""
    code = await posko.invite("petugas LAPAS-1673 uses=2")
    people = [await posko.accept(name, code) for name in ("Budi", "Joko")]
    assert [await enrolled(posko, one.id) for one in people] == [1, 1]
    assert (await posko.one(InviteRow)).uses_left == 0


async def test_an_expired_invitation_is_refused(posko: Posko) -> None:
    """A link is refused after its days are over, with the way to a new one."""
    code = await posko.invite("petugas LAPAS-1673 days=2")
    posko.clock.advance(days=2, seconds=1)
    budi = posko.person("Budi")
    assert "lewat masa berlakunya" in await posko.say(budi, f"/start {code}")


async def test_agreeing_after_the_expiry_is_refused(posko: Posko) -> None:
    """A link opened in time and agreed to too late enrols nobody."""
    code = await posko.invite("petugas LAPAS-1673 days=1")
    budi = posko.person("Budi")
    await posko.say(budi, f"/start {code}")
    posko.clock.advance(days=1, seconds=1)
    answer = await posko.tap(budi, "Setuju")
    assert "lewat masa berlakunya" in answer.text
    assert await enrolled(posko, budi.id) == 0


@pytest.mark.parametrize("code", ["tidakada", "x" * 64, "' OR 1=1", "kode dengan spasi", "ключ"])
async def test_an_unknown_code_is_refused(posko: Posko, code: str) -> None:
    """A code that nobody made is refused politely, whatever it looks like."""
    assert "tidak dikenal" in await posko.say(posko.person("Budi"), f"/start {code}")


async def test_guessing_codes_is_answered_once_an_hour(posko: Posko) -> None:
    """A stranger who opens wrong links gets one answer an hour, and nothing of what they sent is kept."""
    orang = posko.person("Orang")
    said = [await posko.say(orang, f"/start rahasia{number}") for number in range(3)]
    stored = await posko.everything_stored()
    posko.clock.advance(hours=1)
    said.append(await posko.say(orang, "/start rahasia9"))
    assert ["tidak dikenal" in text for text in said] == [True, False, False, True]
    assert [table for table, text in stored.items() if "rahasia" in text] == []


async def test_a_wrong_link_is_answered_beside_the_greeting(posko: Posko) -> None:
    """Who was just told to ask for a link is still told that a link is wrong, and may still open a right one."""
    orang, code = posko.person("Orang"), await posko.invite("petugas LAPAS-1673")
    said = [await posko.say(orang, line) for line in ("halo", "/start salah", f"/start {code}")]
    wanted = ("belum terdaftar", "tidak dikenal", "Yang disimpan")
    assert [word in text for word, text in zip(wanted, said, strict=True)] == [True] * 3


async def test_who_is_enrolled_hears_of_every_wrong_link(posko: Posko) -> None:
    """Somebody enrolled is told each time that a link is not known."""
    budi = await posko.officer()
    assert all(["tidak dikenal" in await posko.say(budi, "/start salah") for _ in range(2)])


async def test_an_invitation_without_an_agency_names_none(posko: Posko) -> None:
    """An agency stands in the invitation when it was named or follows from the post, and otherwise none does."""
    lines = ("koordinator Lubuklinggau", "koordinator Lubuklinggau polri", "petugas LAPAS-1673")
    said = [await posko.say(posko.admin, f"/undang {line}") for line in lines]
    assert ["instansi lain" in text for text in said] == [False] * 3
    assert ["· Polri" in said[1], "· Lapas" in said[2], "·" in said[0]] == [True, True, False]


async def test_opening_a_used_link_again_greets(posko: Posko) -> None:
    """Who has enrolled by a link and opens it again is told that they are enrolled."""
    code = await posko.invite("petugas LAPAS-1673")
    budi = await posko.accept("Budi", code)
    assert "Anda sudah terdaftar" in await posko.say(budi, f"/start {code}")
    assert await enrolled(posko, budi.id) == 1


async def test_agreeing_twice_enrols_once(posko: Posko) -> None:
    """A second press of Setuju says so and gives no second role."""
    code = await posko.invite("petugas LAPAS-1673 uses=2")
    budi = posko.person("Budi")
    await posko.say(budi, f"/start {code}")
    message = posko.last(budi)
    await posko.tap(budi, "Setuju")
    answer = await posko.tap(budi, message=message, data=f"ok:{code}")
    assert answer.text == "Anda sudah terdaftar."
    assert await enrolled(posko, budi.id) == 1
    assert (await posko.one(InviteRow)).uses_left == 1


async def test_a_second_post_is_added(posko: Posko) -> None:
    """An officer who accepts an invitation for another post reports for both."""
    budi = await posko.officer()
    code = await posko.invite("petugas RUTAN-1674")
    assert "Penugasan tambahan" in await posko.say(budi, f"/start {code}")
    await posko.tap(budi, "Setuju")
    text = await posko.say(budi, "/tugas")
    assert "LAPAS-1673" in text
    assert "RUTAN-1674" in text


async def test_start_greets_who_is_enrolled(posko: Posko) -> None:
    """A bare /start of somebody enrolled is a greeting by name."""
    budi = await posko.officer("Budi")
    assert "Selamat datang kembali, Budi" in await posko.say(budi, "/start")


async def test_admins_of_the_settings_need_no_start(tmp_path: Path) -> None:
    """An admin named in the settings is obeyed in the very first message, which need not be /start."""
    async with running(f"sqlite+aiosqlite:///{tmp_path / 'posko.db'}", empty=True, admin_started=False) as posko:
        assert "?start=" in await posko.say(posko.admin, "/undang petugas LAPAS-1673")


async def test_who_is_taken_from_the_settings_is_no_admin(database_url: str) -> None:
    """Somebody whose id no longer stands in the settings loses what the settings gave."""
    async with running(database_url, admins=[77]) as posko:
        text = await posko.say(posko.admin, "/undang petugas LAPAS-1673")
    assert "tidak memegang pos" in text


async def test_a_coordinator_invites_officers_of_the_own_region(posko: Posko) -> None:
    """A coordinator makes invitations for posts inside the own region."""
    rahmat = await posko.coordinator("Rahmat", "16.73")
    assert "?start=" in await posko.say(rahmat, "/undang petugas LAPAS-1673")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("petugas RUTAN-1674", "di luar penugasan"),
        ("koordinator Lubuklinggau", "hanya mengundang petugas"),
        ("admin", "hanya mengundang petugas"),
    ],
)
async def test_a_coordinator_invites_nobody_else(posko: Posko, words: str, told: str) -> None:
    """A coordinator cannot invite outside the own region, nor anybody but officers."""
    rahmat = await posko.coordinator("Rahmat", "16.73")
    assert told in await posko.say(rahmat, f"/undang {words}")
    assert not await posko.rows(InviteRow)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "Contoh undangan"),
        ("raja LAPAS-1673", "«raja» tidak dikenal"),
        ("petugas", "Sebut tempatnya"),
        ("petugas LAPAS-9999", "tidak ada"),
        ("petugas Lubuklinggau", "adalah wilayah"),
        ("koordinator LAPAS-1673", "adalah pos"),
        ("koordinator Lubuklingau", "16.73 Kota Lubuk Linggau"),
        ("petugas LAPAS-1673 uses=0", "uses=0 tidak bisa"),
        ("petugas LAPAS-1673 days=1000", "days=1000 tidak bisa"),
        ("petugas LAPAS-1673 warna=merah", "«warna=merah» tidak dikenal"),
        ("petugas LAPAS-1673 agency=marinir", "«marinir» tidak dikenal"),
        ("petugas <b>&", "tidak ada"),
    ],
)
async def test_a_wrong_invitation_is_explained(posko: Posko, words: str, told: str) -> None:
    """Every mistake in an invitation is named, and nothing is made."""
    assert told in await posko.say(posko.admin, f"/undang {words}")
    assert not await posko.rows(InviteRow)


async def test_an_invited_coordinator_gets_the_own_menu(posko: Posko) -> None:
    """A coordinator's phone offers the summary after enrolling."""
    rahmat = await posko.accept("Rahmat", await posko.invite("koordinator Lubuklinggau"))
    assert "ringkasan" in [item["command"] for item in rahmat.menu()]


async def test_the_menu_follows_every_change_of_language(posko: Posko) -> None:
    """The menu changes with the language each time, back to an earlier one too, and not without need."""
    rahmat = await posko.coordinator()
    names = []
    for language in ("en", "id", "en", "id"):
        await posko.say(rahmat, f"/bahasa {language}")
        names.append("ringkasan" in [item["command"] for item in rahmat.menu()])
    await posko.say(rahmat, "/bahasa id")
    own = [call for call in posko.tg.calls if call.method == "setMyCommands" and str(rahmat.id) in str(call.params)]
    assert (names, len(own)) == ([False, True, False, True], 4)


async def test_nobody_agrees_unread(posko: Posko) -> None:
    """A made-up Setuju enrols nobody: neither who never opened the link, nor by the button that another was sent."""
    code = await posko.invite("petugas LAPAS-1673 uses=5")
    budi, orang = posko.person("Budi"), posko.person("Orang")
    await posko.say(budi, f"/start {code}")
    await posko.say(orang, "halo")
    sent = posko.last(budi).rows[0][0]["callback_data"]
    for data in (f"ok:{code}", f"ok:{code}:", f"ok:{code}:{'0' * 20}", sent, "ok:tidakada"):
        answer = await posko.tap(orang, message=posko.last(orang), data=data)
        assert "tautan" in answer.text or "tidak berlaku" in answer.text
    assert [await enrolled(posko, one.id) for one in (orang, budi)] == [0, 0]
    await posko.say(orang, f"/start {code}")
    await posko.tap(orang, "Setuju")
    assert await enrolled(posko, orang.id) == 1


async def test_reading_leaves_nothing_of_who_does_not_agree(posko: Posko) -> None:
    """Who reads an explanation and does not agree is in no table but the queue of what was sent to them."""
    orang, code = posko.person("Orang Bernama Aneh"), await posko.invite("petugas LAPAS-1673")
    await posko.say(orang, f"/start {code}")
    stored = await posko.everything_stored()
    assert [table for table, text in stored.items() if "Aneh" in text] == []
    assert [table for table, text in stored.items() if str(orang.id) in text and table not in ("inbox", "outbox")] == []
