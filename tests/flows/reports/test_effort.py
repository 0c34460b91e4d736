"""What a filing costs the officer, counted on the local Telegram's phone."""

from __future__ import annotations

import pytest

from benchmarks.effort import alarm, by_buttons, by_line, nil_reminded
from tests.kit import Posko
from tests.storage_kit import preset_forms

FORMS = [form.id for form in preset_forms().values() if not form.alarm]
LIGHT = {"status": 3, "incident": 4}  # taps; any other form may take two more


@pytest.mark.parametrize("form_id", FORMS)
async def test_every_form_is_filed_by_few_taps_and_by_one_line(posko: Posko, form_id: str) -> None:
    """A status takes at most three taps, an incident four, every form at most six, and its example line none."""
    form = posko.desk.forms[form_id]
    guided = await by_buttons(posko, form)
    assert guided.taps <= LIGHT.get(form_id, 6)
    assert guided.bytes < 300
    line = await by_line(posko, form)
    assert (line.taps, line.messages) == (0, 1)


async def test_nihil_is_one_tap(posko: Posko) -> None:
    """Under the reminder that a report is due, nothing to report is one tap and no message."""
    cost = await nil_reminded(posko)
    assert (cost.taps, cost.messages) == (1, 0)


async def test_an_alarm_is_one_word_and_one_tap(posko: Posko) -> None:
    """/darurat and its red button raise the alarm."""
    cost = await alarm(posko)
    assert (cost.taps, cost.messages) == (1, 1)
