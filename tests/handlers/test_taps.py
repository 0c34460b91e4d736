"""Buttons are only as good as who taps them: outsiders, forged data, other people's things."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from core.delivery.taps import Tap
from core.incidents.taps import IncidentTap, TakeTap
from handlers.entry.routes import Routes
from handlers.entry.table import build_routes
from handlers.kit.command import OnTap
from sandbox import Group, Message, Person
from storage.tables import DraftRow, IncidentRow, NoticeRow, ReportRow
from tests.kit import Posko
from tests.taps_kit import codes_written, declared_taps, names_built, trees

HUGE = "9" * 40
ODD = (
    "",
    ":",
    "::::",
    "x",
    "-1",
    "0",
    "1",
    HUGE,
    "9223372036854775808",
    "١٢٣",
    "²",
    "é",
    "1:condition:safe",
    "\U0001f600",
)


async def forged(
    posko: Posko, person: Person, message: Message, data: Iterable[str], group: Group | None = None
) -> dict[str, str]:
    """What a phone shows after presses with data of its own making."""
    taps = {one: await person.tap(message=message, data=one, in_=group) for one in data}
    await posko.settle()
    return {one: (await person.answer_of(tap)).text for one, tap in taps.items()}


async def state_of(posko: Posko) -> list[object]:
    """Everything a tap could change, as values."""
    reports = [row.id for row in await posko.rows(ReportRow)]
    drafts = [(row.id, row.answers, row.asking) for row in await posko.rows(DraftRow)]
    incidents = [(row.state, row.owner_id) for row in await posko.rows(IncidentRow)]
    return [reports, drafts, incidents, [row.state for row in await posko.rows(NoticeRow)]]


async def scene(posko: Posko) -> tuple[Person, Group]:
    """An officer with an incident and a draft, a group with its card, an admin with a notice."""
    budi = await posko.officer()
    orang = posko.person("Orang")
    group = await posko.group("Posko", "16.73", members=[budi, orang])
    await posko.say(budi, "/insiden banjir berat air naik")
    await posko.say(budi, "/lapor amna")
    await posko.say(posko.admin, "/pengumuman role:officer Apel pukul enam")
    return budi, group


async def real_data(posko: Posko) -> list[str]:
    """The data of every button there is."""
    draft, incident = await posko.one(DraftRow), await posko.one(IncidentRow)
    notice = await posko.one(NoticeRow)
    return [
        f"dc:{draft.id}:condition:safe",
        f"dp:{draft.id}:{draft.post_id}",
        f"da:{draft.id}:condition",
        f"ds:{draft.id}:1",
        f"dx:{draft.id}",
        f"it:{incident.id}",
        f"ir:{incident.id}",
        f"na:{notice.id}:all",
        f"ns:{notice.id}",
        f"nx:{notice.id}",
        "lang:en",
    ]


async def test_a_strangers_taps_do_nothing(posko: Posko) -> None:
    """No button does anything for a stranger but tell them how to enrol."""
    _, group = await scene(posko)
    stranger = posko.person("Tamu")
    await group.add(stranger)
    await posko.settle()
    before, card = await state_of(posko), posko.last(group)
    answers = await forged(posko, stranger, card, await real_data(posko), group)
    assert [data for data, text in answers.items() if "belum terdaftar" not in text] == []
    assert await state_of(posko) == before


async def test_the_taps_of_who_holds_nothing_do_nothing(posko: Posko) -> None:
    """Somebody without an assignment reaches no draft, report, incident or notice of another, and opens no form."""
    await scene(posko)
    joko = await posko.officer("Joko", "RUTAN-1674")
    await posko.end_assignments(joko)
    await posko.say(joko, "/tugas")
    report, post = await posko.one(ReportRow), await posko.post("LAPAS-1673")
    data = [*await real_data(posko), *(f"{name}:{report.id}" for name in ("co", "rp", "up", "ef"))]
    data += ["fo:status", f"fo:status:{post.id}", "ni:all", f"ni:{post.id}", f"hp:{post.id}", "sw:1"]
    before = await state_of(posko)
    told = await forged(posko, joko, posko.last(joko), [one for one in data if one != "lang:en"])
    assert [one for one, text in told.items() if not text] == []
    assert await state_of(posko) == before


async def test_another_officers_taps_do_nothing(posko: Posko) -> None:
    """An officer cannot answer, send or drop another's draft or notice, nor move an incident."""
    _, group = await scene(posko)
    joko = await posko.officer("Joko", "RUTAN-1674")
    await group.add(joko)
    await posko.settle()
    before, card = await state_of(posko), posko.last(group)
    await forged(posko, joko, card, await real_data(posko), group)
    assert await state_of(posko) == before


