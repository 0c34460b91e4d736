"""What a confidential report keeps back among its words: names, numbers, signatures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from core.forms.fields import Answers, Value
from core.forms.forms import BEHALF, Form
from core.forms.kinds import kind_of
from core.kit.words import fold_key
from core.people.roles import read_agency, read_role
from core.territory.posts import read_post_kind

HIDDEN = "…"


# As the one-line command reads a key and its value (core/forms/line_grammar.py), wherever in the text they stand.
_KEY = re.compile(r"([^\s=＝,;]{1,40}+)[^\S\n]*+[=＝][^\S\n]*+")


_VALUE = re.compile(r"[\"“”„«]([^\"“”„»]*)[\"“”»]|(\S*[^\s,;])")


_PHONE = re.compile(r"\+?[0-9]{8,15}")


_NAME_WORD = 4  # letters; a shorter part of a name is a word of any sentence


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
    """What tells who a person is, among words: the name, its longer parts, the telephone number.

    A part that is a role, a body or a kind of post names nobody, as in "Petugas Lapas".
    """
    parts = re.findall(rf"[^\W\d_]{{{_NAME_WORD},}}", name)
    telling = [part for part in parts if not (read_role(part) or read_agency(part) or read_post_kind(part))]
    return frozenset(one for one in (name.strip(), *telling, phone) if one)


def masked(form: Form | None, text: str, names: Collection[str]) -> str:
    """The text without these names and their parts, and without whatever stands behind a key for such a name."""
    signed = list(_signed(form, text))
    hidden = frozenset(
        part for name in [*names, *(text[start:end] for start, end in signed)] for part in names_of(name)
    )
    for start, end in reversed(signed):
        text = text[:start] + HIDDEN + text[end:]
    for name in sorted(hidden, key=len, reverse=True):  # a full name before the first name alone
        text = re.sub(rf"(?<!\w){_pattern(name)}(?!\w)", HIDDEN, text, flags=re.IGNORECASE)
    return text


def _pattern(name: str) -> str:
    """A name as it is; a telephone number however it is written: `+62 812-…`, `0812 …`."""
    if not _PHONE.fullmatch(name):
        return re.escape(name)
    digits = re.sub(r"^(62|0)", "", name.removeprefix("+"))
    return r"(?:\+?62|0)?[ .-]*" + r"[ .()-]*".join(digits)


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
    place = 0
    while (key := _KEY.search(text, place)) is not None:
        place = key.end()
        value = _VALUE.match(text, place) if _means_behalf(form, key[1]) else None
        if value is not None:
            yield value.span(1 if value[1] is not None else 2)
            place = value.end()


def _means_behalf(form: Form | None, key: str) -> bool:
    folded = fold_key(key)
    field = form.by_key.get(folded) if form else None
    return field.id == BEHALF if field else form is None and folded in _KEYS
