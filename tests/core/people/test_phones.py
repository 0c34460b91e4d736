"""Phone numbers as people type them and as Telegram shares them, and ranks beside them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people.contact_line import ContactLine, clean_rank, read_line
from core.people.phones import PhoneProblem, read_phone, shown

MOBILE = "+6281200000001"
KEPT = re.compile(r"\+[1-9][0-9]{7,14}")
GAPS = st.sampled_from(["", " ", "-", ".", "  ", " - ", "\u2011", "\u00a0", "\u2013"])
NATIONAL = st.from_regex(r"8[0-9]{8,11}", fullmatch=True)


@pytest.mark.parametrize(
    "typed",
    [
        "0812-0000-0001", "081200000001", "0812 0000 0001", "0812.0000.0001", " 0812-0000-0001. ", "(0812) 0000-0001",
        "+62 812-0000-0001", "+6281200000001", "62812 0000 0001", "+62 (0) 812 0000 0001", "+62 0812-0000-0001",
        "0062 812 0000 0001", "812-0000-0001", "tel:+6281200000001", "０８１２０００００００１", "0812\u20110000\u20110001",
        "\u2066+62 812-0000-0001\u2069", "(+62) 812-0000-0001",
    ],
)  # fmt: skip
def test_one_number_is_read_however_it_is_typed(typed: str) -> None:
    """Every usual way to type an Indonesian mobile number gives the same number."""
    assert read_phone(typed) == MOBILE


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("(0711) 000-123", "+62711000123"),
        ("021-000-0001", "+62210000001"),
        ("+60 12-000 0001", "+60120000001"),
        ("00 65 0000 0001", "+6500000001"),
    ],
)
def test_offices_and_numbers_from_abroad_are_read(typed: str, kept: str) -> None:
    """A landline keeps its area code, a number from abroad its country's."""
    assert read_phone(typed) == kept


@pytest.mark.parametrize(
    ("shared", "kept"),
    [
        ("6281200000001", MOBILE),
        ("+6281200000001", MOBILE),
        ("60120000001", "+60120000001"),
        ("819000000001", "+819000000001"),
    ],
)
def test_telegram_shares_numbers_with_or_without_the_plus(shared: str, kept: str) -> None:
    """A shared number begins with its country's code, be it one that looks like a mobile number's first digits here."""
    assert read_phone(shared, shared=True) == kept


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", PhoneProblem.LETTERS),
        ("nol delapan", PhoneProblem.LETTERS),
        ("0812-CALL-ME", PhoneProblem.LETTERS),
        ("0812+0000+0001", PhoneProblem.LETTERS),
        ("+", PhoneProblem.LETTERS),
        ("112", PhoneProblem.SHORT),
        ("0812-0000", PhoneProblem.SHORT),
        ("08120000000000", PhoneProblem.LONG),
        ("+62711000000000", PhoneProblem.LONG),
        ("+1" + "0" * 15, PhoneProblem.LONG),
        ("711-000-123", PhoneProblem.COUNTRY),
        ("+000012345678", PhoneProblem.COUNTRY),
        ("+888 0000 0001", PhoneProblem.UNCALLABLE),
        ("0" * 10_000, PhoneProblem.LETTERS),
    ],
)
def test_what_cannot_be_called_is_refused_with_its_reason(typed: str, problem: PhoneProblem) -> None:
    """Words, too few or too many digits and numbers of unknown origin are told apart."""
    assert read_phone(typed) is problem


@given(NATIONAL, st.data())
def test_decoration_does_not_count(national: str, data: st.DataObject) -> None:
    """Whatever stands between the digits, and however the country is named, it is the same number."""
    begin = data.draw(st.sampled_from(["0", "+62", "62", "+62 0", "0062", "+62-"]))
    spread = "".join(digit + data.draw(GAPS) for digit in national)
    assert read_phone(begin + spread) == f"+62{national}"


@given(st.text(max_size=80), st.booleans())
def test_any_text_is_a_number_or_a_reason(text: str, shared: bool) -> None:
    """Nothing that can be typed breaks the reading, and what is kept fits the column and E.164."""
    found = read_phone(text, shared=shared)
    assert isinstance(found, PhoneProblem) or KEPT.fullmatch(found)


@given(st.one_of(NATIONAL, st.from_regex(r"[2-7][0-9]{6,10}", fullmatch=True)))
def test_what_is_shown_is_the_same_number(national: str) -> None:
    """The groups in which a number is shown are read back as that number."""
    text = shown(f"+62{national}")
    assert (read_phone(text), text[:4]) == (f"+62{national}", "+62 ")


@pytest.mark.parametrize(
    ("phone", "text"),
    [
        (MOBILE, "+62 812-0000-0001"),
        ("+62812000001", "+62 812-000-001"),
        ("+628120000001", "+62 812-000-0001"),
        ("+62711000123", "+62 711-000-123"),
        ("+62210000001", "+62 21-000-0001"),
        ("+60120000001", "+60120000001"),
        ("Rumah", "Rumah"),
    ],
)
def test_numbers_are_shown_in_groups(phone: str, text: str) -> None:
    """Indonesian numbers stand in the groups by which Telegram and people know a telephone number."""
    assert shown(phone) == text


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("", ContactLine(None, None)),
        ("Bripka", ContactLine("Bripka", None)),
        ("  Penata  Muda (III/a) ", ContactLine("Penata Muda (III/a)", None)),
        ("Serka 2", ContactLine("Serka 2", None)),
        ("0812-0000-0001", ContactLine(None, "0812-0000-0001")),
        ("Bripka 0812-0000-0001", ContactLine("Bripka", "0812-0000-0001")),
        ("Pembina Tk. I (IV/a), +62 812 0000 0001", ContactLine("Pembina Tk. I (IV/a)", "+62 812 0000 0001")),
        ("nomor saya: 0812-0000-0001", ContactLine(None, "0812-0000-0001")),
        ("hp", ContactLine(None, None)),
        ("112", ContactLine(None, "112")),
        ("0812-0000-0001 ya", ContactLine(None, "0812-0000-0001 ya")),
        ("<b>Bripka</b>\u202e\x00", ContactLine("Bripka", None)),
    ],
)
def test_a_line_is_a_rank_a_number_or_both(line: str, typed: ContactLine) -> None:
    """Words are the rank, five digits and more are a number, and words that only announce a number are neither."""
    assert read_line(line) == typed


@given(st.text(max_size=200))
def test_a_rank_carries_no_mark_up_and_nothing_invisible(text: str) -> None:
    """Whatever is typed, a rank has no brackets, no control and no doubled space."""
    rank = clean_rank(text)
    assert not re.search(r"[<>&\x00-\x1f\x7f]|  ", rank)
    read_line(text)
