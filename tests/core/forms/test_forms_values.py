"""How typed answers become values or problems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.form_files import read_form
from core.forms.forms import Answers, Field, Form, Value
from core.forms.problems import Problem, ProblemKey
from core.forms.values import conflicts, read_value

P = ProblemKey

FORM = """
id = "all"
commands = ["all"]
title = { id = "Semua", en = "All" }
posts = ["tps", "lapas"]
field = [
  { id = "condition", kind = "choice", label = { id = "Situasi", en = "Situation" }, choices = [
    { id = "safe", words = ["aman"], also = ["oke"], label = { id = "Aman", en = "Safe" } },
    { id = "not_arrived", words = ["logistik belum tiba"], label = { id = "Belum tiba", en = "Not arrived" } },
  ] },
  { id = "needs", kind = "choices", max = 2, label = { id = "Perlu", en = "Needs" }, choices = [
    { id = "tent", words = ["tenda"], label = { id = "Tenda", en = "Tent" } },
    { id = "water", words = ["air bersih"], label = { id = "Air bersih", en = "Clean water" } },
    { id = "boat", words = ["perahu"], label = { id = "Perahu", en = "Boat" } },
  ] },
  { id = "count", kind = "integer", min = 0, max = 5000, label = { id = "Jumlah", en = "Count" } },
  { id = "free", kind = "integer", label = { id = "Bebas", en = "Free" } },
  { id = "voters", kind = "integer", at_most = "voters", label = { id = "Pemilih", en = "Voters" } },
  { id = "women", kind = "integer", at_most = "count", label = { id = "Perempuan", en = "Women" } },
  { id = "staff", kind = "ratio", max = 1000000, label = { id = "Personel", en = "Staff" } },
  { id = "inmates", kind = "ratio", may_exceed = true, label = { id = "WBP", en = "Inmates" } },
  { id = "power", kind = "yes_no", label = { id = "Listrik", en = "Power" } },
  { id = "time", kind = "time", only_if = { field = "power", is = false }, label = { id = "Jam", en = "Time" } },
  { id = "note", kind = "text", label = { id = "Catatan", en = "Note" } },
  { id = "code", kind = "text", min = 3, max = 5, only_for = ["lapas"], label = { id = "Kode", en = "Code" } },
  { id = "place", kind = "location", label = { id = "Lokasi", en = "Location" } },
  { id = "photo", kind = "media", label = { id = "Foto", en = "Photo" } },
]
"""


def a_form() -> Form:
    return read_form(FORM)


def a_field(field_id: str) -> Field:
    return a_form().field(field_id)


@pytest.mark.parametrize(
    ("field_id", "text", "value"),
    [
        ("condition", "AMAN", "safe"),
        ("condition", "safe.", "safe"),
        ("condition", "oke", "safe"),
        ("condition", "belum-tiba", "not_arrived"),
        ("condition", "not_arrived", "not_arrived"),
        ("condition", "Belum\u200b\u00a0 Tiba", "not_arrived"),
        ("needs", "tenda", ["tent"]),
        ("needs", "air bersih, tenda", ["water", "tent"]),
        ("needs", "tenda dan air bersih", ["tent", "water"]),
        ("needs", "tenda tenda perahu", ["tent", "boat"]),
        ("count", "1.024", 1024),
        ("count", "1,024", 1024),
        ("count", "１２", 12),
        ("count", "1O", 10),
        ("count", "l5", 15),
        ("count", "007", 7),
        ("count", "150 orang", 150),
        ("count", "nihil", 0),
        ("count", "80 cm", 80),
        ("count", " 12. ", 12),
        ("free", "-3", -3),
        ("free", "1.024.000", 1_024_000),
        ("staff", "18/20", [18, 20]),
        ("staff", "18 / 20", [18, 20]),
        ("staff", "18 dari 20", [18, 20]),
        ("staff", "18 of 20 orang", [18, 20]),
        ("staff", "1.018/1.020", [1018, 1020]),
        ("staff", "O/2o", [0, 20]),
        ("staff", "0/0", [0, 0]),
        ("inmates", "900/640", [900, 640]),
        *(("power", word, True) for word in ("ya", "Y", "yes", "sudah")),
        *(("power", word, False) for word in ("tidak", "T", "no", "belum")),
        *(("time", text, "08:10") for text in ("08:10", "08.10", "8.10", "0810", "Pukul 8.10", "O8:l0", "08.10 WIB")),
        ("time", "pukul 8", "08:00"),
        ("time", "8 malam", "20:00"),
        ("time", "1 siang", "13:00"),
        ("time", "12 malam", "00:00"),
        ("time", "12 pm", "12:00"),
        ("time", "23:59", "23:59"),
        ("note", "  dua\nbaris \u200b", "dua\nbaris \u200b"),
        ("code", "abc", "abc"),
        ("place", "-2.99,104.75", {"lat": -2.99, "lon": 104.75}),
        ("place", "-2.99, 104.75", {"lat": -2.99, "lon": 104.75}),
    ],
)
def test_typed_answer_is_read(field_id: str, text: str, value: Value) -> None:
    """The ways in which people write an answer all mean the same value."""
    assert read_value(a_field(field_id), text) == value


@pytest.mark.parametrize(
    ("field_id", "text", "key", "args"),
    [
        ("condition", "entah", P.CHOICE, {"text": "entah"}),
        ("condition", "", P.EMPTY, {}),
        ("needs", "tenda dan mobil", P.CHOICE, {"text": "tenda dan mobil"}),
        ("needs", "tenda perahu air-bersih", P.TOO_MANY, {"count": 3, "max": 2}),
        ("count", "banyak", P.NUMBER, {"text": "banyak"}),
        ("count", "lo", P.NUMBER, {"text": "lo"}),
        ("count", "1.5", P.NUMBER, {"text": "1.5"}),
        ("count", "0.500", P.NUMBER, {"text": "0.500"}),
        ("count", "1.024,500", P.NUMBER, {"text": "1.024,500"}),
        ("count", "9" * 5000, P.NUMBER, {"text": "9" * 39 + "…"}),
        ("count", "9" * 13, P.NUMBER, {"text": "9" * 13}),
        ("count", "-1", P.TOO_SMALL, {"value": -1, "min": 0}),
        ("count", "5001", P.TOO_BIG, {"value": 5001, "max": 5000}),
        ("staff", "18", P.RATIO, {"text": "18"}),
        ("staff", "-1/20", P.RATIO, {"text": "-1/20"}),
        ("staff", "20/18", P.RATIO_ORDER, {"first": 20, "second": 18}),
        ("staff", "1/2000000", P.TOO_BIG, {"value": 2_000_000, "max": 1_000_000}),
        ("power", "mungkin", P.YES_NO, {"text": "mungkin"}),
        ("time", "24:00", P.TIME, {"text": "24:00"}),
        ("time", "8:60", P.TIME, {"text": "8:60"}),
        ("time", "tadi", P.TIME, {"text": "tadi"}),
        ("time", "08.10 WITA", P.TIME, {"text": "08.10 WITA"}),
        ("note", " \u200b\n", P.EMPTY, {}),
        ("note", "x" * 4097, P.TEXT_TOO_LONG, {"length": 4097, "max": 4096}),
        ("code", "ab", P.TEXT_TOO_SHORT, {"length": 2, "min": 3}),
        ("place", "Palembang", P.LOCATION, {"text": "Palembang"}),
        ("place", "-91,104", P.LOCATION, {"text": "-91,104"}),
        ("photo", "foto.jpg", P.NOT_TYPED, {}),
    ],
)
def test_bad_answer_is_a_problem(field_id: str, text: str, key: ProblemKey, args: dict[str, str | int]) -> None:
    """An answer that cannot be read or breaks a limit gives the key of a text and its arguments."""
    assert read_value(a_field(field_id), text) == Problem(key=key, field=field_id, args=args)


def test_near_choices_come_with_the_problem() -> None:
    """A misspelt choice names the nearest ones."""
    problem = read_value(a_field("condition"), "amna")
    assert isinstance(problem, Problem)
    assert problem.near == ("safe",)


@pytest.mark.parametrize(
    ("answers", "post_kind", "found"),
    [
        ({"count": 10, "women": 11}, "tps", []),
        ({"count": 5001}, "tps", [P.TOO_BIG]),
        ({"code": "abc"}, "lapas", []),
        ({"code": "abc"}, "tps", [P.NOT_FOR_POST]),
        ({"code": "abc"}, None, []),
        ({"time": "08:10"}, "tps", []),
        ({"time": "08:10", "power": False}, "tps", []),
        ({"time": "08:10", "power": True}, "tps", [P.NOT_ASKED]),
    ],
)
def test_conflicts_between_answers(answers: Answers, post_kind: str | None, found: list[ProblemKey]) -> None:
    """Answers that are good alone are checked against each other and the post, in whatever order they came."""
    problems = conflicts(a_form(), answers, post_kind=post_kind)
    assert [problem.key for problem in problems] == found


@given(st.sampled_from([field.id for field in a_form().fields]), st.text(st.characters(), max_size=300))
def test_any_text_is_a_value_or_a_problem(field_id: str, text: str) -> None:
    """Whatever is typed, reading it never fails."""
    result = read_value(a_field(field_id), text)
    assert isinstance(result, Problem | str | int | list | dict)


@given(st.integers(0, 10**9))
def test_numbers_are_read_as_they_are_written(number: int) -> None:
    """A number is read back with Indonesian, English or no separators."""
    field = a_field("free")
    for text in (str(number), f"{number:,}", f"{number:,}".replace(",", ".")):
        assert read_value(field, text) == number


@given(st.integers(0, 23), st.integers(0, 59))
def test_times_are_read_as_they_are_written(hour: int, minute: int) -> None:
    """A time is read back in each way of writing it."""
    field = a_field("time")
    for text in (f"{hour:02}:{minute:02}", f"{hour}.{minute:02}", f"{hour:02}{minute:02}", f"jam {hour}.{minute:02}"):
        assert read_value(field, text) == f"{hour:02}:{minute:02}"
