"""Only one running program may use a SQLite file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.database.lock import InUseError, only_one
from tests.storage_kit import ROOT

HOLDER = """
import sys
from storage.database.lock import only_one
with only_one(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'posko.db'}"


def test_second_program_is_refused_and_told_who_runs(url: str) -> None:
    """A second run on the same file is refused with the number of the first one's process."""
    with only_one(url), pytest.raises(InUseError, match=rf"process {os.getpid()}\)"), only_one(url):
        pass


def test_stopped_program_frees_the_file(url: str) -> None:
    """After the first run has stopped, another may start."""
    with only_one(url):
        pass
    with only_one(url):
        pass


def test_killed_program_frees_the_file(url: str) -> None:
    """A run that was killed holds nothing, though its lock file stays behind."""
    command = [sys.executable, "-c", HOLDER, url]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(InUseError, match=rf"process {holder.pid}\)"), only_one(url):
            pass
        holder.send_signal(signal.SIGKILL)
    with only_one(url):
        pass


def test_other_databases_need_no_lock() -> None:
    """PostgreSQL takes several programs, so there is nothing to lock."""
    with only_one("postgresql+asyncpg://h/d"), only_one("postgresql+asyncpg://h/d"):
        pass


def test_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    """A place where no lock file can be written is named with the reason."""
    with pytest.raises(InUseError, match="No such file"), only_one(f"sqlite+aiosqlite:///{tmp_path}/none/posko.db"):
        pass


def test_what_stands_in_the_lock_file_harms_nobody(url: str, tmp_path: Path) -> None:
    """A lock file with nonsense in it is taken over; while it is held with nonsense, the second run is still refused."""
    lock = tmp_path / "posko.db.lock"
    lock.write_bytes(b"\xff\xfe nonsense")
    with only_one(url):
        assert lock.read_text() == str(os.getpid())
        lock.write_bytes(b"\xff\xfe nonsense")
        with pytest.raises(InUseError, match=r"process unknown\)"), only_one(url):
            pass


def test_a_folder_in_place_of_the_lock_is_named(url: str, tmp_path: Path) -> None:
    """A lock file that cannot be opened is named with the reason."""
    (tmp_path / "posko.db.lock").mkdir()
    with pytest.raises(InUseError, match="Is a directory"), only_one(url):
        pass