async def test_another_admins_notice_cannot_be_sent(posko: Posko) -> None:
    """A notice is sent or dropped by the admin who wrote it and by nobody else."""
    await scene(posko)
    wati = await posko.enrol("Wati", "admin", "")
    notice = await posko.one(NoticeRow)
    await posko.say(wati, "/tugas")
    message = posko.last(wati)
    told = await forged(posko, wati, message, (f"ns:{notice.id}", f"nx:{notice.id}"))
    assert ["tidak berlaku" in text for text in told.values()] == [True, True]
    assert (await posko.one(NoticeRow)).state == "preview"


@dataclass(frozen=True)
class Forger:
    """Somebody of a role with things of their own, who presses every button with one odd value."""

    role: str
    person: Person
    odd: str


async def forgers(posko: Posko) -> list[Forger]:
    """One of each role for every odd value: officers with an incident and a draft, admins with a notice."""
    everybody = [Forger("admin", posko.admin, ODD[0])]
    for number, odd in enumerate(ODD):
        everybody += [
            Forger("officer", await posko.officer(f"Petugas {number}"), odd),
            Forger("coordinator", await posko.coordinator(f"Koordinator {number}"), odd),
        ]
        if number:
            everybody.append(Forger("admin", await posko.enrol(f"Admin {number}", "admin", ""), odd))
    for one in everybody:
        if one.role == "officer":
            await one.person.say("/insiden banjir berat air naik")
            await one.person.say("/lapor amna")
        elif one.role == "admin":
            await one.person.say("/pengumuman role:officer Apel pukul enam")
        await one.person.say("/tugas")
    await posko.settle()
    return everybody


async def test_forged_data_is_harmless(posko: Posko) -> None:
    """Data that no button of ours carries changes nothing, fails nothing and is answered, whoever sends it."""
    everybody = await forgers(posko)
    before = await state_of(posko)
    names = [*sorted(build_routes(posko.desk)._taps), "zz", ""]
    shown = {one: posko.last(one.person) for one in everybody}
    taps = {
        (one, name): await one.person.tap(message=shown[one], data=f"{name}:{one.odd}")
        for name in names  # everybody presses the same at the same time: many chats are one batch
        for one in everybody
    }
    await posko.settle()
    unanswered = [
        (one.role, name, one.odd) for (one, name), tap in taps.items() if not (await one.person.answer_of(tap)).text
    ]
    assert len(taps) == 3 * len(ODD) * len(names)
    assert unanswered == []
    assert await state_of(posko) == before


async def test_a_forged_choice_is_no_answer(posko: Posko) -> None:
    """A choice that the form does not offer, or a question it does not ask, is not taken into the draft."""
    budi, _ = await scene(posko)
    draft = await posko.one(DraftRow)
    odd = ("condition:bogus", "bogus:safe", "note:safe", "personnel:18", "condition")
    await forged(posko, budi, posko.last(budi), [f"dc:{draft.id}:{rest}" for rest in odd])
    assert (await posko.one(DraftRow)).answers == draft.answers


