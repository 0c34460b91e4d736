"""What a newcomer installs: pinned, hashed, free of host names, and in accord with pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.kit import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-postgres.txt")
ENTRY = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pinned(lock: str) -> dict[str, Version]:
    """The packages of a lock with their versions."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {canonicalize_name(name): Version(version) for name, version in ENTRY.findall(text)}


def wanted(lock: str) -> list[Requirement]:
    """What pyproject.toml asks of a lock."""
    project = PYPROJECT["project"]
    extras = {
        "requirements.txt": (),
        "requirements-dev.txt": ("dev", "postgres"),
        "requirements-postgres.txt": ("postgres",),
    }
    lines = [
        *project["dependencies"],
        *(line for extra in extras[lock] for line in project["optional-dependencies"][extra]),
    ]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    """A lock can be used with any package index: it holds no address."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^--?(index-url|extra-index-url|i|find-links|f|trusted-host)\b", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_is_hashed(lock: str) -> None:
    """Every package of a lock is pinned to one version and at least one hash."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    entries = [block for block in blocks if ENTRY.match(block)]
    assert len(entries) == len(pinned(lock)) > 10
    assert [block.split()[0] for block in entries if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_satisfies_the_ranges(lock: str) -> None:
    """Every dependency of pyproject.toml is in the lock, in a version that its range allows."""
    found = pinned(lock)
    wrong = [
        str(item)
        for item in wanted(lock)
        if (version := found.get(canonicalize_name(item.name))) is None or version not in item.specifier
    ]
    assert wrong == []


def test_locks_agree() -> None:
    """A package has the same version in every lock that holds it, but for what a benchmark's peer holds back."""
    versions: dict[str, set[Version]] = {}
    for lock in LOCKS:
        for name, version in pinned(lock).items():
            versions.setdefault(name, set()).add(version)
    assert {name for name, found in versions.items() if len(found) > 1} == set()


def test_the_licence_is_there() -> None:
    """LICENSE holds the licence that pyproject.toml names."""
    assert PYPROJECT["project"]["license"] == {"text": "MIT"}
    assert "MIT License" in (ROOT / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "Makefile", ".env.example", ".github/CONTRIBUTING.md"])
def test_a_newcomer_finds_what_is_usual(name: str) -> None:
    """The files that everybody looks for first are there and not empty."""
    assert (ROOT / name).stat().st_size > 100


def test_every_ignored_rule_has_its_reason() -> None:
    """Each rule of the linter that is switched off says why on its own line."""
    text = Path(ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text.partition("[tool.ruff.lint]")[2].partition("[tool.ruff.lint.pylint]")[0]
    rules = [line.strip() for line in section.splitlines() if re.match(r'\s+"[A-Z]+[0-9]*",', line)]
    assert rules
    assert [line for line in rules if "#" not in line] == []
