"""What a confidential report keeps back among its words: names, numbers, signatures."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from core.forms.fields import Answers, Value
from core.forms.forms import BEHALF, Form
from core.forms.kinds import kind_of
from core.kit.words import fold_key, visible
from core.people.roles import read_agency, read_role
from core.privacy.letters import HIDDEN
from core.privacy.names_within import NAME_WORD, TITLES, Names
from core.privacy.ordinary import is_ordinary
from core.territory.posts import read_post_kind

# As the one-line command reads a key and its value (core/forms/line_grammar.py), wherever in the text they stand.
_KEY = re.compile(r"([^\s=＝,;]{1,40}+)[^\S\n]*+[=＝][^\S\n]*+")


_QUOTES = re.compile(r"[\"“”„»]")  # whatever may end a quoted value, and „, which no value holds


_BARE = re.compile(r"\S*[^\s,;]")


_KEYS = frozenset({BEHALF, "an", "atasnama"})  # of a report whose form the preset does not have any more


def signers(form: Form | None, versions: Iterable[tuple[Answers, str]]) -> frozenset[str]:
    """Every name of one who reported through another, in these versions of a report: among the answers and as typed."""
    found: set[str] = set()
    for answers, text in versions:
        found.add(str(answers.get(BEHALF) or ""))
        found.update(text[start:end] for start, end in _signed(form, text))
    names = (name.strip() for name in found)
    return frozenset(name for name in names if any(map(str.isalnum, name)))


def names_of(name: str, phone: str | None = None) -> frozenset[str]:
    """What tells who a person is, among words: the name, its parts from three letters on, the telephone number.

    A part that is a title, a role, a body or a kind of post names nobody, as in "Petugas Lapas" or "Bang Eko".
    """
    whole = unicodedata.normalize("NFKC", visible(name)).strip()
    parts = {*re.findall(rf"[^\W\d_]{{{NAME_WORD},}}", whole), *whole.split()}
    telling = [
        part
        for part in parts
        if sum(map(str.isalpha, part)) >= NAME_WORD - 1  # Eko, Ayu and Ade: looked for as words of their own
        and not (part.casefold() in TITLES or read_role(part) or read_agency(part) or read_post_kind(part))
    ]
    return frozenset(one for one in (whole, *telling, phone) if one)


def masked(form: Form | None, text: str, names: Collection[str]) -> str:
    """The text without these names and their parts, and without whatever stands behind a key for such a name.

    A word that holds a name is hidden whole, as what is left of it would tell the name; but not a longer word of the
    form itself, such as the category `keamanan` where somebody is called Aman, nor an ordinary one such as `kejadian`
    where somebody is called Dian.
    """
    signed = list(_signed(form, text))
    every = [*names, *(text[start:end] for start, end in signed)]
    sought = Names(part for name in every for part in names_of(name))
    text = _without(text, signed)
    return _without(text, sought.find(text, lambda word: _is_official(form, word)))


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with a sign in the place of each of these parts of it, the first one first."""
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        pieces += (text[done:start], HIDDEN)
        done = end
    return "".join([*pieces, text[done:]])


def _is_official(form: Form | None, word: str) -> bool:
    return is_ordinary(word) or (form is not None and (fold_key(word) in form.by_word or fold_key(word) in form.by_key))


def anonymous(
    form: Form | None, answers: Answers, text: str, names: Collection[str] = ()
) -> tuple[dict[str, Value], str]:
    """The answers and the typed line of a confidential report without those who report through another.

    `names` are the `signers` of the other versions, as the typed line may still hold a name that was corrected since, and
    the `names_of` the reporter, who may have signed in words.
    """
    hidden = signers(form, [(answers, text)]).union(names)
    typed = {field.id for field in form.fields if kind_of(field).free} if form else set()
    kept = {
        field_id: masked(form, value, hidden) if field_id in typed and isinstance(value, str) else value
        for field_id, value in answers.items()
        if field_id != BEHALF
    }
    return kept, masked(form, text, hidden)


def _signed(form: Form | None, text: str) -> Iterator[tuple[int, int]]:
    """Where in a typed line the values of the question for whom one reports stand."""
    quotes = [quote.start() for quote in _QUOTES.finditer(text)]
    place = 0
    while (key := _KEY.search(text, place)) is not None:
        place = key.end()
        span = _value(text, place, quotes) if _means_behalf(form, key[1]) else None
        if span is not None:
            yield span
            place = span[1]


def _value(text: str, place: int, quotes: Sequence[int]) -> tuple[int, int] | None:
    """Where a value that begins here stands: between quotation marks, else up to the next white space."""
    if text[place : place + 1] in tuple('"“”„«'):
        after = bisect_right(quotes, place)
        if after < len(quotes) and text[quotes[after]] != "„":
            return place + 1, quotes[after]
    bare = _BARE.match(text, place)
    return bare.span() if bare else None


def _means_behalf(form: Form | None, key: str) -> bool:
    folded = fold_key(key)
    field = form.by_key.get(folded) if form else None
    return field.id == BEHALF if field else form is None and folded in _KEYS
