"""How an entry of an incident's timeline is read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.forms.forms import Label
from core.incidents.lifecycle import Action
from core.incidents.timeline import NOTE_SHOWN, Entry, Event, entry_line, hides_reporter
from tests.storage_kit import program_texts

AT = datetime(2027, 2, 3, 0, 10, tzinfo=UTC)
TEXTS = program_texts()
BPBD = Label(id="BPBD", en="BPBD (disaster agency)")


def read(entry: Entry, language: str = "id", *, now: datetime = AT) -> str:
    """The entry as a reader of the language sees it."""
    return entry_line(TEXTS, language, entry, now=now)


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (Entry(AT, "taken", "Rahmat"), "· 07.10 Rahmat menerima"),
        (Entry(AT, "noted", "Rahmat", "menuju\nlokasi"), "· 07.10 💬 Rahmat: menuju lokasi"),
        (Entry(AT, "returned", "Dewi", "return-incomplete"), "· 07.10 Dewi mengembalikan: keterangan belum lengkap"),
        (Entry(AT, "rejected", "Dewi", "hoaks <lama>"), "· 07.10 Dewi menolak: hoaks &lt;lama&gt;"),
        (Entry(AT, "referred", "Rahmat", "bpbd", label=BPBD), "· 07.10 Rahmat merujuk ke BPBD"),
        (Entry(AT, "evidence", "Budi", "2"), "· 07.10 Budi menambah 2 berkas"),
        (Entry(AT, "witness", "Rahmat", "42"), "· 07.10 Rahmat menggabungkan laporan saksi I-42"),
        (Entry(AT, "merged", "Rahmat", "41"), "· 07.10 Rahmat menggabungkannya dengan I-41"),
        (Entry(AT, "escalated", None, "Linggau"), "· 07.10 Naik ke tingkat di atas (sebelumnya: Linggau)"),
        (Entry(AT, "escalated", None), "· 07.10 Naik ke tingkat di atas"),
        (Entry(AT, "corrected", None, by_reporter=True), "· 07.10 Pelapor mengoreksi laporan"),
    ],
)
def test_an_entry_is_one_sentence(entry: Entry, line: str) -> None:
    """Hour, person, deed and what was said read as one sentence."""
    assert read(entry) == line


def test_each_reader_has_their_own_language() -> None:
    """A reason chosen by a button and the name of a body are in the reader's language."""
    assert (
        read(Entry(AT, "returned", "Dewi", "return-incomplete"), "en")
        == "· 07:10 Dewi returned it: not enough is known"
    )
    assert read(Entry(AT, "referred", "Dewi", label=BPBD), "en").endswith("BPBD (disaster agency)")


def test_the_day_stands_before_an_hour_of_another_day() -> None:
    """An entry of yesterday bears its day."""
    assert read(Entry(AT, "taken", "Rahmat"), now=AT + timedelta(days=1)) == "· 3 Feb 07.10 Rahmat menerima"


def test_a_long_note_is_cut() -> None:
    """A card has room for the beginning of a note."""
    line = read(Entry(AT, "noted", "Rahmat", "x" * 500))
    assert (line.count("x"), line[-1]) == (NOTE_SHOWN, "…")


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_action_can_be_read(language: str) -> None:
    """There is a sentence for each step and each event, with nothing left open in it."""
    for action in [*Action, *Event]:
        line = read(Entry(AT, action.value, "Rahmat", "7", label=BPBD), language)
        assert ("  " in line, line.startswith("· ")) == (False, True)


def test_who_leads_is_named_also_as_the_reporter() -> None:
    """A step that the owner takes is never nameless: beside the owner's name that would tell who reported."""
    assert [hides_reporter(action) for action in ("taken", "started", "resolved", "referred")] == [False] * 4
    assert [hides_reporter(action) for action in ("corrected", "noted", "withdrawn", "evidence")] == [True] * 4
