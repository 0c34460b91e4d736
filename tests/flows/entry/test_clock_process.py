"""The program as a process of its own on a machine whose clock is wrong from the beginning."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.calendar.calendar import MonthDay, next_on
from sandbox import LocalTelegram
from sandbox.rehearsal.program import Program
from tests.kit import ADMIN_ID, PRESET, ROOT, TOKEN


@pytest.mark.parametrize("days", [900, -900])
async def test_first_start_on_a_wrong_clock_goes_by_the_right_time(tmp_path: Path, days: int) -> None:
    """The day of the event is the right one, admins hear of the clock when they can, and again when it is right."""
    clock = tmp_path / "clock"
    clock.write_text(str(days * 86_400))
    async with LocalTelegram(TOKEN) as tg:
        admin = tg.person("Sari", language="id", user_id=ADMIN_ID)
        settings = {"TOKEN": TOKEN, "API_URL": tg.url, "ADMINS": str(ADMIN_ID), "PRESET": str(PRESET)}
        program = Program(ROOT, tmp_path, settings)
        try:
            await program.start("--clock", str(clock))
            await tg.until(lambda: tg.state.updates.polled, timeout=30)
            await admin.say("/start")
            await admin.hears("Jam server salah", timeout=30)
            clock.write_text("0")
            await admin.hears("Jam server sudah benar", timeout=30)
            assert await program.stop() == 0
        finally:
            await program.clear()
    with sqlite3.connect(tmp_path / "posko.db") as rows:
        kept = dict(rows.execute("SELECT key, value FROM meta WHERE key IN ('event-date', 'installed-at')"))
    assert date.fromisoformat(kept["event-date"]) == next_on(MonthDay(2, 14), datetime.now(UTC).date())
    assert abs((datetime.fromisoformat(kept["installed-at"]) - datetime.now(UTC)).total_seconds()) < 600
