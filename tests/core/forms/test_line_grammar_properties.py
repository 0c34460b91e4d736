"""The one-line command against lines that nobody wrote by hand."""

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.forms.fields import Kind
from core.forms.form_files import load_forms
from core.forms.forms import Field, Form, Value, applicable, missing
from core.forms.line_grammar import Parsed, parse_line
from core.kit.words import storable

FORMS = load_forms(Path(__file__).parents[3] / "presets" / "sumsel" / "forms")
NOTES = ("hujan deras", "Antrean panjang,\ntetapi tertib.", "air masuk gudang", "20 orang datang", "(belum jelas) x=1")
SPACES = (" ", "  ", "\u00a0", " \u200b", "\n", ", ", "; ", " - ")

texts = st.text(st.characters(), max_size=400)
forms = st.sampled_from(list(FORMS)).map(FORMS.__getitem__)


def noisy(draw: st.DrawFn, word: str) -> str:
    """Write a word as phones do: any case, invisible characters, full-width letters, a comma after it."""
    shown = draw(st.sampled_from([word, word.upper(), word.title(), word.replace(" ", "-"), word.replace(" ", "  ")]))
    if draw(st.booleans()):
        place = draw(st.integers(1, len(shown)))
        shown = shown[:place] + draw(st.sampled_from(["\u200b", "\u00ad", "\ufeff", "\u200e"])) + shown[place:]
    if draw(st.booleans()):
        shown = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" and char != "-" else char for char in shown)
    return shown + draw(st.sampled_from(["", ",", "."]))


def a_value(draw: st.DrawFn, field: Field) -> tuple[str, Value]:
    """Return what may stand after a key, and what it means."""
    if field.kind is Kind.CHOICE:
        choice = draw(st.sampled_from(field.choices))
        return draw(st.sampled_from([*choice.words, *choice.also, choice.id, choice.label.en])), choice.id
    if field.kind is Kind.CHOICES:
        chosen = draw(st.lists(st.sampled_from(field.choices), min_size=1, max_size=3, unique_by=lambda one: one.id))
        typed = [draw(st.sampled_from([*choice.also, choice.id])) for choice in chosen]
        return f'"{draw(st.sampled_from([", ", " dan ", " + "])).join(typed)}"', [choice.id for choice in chosen]
    if field.kind is Kind.YES_NO:
        word = draw(st.sampled_from(["ya", "YES", "sudah", "tidak", "belum", "no"]))
        return word, word in ("ya", "YES", "sudah")
    if field.kind is Kind.TEXT:
        text = draw(st.sampled_from(["Budi", "Budi Santoso", "Gudang_KPU", "aman", "S.H., M.H."]))
        return (f'"{text}"' if " " in text else text), text
    first = draw(st.integers(0, 300))
    if field.kind is Kind.INTEGER:
        return str(first), first
    if field.kind is Kind.RATIO:
        second = draw(st.integers(first, 2000))
        return draw(st.sampled_from([f"{first}/{second}", f"{first} dari {second}", f"{first} / {second:,}"])), [
            first,
            second,
        ]
    hour, minute = draw(st.integers(0, 23)), draw(st.integers(0, 59))
    written = draw(st.sampled_from([f"{hour:02}:{minute:02}", f"{hour}.{minute:02}", f"pukul {hour}.{minute:02} WIB"]))
    return written, f"{hour:02}:{minute:02}"


@st.composite
def meant_lines(draw: st.DrawFn) -> tuple[Form, str, dict[str, Value], str | None]:
    """Return a form, a line in its vocabulary, the answers it means and the post it names."""
    form = draw(forms)
    parts: list[str] = []
    meant: dict[str, Value] = {}
    for field in form.fields:
        if field.rest or field not in applicable(form, meant) or not (field.required or draw(st.booleans())):
            continue
        by_word = draw(st.booleans())
        named = [choice for choice in field.choices if choice.words]
        if named and by_word:
            choice = draw(st.sampled_from(named))
            parts.append(noisy(draw, draw(st.sampled_from(choice.words))))
            meant[field.id] = choice.id
        else:
            text, meant[field.id] = a_value(draw, field)
            key = draw(st.sampled_from([field.id, *field.words, field.id.upper()]))
            parts.append(key + draw(st.sampled_from(["=", " = ", "= ", "＝"])) + text)
    post = draw(st.sampled_from([None, "012", "TPS-1674-012"]))
    parts += [f"#{post}"] if post else []
    line = draw(st.sampled_from(SPACES)).join(draw(st.permutations(parts)))
    if draw(st.booleans()):
        note = draw(st.sampled_from(NOTES))
        line, meant[str(form.rest and form.rest.id)] = f"{line}, {note}", note
    return form, line, meant, post


