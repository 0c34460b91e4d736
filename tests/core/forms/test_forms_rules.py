"""What a form file says of the form as a whole: nihil, incidents, lasting figures, the alarm, quick answers."""

from pathlib import Path

import pytest

from core.forms.form_files import FormFileError, load_forms, read_form
from core.forms.forms import Answers, Form, is_answered, level, missing
from core.forms.values import conflicts
from core.groups.routing_file import load_routing
from tests.storage_kit import preset_forms

PRESET = Path(__file__).parents[3] / "presets" / "sumsel"
FORMS = preset_forms()

HEAD = """
id = "patrol"
commands = ["patroli", "patrol"]
title = { id = "Patroli", en = "Patrol" }
posts = ["posko", "lapas"]
"""
FIELDS = """
[[field]]
id = "condition"
kind = "choice"
required = true
label = { id = "Situasi", en = "Situation" }
choices = [
  { id = "safe", level = "ok", words = ["aman"], label = { id = "Aman", en = "Safe" } },
  { id = "low", level = "watch", words = ["ringan"], label = { id = "Ringan", en = "Low" } },
  { id = "high", level = "bad", words = ["berat"], label = { id = "Berat", en = "High" } },
]
[[field]]
id = "rank"
kind = "choice"
required = true
only_if = { field = "condition", is = "high" }
label = { id = "Tingkat", en = "Rank" }
choices = [
  { id = "medium", label = { id = "Sedang", en = "Medium" } },
  { id = "critical", label = { id = "Kritis", en = "Critical" } },
]
[[field]]
id = "staff"
kind = "ratio"
label = { id = "Personel", en = "Staff" }
[[field]]
id = "rounds"
kind = "integer"
min = 0
only_for = ["lapas"]
label = { id = "Keliling", en = "Rounds" }
[[field]]
id = "alone"
kind = "yes_no"
label = { id = "Sendiri", en = "Alone" }
[[field]]
id = "spot"
kind = "location"
label = { id = "Tempat", en = "Spot" }
[[field]]
id = "wish"
kind = "text"
label = { id = "Pesan", en = "Wish" }
"""
OPEN = 'category = "flood"\nseverity = "low"\n'


@pytest.mark.parametrize(
    ("more", "where", "reason"),
    [
        ("nil = { place = 1 }", "nil, place", "no field"),
        ('nil = { condition = "fine" }', "nil, condition", "'fine' is not an answer"),
        ('nil = { condition = "safe", alone = 1 }', "nil, alone", "not an answer"),
        ('nil = { condition = "safe", staff = [1] }', "nil, staff", "not an answer"),
        ('nil = { condition = "safe", staff = [2, 1] }', "nil, staff", "beyond a limit"),
        ('nil = { condition = "safe", rounds = 0 }', "nil, rounds", "not asked of posko"),
        ('nil = { condition = "safe", wish = " " }', "nil, wish", "not an answer"),
        ('nil = { condition = "safe", spot = { lat = -2.9, lon = 104.7 } }', "nil, spot", "not an answer"),
        ("nil = { alone = true }", "nil", "must answer: condition"),
        ('nil = { condition = "high", rank = "medium" }', "nil", "cannot open an incident"),
        (f'nil = {{ condition = "safe" }}\n[incident]\n{OPEN}', "nil", "cannot open an incident"),
        ('[incident]\ncategory = "flood"', "incident, severity", "is missing"),
        (f'[incident]\n{OPEN}category_from = "rank"', "incident, category", "not both"),
        ('[incident]\nseverity = "awful"', "incident, severity", "Input should be"),
        ('[incident]\nseverity_from = "staff"', "incident, severity_from", "no choice field"),
        ('[incident]\nseverity_from = "gone"', "incident, severity_from", "no choice field"),
        ('[incident]\nseverity_from = "condition"', "incident, severity_from", "safe: a severity is"),
        ('[incident]\nseverity_from = "rank"', "incident, severity_from", "not always answered"),
        (f'[incident]\n{OPEN}when = {{ field = "gone", is = true }}', "incident, when", "no field"),
        (f'[incident]\n{OPEN}when = {{ field = "condition", is = "x" }}', "incident, when", "no choice 'x'"),
        (f"[incident]\n{OPEN}colour = 1", "incident, colour", "Extra inputs"),
        (f"alarm = true\n[incident]\n{OPEN}", "alarm", "needs an answer: condition"),
        ("alarm = true", "alarm", "opens no incident"),
        ("lasting = 1", "lasting", "valid boolean"),
    ],
)
def test_broken_form_data_names_place_and_reason(more: str, where: str, reason: str) -> None:
    """What a file says of the form as a whole is checked against its fields before anybody meets it."""
    with pytest.raises(FormFileError) as caught:
        read_form(HEAD + more + FIELDS, file="patrol.toml")
    assert caught.value.where == where
    assert reason in caught.value.reason
    assert str(caught.value).startswith("patrol.toml: ")


