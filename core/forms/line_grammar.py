"""The one-line command: which words of a typed line are answers, which name the post, and where the note begins."""

import re
from dataclasses import dataclass
from typing import Final

from core.forms.forms import Answers, Choice, Field, Form, Value, fits_post, is_answered, missing
from core.forms.kinds import kind_of
from core.forms.problems import Problem, ProblemKey
from core.forms.spelling import LONGEST_PHRASE
from core.forms.values import check_value, conflicts, find_slip, near_choices, read_syntax, unreadable
from core.kit.slips import is_mark
from core.kit.words import brief, fold, fold_key, storable, visible

# A word ends at white space, and after a comma or semicolon that does not stand inside a number.
_WORD: Final = re.compile(r"(?:[^\s,;]|[,;](?=[0-9+-]))+[,;]*|[,;]+")
_PAIR: Final = re.compile(r"([^\s=＝,;]{1,40}+)[^\S\n]*+[=＝][^\S\n]*+")
_RAW_WORD: Final = re.compile(r"\S+")
_QUOTED: Final = re.compile(r"[\"“”„«]([^\"“”„»]*)[\"“”»](?=[\s,;.]|$)[,;]*")
_SEPARATOR: Final = re.compile(r"[\s.,;:|/•·*–—-]*")

# A line with more pairs than this is no report; what follows stays in the note, so that no line can keep us busy.
_MOST_PAIRS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a line says."""

    answers: Answers  # good answers by field id, in the form's order; the note stands under the rest field's id
    problems: tuple[Problem, ...]
    post_token: str | None  # what followed `#`, as typed
    note: str  # the note verbatim, even when it is too long to be an answer
    unknown_keys: tuple[str, ...]  # keys before `=` that the form does not know; they stayed in the note


def parse_line(form: Form, text: str, *, post_kind: str | None = None) -> Parsed:
    """Read what follows a form's command; any text gives a result.

    While the kind of post is unknown, answers are not checked against it.
    """
    reader = _Reader(form, text, post_kind)
    reader.read()
    return reader.result()


class _Reader:
    """One pass over a line, from left to right."""

    def __init__(self, form: Form, text: str, post_kind: str | None) -> None:
        self.form = form
        self.text = text
        self.post_kind = post_kind
        # A word that cannot be seen is none, or it would part the words of `politik uang`.
        self.words = [word for word in _WORD.finditer(text) if visible(word.group()).strip()]
        self.answers: dict[str, Value] = {}
        self.problems: list[Problem] = []
        self.post: str | None = None
        self.note_start: int | None = None
        self.kept: list[str] = []  # pieces of the note that a key brought before the note began
        self.cuts: list[tuple[str, int, int]] = []  # pairs inside the note that became answers: field, start, end
        self.unknown: list[str] = []
        self.pairs = 0

    def read(self) -> None:
        """Go through the words; each step says which word comes next."""
        index = 0
        while index < len(self.words):
            after = self._pair(index)
            separator = self.note_start is None and _SEPARATOR.fullmatch(visible(self.words[index].group()))
            if after is None and self.note_start is None and not separator:
                after = self._post(index) or self._choice(index) or self._mark(index) or self._slip(index)
                self.note_start = self.words[index].start() if after is None else None
            index = after or index + 1
            if self.note_start is not None and self.pairs > _MOST_PAIRS:
                return

    def result(self) -> Parsed:
        """Check the answers against each other and put the note where it belongs."""
        problems = list(conflicts(self.form, self.answers, post_kind=self.post_kind))
        bad = {problem.field for problem in problems}
        note = self._note(bad)
        rest = self.form.rest
        if note and (rest is None or not fits_post(rest, self.post_kind)):
            problems.append(Problem(key=ProblemKey.LEFT_OVER, field="", args={"text": brief(note)}))
        elif note and rest is not None:
            problem = check_value(rest, note)
            if problem is None:
                self.answers[rest.id] = note
            else:
                problems.append(problem)
        ids = [field.id for field in self.form.fields if field.id in self.answers and field.id not in bad]
        return Parsed(
            answers={field_id: self.answers[field_id] for field_id in ids},
            problems=(*self.problems, *problems),
            post_token=self.post,
            note=note,
            unknown_keys=tuple(self.unknown),
        )

    def _pair(self, index: int) -> int | None:
        """Take `key=value` with a known key; return the index after it."""
        match = _PAIR.match(self.text, self.words[index].start())
        if match is None:
            return None
        key = fold_key(match.group(1))
        field = self.form.by_key.get(key)
        if field is None:
            if key and len(self.unknown) < _MOST_PAIRS and key not in self.unknown:
                self.unknown.append(key)
            return None
        self.pairs += 1
        if self.pairs > _MOST_PAIRS:
            return None
        if field.rest:
            return self._rest_pair(match)
        value, end = self._value(field, match.end())
        problem = check_value(field, value) if value is not None else unreadable(field, self.text[match.end() : end])
        # The last pair for a field wins, also over an earlier mistake with it; a bad one does not undo a good one.
        self.problems = [one for one in self.problems if one.field != field.id]
        if problem is not None:
            self.problems.append(problem)
        elif value is not None:
            self.answers[field.id] = value
            if self.note_start is not None:
                self.cuts.append((field.id, match.start(), end))
        return self._index_at(index, max(end, match.end()))

    def _rest_pair(self, match: re.Match[str]) -> int | None:
        """Let `note=` begin the note, or bring a quoted one; inside the note it is a part of it."""
        if self.note_start is not None:
            return None
        quoted = _QUOTED.match(self.text, match.end())
        if quoted is None:
            self.note_start = match.end()
            return self._index_at(0, match.end())
        self.kept.append(quoted.group(1))
        return self._index_at(0, quoted.end())

    def _value(self, field: Field, start: int) -> tuple[Value | None, int]:
        """Return the longest value of this field's kind that begins here, and where it ends."""
        quoted = _QUOTED.match(self.text, start)
        if quoted:
            return read_syntax(field, quoted.group(1)), quoted.end()
        if kind_of(field).free:
            raw = _RAW_WORD.match(self.text, start)
            return (read_syntax(field, raw.group().rstrip(",;")), raw.end()) if raw else (None, start)
        ends: list[int] = []
        place = start
        while len(ends) < kind_of(field).words:
            word = _WORD.match(self.text, place)
            if word is None or (ends and _PAIR.match(self.text, place)):
                break
            ends.append(word.end())
            place = self._skip_space(word.end())
        for end in reversed(ends):
            value = read_syntax(field, self.text[start:end])
            if value is not None:
                return value, end
        return None, ends[0] if ends else start

    def _post(self, index: int) -> int | None:
        """Take `#POST`; a second, different one is a problem."""
        seen = visible(self.words[index].group()).strip()
        token = seen[1:].strip(".,;:!? ")
        if seen[:1] not in {"#", "＃"} or not token:
            return None
        if self.post is None:
            self.post = token
        elif fold(self.post) != fold(token) and not any(one.key is ProblemKey.POST_TWICE for one in self.problems):
            args = {"first": brief(self.post), "second": brief(token)}
            self.problems.append(Problem(key=ProblemKey.POST_TWICE, field="", args=args))
        return index + 1

    def _choice(self, index: int) -> int | None:
        """Take the longest group of words that names a choice of an open field."""
        for size in range(min(LONGEST_PHRASE, len(self.words) - index), 0, -1):
            found = self.form.by_word.get(self._phrase(index, size))
            if found is not None and self._fill(*found):
                return index + size
        return None

    def _fill(self, field: Field, choice: Choice) -> bool:
        if not fits_post(field, self.post_kind):
            return False
        need = field.only_if
        if need is not None and is_answered(self.answers, need.field) and not need.holds(self.answers[need.field]):
            return False
        answer = kind_of(field).named(self.answers.get(field.id), choice.id)
        if answer is None:
            return False
        self.answers[field.id] = answer
        return True

    def _mark(self, index: int) -> int | None:
        """Take a word that by itself means yes to an open question."""
        word = self._phrase(index, 1)
        for key, field in self.form.by_mark.items():
            if is_mark(word, key) and field.id not in self.answers and fits_post(field, self.post_kind):
                self.answers[field.id] = True
                return index + 1
        return None

    def _slip(self, index: int) -> int | None:
        """Take a word that is close to a choice of a required field still open for a slip of the thumb."""
        asked = {problem.field for problem in self.problems if problem.key is ProblemKey.TYPO}
        open_fields = [
            field
            for field in missing(self.form, self.answers, self.post_kind)
            if field.choices and field.id not in asked
        ]
        for size in range(min(LONGEST_PHRASE, len(self.words) - index), 0, -1) if open_fields else ():
            field = find_slip(self.form, open_fields, self._phrase(index, size))
            if field is not None:
                typed = brief(self.text[self.words[index].start() : self.words[index + size - 1].end()]).strip(".,;:!?")
                near = near_choices(field, typed)
                self.problems.append(Problem(key=ProblemKey.TYPO, field=field.id, args={"word": typed}, near=near))
                return index + size
        return None

    def _phrase(self, index: int, size: int) -> str:
        folded = [fold(word.group()) for word in self.words[index : index + size]]
        return " ".join(folded) if all(folded) else ""

    def _index_at(self, index: int, place: int) -> int:
        while index < len(self.words) and self.words[index].start() < place:
            index += 1
        return index

    def _skip_space(self, place: int) -> int:
        while place < len(self.text) and self.text[place].isspace() and self.text[place] != "\n":
            place += 1
        return place

    def _note(self, bad: set[str]) -> str:
        """Return the note without the pairs that became answers; those of a bad field stay, so that nothing is lost."""
        pieces = list(self.kept)
        if self.note_start is not None:
            cuts = [(start, end) for field_id, start, end in self.cuts if field_id not in bad]
            pieces.append(_without(self.text, self.note_start, cuts))
        return storable(" ".join(pieces))


def _without(text: str, start: int, cuts: list[tuple[int, int]]) -> str:
    """Return the text from a place on, without the cut parts and the blanks that they leave."""
    left = ""
    for begin, end in cuts:
        left += text[start:begin]
        start = end
        follows = text[end : end + 1]
        if left.endswith("\n"):
            while text[start : start + 1].isspace():
                start += 1
        elif not follows or follows.isspace():
            left = left.rstrip(" \t\u00a0")
    return left + text[start:]
