"""An incident's card in words and buttons."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import chain
from typing import Any

import pytest

from core.forms.fields import Kind, Value
from core.forms.forms import Form
from core.forms.severity import Severity
from core.groups.purposes import Purpose
from core.groups.routing import Referral
from core.incidents.card import (
    Card,
    CardEvent,
    CardHistory,
    CardPeople,
    CardPlace,
    CardReport,
    CardReporter,
    CardTimes,
    Twin,
    Witness,
)
from core.incidents.card_buttons import card_buttons
from core.incidents.card_lines import PhonePlace
from core.incidents.card_text import NOTE_LIMIT, card_text
from core.incidents.lifecycle import Action, Part, State, steps
from core.incidents.timeline import Entry
from core.kit.label import Label
from tests.storage_kit import preset_forms, program_texts

AT = datetime(2027, 2, 3, 0, 10, tzinfo=UTC)
TEXTS = program_texts()
FORMS = preset_forms()
CARD = Card(
    number=1042,
    incident_id=7,
    category="flood",
    severity=Severity.HIGH,
    state=State.NEW,
    report=CardReport(
        FORMS["incident"], {"category": "flood", "severity": "high", "note": "air naik"}, "banjir berat air naik"
    ),
    place=CardPlace("TPS <1>", ("Kota Lubuk Linggau", "Batu Urip")),
    times=CardTimes(occurred_at=AT, sent_at=AT, stored_at=AT),
    people=CardPeople(CardReporter("Budi & Joko", "lapas")),
)
BPBD = Referral("bpbd", Label(id="BPBD", en="BPBD (disaster agency)"), Purpose.DISASTER, frozenset())
GROUPS = (CardReport, CardPlace, CardTimes, CardPeople, CardReporter, CardHistory, CardEvent)


def but(record: Any, **changes: Any) -> Any:
    """A card with some of its fields changed, in whichever of its groups they stand."""
    own = {one.name: changes.pop(one.name) for one in fields(record) if one.name in changes}
    for one in fields(record):
        group = getattr(record, one.name)
        inside = {key: changes.pop(key) for key in list(changes) if one.name not in own and _has(group, key)}
        own |= {one.name: but(group, **inside)} if inside else {}
    assert not changes, "no group of a card has these fields"
    return replace(record, **own)


def _has(group: Any, name: str) -> bool:
    return isinstance(group, GROUPS) and any(
        one.name == name or _has(getattr(group, one.name), name) for one in fields(group)
    )


def shown(card: Card, language: str = "id") -> str:
    """The card's text."""
    return card_text(TEXTS, language, card, now=AT)


def plain(text: str) -> str:
    """A text as a phone shows it."""
    return unescape(re.sub("<[^>]+>", "", text))


def labels(card: Card, **where: Any) -> list[list[str]]:
    """The card's buttons, row by row."""
    return [[button.text for button in row] for row in card_buttons(TEXTS, "id", card, **where)]


def test_the_number_has_no_separator() -> None:
    """An incident's number is a name, not a quantity."""
    assert "I-1042" in shown(CARD)


def test_what_people_wrote_is_escaped() -> None:
    """Names and posts cannot break the card's mark-up."""
    assert "TPS &lt;1&gt;" in shown(CARD)
    assert "Budi &amp; Joko" in shown(CARD)


def filled(form: Form, sign: str) -> dict[str, Value]:
    """The longest answers that a form can have."""
    longest: dict[str, Value] = {}
    for field in form.fields:
        if field.kind is Kind.CHOICE:
            longest[field.id] = max(field.choices, key=lambda one: len(one.label.id)).id
        elif field.kind is Kind.CHOICES:
            longest[field.id] = [one.id for one in field.choices]
        elif field.kind is Kind.INTEGER:
            longest[field.id] = 10**9
        elif field.kind is Kind.RATIO:
            longest[field.id] = [10**9, 10**9]
        elif field.kind is Kind.YES_NO:
            longest[field.id] = True
        elif field.kind is Kind.TEXT:
            longest[field.id] = sign * 1000
    return longest


