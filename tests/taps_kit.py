"""The buttons that the rules declare, and where the program builds them, as its source says."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

from core.delivery.taps import Tap

ROOT = Path(__file__).resolve().parents[1]
BUILDERS = ("core", "storage", "actions", "handlers", "jobs")


def declared_taps() -> list[type[Tap]]:
    """Every class of a button that core declares, by its prefix; the shapes are none."""
    for file in sorted((ROOT / "core").rglob("*taps.py")):
        import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    found, waiting = [], [*Tap.__subclasses__()]
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if one.prefix and one.__module__.startswith("core."):
            found.append(one)
    return sorted(found, key=lambda one: one.prefix)


def trees() -> list[ast.Module]:
    """The source of what builds buttons."""
    files = [file for folder in BUILDERS for file in (ROOT / folder).rglob("*.py")]
    return [ast.parse(file.read_text(encoding="utf-8")) for file in files]


def names_built(trees: Iterable[ast.AST]) -> set[str]:
    """The names that are called or handed on to be called; not those of types, of imports, or of what handles them."""
    return {name for tree in trees for name in _names(tree)}


def _names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id="OnTap" | "isinstance")) | ast.Attribute(value=ast.Name(), attr="prefix"):
            return
        case ast.Attribute(attr=name):
            yield name
        case ast.Name(id=name):
            yield name
        case ast.ClassDef():
            yield from (name for one in (*node.decorator_list, *node.body) for name in _names(one))
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from (name for one in node.body for name in _names(one))
        case ast.AnnAssign(value=value):
            yield from _names(value) if value is not None else ()
        case _:
            yield from (name for one in ast.iter_child_nodes(node) for name in _names(one))


def codes_written(trees: Iterable[ast.AST], taps: Iterable[type[Tap]]) -> list[str]:
    """The strings, and the beginnings of formatted ones, that look like the data of a button."""
    prefixes = tuple(f"{tap.prefix}:" for tap in taps)
    return [
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(prefixes)
    ]