@given(meant_lines())
@settings(max_examples=400, deadline=None)
def test_line_of_the_forms_vocabulary_is_understood(case: tuple[Form, str, dict[str, Value], str | None]) -> None:
    """Any line made of a form's words, keys and values, in any order, language and spelling, means what was meant."""
    form, line, meant, post = case
    parsed = parse_line(form, line, post_kind=form.posts[0])
    assert parsed.problems == ()
    assert parsed.answers == meant
    assert parsed.post_token == post


def check(form: Form, text: str) -> Parsed:
    parsed = parse_line(form, text, post_kind=form.posts[0])
    fields = {field.id for field in form.fields}
    assert set(parsed.answers) <= fields
    assert {problem.field for problem in parsed.problems} <= fields | {""}
    for problem in parsed.problems:
        assert all(isinstance(value, int) or len(value) <= 40 for value in problem.args.values())
    return parsed


@given(forms, texts)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(form: Form, text: str) -> None:
    """Whatever is sent, lone surrogates and NULs too, reading it gives a result that can be stored."""
    parsed = check(form, text)
    assert parsed.note.encode().decode() == parsed.note


@given(
    forms,
    st.lists(
        st.sampled_from(
            ["aman", "amna", "banjir", "berat", "hujan", "jam=", "note=", "x=", *'=#"＝,\u200b/', "personel=18"]
        )
    ),
)
@settings(max_examples=300, deadline=None)
def test_any_mixture_of_tokens_is_read(form: Form, tokens: list[str]) -> None:
    """Keys, marks and words in any senseless order give a result."""
    check(form, " ".join(tokens))


@given(st.sampled_from(NOTES), texts)
@settings(deadline=None)
def test_what_follows_the_note_begins_is_kept(start: str, tail: str) -> None:
    """Once the note has begun, everything without a known key stays in it, character by character."""
    text = f"{start} {tail}".replace("=", "").replace("＝", "")
    parsed = parse_line(FORMS["status"], f"aman {text}")
    assert parsed.note == storable(text)


@given(forms.filter(lambda form: missing(form, {}) != ()), st.data())
@settings(deadline=None)
def test_two_swapped_letters_are_a_slip(form: Form, data: st.DataObject) -> None:
    """A choice with two neighbouring letters swapped is asked about with that choice among the nearest."""
    field = data.draw(st.sampled_from([field for field in missing(form, {}) if field.choices]))
    words = [(choice, word) for choice in field.choices for word in choice.words if len(word) > 3 and word.isalpha()]
    choice, word = data.draw(st.sampled_from(words))
    place = data.draw(st.integers(0, len(word) - 2))
    typed = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    assume(typed not in {*form.by_word, *form.by_key, *form.plain_words})
    parsed = parse_line(form, f"{typed} hujan")
    assert [problem.field for problem in parsed.problems] == [field.id]
    assert choice.id in parsed.problems[0].near
    assert field in missing(form, parsed.answers)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(
    "piece",
    [
        "jam=x ",
        "aman ",
        "amna ",
        "- ",
        "#a #b ",
        "a=",
        "a = ",
        "\u0301\u0316",
        'jam="',
        " ",
        "a ",
        "é ",
        "＝",
        "0 ",
        "x",
    ],
)
def test_long_lines_are_read(form: Form, piece: str) -> None:
    """Ten thousand characters of one senseless piece give a result, with at most one problem for each field and one more."""
    parsed = check(form, (piece * 10_000)[:10_000])
    assert len(parsed.problems) <= len(form.fields) + 1
