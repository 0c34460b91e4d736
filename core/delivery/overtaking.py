"""Which updates overtake: a call for help waits neither for what its person sent before nor for anybody else."""

from __future__ import annotations

from typing import Any, Final

ALARM_COMMANDS: Final = ("darurat", "sos")  # the first is shown in Indonesian, the last in English
ALARM_PREFIX: Final = "so"  # of the data of the button that sends an alarm
_BEGINNINGS: Final = tuple(f"/{name}" for name in ALARM_COMMANDS)


def is_alarm(update: dict[str, Any]) -> bool:
    """Tell whether an update, as Telegram sends it, calls for help: the command, or the button that it answers with."""
    message, tap = update.get("message"), update.get("callback_query")
    if isinstance(message, dict):
        text = message.get("text") or message.get("caption")
        return isinstance(text, str) and text.lower().startswith(_BEGINNINGS)
    data = tap.get("data") if isinstance(tap, dict) else None
    return isinstance(data, str) and data.startswith(f"{ALARM_PREFIX}:")
