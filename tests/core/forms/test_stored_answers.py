"""What may be stored: whatever brings an answer, it is of its field's kind, within its limits, and asked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.forms.fields import Kind
from core.forms.forms import Form, applicable
from core.forms.kinds import kind_of
from core.forms.problems import Problem
from core.forms.values import accepted, check_value, conflicts, read_value
from core.reports.draft import Terms, is_complete
from tests.core.forms.test_kinds import a_field
from tests.storage_kit import preset_forms

FORMS = preset_forms()
WORDS = [
    "safe",
    "disturbance",
    "first",
    "update",
    "high",
    "flood",
    "08:10",
    "yes",
    "18/20",
    "Siti",
    " ",
    "\x00",
    "é" * 5000,
]
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**14), 10**14), st.floats(), st.sampled_from(WORDS), st.text()
)
ANYTHING = st.recursive(
    SCALARS, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.sampled_from(["lat", "lon", "a"]), one), max_leaves=4
)  # fmt: skip


@st.composite
def wild(draw: st.DrawFn) -> tuple[Form, str, dict[str, Any]]:
    """A form, a kind of post that files it, and answers of any shape, good ones among them."""
    form = draw(st.sampled_from(list(FORMS.values())))
    ids = [one.id for one in form.fields]
    good = {one.id: st.sampled_from([choice.id for choice in one.choices]) for one in form.fields if one.choices}
    answers = {
        name: draw(st.one_of(good.get(name, ANYTHING), ANYTHING))
        for name in draw(st.lists(st.sampled_from([*ids, "bogus"]), unique=True))
    }
    return form, draw(st.sampled_from([kind.value for kind in form.posts])), answers


@given(given_=wild(), unfinished=st.booleans())
@settings(max_examples=300, deadline=None)
def test_nothing_else_may_be_stored(given_: tuple[Form, str, dict[str, Any]], *, unfinished: bool) -> None:
    """Of any answers those that may be stored are answers of the form, asked of that post, without a problem, and stay so."""
    form, post, answers = given_
    kept = accepted(form, answers, post, unfinished=unfinished)
    assert kept.items() <= answers.items() if all(map(_plain, kept.values())) else set(kept) <= set(answers)
    assert conflicts(form, kept, post_kind=post) == ()
    assert all(kind_of(form.field(name)).fits(form.field(name), value) for name, value in kept.items())
    assert accepted(form, kept, post, unfinished=unfinished) == kept
    if not unfinished:
        assert set(kept) <= {one.id for one in applicable(form, kept, post)}


def _plain(value: object) -> bool:
    return isinstance(value, str | int)


@given(
    kind=st.sampled_from(list(Kind)), text=st.one_of(st.text(max_size=40), st.from_regex(r"[0-9abc.,:/ -]{0,12}", fullmatch=True))
)  # fmt: skip
@settings(max_examples=400, deadline=None)
def test_what_can_be_typed_can_be_stored(kind: Kind, text: str) -> None:
    """Whatever a typed text is read as is stored as it is: no good answer is lost at the door."""
    field = a_field(kind)
    value = read_value(field, text)
    assert isinstance(value, Problem) or check_value(field, value) is None


@pytest.mark.parametrize(
    "value", [[], "", [[]], {}, None, float("nan"), float("inf"), True, -1.5, {"lat": 1}, [{}], [True, False]]
)
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.YES_NO])
def test_a_value_of_another_kind_is_a_problem(kind: Kind, value: Any) -> None:
    """What no tap and no typed word can mean is an answer to no question."""
    assert check_value(a_field(kind), value) is not None


def test_what_depends_on_an_open_question_waits_for_it() -> None:
    """In a draft the severity may be said before the stage; a report, and one of another stage, is without it."""
    form, said = FORMS["disaster"], {"kind": "flood", "severity": "high"}
    assert accepted(form, said, "tps", unfinished=True) == said
    assert accepted(form, said, "tps") == {"kind": "flood"}
    assert accepted(form, {**said, "stage": "update"}, "tps", unfinished=True) == {"kind": "flood", "stage": "update"}


@pytest.mark.parametrize(
    ("answers", "signed", "complete"),
    [
        ({"condition": "safe"}, False, True),
        ({"condition": "safe"}, True, False),
        ({"condition": "safe", "behalf": []}, True, False),
        ({"condition": "safe", "behalf": "Siti"}, True, True),
        ({"condition": []}, False, False),
        ({"personnel": [18, 20]}, False, False),
        ({"condition": "safe", "voters": 3}, False, False),  # not asked of an office
        ({"condition": "safe", "bogus": 1}, False, False),
    ],
)
def test_only_a_whole_report_is_complete(answers: dict[str, Any], *, signed: bool, complete: bool) -> None:
    """A report lacks nothing that is required, has a name where one must sign, and nothing that is refused."""
    assert is_complete(FORMS["status"], answers, Terms("kantor", {}, signed=signed)) is complete
