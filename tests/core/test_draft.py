"""What a half-filled report needs next."""

from __future__ import annotations

from core.draft import LINE, Ask, Complete, next_step, without
from core.formfile import load_forms
from core.values import Problem, ProblemKey
from tests.kit import PRESET

FORMS = load_forms(PRESET / "forms")
BAD_RATIO = Problem(key=ProblemKey.RATIO, field="personnel", args={"text": "x"})


def step(answers: dict[str, object], *problems: Problem, form: str = "status", waiting: tuple[str, ...] = ()) -> object:
    """The next step of a report of a polling station with 250 voters."""
    return next_step(
        FORMS[form],
        answers,  # type: ignore[arg-type]
        problems,
        post_kind="tps",
        attributes={"voters": 250},
        waiting=waiting,
    )


def asked(found: object) -> tuple[str | None, tuple[str, ...]]:
    """The field asked for and all that waits."""
    assert isinstance(found, Ask)
    return found.field.id if found.field else None, found.waiting


def test_a_report_with_what_is_required_is_complete() -> None:
    """Nothing is asked when the required answers are there."""
    assert step({"condition": "safe"}) == Complete()


def test_what_is_required_is_asked_in_the_forms_order() -> None:
    """Missing required answers are asked one after another, as the form has them."""
    assert asked(step({}, form="incident")) == ("category", ("category", "severity"))


def test_what_was_not_understood_is_asked_first() -> None:
    """An answer that was misread is asked again before what is missing."""
    assert asked(step({}, BAD_RATIO)) == ("personnel", ("personnel", "condition"))


def test_a_conflict_with_the_post_is_asked() -> None:
    """An answer beyond the post's own number is asked again."""
    assert asked(step({"condition": "safe", "voters": 251})) == ("voters", ("voters",))


def test_what_waits_is_kept_until_it_is_answered() -> None:
    """A question put off earlier comes after the present one, and is gone when its answer is there."""
    assert asked(step({}, waiting=("personnel",)))[1] == ("personnel", "condition")
    assert step({"condition": "safe", "personnel": [1, 2]}, waiting=("personnel",)) == Complete()


def test_a_problem_of_no_field_belongs_to_the_line() -> None:
    """A problem with the line itself is asked without a field."""
    problem = Problem(key=ProblemKey.LEFT_OVER, field="", args={"text": "x"})
    assert asked(step({"condition": "safe"}, problem)) == (None, (LINE,))


def test_an_answer_is_left_out_without_touching_the_rest() -> None:
    """Leaving an answer out gives a new set of answers."""
    answers = {"condition": "safe", "note": "x"}
    assert without(answers, "note") == {"condition": "safe"}
    assert answers == {"condition": "safe", "note": "x"}
