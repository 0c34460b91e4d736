"""Where a phone was: distances to posts, and which post is meant."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

EARTH_METRES: Final = 6_371_008.8  # mean radius (IUGG)
FAR_METRES: Final = 1_000.0  # beyond this, less what the phone may be off, a report is marked; it is never refused
FRESH: Final = timedelta(minutes=30)  # a phone's last place says where a report comes from for so long
_KILOMETRE: Final = 1_000.0
_MARGIN: Final = 1.01  # so that rounding leaves nothing out
_POLAR: Final = 0.01


@dataclass(frozen=True)
class Fix:
    """A place that a phone gave, with its accuracy in metres if it gave that too."""

    lat: float
    lon: float
    accuracy_m: float | None = None


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance in metres between two places given as latitude and longitude in degrees."""
    lat_a, lon_a, lat_b, lon_b = (math.radians(value) for value in (*a, *b))
    # The haversine formula, which stays exact for the short distances that matter here.
    chord = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_METRES * math.asin(min(1.0, math.sqrt(chord)))


def box(place: tuple[float, float], metres: float) -> tuple[float, float, float, float]:
    """Return the southern, northern, western and eastern bounds in degrees of what is at most so far from a place.

    They hold a little more than that, also off the equator; places near the poles or the date line are not meant.
    """
    lat, lon = place
    north = math.degrees(metres / EARTH_METRES) * _MARGIN
    east = north / max(math.cos(math.radians(abs(lat) + north)), _POLAR)
    return lat - north, lat + north, lon - east, lon + east


def is_far(distance: float | None, fix: Fix) -> bool:
    """Tell whether a phone was far from the post, giving it the benefit of its accuracy."""
    return distance is not None and distance - (fix.accuracy_m or 0.0) > FAR_METRES


def nearest(fix: Fix, places: Iterable[tuple[int, float, float]], *, limit: int) -> list[tuple[int, float]]:
    """Return the nearest places (key, latitude, longitude) as key and distance in metres, the nearest first."""
    found = sorted((distance_m((fix.lat, fix.lon), (lat, lon)), key) for key, lat, lon in places)
    return [(key, distance) for distance, key in found[:limit]]


def is_fresh(located_at: datetime | None, at: datetime) -> bool:
    """Tell whether a phone's last place still says where it is."""
    return located_at is not None and abs(at - located_at) <= FRESH


def metres(distance: float) -> tuple[str, str]:
    """Return a distance as people say it: the number, and the unit `m` or `km`."""
    if distance < _KILOMETRE:
        return str(round(distance / 10) * 10 if distance >= 100 else round(distance)), "m"
    return f"{distance / _KILOMETRE:.1f}", "km"
