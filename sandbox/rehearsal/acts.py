"""What can be typed in the console beside words and taps: pictures, albums, places, answers, the connection."""

from __future__ import annotations

import re
from pathlib import Path

from sandbox.people.group import Group
from sandbox.people.person import Person
from sandbox.world.media import Media
from sandbox.world.photos import drawn

HELP = """\
  budi photo [FILE] [caption]       a picture: a file of yours, or a drawn one; «photo_file» sends it as a document
  budi album 3 [caption]            an album of so many drawn pictures
  budi video 7 [caption]            a film of so many seconds; voice 7
  budi location -3.29 102.86        a place; a third number makes it live for so many seconds
  budi moves -3.30 102.87           the last live place moves on; «stops» ends it
  budi reply words                  an answer to the bot's newest message
  budi offline, budi online         the phone loses its connection, and has it again"""
ACTS = re.compile(
    r"(?P<who>[^\s:@]+)\s*(?:@(?P<where>[^\s:]+))?\s+"
    r"(?P<verb>photo|photo_file|album|video|voice|location|moves|stops|reply|offline|online)(?:\s+(?P<rest>.+))?"
)
_SHADES = (60, 120, 180, 240)


async def act(person: Person, group: Group | None, verb: str, rest: str) -> bool:
    """Do one of these; tells whether the bot hears of it. Raises AssertionError when it cannot be done."""
    if verb in {"offline", "online"}:
        await (person.goes_offline() if verb == "offline" else person.comes_back())
        return False
    if verb in {"photo", "photo_file"}:
        data, caption = _picture(rest)
        await person.send_photo(data, caption, as_file=verb == "photo_file", to=group)
    elif verb == "reply":
        heard = [message for message in person.sees(group) if message.by_bot]
        if not heard:
            raise AssertionError("the bot has said nothing here")
        await person.say(rest, to=group, reply_to=heard[-1])
    elif verb in {"moves", "stops"}:
        await _move(person, group, verb, rest)
    else:
        await _send(person, group, verb, rest)
    return person.phone.online


async def _send(person: Person, group: Group | None, verb: str, rest: str) -> None:
    if verb == "location":
        latitude, longitude, *live = _numbers(rest, least=2)
        await person.share_location(latitude, longitude, live=int(live[0]) if live else None, to=group)
        return
    first, _, caption = rest.partition(" ")
    number = int(_numbers(first, least=1)[0])
    if verb == "album":
        pictures: list[bytes | Media] = [drawn(shade=_SHADES[place % len(_SHADES)]) for place in range(number)]
        await person.send_album(pictures, caption, to=group)
    elif verb == "video":
        await person.send_video(caption=caption, duration=number, to=group)
    else:
        await person.send_voice(duration=number, to=group)


async def _move(person: Person, group: Group | None, verb: str, rest: str) -> None:
    own = [one for one in person.sees(group) if one.json.get("from", {}).get("id") == person.id]
    live = [one for one in own if "live_period" in one.json.get("location", {})]
    if not live:
        raise AssertionError(f"{person.name} shares no live place here")
    if verb == "stops":
        await person.stop_sharing(live[-1])
    else:
        latitude, longitude, *_ = _numbers(rest, least=2)
        await person.move_location(live[-1], latitude, longitude)


def _picture(rest: str) -> tuple[bytes, str]:
    """Take the first word for a file if there is one of this name, the rest for the caption."""
    first, _, caption = rest.partition(" ")
    file = Path(first).expanduser()
    if first and file.is_file():
        return file.read_bytes(), caption
    return drawn(), rest


def _numbers(words: str, *, least: int) -> list[float]:
    try:
        numbers = [float(word) for word in words.replace(",", " ").split()]
    except ValueError:
        numbers = []
    if len(numbers) < least:
        raise AssertionError(f"{least} numbers are missing: {words!r}")
    return numbers
