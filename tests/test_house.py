"""The rules of the house, enforced: who imports whom, how long things may be, what must be said of them."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

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
    "sqlalchemy": (
        "storage/",
        "bot.py",
    ),
    "aiosqlite": ("storage/",),
    "asyncpg": ("storage/",),
    "alembic": ("storage/",),
    "telegram": ("handlers/", "jobs/", "bot.py"),
    "aiohttp": ("jobs/", "sandbox/"),
    "apscheduler": ("jobs/",),
    "fluent": ("core/kit/texts.py",),
    "babel": ("core/kit/texts.py",),
    "pydantic_settings": ("core/kit/settings.py",),
    "pydantic": ("core/",),
    "rapidfuzz": ("core/", "handlers/"),
    "segno": ("handlers/",),
    "rich": ("sandbox/",),
}
LINES, TEST_LINES, FUNCTION_LINES = 300, 400, 50
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


def test_no_rule_takes_the_whole_desk() -> None:
    """A rule is given the texts, forms or times that it needs, so that nothing has to be built to ask it."""
    wrong = [
        f"{name_of(file)}:{line}" for file in files("core") for _, name, line in imports(file) if name == "core.desk"
    ]
    assert wrong == []


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
