"""Shift change: a post passes from one officer to the next when both have said so, and never lies with nobody."""

from __future__ import annotations

from sqlalchemy import update

from sandbox import Person
from storage.tables import AssignmentRow, DraftRow, HandoverRow, IncidentRow, JournalRow, PersonRow, ReportRow
from tests.kit import Posko

POST = "LAPAS-1673"


async def holders(posko: Posko, code: str = POST) -> list[str]:
    """The names of those who hold a post now."""
    post, now = await posko.post(code), posko.clock.now()
    rows = await posko.rows(AssignmentRow, AssignmentRow.post_id == post.id, AssignmentRow.role == "officer")
    names = {row.id: row.name for row in await posko.rows(PersonRow)}
    return sorted(names[row.person_id] for row in rows if row.valid_to is None or row.valid_to > now)


async def former(posko: Posko, name: str, *posts: str) -> Person:
    """Somebody who held the post until yesterday and holds nothing now."""
    person = await posko.officer(name, *posts)
    await posko.end_assignments(person)
    posko.clock.advance(hours=1)
    return person


async def offer(posko: Posko, giver: Person, receiver: Person) -> None:
    """Let an officer with one post offer it."""
    await posko.say(giver, "/serahterima")
    await posko.tap(giver, receiver.name)
    await posko.tap(giver, "Serahkan")


async def test_a_post_passes_when_both_have_said_so(posko: Posko) -> None:
    """The receiver sees what is due and open; on Terima post and incidents are theirs, the giver's drafts are gone."""
    joko, budi, rahmat = await former(posko, "Joko"), await posko.officer("Budi"), await posko.coordinator("Rahmat")
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    await posko.at("2027-02-04 06:30")
    await posko.say(budi, "/insiden banjir berat air naik")
    await posko.say(budi, "/insiden banjir jam=99")
    assert "Siapa yang menerima" in await posko.say(budi, "/aplusan")
    await posko.tap(budi, "Joko")
    posko.forget(joko)
    assert (await posko.tap(budi, "Serahkan")).text == "Menunggu Joko menerima."
    offered = posko.last(joko)
    wanted = ("Serah terima dari Budi", "#LAPAS-1673", "sampai 08.00", "I-1", "Terima sebelum 18.30")
    assert [word for word in wanted if word not in offered.text] == []
    assert ("Menunggu Joko menerima" in posko.last(budi).text, await holders(posko)) == (True, ["Budi"])
    posko.clock.advance(minutes=5)
    posko.forget(budi)
    take = offered.rows[0][0]["callback_data"]
    assert (await posko.tap(joko, "Terima")).text == "Pos ini sekarang tanggung jawab Anda."
    assert await holders(posko) == ["Joko"]
    assert "Anda menerima pos dari Budi" in posko.last(joko).text
    assert "1 draf Anda untuk pos itu dihapus" in posko.heard(budi)
    assert await posko.rows(DraftRow) == []
    assert "sudah diterima" in (await posko.tap(joko, message=offered, data=take)).text
    posko.forget(joko)
    await posko.tap(rahmat, "Terima", in_=group)
    assert "I-1 diterima oleh Rahmat" in posko.heard(joko)
    assert "Diterima" in await posko.say(joko, "/lapor aman")
    joko_row = await posko.one(PersonRow, PersonRow.name == "Joko")
    assert (await posko.one(IncidentRow)).contact_id == joko_row.id
    assert "handed-over" in [row.action for row in await posko.rows(JournalRow)]
    shown = await posko.say(rahmat, "/serahterima lapas kelas iia lubuklinggau")
    assert ("Joko: sejak 06.35 WIB" in shown, "Budi: 3 Feb" in shown, shown.count("•")) == (True, True, 3)
    assert "tidak ada di wilayah Anda" in await posko.say(rahmat, "/handover #RUTAN-1674")


async def test_an_offer_can_be_refused_withdrawn_replaced_and_too_old(posko: Posko) -> None:
    """Whatever becomes of an offer but Terima, the giver keeps the post, and its buttons do nothing any more."""
    joko, siti, budi = await former(posko, "Joko"), await former(posko, "Siti"), await posko.officer("Budi")
    await offer(posko, budi, joko)
    first = posko.last(joko)
    await offer(posko, budi, siti)
    assert "tidak berlaku lagi" in posko.last(joko).text
    late = first.rows[0][0]["callback_data"] if first.rows else f"hy:{(await posko.rows(HandoverRow))[0].id}"
    assert "tidak berlaku lagi" in (await posko.tap(joko, message=first, data=late)).text
    posko.forget(budi)
    await posko.tap(siti, "Tolak")
    assert "Siti menolak menerima Lapas" in posko.heard(budi)
    await offer(posko, budi, joko)
    await posko.tap(budi, "Tarik kembali")
    assert "tidak berlaku lagi" in posko.last(joko).text
    await offer(posko, budi, joko)
    posko.clock.advance(hours=13)
    posko.forget(budi)
    assert "tidak berlaku lagi" in (await posko.tap(joko, "Terima")).text
    assert "tidak berlaku lagi" in posko.heard(budi)
    assert [row.state for row in await posko.rows(HandoverRow)] == ["dropped", "refused", "dropped", "dropped"]
    assert await holders(posko) == ["Budi"]


