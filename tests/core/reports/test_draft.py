"""What a half-filled report needs next."""

from __future__ import annotations

from core.forms.problems import Problem, ProblemKey
from core.reports.draft import LINE, Ask, Complete, Terms, fitting, next_step, without
from tests.storage_kit import preset_forms

FORMS = preset_forms()
BAD_RATIO = Problem(key=ProblemKey.RATIO, field="personnel", args={"text": "x"})


def step(
    answers: dict[str, object],
    *problems: Problem,
    form: str = "status",
    waiting: tuple[str, ...] = (),
    insisted: tuple[str, ...] = (),
    signed: bool = False,
) -> object:
    """The next step of a report of a polling station with 250 voters."""
    terms = Terms("tps", {"voters": 250}, insisted, signed=signed)
    return next_step(FORMS[form], answers, problems, terms, waiting=waiting)  # type: ignore[arg-type]


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


def test_a_doubtful_number_is_asked_once() -> None:
    """A number beyond the post's own is doubted until the officer insists on it."""
    answers: dict[str, object] = {"condition": "safe", "voters": 251}
    found = step(answers)
    assert isinstance(found, Ask)
    assert (found.doubt is not None, found.problem, found.waiting) == (True, None, ("voters",))
    assert step(answers, insisted=("voters",)) == Complete()


def test_a_desk_phone_asks_who_signs() -> None:
    """Where somebody must sign, the name is asked after everything else."""
    assert asked(step({}, signed=True)) == ("condition", ("condition", "behalf"))
    assert step({"condition": "safe", "behalf": "Budi"}, signed=True) == Complete()


def test_answers_that_no_longer_apply_are_dropped() -> None:
    """An answer whose question is not asked of this post goes, the others stay."""
    assert fitting(FORMS["status"], {"condition": "safe", "voters": 20}, "posko") == {"condition": "safe"}


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