@pytest.mark.parametrize("sign", ["&", "<", "\U0001f30a"])
@pytest.mark.parametrize("form", FORMS)
def test_the_longest_card_fits_one_message(form: str, sign: str) -> None:
    """A card with the longest words, names, answers and history fits Telegram's 4096 UTF-16 units without mark-up."""
    entry = Entry(AT - timedelta(days=2), "noted", sign * 200, sign * 2000)
    card = but(
        CARD,
        form=FORMS[form],
        answers=filled(FORMS[form], sign),
        text=sign * 3000,
        post=sign * 200,
        path=(sign * 120, sign * 120, sign * 120),
        name=sign * 200,
        rank=sign * 40,
        call="+628120000000001",
        behalf=sign * 200,
        owner=sign * 200,
        location=(-3.2623, 102.8749),
        phone=PhonePlace(-3.3, 102.9, 30.0, 2143.0, 95),
        version=9,
        corrected_at=AT - timedelta(days=2),
        reason=sign * 300,
        files=10,
        opened_at=AT - timedelta(days=2),
        due_at=AT,
        witnesses=[Witness(number, sign * 200, sign * 200) for number in range(100, 120)],
        twin=Twin(41, 5, sign * 200, AT - timedelta(days=2)),
        entries=[entry] * 3,
    )
    for language in ("id", "en"):
        text = shown(card, language)
        parsed = unescape(re.sub("<[^>]+>", "", text))
        assert len(parsed.encode("utf-16-le")) // 2 <= 4096
        assert (text.count("<blockquote>"), text.count("</blockquote>")) == (1, 1)


def test_a_confidential_card_has_no_reporter() -> None:
    """Without a reporter the card says that the name is kept back."""
    text = shown(but(CARD, reporter=None))
    assert "Pelapor dirahasiakan" in text
    assert "Budi" not in text


def test_a_location_is_a_link() -> None:
    """A post with a location links to the map."""
    assert "?q=-3.26230,102.87490" in shown(but(CARD, location=(-3.2623, 102.8749)))


@pytest.mark.parametrize(
    ("phone", "facts"),
    [
        (PhonePlace(-3.3, 102.9), "lokasi ponsel"),
        (PhonePlace(-3.3, 102.9, 30.0), "lokasi ponsel (±30 m)"),
        (PhonePlace(-3.3, 102.9, 30.0, 2143.0), "lokasi ponsel (±30 m, 2,1 km dari pos)"),
        (PhonePlace(-3.3, 102.9, minutes=95), "lokasi ponsel (95 menit sebelum laporan)"),
        (PhonePlace(-3.3, 102.9, minutes=300), "lokasi ponsel (5 jam sebelum laporan)"),
    ],
)
def test_the_phones_place_goes_before_the_posts(phone: PhonePlace, facts: str) -> None:
    """Where the phone was is linked rather than the post, with what makes it doubtful."""
    text = shown(but(CARD, location=(-3.2623, 102.8749), phone=phone))
    assert ("?q=-3.30000,102.90000" in text, text.count("?q=")) == (True, 1)
    assert text.partition("</a> · ")[2].splitlines()[0] == facts


def test_who_signs_stands_beside_who_wrote_it_down() -> None:
    """Both names are shown, once; on a confidential card neither."""
    card = but(CARD, answers={**CARD.report.answers, "behalf": "Siti"}, behalf="Siti")
    assert "Atas nama: Siti (dicatat oleh Budi &amp; Joko, Lapas)" in shown(card)
    secret = shown(but(card, reporter=None, text="banjir berat an=Siti air naik"))
    assert ("Siti" in secret, shown(card).count("Siti")) == (False, 1)


def test_a_correction_and_files_are_marked() -> None:
    """A corrected card names hour, version and reason; files are counted."""
    text = shown(but(CARD, version=2, corrected_at=AT, reason="salah <pos>", files=3))
    assert "✏️ Dikoreksi 07.10 WIB · versi 2: salah &lt;pos&gt;" in text
    assert "📎 3 berkas" in text


def test_a_withdrawn_card_says_so() -> None:
    """Who ended what was no incident, its reporter or somebody who checked, stands on the card as far as it is known."""
    card = but(CARD, state=State.REJECTED, resolved_at=AT)
    assert "DITOLAK atau DIBATALKAN" in shown(card)
    assert "DIBATALKAN oleh pelapor" in shown(but(card, ended=Entry(AT, "withdrawn", "Budi")))
    assert "<b>DITOLAK</b>" in shown(but(card, ended=Entry(AT, "rejected", "Rahmat")))


