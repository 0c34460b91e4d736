"""Slips of the thumb: which typed words are close enough to a form's word to be asked about."""

from rapidfuzz.distance import OSA

_NEVER = 2  # two letters and fewer: anything is close to them
_SHORT_WORD = 3  # a form's word of so few letters is never meant by another (`ini`, this, is not `tni`, the army)
_ONE_SLIP = 6  # up to six letters one slip, longer words two


def distance(typed: str, word: str) -> int:
    """Return how many slips (a letter more, less, wrong, or two swapped) lie between two folded phrases."""
    return OSA.distance(typed, word)


def is_close(typed: str, word: str) -> bool:
    """Tell whether a folded phrase is not another one, but each of its words is the same or a slip away."""
    typed_words, words = typed.split(), word.split()
    if typed == word or len(typed_words) != len(words):
        return False
    return all(
        one == other or OSA.distance(one, other, score_cutoff=2) <= _allowed(one, other)
        for one, other in zip(typed_words, words, strict=True)
    )


def is_mark(typed: str, word: str) -> bool:
    """Tell whether a folded word is this mark, or a long one with a single slip in it.

    Nothing is asked about it: who asks for secrecy with a slip of the thumb must not be named.
    """
    return typed == word or (len(word) > _ONE_SLIP and OSA.distance(typed, word, score_cutoff=1) <= 1)


def _allowed(one: str, other: str) -> int:
    # The shorter of the two decides: "darat" (land) is two letters from "darurat" and must not be taken for it.
    shorter = min(len(one), len(other))
    if shorter <= _NEVER or len(other) <= _SHORT_WORD or not (one.isalpha() and other.isalpha()):
        return 0
    return 1 if shorter <= _ONE_SLIP else 2
