"""A text as the eye reads it: its letters and digits alone, each with its place, whatever signs they are written in."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from core.kit.words import BLANK

HIDDEN = "…"
NONE, JOINT, SPACE = 0, 1, 2  # what stands before a letter: another one, a sign such as a dot, white space

# What Telegram's users write names in beside plain letters, and what it looks like (Unicode's confusables, the common ones).
_LIKE = dict(
    zip(
        "АВЕКМНОРСТУХІЈЅԛԝаекморстухіјѕһԁпвнтΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεικνορτυχωıłøđħŧɑɡᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ",
        "abekmhopctyxijsqwaekmopctyxijshdnbhtabezhikmnoptyxabeikvoptuxwilodhtagabcdeghijklmnoprtuvwyz",
        strict=True,
    )
)
# The alphabets of "fancy letters" that people set their names in: Cherokee, Canadian syllabics, phonetic and Armenian signs.
_LIKE |= dict(
    zip(
        "ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᎡᏚᎢᏙᏔᏃᗩᗷᑕᗪᗴᖴᘜᕼᒍᒪᗰᑎᑭᖇᔕᑌᐯᗯɓƃьɖɗɛɩɲŋʊʋμսօոհ",
        "abcdeghijklmprstvwzabcdefghjlmnprsuvwbbbddeinnuuuuonh",
        strict=True,
    )
)
# Letters on black and as flags, which have no plain ones of their own in Unicode.
_LIKE |= {chr(first + at): chr(97 + at) for first in (0x1F150, 0x1F170, 0x1F1E6) for at in range(26)}
# Letters and digits that are taken for one another, `l` and `I` among them; digits of a number stay apart by this.
_SAME = str.maketrans("0134578l|", "oieastbii")


@dataclass(frozen=True)
class Letters:
    """The letters and digits of a text in a row, folded; of each the place in the text, and what stands before it."""

    text: str
    row: str
    places: list[int]
    before: bytes


def letters_of(text: str) -> Letters:
    """Read a text, in time that grows with its length alone.

    Case, accents, width and look-alikes do not count; what cannot be seen is passed over, as if it did not stand there.
    """
    row: list[str] = []
    places: list[int] = []
    before = bytearray()
    gap = SPACE
    for place, char in enumerate(text):
        seen = _seen(char)
        if seen == " ":
            gap = SPACE
        elif seen == "-":
            gap = max(gap, JOINT)
        else:
            for letter in seen:
                row.append(letter)
                places.append(place)
                before.append(gap)
                gap = NONE
    return Letters(text, "".join(row), places, bytes(before))


def in_word(char: str) -> bool:
    """Whether a character belongs to the word that it stands in: a letter or digit, or what nobody sees."""
    return _seen(char) not in {" ", "-"}


def is_letter(char: str) -> bool:
    """Whether a character is a letter in whatever dress, not a digit or stroke that is taken for one."""
    return not char.isdigit() and char != "|"


@lru_cache(4096)
def _seen(char: str) -> str:
    """The letters that a character is read as; a space or a hyphen for what parts words, nothing for what is not seen."""
    if char.isspace() or char == HIDDEN:
        return " "
    if char in BLANK or unicodedata.category(char) in {"Cf", "Cc", "Cs", "Mn", "Me"}:
        return ""
    letters = [_plain(one) for one in unicodedata.normalize("NFKD", _LIKE.get(char, char))]
    return "".join(letters) or "-"


def _plain(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char)).translate(_SAME)
    like = _LIKE.get(char) or _LIKE.get(char.casefold()) or char.casefold()
    return "".join(one for one in like.translate(_SAME) if one.isalnum())