@pytest.mark.parametrize(
    ("rest", "where", "reason"),
    [
        ('kind = "text"\nquick = ["0"]', "field one, quick", "does not belong"),
        ('kind = "integer"\nquick = ["many"]', "field one, quick", "'many' is no answer"),
        ('kind = "integer"\nmin = 1\nquick = ["0"]', "field one, quick", "'0' is no answer"),
        ('kind = "ratio"\nquick = ["voters"]', "field one, quick", "'voters' is no answer"),
        ('kind = "integer"\nquick = ["1", "1"]', "field one, quick 1", "twice"),
        ('kind = "integer"\nquick = ["1", "2", "3", "4", "5", "6", "7"]', "field one, quick", "more than 6"),
        ('kind = "yes_no"\nlikely_max = 3', "field one, likely_max", "does not belong"),
        ('kind = "integer"\nmin = 5\nlikely_min = 3', "field one, min", "5 is more than likely_min 3"),
        ('kind = "integer"\nlikely_min = 5\nlikely_max = 3', "field one, likely_min", "more than likely_max"),
        ('kind = "integer"\nlikely_max = 5\nmax = 3', "field one, likely_max", "more than max"),
        ('kind = "text"\nwords = ["an"]', "field behalf", "already belongs to field one"),
    ],
)
def test_broken_limits_and_buttons(rest: str, where: str, reason: str) -> None:
    """Likely limits lie within the hard ones, and every quick answer is one."""
    field = f'[[field]]\nid = "one"\nlabel = {{ id = "Satu", en = "One" }}\n{rest}\n'
    with pytest.raises(FormFileError) as caught:
        read_form(HEAD + field)
    assert caught.value.where == where
    assert reason in caught.value.reason


def test_quick_answers_are_kept() -> None:
    """A number's quick answers are what the file names."""
    field = '[[field]]\nid = "n"\nkind = "integer"\nlabel = { id = "N", en = "N" }\nquick = ["0", "last", "voters"]\n'
    assert read_form(HEAD + field).field("n").quick == ("0", "last", "voters")


def test_every_form_has_the_name_of_who_reports() -> None:
    """A file need not name the question for whom one reports; one that does keeps its own."""
    own = '[[field]]\nid = "behalf"\nkind = "text"\nlabel = { id = "Untuk", en = "For" }\nonly_for = ["posko"]\n'
    assert [field.label.id for field in read_form(HEAD + own).fields] == ["Untuk", "Rahasiakan nama saya"]
    for form in FORMS.values():
        assert [field.id for field in form.fields].count("behalf") == 1
        assert {"an", "atasnama", "behalf"} <= set(form.by_key)


