"""Invitations as admins type them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people.invites import InviteRequest, PostFact, read_invite
from core.people.roles import Agency, Role
from core.territory.regions import RegionBook, load_regions

POSTS = (
    PostFact(1, "LAPAS-1673", "Lapas Kelas IIA Lubuklinggau", "16.73.06.1002"),
    PostFact(2, "TPS-1674021009-901", "TPS 901", "16.74.02.1009"),
    PostFact(3, "TPS-1673061002-901", "TPS 901", "16.73.06.1002"),
)


def lookup(text: str) -> Sequence[PostFact]:
    """Find posts by their code or the tail of it."""
    return [post for post in POSTS if text and post.code.lower().endswith(text.lower())]


@pytest.fixture(scope="module")
def book() -> RegionBook:
    return RegionBook(load_regions(Path(__file__).parents[3] / "presets" / "sumsel"))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("officer LAPAS-1673", InviteRequest(Role.OFFICER, "16.73.06.1002", 1, None, 1, 7)),
        ("petugas #lapas-1673 lapas", InviteRequest(Role.OFFICER, "16.73.06.1002", 1, Agency.LAPAS, 1, 7)),
        (
            "uses=5 officer LAPAS-1673 polisi days=30",
            InviteRequest(Role.OFFICER, "16.73.06.1002", 1, Agency.POLRI, 5, 30),
        ),
        ("koordinator Prabumulih", InviteRequest(Role.COORDINATOR, "16.74", None, None, 1, 7)),
        ("coordinator Ogan Komering Ulu Timur kpu", InviteRequest(Role.COORDINATOR, "16.08", None, Agency.KPU, 1, 7)),
        ("coordinator Tanjung Baru, Lembak", InviteRequest(Role.COORDINATOR, "16.03.17.2019", None, None, 1, 7)),
        ("admin", InviteRequest(Role.ADMIN, "", None, None, 1, 7)),
        ("admin bawaslu", InviteRequest(Role.ADMIN, "", None, Agency.BAWASLU, 1, 7)),
        ("admin 16.74 hari=90 pakai=500", InviteRequest(Role.ADMIN, "16.74", None, None, 500, 90)),
        ("admin instansi=jaksa", InviteRequest(Role.ADMIN, "", None, Agency.KEJAKSAAN, 1, 7)),
    ],
)
def test_good(book: RegionBook, line: str, wanted: InviteRequest) -> None:
    """A role, a place of several words, an agency and bounds make an invitation."""
    assert read_invite(line.split(), book, lookup) == wanted


@pytest.mark.parametrize(
    ("line", "days"),
    [("petugas LAPAS-1673", 7), ("petugas LAPAS-1673 uses=1", 7), ("petugas LAPAS-1673 uses=2", 2),
     ("petugas LAPAS-1673 uses=500", 2), ("hari=5 petugas LAPAS-1673 pakai=20", 5)],
)  # fmt: skip
def test_a_link_for_many_is_short_lived(book: RegionBook, line: str, days: int) -> None:
    """A link for several people is valid for two days unless the invitation says otherwise, in whatever order."""
    found = read_invite(line.split(), book, lookup)
    assert isinstance(found, InviteRequest)
    assert found.days == days


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("", ["invite-no-role"]),
        ("raja OKU", ["invite-unknown-role"]),
        ("officer", ["invite-no-place"]),
        ("officer lapas kpu x", ["invite-unknown-post"]),
        ("officer Prabumulih", ["invite-needs-post"]),
        ("officer 901", ["invite-many-places"]),
        ("officer TPS-99", ["invite-unknown-post"]),
        ("coordinator", ["invite-no-place"]),
        ("coordinator kpu", ["invite-no-place"]),
        ("coordinator LAPAS-1673", ["invite-needs-region"]),
        ("coordinator Prabumulh", ["invite-unknown-region"]),
        ("coordinator Tanjung Baru", ["invite-many-places"]),
        ("admin Jakarta", ["invite-unknown-region"]),
        ("officer LAPAS-1673 uses=0 days=91", ["invite-bad-uses", "invite-bad-days"]),
        ("officer LAPAS-1673 uses=501", ["invite-bad-uses"]),
        ("officer LAPAS-1673 uses=banyak", ["invite-bad-uses"]),
        ("officer LAPAS-1673 agency=nasa", ["invite-unknown-agency"]),
        ("officer LAPAS-1673 umur=3", ["invite-unknown-option"]),
    ],
)
def test_mistakes(book: RegionBook, line: str, keys: list[str]) -> None:
    """Each mistake is named, and none of them is an exception."""
    found = read_invite(line.split(), book, lookup)
    assert not isinstance(found, InviteRequest)
    assert [problem.key for problem in found] == keys


def test_near_region(book: RegionBook) -> None:
    """An unknown region comes with the names that look like it."""
    found = read_invite(["coordinator", "Prabumulh"], book, lookup)
    assert not isinstance(found, InviteRequest)
    assert "Kota Prabumulih" in found[0].args["near"]


@given(st.lists(st.text(max_size=20), max_size=6))
def test_any_words(words: list[str]) -> None:
    """No words make reading an invitation fail, and only sound ones make an invitation."""
    found = read_invite(words, RegionBook(()), lookup)
    assert not isinstance(found, InviteRequest) or (1 <= found.uses <= 500 and 1 <= found.days <= 90)
