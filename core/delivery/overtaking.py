"""Which updates overtake: a call for help need not wait for an update of its chat that fails."""

from __future__ import annotations

from typing import Final

ALARM_COMMANDS: Final = ("darurat", "sos")  # the first is shown in Indonesian, the last in English
ALARM_PREFIX: Final = "so"  # of the data of the button that sends an alarm
# How such an update looks in its stored JSON, whose letters are made small before it is compared.
SIGNS: Final = (*(f'"text":"/{name}' for name in ALARM_COMMANDS), f'"data":"{ALARM_PREFIX}:')