def test_a_report_without_a_line_shows_its_note_alone() -> None:
    """Where nothing was typed, or the line is gone with a correction by buttons, the quote is the note and no more."""
    text = card_text(TEXTS, "id", but(CARD, text=""), now=AT)
    assert "<blockquote>air naik</blockquote>" in text


def test_a_long_note_is_cut() -> None:
    """A card fits one message however long the report."""
    text = shown(but(CARD, text="&" * 4000))
    assert text.count("&amp;") <= NOTE_LIMIT + 1
    assert "…" in text


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        ("new", [["Terima", "Selesaikan"], ["Pilih langkah…"]]),
        ("acknowledged", [["Mulai kerjakan", "Selesaikan"], ["Pilih langkah…"]]),
        ("in-progress", [["Selesaikan", "Pilih langkah…"]]),
        ("referred", [["Pilih langkah…"]]),
        ("resolved", [["Tutup", "Pilih langkah…"]]),
        ("closed", [["Pilih langkah…"]]),
        ("duplicate", [["Pilih langkah…"]]),
        ("rejected", [["Pilih langkah…"]]),
    ],
)
def test_the_state_decides_the_buttons(state: str, buttons: list[list[str]]) -> None:
    """Each state offers what can be done next."""
    assert labels(but(CARD, state=State(state))) == buttons


def test_the_receiving_group_accepts_or_returns() -> None:
    """A referred incident is accepted or returned where it was referred to, and in no other state."""
    referred = but(CARD, state=State.REFERRED)
    assert labels(referred, receiving=True) == [["Terima rujukan", "Kembalikan…"]]
    assert labels(CARD, receiving=True) == [["Terima", "Selesaikan"], ["Pilih langkah…"]]


def test_files_and_a_twin_have_buttons() -> None:
    """Files are shown by a button, and so is the merging with what may be the same event, while it is open."""
    card = but(CARD, files=2, twin=Twin(41, 5, "TPS 3", AT))
    assert labels(card) == [["Terima", "Selesaikan"], ["Pilih langkah…", "Lihat berkas"], ["Gabungkan ke I-41"]]
    assert labels(but(card, state=State.RESOLVED)) == [["Tutup", "Pilih langkah…"], ["Lihat berkas"]]


@pytest.mark.parametrize(
    ("state", "part", "buttons"),
    [
        ("new", Part.COORDINATOR, ["Terima", "Selesaikan", "Pilih langkah…"]),
        ("acknowledged", Part.COORDINATOR, ["Selesaikan", "Pilih langkah…"]),
        ("acknowledged", Part.OWNER, ["Mulai kerjakan", "Selesaikan", "Pilih langkah…"]),
        ("referred", Part.RECEIVER, ["Terima rujukan", "Kembalikan…"]),
        ("referred", Part.OWNER, ["Tarik rujukan", "Pilih langkah…"]),
        ("resolved", Part.REPORTER, ["Tutup"]),
        ("new", Part.REPORTER, []),
    ],
)
def test_a_copy_has_no_button_that_would_be_refused(state: str, part: Part, buttons: list[str]) -> None:
    """A card that one person asked for has the buttons of that person's part."""
    allowed = [action for action in steps(State(state), {part}) if action is not Action.DISPUTE]
    assert list(chain(*labels(but(CARD, state=State(state)), allowed=allowed))) == buttons


def test_every_button_is_short() -> None:
    """No button of a card has more than 24 characters, and no row more than two."""
    for state in State:
        card = but(CARD, state=state, files=2, twin=Twin(99999, 5, "TPS 3", AT))
        for language in ("id", "en"):
            for rows in (card_buttons(TEXTS, language, card), card_buttons(TEXTS, language, card, receiving=True)):
                assert all(len(row) <= 2 and all(len(one.text) <= 24 for one in row) for row in rows)


