"""The checks of the house: each takes the files and gives what is wrong with them, so that a test can show that it bites."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path

LAYERS = ("core", "storage", "actions", "handlers", "jobs")
# The topics in order: one imports itself, the shared ground, and what stands before it.
TOPICS = (
    "kit", "delivery", "territory", "people", "forms", "groups", "calendar", "privacy", "evidence", "incidents",
    "reports", "alarms", "duties", "roster", "own", "notices", "overview", "messages", "entry",
)  # fmt: skip
# The shared ground of each layer: it imports no topic of its own layer, and whatever stands beside or above may import it.
GROUND = (
    "storage.database",
    "storage.tables",
    "storage.records",
    "storage.unit",
    "storage.stamp",
    "actions.work",
    "handlers.kit",
)
DESK = "core.desk"  # puts the rules of all topics together for the layers above; no rule and no row knows it
ROOFS = (DESK, "jobs.machine", "jobs.timekeeper")  # put the topics of their layer together, so they may import them all
HISTORY = "storage/migrations/versions"  # grows by a step for each change of the schema, and none is ever moved
SQL_CALLS = frozenset(
    [
        "execute",
        "scalar",
        "scalars",
        "stream",
        "stream_scalars",
        "get",
        "get_one",
        "add",
        "add_all",
        "delete",
        "merge",
        "refresh",
        "expunge",
        "expunge_all",
        "begin_nested",
        "flush",
        "commit",
        "rollback",
    ]
)
# What renders, and what makes a message or a button: nothing for storage, whose queues keep finished messages.
RENDERING = ("core.kit.texts", "core.desk", "core.delivery.outgoing")
# What the queues know of a message that others have finished; HTML is how a pointer's words go out.
FINISHED = tuple(
    f"core.delivery.outgoing.{name}" for name in ("Outgoing", "Priority", "Attachment", "Place", "EDIT_ONLY", "HTML")
)
PARAMETERS, FOLDER_FILES = 7, 15
BARE = frozenset(("show", "put", "end", "keep"))  # verbs that say nothing without the name of their module
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Module:
    """One file: its dotted name, its path from the root, its text."""

    name: str
    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The file as Python reads it."""
        return ast.parse(self.text)

    @property
    def layer(self) -> str:
        """The top folder."""
        return self.name.partition(".")[0]

    @cached_property
    def imports(self) -> tuple[tuple[str, int], ...]:
        """Every import with its line, also inside functions and under TYPE_CHECKING; `from a import b` is `a.b`."""
        found: list[tuple[str, int]] = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [(alias.name, node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
        return tuple(found)

    @property
    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method."""
        for node in ast.walk(self.tree):
            if isinstance(node, _FUNCTIONS):
                yield node


def read_house(root: Path, folders: Iterable[str]) -> list[Module]:
    """Read the Python files of these folders, and bot.py."""
    files = [file for folder in folders for file in (root / folder).rglob("*.py")]
    return [
        Module(_dotted(file.relative_to(root)), file.relative_to(root).as_posix(), file.read_text(encoding="utf-8"))
        for file in sorted([*files, root / "bot.py"])
        if file.exists()
    ]


def sample(**texts: str) -> list[Module]:
    """Files as they must not be: `core__incidents__card` names core/incidents/card.py."""
    return [
        Module(name.replace("__", "."), f"{name.replace('__', '/')}.py", text) for name, text in sorted(texts.items())
    ]


def _dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def topic_of(name: str) -> str | None:
    """The topic of a module of a layer, None for what is none; a topic of one file is that file."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[0] in LAYERS and parts[1] in TOPICS else None


def edges(modules: Sequence[Module]) -> Iterator[tuple[Module, str, int]]:
    """Which file imports which of ours, in which line."""
    names = {module.name for module in modules}
    for module in modules:
        for whole, line in module.imports:
            parts = whole.split(".")
            for size in range(len(parts), 0, -1):
                found = ".".join(parts[:size])
                if found in names and found != module.name:
                    yield module, found, line
                    break


def homeless(modules: Sequence[Module]) -> list[str]:
    """Files of a layer that belong to no topic and to no shared ground."""
    return [
        module.path
        for module in modules
        if module.layer in LAYERS
        and "." in module.name
        and topic_of(module.name) is None
        and not _within(module.name, (*GROUND, *ROOFS, "storage.migrations"))
    ]


def against_the_order(modules: Sequence[Module], exceptions: Collection[tuple[str, str]] = ()) -> list[str]:
    """Imports of a topic that stands below, of a topic from the shared ground, of the desk from a rule or a row.

    An exception that nothing needs any more is wrong too: the list may only shrink.
    """
    wrong, needed = [], set()
    for module, target, line in edges(modules):
        if module.layer in LAYERS and target.partition(".")[0] in LAYERS and _is_wrong(module.name, target):
            if (module.name, target) in exceptions:
                needed.add((module.name, target))
            else:
                wrong.append(f"{module.path}:{line} imports {target}")
    return wrong + [f"{source} may import {target}, and does not" for source, target in set(exceptions) - needed]


def _is_wrong(source: str, target: str) -> bool:
    if target == DESK:
        return source.partition(".")[0] in ("core", "storage")
    if source in ROOFS or _within(target, GROUND):
        return False
    if _within(source, GROUND):
        return source.partition(".")[0] == target.partition(".")[0]
    here, there = topic_of(source), topic_of(target)
    return here is not None and there is not None and TOPICS.index(there) > TOPICS.index(here)


def _within(name: str, rooms: Iterable[str]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def rings(modules: Sequence[Module]) -> list[list[str]]:
    """Groups of files that import one another in a ring, however long: each reaches all the others."""
    after: dict[str, set[str]] = defaultdict(set)
    for module, target, _ in edges(modules):
        after[module.name].add(target)
    reach = {name: _reachable(name, after) for name in after}
    found = {
        tuple(sorted(one for one in seen if name in reach.get(one, ()))) for name, seen in reach.items() if name in seen
    }
    return [list(ring) for ring in sorted(found)]


def _reachable(start: str, after: Mapping[str, set[str]]) -> set[str]:
    seen, waiting = set[str](), list(after[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += after.get(name, ())
    return seen


def sql_outside_storage(modules: Sequence[Module]) -> list[str]:
    """Statements run by another layer than storage, and SQLAlchemy imported there."""
    wrong = []
    for module in modules:
        if module.layer in LAYERS and module.layer != "storage":
            wrong += [
                f"{module.path}:{line} imports {name}" for name, line in module.imports if name.startswith("sqlalchemy")
            ]
            wrong += [
                f"{module.path}:{node.lineno} calls {ast.unparse(node.func)}"
                for node in ast.walk(module.tree)
                if isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in SQL_CALLS
                and ast.unparse(node.func.value).rpartition(".")[2] == "tx"
            ]
    return wrong


def rendering_in_storage(modules: Sequence[Module]) -> list[str]:
    """Files of storage that know texts, the desk, buttons or how a message is put together."""
    return [
        f"{module.path}:{line} imports {name}"
        for module in modules
        if module.layer == "storage"
        for name, line in module.imports
        if _within(name, RENDERING) and name not in FINISHED
    ]


def crowded(paths: Iterable[str]) -> dict[str, int]:
    """Folders with more files than one takes in at a glance; an empty `__init__.py` is no file to read."""
    count = Counter(path.rpartition("/")[0] for path in paths if not path.endswith("/__init__.py"))
    return {folder: files for folder, files in count.items() if files > FOLDER_FILES and folder not in ("", HISTORY)}


def same_class_names(modules: Sequence[Module]) -> dict[str, list[str]]:
    """Public classes that two files declare under one name."""
    where: dict[str, list[str]] = defaultdict(list)
    for module in modules:
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where[node.name].append(module.path)
    return {name: paths for name, paths in where.items() if len(paths) > 1}


def near_names(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Files of one folder whose names differ only by -s, -ing or -ed."""
    by_folder: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        folder, _, file = path.rpartition("/")
        by_folder[folder].append(file.partition(".")[0])
    endings = ("s", "ing", "ed", "e")
    return [
        (f"{folder}/{one}", f"{folder}/{other}")
        for folder, files in by_folder.items()
        for one, other in combinations(sorted(files), 2)
        if {one.removesuffix(end) for end in endings} & {other.removesuffix(end) for end in endings}
    ]


def bare_names(modules: Sequence[Module]) -> list[str]:
    """Imports in a layer that take one of the bare verbs out of a file of ours, be it under another name."""
    return [
        f"{module.path}:{line} imports {name}"
        for module in modules
        if module.layer in LAYERS
        for name, line in module.imports
        if name.partition(".")[0] in LAYERS and name.rpartition(".")[2] in BARE
    ]


def too_many_parameters(modules: Sequence[Module]) -> dict[str, int]:
    """Functions that take more than anybody keeps in mind; `self` is not counted."""
    found = {}
    for module in modules:
        for node in module.functions:
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            count = len([one for one in given if one.arg not in ("self", "cls")])
            if count > PARAMETERS:
                found[f"{module.path}:{node.name}"] = count
    return found


def returned_rows(modules: Sequence[Module]) -> list[str]:
    """Functions that return a tuple of three rows or more, and names for such a type: a record has names for them."""
    said = [
        (module.path, node.lineno, node.returns if isinstance(node, _FUNCTIONS) else node.value)
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, (*_FUNCTIONS, ast.Assign, ast.AnnAssign))
    ]
    return [f"{path}:{line}" for path, line, type_ in said if type_ is not None and any(map(_is_rows, ast.walk(type_)))]


def _is_rows(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Subscript) and ast.unparse(node.value) in ("tuple", "Tuple")):
        return False
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    return len([part for part in parts if re.search(r"(Row|Record)\b", ast.unparse(part))]) >= 3
