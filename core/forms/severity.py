"""How grave an incident is: the grades, their order, and the symbol of each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Severity(StrEnum):
    """How grave an incident is, from the mildest up."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def symbol(self) -> str:
        """The sign that stands beside the word, for those who cannot tell colours and for old phones."""
        return SEVERITY_SYMBOLS[self]

    def graver_than(self, other: Severity) -> bool:
        """Tell whether this grade is graver than another."""
        return GRAVEST_FIRST[self] < GRAVEST_FIRST[other]


SEVERITY_SYMBOLS: Final[Mapping[Severity, str]] = MappingProxyType(
    {Severity.LOW: "🟢", Severity.MEDIUM: "🟡", Severity.HIGH: "🟠", Severity.CRITICAL: "🔴"}
)
GRAVEST_FIRST: Final[Mapping[str, int]] = MappingProxyType(
    {grade.value: place for place, grade in enumerate(reversed(Severity))}  # for sorting
)
URGENT: Final = frozenset({Severity.HIGH, Severity.CRITICAL})  # their cards go out with the alerts
