"""Moving an incident along: the menu of rarer steps, reasons, and many hands on one card."""

from __future__ import annotations

from core.incidents.lifecycle import Action
from core.incidents.taps import MenuTap, StepTap
from sandbox import Group, Message, Person
from storage.tables import IncidentEventRow, IncidentRow, PersonRow
from tests.kit import Posko

FLOOD = "/insiden banjir berat air masuk gudang"
CLOSE = "Tutup menu"


def menu_in(where: Person | Group) -> Message:
    """The menu that stands in a chat."""
    return [message for message in where.messages if message.by_bot and CLOSE in message.buttons][-1]


def menus(where: Person | Group) -> int:
    """How many menus stand in a chat."""
    return sum(CLOSE in message.buttons for message in where.messages if message.by_bot)


def card_in(where: Person | Group) -> Message:
    """The card in a chat."""
    return [message for message in where.messages if message.by_bot and "I-1 ·" in message.text][-1]


async def choose(posko: Posko, person: Person, label: str, where: Group | None = None) -> str:
    """Tap a button of the menu and give what the phone shows."""
    answer = await posko.tap(person, label, in_=where, message=menu_in(where or person))
    return answer.text or ""


async def more(posko: Posko, person: Person, where: Group) -> list[str]:
    """Tap [Pilih langkah…] on the card, and give the menu's buttons."""
    await posko.tap(person, "Pilih langkah…", in_=where, message=card_in(where))
    return menu_in(where).buttons


async def test_the_menu_shows_what_its_tapper_may_do_now(posko: Posko) -> None:
    """The menu has the steps of who tapped beyond those on the card, changes with the state, and goes when one is taken."""
    budi = await posko.officer()
    rahmat, dewi = await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    group = await posko.group("Grup", "16.73", members=[rahmat, dewi, budi])
    await posko.say(budi, FLOOD)
    free = ["Rujuk…", "Gabungkan…", "Tolak…", "Lihat riwayat", CLOSE]
    assert await more(posko, rahmat, group) == free
    assert await more(posko, rahmat, group) == free
    assert menus(group) == 1
    await choose(posko, rahmat, CLOSE, group)
    assert menus(group) == 0
    await more(posko, rahmat, group)
    await posko.tap(rahmat, "Terima", in_=group)
    assert menus(group) == 0
    assert await more(posko, rahmat, group) == [
        "Kabari masih ditangani", "Rujuk…", "Gabungkan…", "Lepaskan", "Tolak…", "Lihat riwayat", CLOSE,
    ]  # fmt: skip
    assert await more(posko, dewi, group) == ["Ambil alih", "Rujuk…", "Gabungkan…", "Tolak…", "Lihat riwayat", CLOSE]
    assert "Anda ambil alih" in await choose(posko, dewi, "Ambil alih", group)
    assert menus(group) == 0
    assert "Dewi" in card_in(group).text
    assert "diambil alih oleh Dewi" in rahmat.messages[-1].text
    assert "diambil alih oleh Dewi" in budi.messages[-1].text
    assert (await posko.tap(budi, "Pilih langkah…", in_=group, message=card_in(group))).text == (
        "Saat ini tidak ada langkah untuk Anda pada I-1."
    )
    await more(posko, dewi, group)
    assert "menunggu diterima lagi" in await choose(posko, dewi, "Lepaskan", group)
    assert (await posko.one(IncidentRow)).owner_id is None


