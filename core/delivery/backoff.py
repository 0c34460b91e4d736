"""How long to wait before trying again."""

from __future__ import annotations

from dataclasses import dataclass

HANDLER_DELAYS = (2.0, 8.0, 30.0, 60.0)  # seconds before each further attempt; a chat waits a minute at most
ROW_DELAYS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 300.0)  # seconds; the last one repeats
HOLDS_CHAT = 2  # failed attempts for which a message's whole chat waits, so that the order is kept
MOST_UNKNOWN = 8  # unknown outcomes: by then the reader may have the message eight times
NETWORK_DELAYS = (0.5, 1.0, 2.0, 3.0, 5.0)  # seconds; the last one repeats
LONGEST_PAUSE = NETWORK_DELAYS[-1]
DATABASE_SECONDS = 0.5  # until a database that is held, full or away is tried again: whoever waits notices no more


def handler_delay(failed_attempts: int) -> float | None:
    """Seconds until a failed update is tried again; None when it has had its last attempt."""
    return HANDLER_DELAYS[failed_attempts - 1] if failed_attempts <= len(HANDLER_DELAYS) else None


def network_delay(failures: int) -> float:
    """Seconds to wait after this many failures in a row to reach Telegram."""
    return NETWORK_DELAYS[min(failures, len(NETWORK_DELAYS)) - 1] if failures > 0 else 0.0


def row_delay(failed_attempts: int) -> float:
    """Seconds until a message that Telegram did not take is tried again, growing with its own failures."""
    return ROW_DELAYS[min(failed_attempts, len(ROW_DELAYS)) - 1] if failed_attempts > 0 else 0.0


def holds_chat(failed_attempts: int) -> bool:
    """Whether the chat waits with the message; one that fails again and again must not silence its chat."""
    return failed_attempts <= HOLDS_CHAT


@dataclass
class Trouble:
    """Counts failures in a row, so that trouble is said once when it begins and once when it ends."""

    failures: int = 0

    def failed(self) -> bool:
        """Count a failure; True for the first of a row."""
        self.failures += 1
        return self.failures == 1

    def worked(self) -> bool:
        """Note a success; True when it ends a row of failures."""
        ended, self.failures = self.failures > 0, 0
        return ended
