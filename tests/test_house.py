"""The rules of the house, enforced: who imports whom, how long things may be, what must be said of them."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house_kit import (
    Module,
    against_the_order,
    bare_names,
    crowded,
    homeless,
    near_names,
    read_house,
    rendering_in_storage,
    returned_rows,
    rings,
    same_class_names,
    sample,
    sql_outside_storage,
    too_many_parameters,
)
from tests.kit import ROOT

FOLDERS = ("core", "storage", "actions", "handlers", "jobs", "sandbox", "benchmarks", "tests")
OURS = {"bot", *FOLDERS}
# A folder imports only what stands here; `handlers` and `jobs` never import each other.
ALLOWED = {
    "core": {"core"},
    "storage": {"storage", "core"},
    "actions": {"actions", "storage", "core"},
    "handlers": {"handlers", "actions", "storage", "core"},
    "jobs": {"jobs", "actions", "storage", "core"},
    "sandbox": {"sandbox", "handlers", "jobs", "actions", "storage", "core"},
    "bot.py": {"sandbox", "handlers", "jobs", "actions", "storage", "core"},
    "benchmarks": OURS,
    "tests": OURS,
}
# Each outside library has its one home: the places where it may be imported.
HOMES: dict[str, tuple[str, ...]] = {
    "sqlalchemy": ("storage/", "bot.py"),
    "aiosqlite": ("storage/",),
    "asyncpg": ("storage/",),
    "alembic": ("storage/",),
    "telegram": ("handlers/", "jobs/", "bot.py"),
    "aiohttp": ("jobs/", "sandbox/"),
    "fluent": ("core/kit/texts.py",),
    "babel": ("core/kit/texts.py",),
    "pydantic_settings": ("core/kit/settings.py",),
    "pydantic": ("core/",),
    "rapidfuzz": ("core/", "handlers/"),
    "segno": ("handlers/",),
    "rich": ("sandbox/",),
}
LINES, TEST_LINES, FUNCTION_LINES = 300, 400, 50
# Imports against the order of topics, from and to; the list may only shrink.
AGAINST_THE_ORDER: frozenset[tuple[str, str]] = frozenset()
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def files(*folders: str) -> list[Path]:
    """The Python files of these folders, or of all and bot.py; benchmarks are free to import what they compare."""
    found = [file for folder in folders or FOLDERS for file in (ROOT / folder).rglob("*.py")]
    return sorted(found if folders else [*found, ROOT / "bot.py"])


def name_of(file: Path) -> str:
    """A file's path from the root."""
    return file.relative_to(ROOT).as_posix()


@cache
def tree_of(file: Path) -> ast.Module:
    """A file as Python reads it."""
    return ast.parse(file.read_text(encoding="utf-8"))


def imports(file: Path) -> Iterator[tuple[str, str, int]]:
    """The top-level name, the whole name and the line of every import, also those inside functions."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.partition(".")[0], alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0], node.module, node.lineno


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_folders_import_only_what_stands_to_their_right() -> None:
    """Imports go one way: bot, sandbox, handlers or jobs, actions, storage, core; nothing but tests imports bot."""
    wrong = [
        f"{name_of(file)}:{line} imports {name}"
        for file in files()
        for top, name, line in imports(file)
        if top in OURS and top not in ALLOWED[name_of(file).partition("/")[0]]
    ]
    assert wrong == []


def test_each_library_has_one_home() -> None:
    """An outside library is imported only where the design puts it, and every one of them has a home."""
    wrong = []
    for file in files("core", "storage", "actions", "handlers", "jobs", "sandbox"):
        for top, name, line in imports(file):
            if top in OURS or top in sys.stdlib_module_names:
                continue
            if not name_of(file).startswith(HOMES.get(top, ())):
                wrong.append(f"{name_of(file)}:{line} imports {name}")
    assert wrong == []


def test_bot_imports_libraries_where_the_design_allows() -> None:
    """The composition root imports no outside library but the two that it hands round."""
    outside = {top for top, _, _ in imports(ROOT / "bot.py")} - OURS - set(sys.stdlib_module_names)
    assert outside <= {"telegram", "sqlalchemy"}


def test_the_environment_is_read_in_one_place() -> None:
    """Only the settings read environment variables; the sandbox may hand its own on to a program it starts."""
    wrong = [
        f"{name_of(file)}:{node.lineno}"
        for file in [*files("core", "storage", "actions", "handlers", "jobs"), ROOT / "bot.py"]
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Attribute)
        and node.attr in ("environ", "getenv")
        and name_of(file) != "core/kit/settings.py"
    ]
    assert wrong == []


def test_core_knows_no_time_and_no_network() -> None:
    """The rules take the time as an argument: only the clock (and log lines) ask for it."""
    free = {"core/kit/clock.py", "core/kit/logs.py", "core/kit/ids.py"}
    wrong = [
        f"{name_of(file)}:{node.lineno}"
        for file in files("core", "handlers", "actions", "storage")
        if name_of(file) not in free
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today") and _is_clock(node.value)
    ]
    assert wrong == []


def _is_clock(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).rpartition(".")[2] in ("datetime", "date")


def test_no_file_is_too_long() -> None:
    """A file has at most 300 lines, a test file at most 400."""
    lengths = {name_of(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files()}
    limit = {name: TEST_LINES if name.startswith("tests/") else LINES for name in lengths}
    assert {name: length for name, length in lengths.items() if length > limit[name]} == {}


def test_no_function_is_too_long() -> None:
    """A function has at most 50 lines."""
    lengths = {
        f"{name_of(file)}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for file in files()
        for node in functions(file)
    }
    assert {name: length for name, length in lengths.items() if length > FUNCTION_LINES} == {}


def test_every_module_says_what_it_is() -> None:
    """Every file with code begins with a docstring."""
    assert [name_of(file) for file in files() if tree_of(file).body and not ast.get_docstring(tree_of(file))] == []


def test_every_test_states_a_fact() -> None:
    """Every test has a docstring of one sentence or two."""
    wrong = [
        f"{name_of(file)}:{node.name}"
        for file in files("tests")
        for node in functions(file)
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert wrong == []


def test_public_functions_are_described() -> None:
    """What another file can call says in its docstring what it does."""
    wrong = []
    for file in files("core", "storage", "actions", "jobs", "handlers"):
        if "migrations/" in name_of(file):
            continue
        for node in tree_of(file).body:
            members = node.body if isinstance(node, ast.ClassDef) and not _is_enum(node) else [node]
            wrong += [
                f"{name_of(file)}:{one.name}"
                for one in members
                if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
                and not one.name.startswith("_")
                and not ast.get_docstring(one)
                and not _is_library_hook(one)
            ]
    assert wrong == []


def _is_enum(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base).endswith("Enum") for base in node.bases)


def _is_library_hook(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Methods that a library's own class prescribes are described there."""
    return node.name in ("initialize", "shutdown", "do_request")