def test_only_one_form_is_the_alarm(tmp_path: Path) -> None:
    """A second form that is filed with one tap is refused by its file."""
    alarm = 'posts = ["tps"]\nalarm = true\n[incident]\nseverity = "critical"\n[[field]]\nid = "note"\nkind = "text"\n'
    label = 'label = { id = "A", en = "B" }\n'
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(f'id = "{name}"\ncommands = ["{name}"]\ntitle{label[5:]}{alarm}{label}')
    with pytest.raises(FormFileError, match=r"two\.toml: alarm: only one form"):
        load_forms(tmp_path)


@pytest.mark.parametrize(
    ("form_id", "answers", "opened"),
    [
        ("incident", {"category": "flood", "severity": "high"}, ("flood", "high")),
        ("incident", {"category": "flood"}, None),
        ("status", {"condition": "emergency"}, None),
        ("sos", {}, (None, "critical")),
        ("neutrality", {"act": "photo", "actor": "asn"}, ("neutrality", "medium")),
        ("disaster", {"kind": "flood", "stage": "first", "severity": "critical"}, ("flood", "critical")),
        ("disaster", {"kind": "flood", "stage": "update"}, ("flood", "medium")),
        ("disaster", {"kind": "flood", "stage": "final"}, None),
        ("voting", {"step": "opened"}, None),
        ("voting", {"step": "opened", "problems": ["voted_twice"]}, ("procedure", "medium")),
        ("logistics", {"item": "ballots", "step": "arrived", "condition": "damaged"}, ("logistics", "medium")),
        ("logistics", {"item": "ballots", "step": "arrived", "condition": "whole"}, None),
    ],
)
def test_filing_opens_an_incident_as_the_file_says(
    form_id: str, answers: Answers, opened: tuple[str | None, str] | None
) -> None:
    """Category and severity come from the file or from the answers, and only under the file's condition."""
    assert FORMS[form_id].opens(answers) == opened


def test_any_problem_of_the_voting_day_opens_an_incident() -> None:
    """The condition of the voting form names every problem that it offers."""
    form = FORMS["voting"]
    for choice in form.field("problems").choices:
        assert form.opens({"step": "running", "problems": [choice.id]}) is not None


def test_categories_of_forms_are_routed() -> None:
    """Every category that a form opens has its row in the routing table, and the table has no other."""
    routing = load_routing(PRESET / "routing.toml", categories=FORMS.categories)
    assert set(routing.categories) == FORMS.categories
    assert routing.category("neutrality").confidential


def test_nihil_is_a_whole_report() -> None:
    """Nihil of the situation report answers all that any post must answer, and nothing is wrong with it."""
    form = FORMS["status"]
    assert form.nil == {"condition": "safe"}
    for kind in form.posts:
        assert missing(form, form.nil, kind) == ()
        assert conflicts(form, form.nil, post_kind=kind) == ()
    assert level(form, form.nil) == "ok"


def test_alarm_and_lasting_of_the_preset() -> None:
    """The emergency asks for nothing; the figures of a disaster stand until they are revised."""
    alarm: Form | None = FORMS.alarm
    assert alarm is FORMS["sos"]
    assert missing(FORMS["sos"], {}) == ()
    assert {form.id: form.standing_key for form in FORMS.values() if form.lasting} == {"disaster": "disaster/lasting"}
    assert FORMS["status"].standing_key is None


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_three_answers_are_enough(form: Form) -> None:
    """No form asks more than three questions before it can be sent, for any kind of post."""
    for kind in form.posts:
        answers: dict[str, str | int] = {}
        while asked := missing(form, answers, kind):
            answers[asked[0].id] = asked[0].choices[0].id if asked[0].choices else 1
        assert sum(is_answered(answers, field_id) for field_id in answers) <= 3


def test_the_example_of_the_readme_is_a_form() -> None:
    """The definition that explains how a form is written is one."""
    text = (PRESET / "forms" / "README.md").read_text(encoding="utf-8")
    form = read_form(text.partition("```toml\n")[2].partition("```")[0])
    assert form.opens({"result": "found"}) == ("security", "medium")
