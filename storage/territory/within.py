"""The condition that a row lies in a region."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_

REGION_LENGTHS = (2, 5, 8, 13)  # of the codes of a province, a regency, a district and a village


def in_region(column: Any, code: str) -> Any:
    """The condition that a region code is this region or lies below it; a range, so that an index serves it."""
    return and_(column >= code, column < f"{code}/")
