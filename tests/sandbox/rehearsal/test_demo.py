"""`bot.py sandbox`: the demo and the console, as a newcomer starts them."""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CHAPTERS = 10
LONGEST = 120.0  # seconds; it takes about twelve, more on a busy machine


async def sandbox(root: Path, *arguments: str, typed: str = "") -> tuple[int, str]:
    """Run `bot.py sandbox` as a program of its own; gives exit code and output."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(root / "bot.py"),
        "sandbox",
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await asyncio.wait_for(process.communicate(typed.encode()), LONGEST)
    assert process.returncode is not None
    return process.returncode, output.decode()


async def test_the_demo_tells_its_whole_story() -> None:
    """The demo plays every chapter against the real program, loses and doubles nothing, and exits 0."""
    code, output = await sandbox(ROOT, "--demo")
    assert code == 0, output[-3000:]
    for number in range(1, CHAPTERS + 1):
        assert f"\n{number} · " in output
    squeezed = " ".join(output.replace("│", " ").split())
    assert "reports lost 0 reports doubled 0" in squeezed
    assert "expected steps, all came" in output


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program in a folder of its own, so that two runs of this test do not share `build/sandbox.db`."""
    shutil.copy(ROOT / "bot.py", tmp_path)
    for name in ("actions", "core", "handlers", "jobs", "locales", "presets", "sandbox", "storage"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


async def test_the_console_reads_lines_until_they_end(copy: Path) -> None:
    """Lines from a script play people and a group; what is wrong in one is said, and the end of input ends it."""
    lines = (
        "admin: /start",
        "admin @linggau: /hubungkan Lubuklinggau",
        "what is this",
        "admin: /pengumuman all: Halo semua",
        "budi tap Kirim",
        "admin tap Kirim",
    )
    code, output = await sandbox(copy, typed="\n".join(lines))
    assert code == 0, output
    assert "terhubung dengan Kota Lubuk Linggau" in output
    assert "not understood: what is this" in output
    assert "Budi sees no button 'Kirim'" in output
    assert "Admin taps [Kirim]" in output