def test_nothing_is_left_unfinished() -> None:
    """No file holds a note of what somebody meant to do."""
    wrong = [
        f"{name_of(file)}:{number}"
        for file in files()
        if file != Path(__file__)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if UNFINISHED.search(line)
    ]
    assert wrong == []


def test_test_folders_are_no_packages() -> None:
    """Tests are found by their paths, so no folder of tests holds an __init__.py."""
    assert [name_of(file) for file in (ROOT / "tests").rglob("__init__.py")] == []


@pytest.mark.parametrize("folder", ["actions", "core", "handlers", "jobs", "storage"])
def test_nothing_writes_to_the_screen(folder: str) -> None:
    """The program logs or hands texts back; only the command line prints."""
    wrong = [
        f"{name_of(file)}:{node.lineno}"
        for file in files(folder)
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert wrong == []


def test_no_test_sleeps() -> None:
    """A test waits for what happens and never for time to pass."""
    wrong = [
        f"{name_of(file)}:{node.lineno}"
        for file in files("tests")
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith("sleep")
        and not (node.args and ast.unparse(node.args[0]) == "0")
    ]
    assert wrong == []


# The plan by topic: what tests/house_kit.py looks for, here and in a wrong sample.


@cache
def house() -> list[Module]:
    """Every file of the program, the sandbox and the benchmarks."""
    return read_house(ROOT, [folder for folder in FOLDERS if folder != "tests"])


def test_every_file_belongs_to_a_topic() -> None:
    """Each file of a layer stands in a topic, on the shared ground, or puts the topics together."""
    assert homeless(house()) == []
    assert homeless(sample(core__weather__rain="", actions__work="", jobs__machine="")) == ["core/weather/rain.py"]


def test_a_topic_imports_only_what_stands_above_it() -> None:
    """Imports follow the order of topics, in every layer and between layers, with no exception more than is needed."""
    assert len(AGAINST_THE_ORDER) <= 5
    assert against_the_order(house(), AGAINST_THE_ORDER) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("core__groups__routing", "core.incidents.merging"),
        ("handlers__people__start", "actions.incidents.steps"),
        ("core__incidents__card", "core.desk"),
        ("storage__duties", "core.desk"),
        ("storage__unit", "storage.reports.reports"),
        ("handlers__kit__scope", "handlers.people.start"),
    ],
)
def test_the_order_of_topics_bites(source: str, target: str) -> None:
    """An import of what stands below is named, also inside a function, and an exception that nobody needs any more."""
    other = {target.replace(".", "__"): ""}
    package, _, name = target.rpartition(".")
    wrong = sample(**{source: f"def late():\n    from {package} import {name}"}, **other)
    path = f"{source.replace('__', '/')}.py"
    assert against_the_order(wrong) == [f"{path}:2 imports {target}"]
    pair = (source.replace("__", "."), target)
    assert against_the_order(wrong, {pair}) == []
    assert against_the_order(sample(**{source: ""}, **other), {pair}) == [
        f"{pair[0]} may import {target}, and does not"
    ]