async def test_a_reason_is_tapped_or_written(posko: Posko) -> None:
    """Refusing and reopening ask why; a button or a reply to the menu says it, and card, timeline and officer have it."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Grup", "16.73", members=[rahmat])
    await posko.say(budi, FLOOD)
    await more(posko, rahmat, group)
    await choose(posko, rahmat, "Tolak…", group)
    asked = menu_in(group)
    assert "balas pesan ini" in asked.text
    await choose(posko, rahmat, "Kembali", group)
    assert "Tolak…" in menu_in(group).buttons
    await choose(posko, rahmat, "Tolak…", group)
    assert "ditolak" in await choose(posko, rahmat, menu_in(group).buttons[1], group)
    assert (await posko.one(IncidentRow)).state == "rejected"
    assert "ditolak oleh Rahmat" in budi.messages[-1].text
    assert "di luar kewenangan kami" in budi.messages[-1].text
    assert await more(posko, rahmat, group) == ["Buka lagi…", "Lihat riwayat", CLOSE]
    await choose(posko, rahmat, "Buka lagi…", group)
    asked = menu_in(group)
    assert "paling banyak 300" in await posko.say(rahmat, "x" * 301, to=group, reply_to=asked)
    assert "dibuka lagi" in await posko.say(rahmat, "ternyata air naik <lagi>", to=group, reply_to=asked)
    assert menus(group) == 0
    assert "ternyata air naik <lagi>" in budi.messages[-1].text
    notes = [row.note for row in await posko.rows(IncidentEventRow) if row.action in ("rejected", "reopened")]
    assert notes == ["reject-not-ours", "ternyata air naik <lagi>"]
    assert (await posko.one(IncidentRow)).state == "new"


async def test_every_tap_on_a_menu_asks_again_who_taps(posko: Posko) -> None:
    """A menu that another opened, or an old one, gives nobody a step that is not theirs, and shows how things stand."""
    budi, citra = await posko.officer(), await posko.officer("Citra", "RUTAN-1671")
    rahmat, dewi = await posko.coordinator("Rahmat"), await posko.coordinator("Dewi", "16.74")
    group = await posko.group("Grup", "16.73", members=[rahmat, dewi, budi, citra])
    beside = await posko.group("Grup lain", "16.73", members=[rahmat])
    await posko.say(budi, FLOOD)
    await posko.tap(rahmat, "Terima", in_=group)
    await more(posko, rahmat, group)
    for other in (dewi, citra):
        for label in ("Lepaskan", "Tolak…", "Lihat riwayat", CLOSE):
            assert "di luar penugasan Anda" in await choose(posko, other, label, group), label
    assert "untuk koordinator wilayahnya" in await choose(posko, budi, "Lepaskan", group)
    assert "Lepaskan" in menu_in(group).buttons
    old = menu_in(group)
    await posko.tap(rahmat, "Selesai", in_=beside, message=card_in(beside))
    tap = next(cell["callback_data"] for row in old.rows for cell in row if cell["text"] == "Lepaskan")
    assert "sudah selesai" in ((await posko.tap(rahmat, in_=group, message=old, data=tap)).text or "")
    assert menu_in(group).buttons == ["Buka lagi…", "Lihat riwayat", CLOSE]
    incident = await posko.one(IncidentRow)
    for data in (
        f"ij:{incident.id}:opened",
        f"ij:{incident.id}",
        f"iw:{incident.id}:reason-typo",
        "im:x",
        "ij:1:still",
    ):
        assert "tidak berlaku" in ((await posko.tap(rahmat, in_=group, message=old, data=data)).text or ""), data
    assert [row.action for row in await posko.rows(IncidentEventRow)] == ["opened", "taken", "resolved"]


async def test_the_whole_timeline_goes_to_who_asks_in_private(posko: Posko) -> None:
    """The timeline comes in the private chat with whole notes; of a confidential incident it does not name the reporter."""
    budi, rahmat = await posko.officer("Budi Santoso"), await posko.coordinator("Rahmat")
    group = await posko.group("Grup", "16.73", members=[rahmat, budi])
    await posko.say(budi, FLOOD)
    await more(posko, rahmat, group)
    await choose(posko, rahmat, "Tolak…", group)
    words = " ".join(["panjang"] * 37)
    await posko.say(rahmat, words, to=group, reply_to=menu_in(group))
    await more(posko, rahmat, group)
    assert "chat pribadi" in await choose(posko, rahmat, "Lihat riwayat", group)
    text = posko.last(rahmat).text
    assert [part for part in ("Riwayat I-1", "Budi Santoso", "Rahmat", words) if part not in text] == []
    secret = await posko.group("Gakkumdu", "16.73", "netralitas", members=[rahmat])
    await posko.say(budi, "/netralitas foto bersama asn camat di aula")
    await posko.tap(rahmat, "Pilih langkah…", in_=secret)
    await choose(posko, rahmat, "Lihat riwayat", secret)
    assert "Pelapor" in posko.last(rahmat).text
    assert "Budi" not in posko.last(rahmat).text


async def test_two_coordinators_at_one_instant_end_in_one_truth(posko: Posko) -> None:
    """Two taps of one batch make one owner; the other is told whose it is, and both see the same card."""
    budi = await posko.officer()
    rahmat, dewi = await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    groups = [await posko.group(name, "16.73", members=[rahmat, dewi]) for name in ("Grup A", "Grup B")]
    await posko.say(budi, FLOOD)
    taps = [await person.tap("Terima", in_=group) for person, group in zip((rahmat, dewi), groups, strict=True)]
    await posko.settle()
    answers = {(await person.answer_of(tap)).text for person, tap in zip((rahmat, dewi), taps, strict=True)}
    owner = await posko.one(PersonRow, PersonRow.id == (await posko.one(IncidentRow)).owner_id)
    assert answers == {"I-1 Anda terima. Pelapor diberi tahu.", f"I-1 sudah diterima {owner.name}."}
    assert len({card_in(group).text for group in groups}) == 1
    assert f"{owner.name} menerima" in card_in(groups[1]).text
    rahmat, dewi = (rahmat, dewi) if owner.name == "Rahmat" else (dewi, rahmat)
    taps = [await dewi.tap("Selesai", in_=groups[0]), await rahmat.tap("Mulai kerjakan", in_=groups[1])]
    await posko.settle()
    steps = [row.action for row in await posko.rows(IncidentEventRow)]
    late = "sudah selesai" in ((await rahmat.answer_of(taps[1])).text or "")  # either tap may be the first
    assert steps == (["opened", "taken", "resolved"] if late else ["opened", "taken", "started", "resolved"])
    assert steps[-1] == (await posko.one(IncidentRow)).state == "resolved"
    assert {tuple(card_in(group).buttons) for group in groups} == {("Tutup", "Pilih langkah…")}


async def test_a_menu_is_not_opened_where_nobody_may_hear_of_it(posko: Posko) -> None:
    """Who acts on an incident cannot bring its steps, by a made-up button, into a group of another regency or an unlinked one."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    await posko.group("Linggau", "16.73", members=[rahmat])
    others = [await posko.group("Prabumulih", "16.74", members=[rahmat]), posko.tg.group("Lain", [rahmat, posko.admin])]
    await posko.say(budi, "/insiden banjir berat air naik")
    incident = await posko.one(IncidentRow)
    for group in others:
        await posko.say(posko.admin, "/panduan", to=group)
        said = len(group.messages)
        asked = [StepTap(incident.id, one) for one in (Action.REJECT, Action.REFER, Action.DUPLICATE)]
        for tap in (MenuTap(incident.id), *asked):
            answer = await posko.tap(rahmat, message=posko.last(group), data=tap.pack(), in_=group)
            assert "tidak ada di grup ini" in answer.text
        assert len(group.messages) == said
