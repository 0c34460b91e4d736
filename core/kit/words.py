"""How words typed on a phone are compared: what of their spelling counts, and what does not."""

import re
import unicodedata

# No word of a form is longer. Longer tokens are never folded: sorting a long run of combining marks takes quadratic time.
LONGEST_WORD = 80

# What no eye sees at the beginning of a text: besides those below marks without a letter, half characters, what no font has.
_UNSEEN = frozenset({"Cf", "Cc", "Mn", "Me", "Cs", "Cn"})
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs by their class, but blank

# Phones insert these without showing them: zero-width space and joiners, soft hyphen, byte order mark, bidi marks, controls.
_INVISIBLE = frozenset({"Cf", "Cc"})

_DIGIT_RUN = re.compile(r"(?<![^\W\d_])[0-9oil|.,:/]*[0-9][0-9oil|.,:/]*(?![^\W\d_])")
_LOOK_ALIKE = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1"})
_EDGE = " \t\r\n.,;:!?()[]{}<>*_~`\"'“”„«»‘’"


def visible(text: str) -> str:
    """Return the text without characters that cannot be seen; every kind of white space becomes a plain space."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in _INVISIBLE
    )


def first_sign(text: str) -> str:
    """Return the first character that can be seen, in its plain width; empty where there is none."""
    for char in text:
        if not (char.isspace() or char in BLANK or unicodedata.category(char) in _UNSEEN):
            return unicodedata.normalize("NFKC", char).strip()
    return ""


def storable(text: str) -> str:
    """Return the text trimmed and fit for any database: no NUL, and half characters (lone surrogates) replaced."""
    whole = text.replace("\x00", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    trimmed = whole.strip()
    return trimmed if visible(trimmed).strip() else ""


def fold(text: str) -> str:
    """Return what is compared of one word or phrase: plain lower-case words with single spaces.

    Case, accents, width, hyphens, invisible characters and surrounding punctuation do not count. A text longer than any
    word of a form can be folds to nothing.
    """
    if len(text) > LONGEST_WORD:
        return ""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", visible(text))
        text = "".join(
            " " if unicodedata.category(char) == "Pd" else char for char in apart if not unicodedata.combining(char)
        )
    spaced = visible(text).casefold().replace("-", " ").replace("_", " ")
    pieces = (_without_edges(piece) for piece in spaced.split())
    return " ".join(piece for piece in pieces if piece)


def fold_key(text: str) -> str:
    """Return what is compared of a key before `=`: like a word, and joints (hyphen, underscore) do not count either."""
    return fold(text).replace(" ", "")


def plain(text: str) -> str:
    """Return a typed value in lower case, with plain digits and single spaces, without punctuation at its ends."""
    seen = unicodedata.normalize("NFKC", visible(text))
    ascii_digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in seen)
    return " ".join(ascii_digits.casefold().split()).strip(_EDGE)


def plain_number(text: str) -> str:
    """Return a typed value like `plain`, with the look-alikes O and l inside numbers read as 0 and 1."""
    return _DIGIT_RUN.sub(lambda run: run.group().translate(_LOOK_ALIKE), plain(text))


def brief(text: str, limit: int = 40) -> str:
    """Return a piece of a person's text that is short enough to be quoted back to them."""
    shown = " ".join(visible(storable(text[: 4 * limit])).split())
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def _without_edges(piece: str) -> str:
    start, end = 0, len(piece)
    while start < end and not piece[start].isalnum():
        start += 1
    while end > start and not piece[end - 1].isalnum():
        end -= 1
    return piece[start:end]
