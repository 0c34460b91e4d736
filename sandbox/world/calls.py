"""What the bot asked of Telegram and what it was told, and which refusals nobody expected."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Call:
    """One call of the Bot API."""

    method: str
    params: dict[str, Any]
    time: float  # by the server's clock, when it came in
    status: int = 0  # of the HTTP answer; 0 when the connection was dropped
    description: str = ""  # of a refusal, or of the fault that struck
    fault: bool = False  # the answer was a fault asked for by a test, or had no reader

    @property
    def ok(self) -> bool:
        """Whether Telegram did what was asked."""
        return self.status == 200


@dataclass(frozen=True)
class _Expectation:
    method: str | None
    text: str | re.Pattern[str] | None

    def covers(self, call: Call) -> bool:
        """Tell whether this refusal was expected."""
        if self.method is not None and self.method.lower() != call.method.lower():
            return False
        if isinstance(self.text, re.Pattern):
            return self.text.search(call.description) is not None
        return self.text is None or self.text.lower() in call.description.lower()


class CallLog:
    """The last calls, bounded; refusals are kept apart so that no test overlooks one."""

    def __init__(self, keep: int) -> None:
        self._calls: deque[Call] = deque(maxlen=keep)
        self._refusals: deque[Call] = deque(maxlen=keep)
        self._expected: list[_Expectation] = []
        self.counts: Counter[str] = Counter()  # successful calls by method, never cut off

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls)

    def __len__(self) -> int:
        return len(self._calls)

    def __getitem__(self, index: int) -> Call:
        return self._calls[index]

    def of(self, method: str) -> list[Call]:
        """Give the kept calls of one method, oldest first."""
        return [call for call in self._calls if call.method.lower() == method.lower()]

    def add(self, call: Call) -> None:
        """Note a call that has just been answered."""
        self._calls.append(call)
        if call.status == 200:
            self.counts[call.method] += 1
        elif 400 <= call.status < 500 and not call.fault:
            self._refusals.append(call)

    def expect_refusal(self, method: str | None = None, text: str | re.Pattern[str] | None = None) -> None:
        """Declare that refusals of this method with this text are part of the test; both default to any."""
        self._expected.append(_Expectation(method, text))

    @property
    def refused(self) -> list[Call]:
        """The refusals that no expectation covers."""
        return [call for call in self._refusals if not any(e.covers(call) for e in self._expected)]

    def clear(self) -> None:
        """Forget calls, refusals, expectations and counts."""
        self._calls.clear()
        self._refusals.clear()
        self._expected.clear()
        self.counts.clear()
