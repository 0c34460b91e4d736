"""Tables over states, grades and kinds: each has an entry for every member, so that a new one is forgotten nowhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import StrEnum

import pytest

from core.forms.fields import Kind
from core.forms.forms import Level
from core.forms.severity import Severity
from core.groups.purposes import Purpose
from core.incidents.lifecycle import State
from core.territory.posts import PostKind, Risk
from core.territory.regions import RegionLevel
from tests.kit import ROOT

CHECKED: dict[str, type[StrEnum]] = {
    one.__name__: one for one in (Kind, Level, PostKind, Purpose, RegionLevel, Risk, Severity, State)
}
# Tables that name only some members on purpose, each with the reason.
PARTIAL = {
    "actions/people/inviting.py:FROM_KIND": "of other posts the agency must be said",
}


def tables(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each table over a checked enum with what is wrong with it: the members that it misses; empty where none is.

    A table is a dictionary written out, with members as keys, or with two or more of their words.
    """
    for name, table in _named(tree, "-"):
        keys = list(_keys(table))
        for enum in CHECKED.values():
            members = {member for key in keys if (member := _member(key, enum)) is not None}
            words = {key.value for key in keys if isinstance(key, ast.Constant)}
            if members:
                yield name, ", ".join(member.name for member in enum if member.name not in members)
            elif len(words) > 1 and len(words) == len(keys) and words <= set(enum):
                yield name, f"words in the place of {enum.__name__}"


def _named(node: ast.AST, name: str) -> Iterator[tuple[str, ast.Dict]]:
    """Every dictionary with the name of what it is assigned to, else of the function that it stands in."""
    if isinstance(node, ast.Dict):
        yield name, node
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        name = node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        name = target.id if isinstance(target, ast.Name) else name
    for child in ast.iter_child_nodes(node):
        yield from _named(child, name)


def _keys(table: ast.Dict) -> Iterator[ast.expr]:
    """The keys of a dictionary, with those that `**dict.fromkeys((…), …)` gives it."""
    for key, value in zip(table.keys, table.values, strict=True):
        if key is not None:
            yield key
        elif isinstance(value, ast.Call) and ast.unparse(value.func) == "dict.fromkeys":
            named = value.args[0]
            yield from named.elts if isinstance(named, ast.Tuple | ast.List | ast.Set) else [named]


def _member(key: ast.expr, enum: type[StrEnum]) -> str | None:
    """The name of the member that a key names, as `State.NEW` or `State.NEW.value`."""
    head, _, name = ast.unparse(key).removesuffix(".value").rpartition(".")
    return name if head.rpartition(".")[2] == enum.__name__ else None


def found_in_the_house() -> dict[str, str]:
    """Every table of the program with what is wrong with it."""
    found: dict[str, str] = {}
    for folder in ("core", "storage", "actions", "handlers", "jobs"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            path = file.relative_to(ROOT).as_posix()
            for name, wrong in tables(ast.parse(file.read_text(encoding="utf-8"))):
                found[f"{path}:{name}"] = ", ".join(part for part in (found.get(f"{path}:{name}"), wrong) if part)
    return found


def test_every_table_has_an_entry_for_every_member() -> None:
    """Whoever adds a state, a grade or a kind is told of every table that does not know it yet."""
    found = found_in_the_house()
    assert {name: wrong for name, wrong in found.items() if wrong and name not in PARTIAL} == {}
    assert {"core/incidents/lifecycle.py:STATE_SYMBOLS", "core/incidents/card_buttons.py:_FIRST"} <= found.keys()


def test_no_table_is_excused_for_nothing() -> None:
    """A table that is declared partial is there, and does miss something."""
    found = found_in_the_house()
    assert [name for name in PARTIAL if not found.get(name)] == []


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("A = {State.NEW: 1, State.CLOSED: 2}", "ACKNOWLEDGED, IN_PROGRESS, REFERRED, RESOLVED, DUPLICATE, REJECTED"),
        ("A: Final = MappingProxyType({Severity.LOW.value: 1, Severity.HIGH.value: 2})", "MEDIUM, CRITICAL"),
        ("A = {**dict.fromkeys((Level.OK, Level.WATCH), 1), Level.BAD: 2}", "WORST"),
        ("def A():\n    return {posts.Risk.LOW: 1}", "MEDIUM, HIGH, SPECIAL"),
        ('A = {"low": 1, "critical": 2}', "words in the place of Severity"),
        ("A = {Risk.LOW: 1, Risk.MEDIUM: 2, Risk.HIGH: 3, Risk.SPECIAL: 4}", ""),
    ],
)
def test_a_table_that_misses_members_is_found(code: str, wrong: str) -> None:
    """The check names the members that a table misses, however the table is written."""
    assert list(tables(ast.parse(code))) == [("A", wrong)]


@pytest.mark.parametrize("code", ['A = {"low": 1}', 'A = {"low": 1, "loud": 2}', "A = {one: 1 for one in State}"])
def test_other_dictionaries_are_no_tables(code: str) -> None:
    """A dictionary of other words, or one that is made from all members, is left alone."""
    assert list(tables(ast.parse(code))) == []
