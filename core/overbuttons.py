"""What an officer is asked when an incident was declared resolved: whether it is over."""

from __future__ import annotations

from core.outgoing import Button
from core.texts import Texts


def over_buttons(texts: Texts, language: str, incident_id: int) -> list[list[Button]]:
    """Return the two answers as buttons: it is over, or it is not."""
    return [
        [
            Button(texts.plain(language, "button-over"), data=f"oc:{incident_id}", style="success"),
            Button(texts.plain(language, "button-not-over"), data=f"od:{incident_id}"),
        ]
    ]
