"""What can be typed in the console, line by line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from sandbox import LocalTelegram
from sandbox.rehearsal.console import Cast, obey, user_id
from sandbox.rehearsal.transcript import Transcript
from tests.sandbox.caller import Caller, png


async def test_a_person_is_played_by_hand(bot: Caller, tg: LocalTelegram, tmp_path: Path) -> None:
    """Pictures, albums, films, places, answers and the connection are typed, and the transcript names them."""
    file = tmp_path / "tps.png"
    file.write_bytes(png(30, 20))
    cast, printed = Cast(tg), io.StringIO()
    transcript = Transcript(tg, file=printed)
    lines = [
        "budi: /start",
        "budi photo TPS 3",
        f"budi photo_file {file} Asli",
        "budi album 2 Banjir",
        "budi video 7 Film",
    ]
    lines += ["budi voice 3", "budi location -3.29 102.86 600", "budi moves -3.3, 102.87", "budi stops"]
    for line in lines:
        await obey(cast, line, transcript, patient=False)
    await bot.send(user_id("budi"), "Berapa?")
    await obey(cast, "budi reply 12", transcript, patient=False)
    found = [update.get("message") or update["edited_message"] for update in await bot.updates()]
    assert [one["location"]["latitude"] for one in found if "location" in one] == [-3.29, -3.3, -3.3]
    assert found[2]["document"]["file_size"] == len(png(30, 20))
    assert found[-1]["reply_to_message"]["text"] == "Berapa?"
    transcript.flush()
    for words in ("[picture] TPS 3", "[file IMG_0001.jpg] Asli", "[video] Film", "[live place -3.30000, 102.87000]"):
        assert words in printed.getvalue()


async def test_the_connection_is_played_by_hand(bot: Caller, tg: LocalTelegram) -> None:
    """An offline phone keeps what is typed until it is online."""
    cast, transcript = Cast(tg), Transcript(tg, file=io.StringIO())
    for line in ("budi offline", "budi: satu", "budi album 2"):
        await obey(cast, line, transcript, patient=True)
    assert await bot.updates() == []
    await obey(cast, "budi online", transcript, patient=True)
    assert len(await bot.updates()) == 3


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("budi location sini", "2 numbers are missing"),
        ("budi album", "1 numbers are missing"),
        ("budi moves 1 2", "shares no live place"),
        ("budi reply ya", "said nothing"),
    ],
)
async def test_what_cannot_be_done_is_said(tg: LocalTelegram, line: str, text: str) -> None:
    """A line that asks for the impossible says why."""
    with pytest.raises(AssertionError, match=text):
        await obey(Cast(tg), line, Transcript(tg, file=io.StringIO()), patient=False)
