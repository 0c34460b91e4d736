"""The list of open incidents: what its buttons mean, how it is divided, and how it reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.delivery.outgoing import TEXT_LIMIT, Button, keyboard
from core.delivery.taps import BUTTON_DATA_BYTES
from core.forms.severity import Severity
from core.groups.purposes import Purpose
from core.incidents.lifecycle import State
from core.incidents.list_lines import ListReader, category_name, list_rows, list_text, menu
from core.incidents.open_list import (
    BARE,
    PAGE,
    Counts,
    ListedIncident,
    Listing,
    Wish,
    category_counts,
    heard_of,
    pages,
    part_of,
    read_wish,
    region_counts,
)
from core.incidents.taps import ListTap, Show
from tests.kit import Posko
from tests.storage_kit import NOW

LINGGAU = ("16.73",)
LONG = "Kantor Kecamatan Pematang Panggang Ulu & Ilir"
ENTRY = ListedIncident(
    42,
    Severity.CRITICAL,
    State.NEW,
    "incident",
    {"category": "flood"},
    "Lapas Kelas IIA Lubuklinggau",
    None,
    NOW - timedelta(hours=2),
    overdue=True,
)
TAKEN = replace(ENTRY, number=7, severity=Severity.LOW, state=State.ACKNOWLEDGED, owner="Rahmat", overdue=False)
LISTING = Listing(LINGGAU, Wish(Show.UNOWNED), Counts(31, 12, 12, 3), [ENTRY, TAKEN], "Rahmat")


def reader(posko: Posko, language: str) -> ListReader:
    """Somebody who reads the list in this language."""
    return ListReader(posko.desk.texts, language, posko.desk.forms, posko.desk.regions)


def labels(rows: list[list[Button]]) -> list[str]:
    """What stands on the buttons."""
    return [button.text for row in rows for button in row]


def data(rows: list[list[Button]]) -> list[list[str]]:
    """What the buttons carry."""
    return [[button.tap.pack() for button in row if button.tap is not None] for row in rows]


@pytest.mark.parametrize(("count", "number"), [(0, 1), (1, 1), (8, 1), (9, 2), (16, 2), (17, 3)])
def test_a_page_has_eight(count: int, number: int) -> None:
    """Eight incidents fill a page; none at all are one page too."""
    assert pages(count, PAGE) == number


async def test_a_button_says_what_it_shows(posko: Posko) -> None:
    """What a button carries is read back as it was; a category or region not known or foreign shows all; else it is none."""
    desk = posko.desk

    def read(text: str) -> Wish | None:
        tap = ListTap.unpack(f"li:{text}")
        if tap is None:
            return None
        return read_wish(tap, routing=desk.routing, book=desk.regions, territory=LINGGAU)

    meant = [
        *(Wish(show, "", 2) for show in (Show.ALL, Show.MINE, Show.UNOWNED, Show.OVERDUE)),
        Wish(Show.CATEGORY, "flood"),
        Wish(Show.CATEGORY, BARE, 3),
        Wish(Show.REGION, "16.73.06.1002", 99),
    ]
    assert [read(wish.tap.pack().removeprefix("li:")) for wish in meant] == meant
    for text in ("c:robbery:1", "c::1", "r:16.74:1", "r:16:1", "r:banjir:1"):
        assert read(text) == Wish(), text
    forged = ("", "x", "c", "u", "u:x:1", "u::0", "u::-1", "u::²", "u::99999999", "::::", "z:flood:2", "m:")
    for text in (*forged, "c:a:b:1"):
        assert read(text) is None, text


def test_a_territory_is_divided_by_what_lies_below_it() -> None:
    """One region has the regions below as its parts and itself for what lies above them; several are parts themselves."""
    codes = ["16.73", "16.73.06", "16.73.06.1002", "16.73.01.1001"]
    assert [part_of(code, ("16.73",)) for code in codes] == ["16.73", "16.73.06", "16.73.06", "16.73.01"]
    assert [part_of(code, ("16",)) for code in codes] == ["16.73"] * 4
    assert [part_of(code, ("16.73", "16.74")) for code in codes] == ["16.73"] * 4
    assert part_of("16.73.06.1002", ("16.73.06.1002",)) == "16.73.06.1002"


def test_menus_count_what_is_open() -> None:
    """Categories come by how many are open, regions by their codes; a bad status counts as one more category."""
    found = {("flood", "16.73.06.1002"): 2, (None, "16.73"): 1, ("hoax", "16.73.01"): 1, ("flood", "16.73"): 1}
    assert category_counts(found) == {"flood": 3, BARE: 1, "hoax": 1}
    assert region_counts(found, LINGGAU) == {"16.73": 2, "16.73.01": 1, "16.73.06": 2}


async def test_a_group_hears_what_it_was_linked_for(posko: Posko) -> None:
    """A group for disasters hears of floods and of no bad status; one without purposes hears of everything."""
    routing = posko.desk.routing
    heard = heard_of(routing, {Purpose.DISASTER})
    assert heard_of(routing, ()) is None
    assert heard is not None
    assert ("flood" in heard.categories, "neutrality" in heard.categories) == (True, False)
    assert (heard.others, heard.bare) == (False, False)
    coordination = heard_of(routing, {Purpose.COORDINATION})
    assert coordination is not None
    assert (coordination.others, coordination.bare) == (True, True)


async def test_a_page_as_it_is_read(posko: Posko) -> None:
    """The title has count, filter and page; an entry its severity, number, category, post, state, owner, age and mark."""
    assert list_text(reader(posko, "id"), LISTING, now=NOW).splitlines() == [
        "📋 <b>12 insiden terbuka</b> · menunggu diterima · hal. 1/2",
        "📍 Kota Lubuk Linggau · keadaan 07.10 WIB",
        "",
        "🔴 <b>I-42</b> 🌊 Banjir · Lapas Kelas IIA Lubuklinggau",
        "kritis · 🔔 menunggu · 2 jam · ⏰ <b>lewat batas</b>",
        "",
        "🟢 <b>I-7</b> 🌊 Banjir · Lapas Kelas IIA Lubuklinggau",
        "ringan · 👀 Rahmat · 2 jam",
    ]
    english = list_text(reader(posko, "en"), replace(LISTING, counts=Counts(31, 1, 12, 3)), now=NOW).splitlines()
    assert english[0] == "📋 <b>1 open incident</b> · waiting to be accepted"
    assert english[4] == "critical · 🔔 waiting · 2 h · ⏰ <b>overdue</b>"


async def test_an_entry_is_called_by_its_form(posko: Posko) -> None:
    """Each reader has the title in their language: of the category, of an alarm's form, else the form's bare name."""
    alarm, gone = replace(ENTRY, form_id="sos", answers={}), replace(ENTRY, form_id="gone")
    listing = replace(LISTING, entries=[ENTRY, alarm, gone])
    titles = {
        language: [label.split(" ", 2)[2] for label in labels(list_rows(reader(posko, language), listing))[:3]]
        for language in ("id", "en")
    }
    assert titles["id"] == ["🌊 Banjir", "Darurat", "gone"]
    assert titles["en"][0] == "🌊 Flood"
    assert titles["en"][2] == "gone"


async def test_the_buttons_of_a_page(posko: Posko) -> None:
    """A button for each number, the filters with their counts and a mark at the active one, and the next page."""
    rows = list_rows(reader(posko, "id"), LISTING)
    assert labels(rows) == [
        "🔴 I-42 🌊 Banjir", "🟢 I-7 🌊 Banjir", "Lihat milik saya", "✓ Lihat menunggu (12)", "Lihat lewat batas (3)", "Pilih kategori…",
        "Pilih wilayah…", "Lihat semua (31)", "▶",
    ]  # fmt: skip
    assert data(rows)[-1] == ["li:u::2"]
    second = list_rows(reader(posko, "id"), replace(LISTING, wish=Wish(Show.UNOWNED, "", 2)))
    assert data(second)[-1] == ["li:u::1"]
    village = list_rows(reader(posko, "id"), replace(LISTING, territory=("16.73.06.1002",)))
    assert "Pilih wilayah…" not in labels(village)


async def test_everything_fits_on_a_phone(posko: Posko) -> None:
    """The longest page is one message; buttons are two a row, of at most 24 characters, with data that Telegram takes."""
    entry = replace(ENTRY, number=123456, post=LONG * 3, owner="Raden Mas & Haji " * 20, state=State.REFERRED)
    everything = Listing(
        tuple(f"16.{n:02}" for n in range(1, 14)),
        Wish(Show.CATEGORY, "flood", 5),
        Counts(9999, 999, 999, 999),
        [entry] * 8,
        LONG,
    )
    names = {f"{'x' * 28}{n:03}": n * 100 for n in range(40)}
    for language in ("id", "en"):
        eyes = reader(posko, language)
        text = list_text(eyes, everything, now=NOW)
        pieces = [list_rows(eyes, everything)]
        pieces += [menu(eyes, Show.CATEGORY, names, page, listing=everything)[1] for page in (1, 2, 3)]
        assert len(text) < TEXT_LIMIT
        assert LONG not in text
        for rows in pieces:
            assert keyboard(rows)
            assert max(len(row) for row in rows) <= 2
            assert [label for label in labels(rows) if len(label) > 24] == []
            assert max(len(one.encode()) for row in data(rows) for one in row) <= BUTTON_DATA_BYTES


async def test_a_menu_is_paged(posko: Posko) -> None:
    """Sixteen at most stand on a page of a menu; a page that is not there is the nearest."""
    counts = dict.fromkeys((region.code for region in posko.desk.regions.children("16")), 1)
    assert len(counts) == 17
    listing = replace(LISTING, territory=("16",))
    first = menu(reader(posko, "id"), Show.REGION, counts, 1, listing=listing)[1]
    last = menu(reader(posko, "id"), Show.REGION, counts, 99, listing=listing)[1]
    assert (len(labels(first)), labels(first)[-2:]) == (18, ["▶", "Kembali"])
    assert labels(last)[1:] == ["◀", "Kembali"]


async def test_categories_have_the_names_of_the_forms(posko: Posko) -> None:
    """A category is called as its choice is; what has none is a bad status or an alarm; an unknown one is its id."""
    names = [category_name(reader(posko, "en"), item) for item in ("flood", BARE, "robbery")]
    assert names == ["🌊 Flood", "📣 Situation/alarm", "robbery"]
    listing = replace(LISTING, wish=Wish(Show.REGION, "16.73"))
    assert "Lubuklinggau saja" in list_text(reader(posko, "id"), listing, now=NOW)
