"""Answers as others read them."""

from __future__ import annotations

import pytest

from core.answers import anonymous
from core.forms import Answers


@pytest.mark.parametrize(
    ("answers", "text", "left"),
    [
        ({"act": "photo", "behalf": "Budi"}, "foto an=Budi di aula", "foto an=… di aula"),
        ({"behalf": "Budi Santoso"}, 'an="budi santoso", di aula', 'an="…", di aula'),
        ({"behalf": "Al"}, "an=Al alat peraga", "an=… alat peraga"),
        ({"behalf": "a.b("}, "an=a.b( x", "an=… x"),
        ({"act": "photo"}, "foto di aula", "foto di aula"),
    ],
)
def test_a_confidential_report_names_nobody_who_reports(answers: Answers, text: str, left: str) -> None:
    """The name of the one who reports through another is neither among the answers nor in the typed line."""
    kept, shown = anonymous(answers, text)
    assert kept == {name: value for name, value in answers.items() if name != "behalf"}
    assert shown == left
