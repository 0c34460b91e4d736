"""A group hears only what an admin linked it for: nobody can pull more into it by asking there."""

from __future__ import annotations

import pytest

from tests.kit import Posko

PRIVATELY = "lewat chat pribadi"
UNLINKED = "belum terhubung"
FLOOD = "/insiden banjir berat air masuk gudang"


async def test_an_unlinked_group_gets_no_card(posko: Posko) -> None:
    """A coordinator who asks for a card in a group that nobody linked is told that it is not linked."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = posko.tg.group("Arisan", [rahmat])
    await posko.say(budi, FLOOD)
    text = await posko.say(rahmat, "/insiden I-1", to=group)
    assert (UNLINKED in text, "Banjir" in text) == (True, False)


async def test_an_unlinked_group_gets_no_summary(posko: Posko) -> None:
    """Neither a bare /ringkasan nor one with a region answers in a group that nobody linked."""
    rahmat = await posko.coordinator()
    group = posko.tg.group("Arisan", [rahmat])
    for line in ("/ringkasan", "/ringkasan 16.73"):
        text = await posko.say(rahmat, line, to=group)
        assert (PRIVATELY in text, "Lapor" in text) == (True, False), line


async def test_a_group_whose_link_ended_gets_nothing(posko: Posko) -> None:
    """After /putuskan a group gets neither cards nor summaries."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Posko", "16.73", members=[rahmat])
    await posko.say(budi, FLOOD)
    await posko.say(posko.admin, "/putuskan", to=group)
    for line, answer in (("/ringkasan", PRIVATELY), ("/insiden I-1", UNLINKED)):
        text = await posko.say(rahmat, line, to=group)
        assert (answer in text, "Banjir" in text) == (True, False), line


async def test_a_group_gets_no_summary_of_another_region(posko: Posko) -> None:
    """In a group one may ask for its region and what lies in it, but for no other region, however far one reaches."""
    province = await posko.coordinator("Rahmat", "16")
    group = await posko.group("Posko", "16.73", members=[province])
    wanted = {"16.73": False, "16.73.06": False, "16.74": True, "16": True}
    found = {code: PRIVATELY in await posko.say(province, f"/ringkasan {code}", to=group) for code in wanted}
    assert found == wanted


async def test_a_group_gets_no_card_of_another_region(posko: Posko) -> None:
    """A card of one region is not shown in the group of another, even to a coordinator of both."""
    budi, province = await posko.officer(), await posko.coordinator("Rahmat", "16")
    groups = [await posko.group(f"Grup {code}", code, members=[province]) for code in ("16.74", "16.73")]
    await posko.say(budi, FLOOD)
    said = [await posko.say(province, "/insiden I-1", to=group) for group in groups]
    assert ["tidak ada di grup ini" in text for text in said] == [True, False]
    assert ["Banjir" in text for text in said] == [False, True]


@pytest.mark.parametrize(
    ("line", "hears"),
    [
        (FLOOD, {"bencana": True, "netralitas": False, "": True}),
        ("/insiden netralitas berat lurah membagikan kaus", {"bencana": False, "netralitas": True, "": True}),
        ("/lapor gangguan ribut di blok B", {"keamanan": True, "netralitas": False}),
    ],
)
async def test_a_group_gets_cards_of_its_purposes_only(posko: Posko, line: str, hears: dict[str, bool]) -> None:
    """A card is shown in a group of the same purposes, or of all of them, and in no other group."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    groups = {purpose: await posko.group(f"Grup {purpose}", "16.73", purpose, members=[rahmat]) for purpose in hears}
    await posko.say(budi, line)
    found = {name: "I-1 ·" in await posko.say(rahmat, "/insiden I-1", to=group) for name, group in groups.items()}
    assert found == hears


async def test_an_officer_gets_no_card_in_a_group(posko: Posko) -> None:
    """An officer is told that cards are for coordinators, in a group as in private."""
    budi = await posko.officer()
    group = await posko.group("Posko", "16.73", members=[budi])
    await posko.say(budi, FLOOD)
    assert "untuk koordinator" in await posko.say(budi, "/insiden I-1", to=group)


async def test_a_strangers_start_in_a_group_is_met_with_silence(posko: Posko) -> None:
    """A stranger gets no answer to /start in a group, and nothing of it is kept."""
    orang = posko.person("Orang")
    group = await posko.group("Posko", "16.73", members=[orang])
    said = [await posko.say(orang, line, to=group) for line in ("/start", "/start rahasia", "/panduan")]
    stored = await posko.everything_stored()
    assert said == ["", "", ""]
    assert [table for table, text in stored.items() if "rahasia" in text] == []


async def test_an_anonymous_admins_foreign_command_is_left_alone(posko: Posko) -> None:
    """Only a command of ours is answered when an anonymous admin gives it."""
    group = await posko.group("Posko", "16.73")
    await group.says_anonymously("/foo")
    await posko.settle()
    assert posko.heard(posko.admin, group) == ""
    await group.says_anonymously("/ringkasan")
    await posko.settle()
    assert "admin anonim" in posko.heard(posko.admin, group)