@pytest.mark.parametrize(
    ("state", "minutes", "line"),
    [
        ("new", 1, "⏰ Diterima paling lambat 07.30 WIB"),
        ("new", 16, "⏳ Sudah lebih dari 15 menit · ⏰ Diterima paling lambat 07.30 WIB"),
        ("new", 25, "⏳ Sudah lebih dari 15 menit · ⏰ Lewat batas 07.30 WIB"),
        ("in-progress", 16, "⏳ Sudah lebih dari 15 menit · ⏰ Kabar berikutnya paling lambat 07.30 WIB"),
        ("referred", 1, "⏰ Diterima paling lambat 07.30 WIB"),
    ],
)
def test_age_and_deadline_stand_on_an_open_card(state: str, minutes: int, line: str) -> None:
    """An open card says how old it is at least and by when it must be taken, or heard of again."""
    card = but(CARD, state=State(state), opened_at=AT, due_at=AT + timedelta(minutes=20))
    text = plain(card_text(TEXTS, "id", card, now=AT + timedelta(minutes=minutes)))
    assert text.splitlines()[2] == line


def test_a_missed_deadline_is_said_until_somebody_acts() -> None:
    """Where a deadline was missed the card says that it is overdue and when all hear anew, as long as that lies ahead."""
    card = but(CARD, state=State.NEW, opened_at=AT, due_at=AT + timedelta(minutes=80), missed=True)
    lines = [plain(card_text(TEXTS, "id", card, now=AT + timedelta(minutes=late))).splitlines()[2] for late in (20, 81)]
    assert "⏰ Lewat batas · diingatkan lagi 08.30 WIB" in lines[0]
    assert "⏰ Lewat batas 08.30 WIB" in lines[1]


def test_an_ended_card_has_neither_age_nor_deadline() -> None:
    """What is over grows no older."""
    card = but(CARD, state=State.RESOLVED, opened_at=AT, due_at=AT, resolved_at=AT)
    text = card_text(TEXTS, "id", card, now=AT + timedelta(days=3))
    assert [sign for sign in "⏳⏰" if sign in text] == []


def test_the_reporter_can_be_called() -> None:
    """Rank, name and agency are followed by the number as plain international text."""
    card = but(CARD, name="Budi", rank="Bripka", agency="polri", call="+6281200000001")
    assert "👤 Pelapor: Bripka Budi (Polri) · +62 812-0000-0001" in shown(card)


def test_what_belongs_together_is_named() -> None:
    """Witnesses, a possible twin, and the incident that one was merged into are named by their numbers."""
    card = but(
        CARD,
        witnesses=[Witness(43, "Siti", "TPS 3"), Witness(44, None, "TPS 4")],
        twin=Twin(41, 5, "TPS <3>", AT - timedelta(minutes=20)),
    )
    assert "👥 Saksi lain: I-43 Siti, I-44 🔒" in shown(card)
    assert "🧩 Mungkin sama dengan I-41 · TPS &lt;3&gt; · 06.50" in shown(card)
    merged = but(CARD, state=State.DUPLICATE, duplicate_of=41, resolved_at=AT)
    assert "Digabungkan dengan <b>I-41</b>" in shown(merged)


def test_a_referred_card_names_the_body() -> None:
    """Whoever must accept a referral stands on the card."""
    card = but(CARD, state=State.REFERRED, referral=BPBD, owner="Rahmat")
    assert "Dirujuk ke BPBD, menunggu diterima" in shown(card)
    assert "BPBD (disaster agency)" in shown(card, "en")


def test_days_stand_beside_hours_of_other_days() -> None:
    """The three times bear their day when it is not today's, and the zone stands once."""
    text = card_text(TEXTS, "id", CARD, now=AT + timedelta(days=1))
    assert "Kejadian 3 Feb 07.10 · dikirim 3 Feb 07.10 · tersimpan 3 Feb 07.10 WIB" in text


def test_a_status_names_its_gravest_answer() -> None:
    """A card of a status is titled by the answer that made it one."""
    answers = {"condition": "safe", "logistics": "damaged"}
    card = but(CARD, form=FORMS["status"], answers=answers, category=None, text="aman logistik=rusak")
    assert "Rusak · berat" in shown(card)


def test_a_card_speaks_the_groups_language() -> None:
    """Title, state and buttons are in the language asked for."""
    assert "Flood · high" in shown(CARD, "en")
    assert "Waiting to be accepted" in shown(CARD, "en")
