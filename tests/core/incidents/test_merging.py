"""Several witnesses of one event: which reports are offered as the same."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.incidents.merging import MergeRule, Sighting, by_nearness, load_merge, same_event, twin
from core.kit.geo import EARTH_METRES, box, distance_m
from core.kit.preset_tables import PresetError

RULE = MergeRule(timedelta(minutes=30), 1000)
AT = datetime(2027, 2, 3, 0, 10, tzinfo=UTC)
VILLAGE = "16.73.06.1002"
HERE = (-3.30000, 102.86000)
ONE = Sighting(
    id=20, number=20, kind=("flood", False), opened_at=AT, post_id=1, region_code=VILLAGE, place=HERE,
    confidential=False, going_on=True,
)  # fmt: skip
NEAR = (-3.30800, 102.86000)  # 890 m away
FAR = (-3.31000, 102.86000)  # 1,112 m away


def sighting(number: int = 10, minutes: float = -5, **changes: object) -> Sighting:
    """An incident at another post of the same village, some minutes before ONE."""
    facts = {"id": number, "number": number, "opened_at": AT + timedelta(minutes=minutes), "post_id": 2, "place": NEAR}
    return replace(ONE, **{**facts, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (sighting(), True),
        (sighting(minutes=-30), True),
        (sighting(minutes=-30.1), False),
        (sighting(minutes=30), True),
        (sighting(kind=("landslide", False)), False),
        (sighting(kind=("flood", True)), False),
        (sighting(confidential=True), False),
        (sighting(going_on=False), False),
        (sighting(id=20), False),
        (sighting(place=FAR), False),
        (sighting(place=FAR, post_id=1), True),
        (sighting(place=None), True),
        (sighting(place=None, region_code="16.73.06.1003"), False),
        (sighting(place=None, region_code="16.73.06.1003", post_id=1), True),
        (sighting(place=NEAR, region_code="16.73.06.1003"), True),
    ],
)
def test_what_may_be_the_same_event(other: Sighting, *, expected: bool) -> None:
    """Alike, both going on, near in time, and at one post, within the distance, or in one village if no place is known."""
    assert same_event(RULE, ONE, other) is expected
    assert same_event(RULE, other, ONE) is expected


def test_a_whole_region_is_no_village() -> None:
    """Two alarms by people without a post are the same event only where their phones were near each other."""
    whole = replace(ONE, post_id=None, region_code="16.73", place=None)
    assert not same_event(RULE, whole, replace(whole, id=10, number=10))
    assert same_event(RULE, replace(whole, place=HERE), replace(whole, id=10, number=10, place=NEAR))


def test_the_later_report_offers_the_nearest_in_time() -> None:
    """Of several earlier incidents the last one is offered, and an earlier report never offers a later one."""
    others = [sighting(10, -20), sighting(11, -2), sighting(12, -9), sighting(21, 1)]
    assert twin(RULE, ONE, others) == others[1]
    assert twin(RULE, others[0], [ONE, *others[1:]]) is None
    assert twin(RULE, ONE, [sighting(11, 0), sighting(12, 0)]) == sighting(12, 0)
    assert twin(MergeRule(), ONE, others) is None


def test_by_hand_the_likeliest_comes_first() -> None:
    """Somebody who merges by hand is shown the same kind first, then what is near, then what was reported about then."""
    others = {
        "other kind here": sighting(1, -1, kind=("security", False), post_id=1),
        "far": sighting(2, -1, place=FAR),
        "here, long ago": sighting(3, -90, post_id=1),
        "here": sighting(4, -40, post_id=1),
        "unknown place elsewhere": sighting(5, -1, place=None, region_code="16.73.01.1001"),
        "near": sighting(6, -1),
    }
    order = [one.id for one in by_nearness(ONE, others.values())]
    assert order == [4, 3, 6, 2, 5, 1]


@given(st.lists(st.builds(sighting, st.integers(1, 40), st.floats(-60, 60)), max_size=12))
def test_what_is_offered_fits(others: list[Sighting]) -> None:
    """Whatever is offered may be the same event and was reported before."""
    found = twin(RULE, ONE, others)
    assert found is None or (found.number < ONE.number and same_event(RULE, ONE, found))


def test_the_preset_names_the_rule() -> None:
    """The preset's numbers are those that the rules go by."""
    assert load_merge(Path(__file__).parents[3] / "presets" / "sumsel" / "routing.toml") == RULE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("minutes = 30", "metres is missing"),
        ("metres = 30", "minutes is missing"),
        ("minutes = -1\nmetres = 5", "minutes must be from 0"),
        ("minutes = 1441\nmetres = 5", "minutes must be from 0"),
        ("minutes = 30\nmetres = 50001", "metres must be from 0"),
        ("minutes = 30\nmetres = 1.5", "metres 1.5 is not a whole number"),
        ("minutes = 30\nmetres = 5\nhours = 1", "hours is not known here"),
    ],
)
def test_a_broken_rule_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    """A number that is missing, unknown or out of range stops the program at start, with its name."""
    (tmp_path / "routing.toml").write_text(f"[merge]\n{text}\n")
    with pytest.raises(PresetError) as error:
        load_merge(tmp_path / "routing.toml")
    assert reason in str(error.value).replace(": ", " ")


@given(
    st.floats(-11, 6), st.floats(95, 141), st.floats(0, 50_000), st.floats(0, 2 * math.pi), st.floats(0, 1)
)  # Indonesia
def test_what_is_near_enough_lies_in_the_box(lat: float, lon: float, metres: float, way: float, share: float) -> None:
    """A place at most so many metres away lies within the bounds by which the database looks for it."""
    moved = share * metres / EARTH_METRES
    other_lat = lat + math.degrees(moved * math.cos(way))
    other = (other_lat, lon + math.degrees(moved * math.sin(way)) / math.cos(math.radians(other_lat)))
    south, north, west, east = box((lat, lon), metres)
    assert distance_m((lat, lon), other) > metres or (south <= other[0] <= north and west <= other[1] <= east)