def test_the_order_of_topics_lets_pass_what_it_should() -> None:
    """A topic may import those above it, the ground, and in the layers of acts the desk; what puts all together, all."""
    fine = {
        "handlers__incidents__steps": "from core.desk import Desk\nfrom handlers.kit import scope\nfrom core.kit import ids",
        "core__desk": "from core.overview import summary",
        "jobs__machine": "from jobs.delivery import pump",
        "handlers__kit__scope": "from storage.people import people",
    }
    rooms = ("core__kit__ids", "core__overview__summary", "jobs__delivery__pump", "storage__people__people")
    assert against_the_order(sample(**fine, **dict.fromkeys(rooms, ""))) == []


def test_nothing_imports_in_a_ring() -> None:
    """No file leads back to itself by its imports, be they for types only."""
    assert rings(house()) == []
    hidden = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from core.kit.c import C"
    ring = sample(core__kit__a="from core.kit.b import B", core__kit__b=hidden, core__kit__c="import core.kit.a")
    assert rings(ring) == [["core.kit.a", "core.kit.b", "core.kit.c"]]


def test_only_storage_speaks_sql() -> None:
    """No other layer imports SQLAlchemy or runs a statement."""
    assert sql_outside_storage(house()) == []
    wrong = sample(actions__groups__gone="from sqlalchemy import select\nasync def a(work):\n    await work.tx.get(1)")
    assert sql_outside_storage(wrong) == [
        "actions/groups/gone.py:1 imports sqlalchemy.select",
        "actions/groups/gone.py:3 calls work.tx.get",
    ]


def test_storage_renders_nothing() -> None:
    """Storage knows no text, no button and no way to put a message together."""
    assert rendering_in_storage(house()) == []
    wrong = sample(
        storage__duties="from core.kit.texts import Texts\nfrom core.delivery.outgoing import Button, Priority\nfrom core.delivery import outgoing"
    )
    assert rendering_in_storage(wrong) == [
        "storage/duties.py:1 imports core.kit.texts.Texts",
        "storage/duties.py:2 imports core.delivery.outgoing.Button",
        "storage/duties.py:3 imports core.delivery.outgoing",
    ]


def test_no_folder_is_crowded() -> None:
    """A folder has at most 15 files: more are not taken in at a glance."""
    rooms = [*FOLDERS, "locales", "presets", "deploy"]
    paths = [file.relative_to(ROOT) for room in rooms for file in (ROOT / room).rglob("*") if file.is_file()]
    assert crowded(path.as_posix() for path in paths if "__pycache__" not in path.parts) == {}
    assert crowded(f"core/kit/{number}.py" for number in range(16)) == {"core/kit": 16}


def test_a_class_name_is_used_once() -> None:
    """No two files declare a public class of one name."""
    assert same_class_names(house()) == {}
    twins = sample(
        core__kit__a="class Moment: ...", core__kit__b="class Moment: ...\nclass _Own: ...", jobs__c="class _Own: ..."
    )
    assert same_class_names(twins) == {"Moment": ["core/kit/a.py", "core/kit/b.py"]}


def test_names_of_files_differ_by_more_than_an_ending() -> None:
    """No two files of a folder differ only by -s, -ing or -ed."""
    assert near_names(module.path for module in house()) == []
    assert near_names(["core/a/report.py", "core/a/reports.py", "core/b/report.py"]) == [
        ("core/a/report", "core/a/reports")
    ]
    assert near_names(["core/a/routing.py", "core/a/routed.py"]) == [("core/a/routed", "core/a/routing")]


def test_what_is_done_is_called_by_its_module() -> None:
    """No file of a layer takes a bare `show`, `put`, `end` or `keep` out of another of ours."""
    assert bare_names(house()) == []
    text = "from telegram import end\nfrom storage.unit import keep as hold\ndef late():\n    from core.kit import ids, put"
    wrong = sample(jobs__late=text, sandbox__play="from core.kit.ids import show")
    assert bare_names(wrong) == ["jobs/late.py:2 imports storage.unit.keep", "jobs/late.py:4 imports core.kit.put"]


def test_no_function_takes_too_much() -> None:
    """A function takes at most seven things, `self` not counted."""
    assert too_many_parameters(house()) == {}
    many = "class A:\n    def fine(self, a, b, c, d, e, f, g): ...\n    def much(self, a, b, c, d, *, e, f, g, h): ..."
    assert too_many_parameters(sample(core__kit__a=many)) == {"core/kit/a.py:much": 8}


def test_rows_that_belong_together_are_a_record() -> None:
    """Nothing returns a tuple of three rows, nor names one as a type."""
    assert returned_rows(house()) == []
    wrong = "def a() -> list[tuple[ARow, BRow, CRow | None]]: ...\nFound = tuple[ARow, BRow, CRow]\ndef b() -> tuple[ARow, int, str]: ..."
    assert returned_rows(sample(storage__a=wrong)) == ["storage/a.py:1", "storage/a.py:2"]