async def test_a_forged_post_is_refused(posko: Posko) -> None:
    """A draft cannot be moved to a post that is not the person's own."""
    budi, _ = await scene(posko)
    draft, other = await posko.one(DraftRow), await posko.post("RUTAN-1674")
    told = await forged(posko, budi, posko.last(budi), [f"dp:{draft.id}:{other.id}"])
    assert ["bukan penugasan Anda" in text for text in told.values()] == [True]
    assert (await posko.one(DraftRow)).post_id == draft.post_id


async def test_an_officer_who_lost_the_post_cannot_file_the_draft(posko: Posko) -> None:
    """A draft for a post that one no longer holds is not filed by its button."""
    await posko.add_post("TPS-1673061002-001", "TPS 1")
    budi = await posko.officer("Budi", "LAPAS-1673", "TPS-1673061002-001")
    await posko.say(budi, "/lapor #LAPAS-1673 amna")
    await posko.end_assignments(budi, post="LAPAS-1673")
    await posko.tap(budi, "🟢 Aman")
    assert await posko.rows(ReportRow) == []


async def test_every_tap_is_answered_within_its_own_language(posko: Posko) -> None:
    """A tap in a group is answered in the language of who tapped, not of the group."""
    await scene(posko)
    john = await posko.officer("John", "RUTAN-1674", language="en")
    group = await posko.group("Grup kedua", "16.73", members=[john])
    await posko.say(await posko.officer("Joko"), "/insiden longsor berat jalan putus")
    answer = await posko.tap(john, "Terima", in_=group)
    assert "outside" in answer.text


async def test_every_button_is_handled_and_every_handler_has_its_button(posko: Posko) -> None:
    """Each declared button has exactly one handler, and no handler waits for a button that is not declared."""
    handled = [one.tap for one in build_routes(posko.desk)._taps.values()]
    assert sorted(tap.__name__ for tap in handled) == sorted(tap.__name__ for tap in declared_taps())


def test_every_button_is_built_somewhere() -> None:
    """No button is declared and handled that nothing shows any more; and no code of one stands outside its class."""
    source, declared = trees(), declared_taps()
    built = names_built(source)
    assert [tap.__name__ for tap in declared if tap.__name__ not in built] == []
    assert codes_written(source, declared) == []


def test_the_checks_of_buttons_bite() -> None:
    """An import, a type, a handler or a prefix alone builds no button; a code in a string is found, not a word."""
    idle = (
        "from core.x import OddTap\nTAPS = (OnTap(OddTap, tap_odd), OnTap(x.OddTap, tap_odd))\n"
        "SIGN = OddTap.prefix\nkept: OddTap | None = None\n"
        "def tap_odd(ctx: Ctx, tap: OddTap) -> OddTap:\n    return isinstance(tap, OddTap)\n"
        "class More(OddTap):\n    other: OddTap\n"
    )
    assert "OddTap" not in names_built([ast.parse(idle)])
    for built in ("b = Button('x', tap=OddTap(1))", "b = taps.OddTap(1)", "STEPS = {1: (2, OddTap)}"):
        assert "OddTap" in names_built([ast.parse(built)]), built
    source = ast.parse("a = f'it:{key}'\nb = 'kp:'\nc = 'item:1'\nd = 'It is'")
    assert sorted(codes_written([source], declared_taps())) == ["it:", "kp:"]


async def _nothing(_ctx: object, _tap: Tap) -> None:
    """A handler that does nothing."""


@pytest.mark.parametrize("second", [TakeTap, IncidentTap])
async def test_two_buttons_never_share_a_prefix(posko: Posko, second: type[Tap]) -> None:
    """Routes refuse a button whose prefix another one has, and a shape without a prefix."""
    taps: list[OnTap[Any]] = [OnTap(TakeTap, _nothing), OnTap(second, _nothing)]
    with pytest.raises(ValueError, match="prefix"):
        Routes((), taps, build_routes(posko.desk)._fallbacks)
