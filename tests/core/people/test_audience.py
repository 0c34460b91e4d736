"""Audience words before a text: what they mean, and that the text itself stays as it was typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people.audience import Audience, audience_words, parse_audience
from core.people.roles import Agency, Role
from core.territory.posts import PostKind
from core.territory.regions import Region, RegionBook, RegionLevel, load_regions

EMPTY = RegionBook(())


@pytest.fixture(scope="module")
def book() -> RegionBook:
    return RegionBook(load_regions(Path(__file__).parents[3] / "presets" / "sumsel"))


def audience(
    *,
    roles: tuple[Role, ...] = (),
    agencies: tuple[Agency, ...] = (),
    regions: tuple[str, ...] = (),
    posts: tuple[PostKind, ...] = (),
) -> Audience:
    return Audience(frozenset(roles), frozenset(agencies), frozenset(regions), frozenset(posts))


@pytest.mark.parametrize(
    ("text", "wanted", "rest"),
    [
        (
            "role:officer agency:lapas,polri region:16.74 post:tps Siaga",
            audience(
                roles=(Role.OFFICER,), agencies=(Agency.LAPAS, Agency.POLRI), regions=("16.74",), posts=(PostKind.TPS,)
            ),
            "Siaga",
        ),
        ("peran:petugas instansi:jaksa Halo", audience(roles=(Role.OFFICER,), agencies=(Agency.KEJAKSAAN,)), "Halo"),
        ("wilayah:OKI,muba pos:rutan Halo", audience(regions=("16.02", "16.06"), posts=(PostKind.LAPAS,)), "Halo"),
        ('region:"Muara Enim" Halo', audience(regions=("16.03",)), "Halo"),
        ("region:“Tanjung Baru, Lembak”,OKU Halo", audience(regions=("16.03.17.2019", "16.01")), "Halo"),
        ("region:muara-enim Halo", audience(regions=("16.03",)), "Halo"),
        ("agency:lapas, polri Halo", audience(agencies=(Agency.LAPAS, Agency.POLRI)), "Halo"),
        ("agency:lapas, role:officer Halo", audience(agencies=(Agency.LAPAS,), roles=(Role.OFFICER,)), "Halo"),
        ("agency:lapas agency:tni Halo", audience(agencies=(Agency.LAPAS, Agency.TNI)), "Halo"),
        (
            "ROLE:Koordinator\nBaris satu\n\n  baris dua ",
            audience(roles=(Role.COORDINATOR,)),
            "Baris satu\n\n  baris dua ",
        ),
        ("semua: Halo", audience(), "Halo"),
        ("all", audience(), ""),
        ("Semua: Halo", audience(), "Halo"),
        ("semua role:officer Halo", audience(roles=(Role.OFFICER,)), "Halo"),
    ],
)
def test_words(book: RegionBook, text: str, wanted: Audience, rest: str) -> None:
    """Audience words in either language are taken off, and the text behind them is kept as it was typed."""
    found = parse_audience(text, book)
    assert (found.audience, found.rest_text, found.problems, found.named) == (wanted, rest, (), True)


@pytest.mark.parametrize(
    "text",
    [
        "Rapat jam 08:00",
        "Info: role:officer",
        "https://kpu.go.id dibuka",
        "jam:08.00 rapat",
        "role: officer",
        "",
        "allure semua",
        "Semua petugas harap siaga",
    ],
)
def test_no_words(text: str) -> None:
    """A text without audience words is left whole, and nobody is named."""
    found = parse_audience(text, EMPTY)
    assert (found.rest_text, found.problems, found.named) == (text, (), False)


def test_words_inside(book: RegionBook) -> None:
    """An audience word behind the beginning of the text belongs to the text."""
    assert parse_audience("role:officer Ketik role:admin", book).rest_text == "Ketik role:admin"


@pytest.mark.parametrize(
    ("text", "key", "word"),
    [
        ("role:raja Halo", "audience-unknown-role", "raja"),
        ("agency:polry Halo", "audience-unknown-agency", "polry"),
        ("post:kapal Halo", "audience-unknown-post", "kapal"),
        ("region:Prabumulh Halo", "audience-unknown-region", "Prabumulh"),
        ('region:"Tanjung Baru" Halo', "audience-many-regions", "Tanjung Baru"),
        ("regoin:OKU Halo", "audience-unknown-key", "regoin"),
    ],
)
def test_mistakes(book: RegionBook, text: str, key: str, word: str) -> None:
    """A mistake among the audience words is named with the word, and the text is kept."""
    found = parse_audience(text, book)
    assert [(problem.key, problem.args["word"]) for problem in found.problems] == [(key, word)]
    assert found.rest_text == "Halo"
    assert found.named


def test_near_words(book: RegionBook) -> None:
    """An unknown agency or region comes with the nearest known one."""
    assert parse_audience("agency:polry x", book).problems[0].args["near"] == "polri"
    assert "Kota Prabumulih" in parse_audience("region:Prabumulh x", book).problems[0].args["near"]


def test_good_words_stay(book: RegionBook) -> None:
    """A mistake does not cost the words that were good."""
    found = parse_audience("agency:lapas,xyz role:officer x", book)
    assert found.audience == audience(agencies=(Agency.LAPAS,), roles=(Role.OFFICER,))


@given(st.text(max_size=200))
def test_rest_is_an_end(text: str) -> None:
    """Whatever is typed, the text to be sent is an unchanged end of it."""
    assert text.endswith(parse_audience(text, EMPTY).rest_text)


@given(
    st.frozensets(st.sampled_from(Role)),
    st.frozensets(st.sampled_from(Agency)),
    st.frozensets(st.sampled_from(["16", "16.74"])),
    st.frozensets(st.sampled_from(PostKind)),
)
def test_words_and_back(
    roles: frozenset[Role], agencies: frozenset[Agency], regions: frozenset[str], posts: frozenset[PostKind]
) -> None:
    """An audience written as words is read back as the same audience."""
    rows = (Region("16", "", RegionLevel.PROVINCE, "A"), Region("16.74", "16", RegionLevel.REGENCY, "B"))
    wanted = Audience(roles, agencies, regions, posts)
    found = parse_audience(f"{audience_words(wanted)} Halo", RegionBook(rows))
    assert (found.audience, found.rest_text, found.problems) == (wanted, "Halo", ())
