"""Files that are fetched before they belong to anything: counted by person and day."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.evidence.early_files import EarlyFiles
from core.evidence.files import DOWNLOAD_LIMIT
from core.kit.bounds import MEGABYTE, PersonBounds

DAY = date(2027, 2, 3)
BOUNDS = PersonBounds(early_files=10, early_megabytes=30)


@given(st.lists(st.none() | st.integers(min_value=0, max_value=DOWNLOAD_LIMIT), max_size=40))
def test_no_day_takes_more_than_its_measure(sizes: list[int | None]) -> None:
    """Whatever is sent, no more files and bytes are fetched early than the limits say; an unknown size counts as the largest."""
    known, taken = EarlyFiles(DAY), list[int]()
    for size in sizes:
        more = known.take(BOUNDS, size)
        if more is not None:
            known = EarlyFiles.read(more.text, today=DAY)
            taken.append(DOWNLOAD_LIMIT if size is None else size)
    assert len(taken) <= 10
    assert sum(taken) <= 30 * MEGABYTE
    assert (known.files, known.size) == (len(taken), sum(taken))


def test_a_new_day_begins_anew() -> None:
    """What was counted on another day, or cannot be read, counts no more."""
    full = EarlyFiles(date(2027, 2, 2), 10, 5)
    assert EarlyFiles.read(full.text, today=DAY) == EarlyFiles(DAY)
    assert [EarlyFiles.read(text, today=DAY) for text in (None, "", "2027-02-03:x:1")] == [EarlyFiles(DAY)] * 3
