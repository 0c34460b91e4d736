"""The buttons about what a post owes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from core.delivery.taps import Tap, read_key

ALL: Final = "all"  # in the place of a post's key: all own posts


@dataclass(frozen=True)
class NilTap(Tap, prefix="ni", private=True):
    """Files nihil for a post, or for all own posts.

    `about` is the window's key; for all posts the minutes (since 1970) at which the windows close, with commas. Buttons
    of the first days have none.
    """

    post: int | Literal["all"]
    about: str | None = None

    def minutes(self) -> set[int] | None:
        """The minutes that the button for all posts names, none on one of the first days; None where it names others."""
        found = {read_key(part) for part in self.about.split(",")} if self.about else set()
        known = {minute for minute in found if minute is not None}
        return known if len(known) == len(found) else None
