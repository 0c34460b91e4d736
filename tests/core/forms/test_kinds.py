"""The kinds of answer: each is complete, and nobody else tells them apart."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from core.forms.fields import Field, Kind, Value
from core.forms.form_files import read_form
from core.forms.kind_parts import OPTIONS, AnswerKind, Asked
from core.forms.kinds import KINDS, TimeKind, kind_of
from tests.kit import ROOT
from tests.test_house import files, name_of, tree_of

# The files that may name a kind: where the kinds are listed, and where each has its class.
HOMES = ("core/forms/fields.py", "core/forms/kind_parts.py", "core/forms/kinds.py", "core/forms/choice_kinds.py")
FIELD = """
id = "needs"
commands = ["needs"]
title = { id = "Perlu", en = "Needs" }
posts = ["tps"]
field = [
  { id = "needs", kind = "choices", label = { id = "Perlu", en = "Needs" }, choices = [
    { id = "a", label = { id = "A", en = "A" } },
    { id = "b", label = { id = "B", en = "B" } },
    { id = "c", label = { id = "C", en = "C" } },
  ] },
]
"""
TYPED = {
    Kind.CHOICE: "a",
    Kind.CHOICES: "a",
    Kind.INTEGER: "120",
    Kind.RATIO: "18/20",
    Kind.YES_NO: "ya",
    Kind.TIME: "8.10",
    Kind.TEXT: "aman",
    Kind.LOCATION: "-2.99,104.75",
    Kind.MEDIA: "",
}


def a_field(kind: Kind = Kind.CHOICES) -> Field:
    """A field of a kind, with choices a, b and c."""
    return read_form(FIELD).fields[0].model_copy(update={"kind": kind})


def incomplete(kinds: Mapping[Kind, type[AnswerKind]]) -> list[str]:
    """The kinds without a class, and what each class does not say for itself."""
    found = [f"{kind} has no class" for kind in Kind if kind not in kinds]
    for kind, one in kinds.items():
        parts = [*AnswerKind.__annotations__, *AnswerKind.__abstractmethods__]
        lacking = [part for part in parts if not hasattr(one, part) or part in one.__abstractmethods__]
        found += [f"{one.__name__} lacks {part}" for part in sorted(lacking)]
        found += [f"{one.__name__} stands for {kind}"] if getattr(one, "kind", kind) is not kind else []
    return found


def branches(tree: ast.Module) -> Iterator[int]:
    """The lines that import the kinds of answer, take one from its module, or compare a kind with the word for one."""
    words = {kind.value for kind in Kind}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.endswith((".fields", ".forms")):
            yield from (node.lineno for name in node.names if name.name == "Kind")
        elif isinstance(node, ast.Attribute) and node.attr == "Kind":
            yield from (node.lineno for end in ("fields", "forms") if ast.unparse(node.value).endswith(end))
        elif isinstance(node, ast.Compare | ast.Match):
            sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else [node.subject, *node.cases]
            named = {part.value for side in sides for part in ast.walk(side) if isinstance(part, ast.Constant)}
            if any(isinstance(side, ast.Attribute) and side.attr == "kind" for side in sides):
                yield from (node.lineno for _ in named & words)


def test_every_kind_is_complete() -> None:
    """Every kind of answer has its class, and every class says all that a kind must say."""
    assert incomplete({kind: type(one) for kind, one in KINDS.items()}) == []


def test_an_incomplete_kind_is_named() -> None:
    """A kind without a class, a class that lacks a part, and a class that stands for another kind are named."""

    class Colour(AnswerKind):
        kind, stored, asked, words = Kind.TEXT, str, Asked.WORDS, 1

        def read(self, field: Field, text: str) -> Value | None:
            return field.names.get(text)

    kinds: dict[Kind, Any] = {kind: type(one) for kind, one in KINDS.items() if kind is not Kind.MEDIA}
    kinds |= {Kind.TEXT: Colour, Kind.RATIO: TimeKind}
    assert incomplete(kinds) == [
        "media has no class",
        "TimeKind stands for ratio",
        *(
            f"Colour lacks {part}"
            for part in ("bound", "columns", "example", "fits", "options", "show", "totals", "unread")
        ),
    ]


def test_only_the_kinds_tell_kinds_apart() -> None:
    """No file but those of the kinds asks which kind of answer a field takes."""
    program = [*files("core", "storage", "actions", "handlers", "jobs", "sandbox", "benchmarks"), ROOT / "bot.py"]
    wrong = [
        f"{name_of(file)}:{line}" for file in program if name_of(file) not in HOMES for line in branches(tree_of(file))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "code",
    [
        "from core.forms.forms import Field, Kind",
        "from core.forms.fields import Kind as K",
        "import core.forms.forms.fields\ncore.fields.Kind.TEXT",
        "if field.kind == 'text': pass",
        "if field.kind in ('choice', 'choices'): pass",
        "match field.kind:\n  case 'ratio': pass",
    ],
)
def test_whoever_tells_kinds_apart_is_named(code: str) -> None:
    """An import of the kinds of answer and a comparison with the word for one are both found."""
    assert list(branches(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "from core.calendar.calendar import ReminderKind",
        "if row.kind == 'photo': pass",
        "from sandbox.world.media import Kind",
    ],
)
def test_other_kinds_are_free(code: str) -> None:
    """Kinds of reminders, posts and files are no kinds of answer."""
    assert not list(branches(ast.parse(code)))


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_agrees_with_itself(kind: Kind) -> None:
    """An answer is read as what is stored, fills each column, has its numbers where they are added up, and is shown."""
    one, field = KINDS[kind], a_field(kind)
    value = one.read(field, TYPED[kind])
    assert one.options <= set(OPTIONS)
    assert len(one.cells(None)) == len(one.columns)
    if value is None:
        assert "example" not in one.options
        return
    assert isinstance(value, one.stored)
    assert len(one.cells(value)) == len(one.columns)
    assert tuple(place for place, _ in one.numbers(value)) == one.places
    assert one.check(field, value) is None
    assert one.fits(field, value)


def test_every_option_belongs_to_some_kind() -> None:
    """An option that only some kinds take is taken by one of them at least."""
    assert set().union(*(one.options for one in KINDS.values())) == set(OPTIONS)


def test_several_choices_are_tapped_on_and_off() -> None:
    """Each tap sets or takes away one choice; the form's order stays; another button is none of the question's."""
    field = a_field()
    tapped = kind_of(field).tapped
    assert tapped(field, None, "b") == ["b"]
    assert tapped(field, ["b"], "a") == ["a", "b"]
    assert tapped(field, ["a", "b"], "b") == ["a"]
    assert tapped(field, ["a"], "a") == []
    assert tapped(field, ["a"], "d") is None


def test_choices_typed_join_those_tapped() -> None:
    """Several choices are those tapped before and those typed now, in the form's order; one choice is the typed one."""
    several, one = a_field(), a_field(Kind.CHOICE)
    assert kind_of(several).joined(several, ["c"], ["b", "c"]) == ["b", "c"]
    assert kind_of(one).joined(one, "c", "b") == "b"


@pytest.mark.parametrize(
    ("kind", "button", "value"),
    [
        (Kind.YES_NO, "yes", True),
        (Kind.YES_NO, "no", False),
        (Kind.YES_NO, "a", None),
        (Kind.CHOICE, "a", "a"),
        (Kind.CHOICE, "yes", None),
        (Kind.TEXT, "a", None),
    ],
)
def test_a_button_answers_its_own_question(kind: Kind, button: str, value: Value | None) -> None:
    """A tap gives the answer of its button, and nothing where the question has no such button."""
    field = a_field(kind)
    assert kind_of(field).tapped(field, None, button) == value
