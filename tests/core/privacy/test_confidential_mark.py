"""The mark by which an officer keeps the own name back: in the line, in form files, and what it promises."""

from __future__ import annotations

import pytest

from core.forms.examples import example_line
from core.forms.form_files import FormFileError, load_forms, read_form
from core.forms.forms import CONFIDENTIAL, Answers
from core.forms.line_grammar import parse_line
from core.forms.showing import answer_lines
from core.groups.routing_file import load_routing
from core.kit.texts import Texts
from core.privacy.confiding import confides
from tests.kit import PRESET, ROOT, WIB

FORMS = load_forms(PRESET / "forms")
ROUTING = load_routing(PRESET / "routing.toml", categories=FORMS.categories)
HEAD = 'id = "a"\ncommands = ["a"]\ntitle = { id = "A", en = "A" }\nposts = ["tps"]\n'


@pytest.mark.parametrize(
    ("line", "marked", "note"),
    [
        ("keamanan berat rahasia massa datang", True, "massa datang"),
        ("rahasia keamanan berat massa datang", True, "massa datang"),
        ("Keamanan RAHASIAKAN, berat: massa datang", True, "massa datang"),
        ("security confidential high a crowd", True, "a crowd"),
        ("keamanan berat rahsia massa datang", True, "massa datang"),
        ("keamanan berat massa datang rahasia=ya", True, "massa datang"),
        ("keamanan berat rahasiakan = ya massa datang", True, "massa datang"),
        ("keamanan berat rahasia=tidak massa datang", False, "massa datang"),
        ("keamanan berat massa datang, ini rahasia", None, "massa datang, ini rahasia"),
        ("keamanan berat rahasia rahasia negara", True, "rahasia negara"),
        ("keamanan berat rahasianya bocor", None, "rahasianya bocor"),
    ],
)
def test_the_word_before_the_note_marks_a_report(line: str, marked: bool | None, note: str) -> None:
    """The word counts anywhere before the note, once, in both languages and with a slip; the key with a value anywhere."""
    parsed = parse_line(FORMS["incident"], line)
    assert (parsed.answers.get(CONFIDENTIAL), parsed.note, parsed.problems) == (marked, note, ())
    assert {name: parsed.answers[name] for name in ("category", "severity")} == {
        "category": "security",
        "severity": "high",
    }


def test_every_form_but_the_alarm_can_be_marked() -> None:
    """The question is in every form of the preset, last and optional, and in no example; an alarm hides nobody."""
    for form in FORMS.values():
        ids = [field.id for field in form.fields]
        assert ids.count(CONFIDENTIAL) == (0 if form.alarm else 1), form.id
        assert "rahasia" not in example_line(form, "id")
    alarm = FORMS.alarm
    assert alarm is not None
    assert parse_line(alarm, "rahasia massa masuk").note == "rahasia massa masuk"


@pytest.mark.parametrize(
    ("head", "field", "reason"),
    [
        ("", 'id = "confidential"\nkind = "text"', "must be an optional question"),
        ("", 'id = "confidential"\nkind = "yes_no"\nrequired = true', "must be an optional question"),
        ('alarm = true\n[incident]\nseverity = "high"\n', 'id = "confidential"\nkind = "yes_no"', "hides nobody"),
        ("", 'id = "x"\nkind = "text"\nalone = true', "does not belong to kind text"),
        ("", 'id = "x"\nkind = "yes_no"\nwords = ["rahasia"]', "'rahasia' already belongs to field x"),
    ],
)
def test_a_form_that_spoils_the_mark_is_refused(head: str, field: str, reason: str) -> None:
    """A file may word the question itself, but can neither make it another one nor take its words away."""
    with pytest.raises(FormFileError, match=reason):
        read_form(f'{HEAD}{head}[[field]]\n{field}\nlabel = {{ id = "X", en = "X" }}\n')


def test_a_form_may_word_the_question_itself() -> None:
    """A field of this id in the file takes the place of the one that every form has."""
    own = '[[field]]\nid = "confidential"\nkind = "yes_no"\nwords = ["tutup"]\nlabel = { id = "X", en = "X" }\n'
    form = read_form(HEAD + own)
    assert [field.id for field in form.fields] == ["confidential", "behalf"]
    assert parse_line(form, "rahasia=ya").answers == {}
    assert parse_line(form, "tutup=ya").answers == {"confidential": True}


def test_a_mark_or_a_category_promises_the_name_is_kept() -> None:
    """A report is confided by its category, by the officer's mark, and by nothing else; a mark of a form that is gone counts."""
    flood: Answers = {"category": "flood", "severity": "high"}
    threat: Answers = {"category": "intimidation", "severity": "high"}
    form = FORMS["incident"]
    found = [confides(form, ROUTING, one) for one in (flood, threat, {**flood, CONFIDENTIAL: True})]
    assert found == [False, True, True]
    assert confides(form, ROUTING, {**flood, CONFIDENTIAL: False}) is False
    assert confides(form, ROUTING, {**threat, CONFIDENTIAL: False}) is True
    assert confides(FORMS["status"], ROUTING, {"condition": "safe", CONFIDENTIAL: True}) is True
    assert confides(None, ROUTING, {CONFIDENTIAL: True}) is True


def test_the_mark_is_no_line_among_the_answers() -> None:
    """Who reads a report sees that nobody is named and needs no further line for it."""
    texts = Texts([ROOT / "locales"], default="id", zone=WIB, strict=True)
    lines = answer_lines(texts, "id", FORMS["status"], {"condition": "safe", CONFIDENTIAL: True})
    assert len(lines) == 1