async def test_all_posts_pass_at_once_and_twice_tapped_is_once(posko: Posko) -> None:
    """Several posts go over together; the second tap of a button changes nothing; one held already is kept."""
    await posko.add_post("POSKO-1673", "Posko Ulak Lebar", kind="posko")
    siti = await posko.officer("Siti", "POSKO-1673")
    budi = await posko.officer("Budi", POST, "POSKO-1673")
    assert "Pos mana" in await posko.say(budi, "/handover")
    await posko.tap(budi, "Serahkan semua pos")
    await posko.tap(budi, "Siti")
    confirm = posko.last(budi)
    data = confirm.rows[0][0]["callback_data"]
    taps = [await budi.tap(message=confirm, data=data) for _ in range(2)]
    await posko.settle()
    assert {(await budi.answer_of(tap)).text for tap in taps} == {"Menunggu Siti menerima."}
    assert len(await posko.rows(HandoverRow)) == 2
    assert "sudah ditawarkan" in (await posko.tap(budi, message=confirm, data="hx:")).text
    offered = posko.last(siti)
    taps = [await siti.tap(message=offered, data=offered.rows[0][0]["callback_data"]) for _ in range(2)]
    await posko.settle()
    assert (await holders(posko), await holders(posko, "POSKO-1673")) == (["Siti"], ["Siti"])
    assert len(await posko.rows(AssignmentRow, AssignmentRow.valid_to.is_(None), AssignmentRow.role == "officer")) == 2
    assert "tidak memegang pos" in await posko.say(budi, "/lapor aman")


async def test_who_handed_the_post_over_is_still_known(posko: Posko) -> None:
    """Without a post one files nothing, but keeps the own reports, corrects them, and can call for help; until deactivated."""
    joko, budi = await former(posko, "Joko"), await posko.officer("Budi")
    group = await posko.group("Linggau", "16.73", members=[budi])
    await posko.say(budi, "/lapor aman tertib")
    await offer(posko, budi, joko)
    await posko.tap(joko, "Terima")
    for words in ("/lapor waspada", "/nihil", "lapor waspada", "banjir di gudang"):
        said = await posko.say(budi, words)
        assert ["tidak memegang pos" in said, "Koordinator menugaskan" in said] == [True, True], words
    assert await posko.say(budi, "/ringkasan", to=group) == ""
    assert "/darurat" in await posko.say(budi, "/panduan")
    shown = await posko.say(budi, "/tugas")
    assert [word for word in ("sedang tidak memegang pos", "L-1") if word not in shown] == []
    await posko.tap(budi, "L-1")
    await posko.tap(budi, "Koreksi")
    await posko.tap(budi, "✏️ Situasi")
    await posko.tap(budi, "🟡 Waspada")
    other = f"dw:{(await posko.one(DraftRow)).id}"
    assert "tidak memegang pos" in (await posko.tap(budi, message=posko.last(budi), data=other)).text
    await posko.tap(budi, "Kirim")
    await posko.say(budi, "dihitung ulang")
    report = await posko.one(ReportRow)
    assert (report.version, report.level, report.post_id) == (2, "watch", (await posko.post(POST)).id)
    assert "dari Lapas Kelas IIA Lubuklinggau" in await posko.say(budi, "tolong")
    assert (await posko.tap(budi, "KIRIM DARURAT")).text == "Terkirim: I-1."
    await posko.db.write(lambda tx: tx.execute(update(PersonRow).where(PersonRow.name == "Budi").values(active=False)))
    assert "belum terdaftar" in await posko.say(budi, "/tugas")


async def test_who_cannot_take_over_is_said(posko: Posko) -> None:
    """Without a colleague the exact invitation is named; one who blocked the bot is not handed a post unheard."""
    budi = await posko.officer("Budi")
    assert "/undang petugas LAPAS-1673" in await posko.say(budi, "/serahterima")
    assert "bukan pos Anda" in await posko.say(budi, "/serahterima #RUTAN-1674")
    joko = await former(posko, "Joko")
    await joko.delete_account()  # which nobody tells the bot
    posko.tg.expect_refusal(text="user is deactivated")
    await offer(posko, budi, joko)
    assert "tidak sampai kepada Joko" in posko.heard(budi)
    await posko.say(budi, "/serahterima")
    assert "tidak bisa dihubungi bot" in (await posko.tap(budi, "Joko")).text
    assert await holders(posko) == ["Budi"]


async def test_another_persons_handover_cannot_be_touched(posko: Posko) -> None:
    """Only the receiver answers an offer, only the giver withdraws it, and only own posts can be offered."""
    joko, budi = await former(posko, "Joko"), await posko.officer("Budi")
    tamu, dewi = posko.person("Tamu"), await posko.officer("Dewi", "RUTAN-1674")
    await offer(posko, budi, joko)
    row, post = await posko.one(HandoverRow), await posko.post(POST)
    joko_row = await posko.one(PersonRow, PersonRow.name == "Joko")
    data = [f"{name}:{row.id}" for name in ("hy", "hn", "hw")] + [f"hc:{post.id}:{joko_row.id}", f"hc:0:{joko_row.id}"]
    for person in (tamu, dewi):
        await posko.say(person, "/tugas")
        for one in data:
            assert (await posko.tap(person, message=posko.last(person), data=one)).text
    assert ((await posko.one(HandoverRow)).state, await holders(posko)) == ("offered", ["Budi"])
