"""A body's own chain: who hears of what happens at its posts beside those who must act."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.groups.purposes import Purpose
from core.groups.routing import GroupFact, chain_listeners
from core.groups.routing_file import load_routing
from core.kit.preset_tables import PresetError
from core.territory.posts import PostKind
from tests.kit import PRESET

ROUTING = PRESET / "routing.toml"
KANWIL = GroupFact(1, "16", frozenset({Purpose.CORRECTIONS}))
REGENCY = GroupFact(2, "16.73", frozenset({Purpose.CORRECTIONS, Purpose.SECURITY}))
DISTRICT = GroupFact(3, "16.73.06", frozenset({Purpose.CORRECTIONS}))
EVERYTHING = GroupFact(4, "16", frozenset())
ELSEWHERE = GroupFact(5, "16.74", frozenset({Purpose.CORRECTIONS}))
ALL = (KANWIL, REGENCY, DISTRICT, EVERYTHING, ELSEWHERE)


@pytest.mark.parametrize(
    ("category", "kind", "confidential", "ids"),
    [
        ("flood", PostKind.LAPAS, False, [1, 2]),
        (None, PostKind.LAPAS, False, [1, 2]),
        ("prison_disturbance", PostKind.TPS, False, [1, 2]),
        ("flood", PostKind.TPS, False, []),
        ("neutrality", PostKind.LAPAS, True, []),
    ],
)
def test_what_happens_at_a_prison_goes_to_the_kanwil(
    category: str | None, kind: PostKind, ids: list[int], *, confidential: bool
) -> None:
    """Groups linked for corrections by name hear at regency and province, of everything there but what is confidential."""
    found = chain_listeners(
        load_routing(ROUTING),
        category=category,
        post_kind=kind,
        confidential=confidential,
        region_code="16.73.06.1002",
        groups=ALL,
    )
    assert [group.id for group in found] == ids


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('posts = ["lapas"]\ncategories = ["prison_disturbance"]', "posts = []", "nobody would hear of anything"),
        ('categories = ["prison_disturbance"]\n', 'categories = ["unheard"]\n', "'unheard' is no category here"),
        ('levels = ["regency", "province"]\n\n# Who', "levels = []\n\n# Who", "names no level"),
        ('purpose = "corrections"', 'purpose = "prisons"', "'prisons' is none of"),
    ],
)
def test_a_broken_chain_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    """A chain that would let nobody hear, or names what there is not, is refused with its place."""
    text = ROUTING.read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "routing.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PresetError, match="chain") as caught:
        load_routing(tmp_path / "routing.toml")
    assert fault in str(caught.value)
