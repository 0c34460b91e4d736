"""Who hears of an incident or a bad status."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.severity import Severity
from core.groups.purposes import Purpose
from core.groups.routing import GroupFact, Routing, listeners, receivers
from core.groups.routing_file import load_routing
from core.kit.preset_tables import PresetError
from core.territory.regions import RegionLevel, covers

ROUTING = Path(__file__).parents[3] / "presets" / "sumsel" / "routing.toml"
PLACE = "16.74.02.1009"

PROVINCE = GroupFact(1, "16", frozenset({Purpose.COORDINATION}))
REGENCY = GroupFact(2, "16.74", frozenset({Purpose.COORDINATION, Purpose.DISASTER}))
REGENCY_NEUTRAL = GroupFact(3, "16.74", frozenset({Purpose.NEUTRALITY}))
DISTRICT_ALL = GroupFact(4, "16.74.02", frozenset())
VILLAGE = GroupFact(5, PLACE, frozenset({Purpose.COORDINATION}))
NEIGHBOUR = GroupFact(6, "16.73", frozenset())
WHOLE = GroupFact(7, "", frozenset())
ALL = (PROVINCE, REGENCY, REGENCY_NEUTRAL, DISTRICT_ALL, VILLAGE, NEIGHBOUR)


@pytest.fixture(scope="module")
def routing() -> Routing:
    return load_routing(ROUTING)


@pytest.mark.parametrize(
    ("category", "severity", "groups", "ids", "fell_back"),
    [
        ("flood", Severity.LOW, ALL, [2, 4, 5], False),
        ("flood", Severity.HIGH, ALL, [2, 4, 5], False),
        ("flood", Severity.CRITICAL, ALL, [1, 2, 4, 5], False),
        ("neutrality", Severity.HIGH, ALL, [3, 4], False),
        ("neutrality", Severity.CRITICAL, ALL, [3, 4], False),
        (None, Severity.HIGH, ALL, [2, 4, 5], False),
        (None, Severity.CRITICAL, ALL, [1, 2, 4, 5], False),
        ("unheard-of", Severity.LOW, ALL, [2, 4, 5], False),
        ("security", Severity.HIGH, (PROVINCE, NEIGHBOUR), [1], True),
        ("security", Severity.HIGH, (REGENCY_NEUTRAL, WHOLE), [7], True),
        ("security", Severity.CRITICAL, (PROVINCE, WHOLE), [1, 7], False),
        ("neutrality", Severity.HIGH, (PROVINCE, NEIGHBOUR), [], False),
        ("security", Severity.CRITICAL, (), [], False),
    ],
)
def test_who_hears(
    routing: Routing,
    category: str | None,
    severity: Severity,
    groups: tuple[GroupFact, ...],
    ids: list[int],
    *,
    fell_back: bool,
) -> None:
    """Groups over the place, at the level that must act and with a fitting purpose hear; else the level above does."""
    found = listeners(routing, category=category, severity=severity, region_code=PLACE, groups=groups)
    assert ([group.id for group in found.groups], found.fell_back) == (ids, fell_back)


def test_upward_only(tmp_path: Path) -> None:
    """What a regency must act on falls back to the province, never down to a village."""
    text = ROUTING.read_text().replace('["village", "district", "regency"]', '["regency"]')
    (tmp_path / "routing.toml").write_text(text)
    narrow = load_routing(tmp_path / "routing.toml")
    groups = (VILLAGE, PROVINCE)
    found = listeners(narrow, category="flood", severity=Severity.LOW, region_code=PLACE, groups=groups)
    assert (found.groups, found.fell_back) == ((PROVINCE,), True)


NEUTRAL_PROVINCE = GroupFact(8, "16", frozenset({Purpose.NEUTRALITY, Purpose.LEGAL}))
NEUTRAL_VILLAGE = GroupFact(9, PLACE, frozenset({Purpose.NEUTRALITY}))
NEUTRAL_NEIGHBOUR = GroupFact(10, "16.73", frozenset({Purpose.NEUTRALITY}))
NEUTRAL_WHOLE = GroupFact(11, "", frozenset({Purpose.NEUTRALITY}))


@pytest.mark.parametrize(
    ("referral", "groups", "ids"),
    [
        ("bawaslu", (*ALL, NEUTRAL_PROVINCE), [3]),
        ("bawaslu", (PROVINCE, REGENCY, DISTRICT_ALL, NEUTRAL_PROVINCE, NEUTRAL_WHOLE), [8, 11]),
        ("bawaslu", (WHOLE, DISTRICT_ALL, NEUTRAL_VILLAGE, NEUTRAL_NEIGHBOUR), []),
        ("prosecutor", (*ALL, NEUTRAL_PROVINCE), [8]),
        ("bpbd", ALL, [2]),
        ("kpu", ALL, []),
    ],
)
def test_who_receives_a_referral(
    routing: Routing, referral: str, groups: tuple[GroupFact, ...], ids: list[int]
) -> None:
    """Groups linked for the purpose by name receive it, at the regency, else above; those that hear of all do not."""
    found = receivers(routing.referrals[referral], region_code=PLACE, groups=groups)
    assert [group.id for group in found] == ids


GROUPS = st.lists(
    st.builds(
        GroupFact,
        id=st.integers(1, 99),
        region_code=st.sampled_from(["", "16", "16.74", "16.74.02", PLACE, "16.73"]),
        purposes=st.frozensets(st.sampled_from(Purpose)),
    ),
    max_size=6,
)


@given(GROUPS, st.sampled_from(["flood", "neutrality", "other", None]), st.sampled_from(Severity))
def test_only_concerned_groups(groups: list[GroupFact], category: str | None, severity: Severity) -> None:
    """No group hears of another territory, and a group that hears was linked for it."""
    routing = load_routing(ROUTING)
    wanted = routing.status_purposes if category is None else routing.category(category).purposes
    found = listeners(routing, category=category, severity=severity, region_code=PLACE, groups=groups)
    assert all(covers(group.region_code, PLACE) for group in found.groups)
    assert all(not group.purposes or group.purposes & wanted for group in found.groups)
    anyone = any(covers(one.region_code, PLACE) and (not one.purposes or one.purposes & wanted) for one in groups)
    assert bool(found.groups) is anyone


def test_table(routing: Routing) -> None:
    """The preset keeps accusations and threats confidential, and names the severity of a bad status."""
    confidential = {one.id for one in routing.categories.values() if one.confidential}
    assert confidential == {"neutrality", "intimidation"}
    assert routing.status_severity == {"bad": Severity.HIGH, "worst": Severity.CRITICAL}
    assert RegionLevel.PROVINCE in routing.levels[Severity.CRITICAL]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "other"', 'id = "flood"', "category flood id: stands here a second time"),
        ('id = "other"', 'id = "misc"', "category other: is missing"),
        ('purposes = ["neutrality"]', "purposes = []", "category neutrality purposes: names nobody"),
        ('purposes = ["neutrality"]', 'purposes = ["party"]', "category neutrality purposes: 'party' is none of"),
        ('purposes = ["neutrality"]', 'purpose = ["neutrality"]', "category neutrality purposes: names nobody"),
        ('worst = "critical"', 'worst = "awful"', "status severity worst: 'awful' is none of"),
        ('low = ["village", "district", "regency"]', "low = []", "levels low: names no level"),
        ("[levels]", "[level]", "level: is not known here|levels low: names no level"),
        ('id = "flood"', 'id = "flood"\nloud = true', "category flood loud: is not known here"),
        ("[levels]", "[levels", "is not TOML"),
    ],
)
def test_broken_table(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A broken routing table is named with its place and the reason, in one line."""
    file = tmp_path / "routing.toml"
    file.write_text(ROUTING.read_text().replace(old, new))
    with pytest.raises(PresetError, match=message) as caught:
        load_routing(file)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(str(file))


def test_categories_of_the_form(tmp_path: Path) -> None:
    """Every category of the incident form must be routed, and nothing else may be."""
    known = set(load_routing(ROUTING).categories)
    load_routing(ROUTING, categories=known)
    with pytest.raises(PresetError, match="category fire: is missing"):
        load_routing(ROUTING, categories={*known, "fire"})
    with pytest.raises(PresetError, match="category flood: is a category that no form opens"):
        load_routing(ROUTING, categories=known - {"flood"})
