"""Numbers that can be but are hardly meant: doubted once, with what was probably meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.doubts import DoubtKey, doubts, suggested
from core.forms.form_files import read_form
from core.forms.forms import Answers, Form
from core.forms.values import check_value

FORM = """
id = "all"
commands = ["all"]
title = { id = "Semua", en = "All" }
posts = ["tps", "lapas"]
field = [
  { id = "voters", kind = "integer", min = 0, at_most = "voters", label = { id = "Pemilih", en = "Voters" } },
  { id = "women", kind = "integer", min = 0, at_most = "voters", label = { id = "Perempuan", en = "Women" } },
  { id = "staff", kind = "ratio", likely_min = 2, likely_max = 50, label = { id = "Petugas", en = "Staff" } },
  { id = "water", kind = "integer", min = 0, likely_min = 10, likely_max = 600, max = 900, label = { id = "A", en = "B" } },
  { id = "power", kind = "yes_no", label = { id = "Listrik", en = "Power" } },
  { id = "lamps", kind = "integer", likely_max = 5, only_if = { field = "power", is = true }, label = { id = "L", en = "L" } },
  { id = "inmates", kind = "integer", likely_max = 9, only_for = ["lapas"], label = { id = "W", en = "I" } },
]
"""


@pytest.fixture(scope="module", name="form")
def a_form() -> Form:
    return read_form(FORM)


@pytest.mark.parametrize(
    ("answers", "voters", "key", "args", "suggestions"),
    [
        ({"voters": 301}, None, None, {}, ()),
        ({"voters": 300}, 300, None, {}, ()),
        ({"voters": 1320}, 300, DoubtKey.OVER_POST, {"value": 1320, "limit": 300, "attribute": "voters"}, (132,)),
        ({"voters": 2299}, 300, DoubtKey.OVER_POST, {"value": 2299, "limit": 300, "attribute": "voters"}, (299, 229)),
        ({"voters": 901}, 300, DoubtKey.OVER_POST, {"value": 901, "limit": 300, "attribute": "voters"}, (90,)),
        ({"voters": 412}, 300, DoubtKey.OVER_POST, {"value": 412, "limit": 300, "attribute": "voters"}, (142, 41)),
        ({"voters": 7}, 5, DoubtKey.OVER_POST, {"value": 7, "limit": 5, "attribute": "voters"}, ()),
        ({"voters": 10, "women": 11}, 300, DoubtKey.OVER_FIELD, {"value": 11, "limit": 10, "other": "voters"}, (1,)),
        ({"water": 1000}, None, DoubtKey.UNLIKELY_BIG, {"value": 1000, "limit": 600}, (100,)),
        ({"water": 8}, None, DoubtKey.UNLIKELY_SMALL, {"value": 8, "limit": 10}, (80, 88)),
        ({"staff": [18, 200]}, None, DoubtKey.UNLIKELY_BIG, {"value": 200, "limit": 50}, (20,)),
        ({"staff": [18, 99]}, None, DoubtKey.UNLIKELY_BIG, {"value": 99, "limit": 50}, ()),
        ({"staff": [1, 20]}, None, DoubtKey.UNLIKELY_SMALL, {"value": 1, "limit": 2}, (10, 11)),
        ({"lamps": 6, "power": False}, None, None, {}, ()),
        ({"inmates": 10}, None, None, {}, ()),
    ],
)
def test_doubt_names_the_limit_and_what_was_meant(
    form: Form,
    answers: Answers,
    voters: int | None,
    *,
    key: DoubtKey | None,
    args: dict[str, str | int],
    suggestions: tuple[int, ...],
) -> None:
    """A number over its likely limit is doubted, with numbers a slip away that fit; what is not asked is not doubted."""
    attributes = {} if voters is None else {"voters": voters}
    found = doubts(form, answers, post_kind="tps", attributes=attributes)
    assert [(one.key, one.args, one.suggestions) for one in found] == ([(key, args, suggestions)] if key else [])


def test_an_insisted_number_is_not_doubted_again(form: Form) -> None:
    """What the officer insists on is left alone; another doubtful field is still asked about."""
    answers: Answers = {"voters": 1320, "water": 700}
    found = doubts(form, answers, post_kind="tps", attributes={"voters": 300}, insisted=["voters"])
    assert [one.field for one in found] == ["water"]


def test_a_suggestion_keeps_the_other_half_of_a_ratio(form: Form) -> None:
    """Taking a suggested number changes only the number that was doubted."""
    answers: Answers = {"staff": [18, 200]}
    (doubt,) = doubts(form, answers, post_kind="tps", attributes={})
    assert suggested(doubt, answers, 20) == [18, 20]


@given(st.integers(-5, 10**12), st.integers(0, 2000), st.lists(st.integers(0, 10**6), min_size=2, max_size=2))
def test_a_suggestion_settles_the_doubt(number: int, limit: int, pair: list[int]) -> None:
    """Whatever the numbers, a suggestion breaks no rule and leaves no doubt about that number; there are two at most."""
    form = read_form(FORM)
    answers: Answers = {"voters": number, "women": number, "staff": sorted(pair), "water": number}
    for doubt in doubts(form, answers, post_kind="tps", attributes={"voters": limit}):
        assert len(doubt.suggestions) <= 2
        assert len(set(doubt.suggestions)) == len(doubt.suggestions)
        for one in doubt.suggestions:
            better = {**answers, doubt.field: suggested(doubt, answers, one)}
            assert check_value(form.field(doubt.field), better[doubt.field]) is None
            left = doubts(form, better, post_kind="tps", attributes={"voters": limit})
            assert all((other.field, other.part) != (doubt.field, doubt.part) for other in left)


@given(st.integers(100, 300), st.integers(0, 9))
def test_a_digit_too_many_is_found(meant: int, slip: int) -> None:
    """A number with a digit too many at its end, at a post with as many voters as it had at most, is among the suggestions."""
    answers: Answers = {"voters": meant * 10 + slip}
    (doubt,) = doubts(read_form(FORM), answers, post_kind="tps", attributes={"voters": 300})
    assert meant in doubt.suggestions
