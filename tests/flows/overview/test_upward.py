"""The button under a receipt that gives the text for one's superior."""

from __future__ import annotations

from storage.tables import ReportRow
from tests.kit import Posko


async def test_ones_own_report_is_given_as_text_to_copy(posko: Posko) -> None:
    """The text comes as one block that a tap copies, with what people wrote escaped, and never to a stranger's tap."""
    budi, tono = await posko.officer("Budi", agency="lapas"), await posko.officer("Tono", "RUTAN-1674")
    rahmat = await posko.coordinator("Rahmat", agency="polri")
    await posko.say(budi, "/lapor aman antrean <b>tertib</b>")
    data = f"up:{(await posko.one(ReportRow)).id}"
    await posko.tap(budi, message=posko.last(budi), data=data)
    given = posko.last(budi)
    assert "Yth. Bapak/Ibu Kalapas" in given.text
    assert "antrean <b>tertib</b>" in given.text
    assert [one["type"] for one in given.json["entities"]] == ["pre"]
    for person in (tono, rahmat):
        await posko.say(person, "/tugas")
    assert "di luar penugasan" in (await posko.tap(tono, message=posko.last(tono), data=data)).text
    await posko.tap(rahmat, message=posko.last(rahmat), data=data)
    assert "Yth. Komandan" in posko.last(rahmat).text


async def test_a_confidential_report_names_nobody(posko: Posko) -> None:
    """Of a confidential incident the text holds neither the reporter's name nor, in the salutation, the agency."""
    budi = await posko.officer("Zulkarnain", agency="lapas")
    await posko.group("Bawaslu", "16.73")
    await posko.say(budi, "/insiden netralitas berat lurah membagikan kaus")
    await posko.tap(budi, message=posko.last(budi), data=f"up:{(await posko.one(ReportRow)).id}")
    text = posko.last(budi).text
    assert ("Zulkarnain" in text, "Kalapas" in text, "lurah membagikan kaus" in text) == (False, False, True)
