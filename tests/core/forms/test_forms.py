"""What a form asks for, and the form files of the preset."""

from pathlib import Path

import pytest

from core.forms.examples import example_line
from core.forms.fields import Kind
from core.forms.form_files import load_forms, read_form
from core.forms.forms import BEHALF, CONFIDENTIAL, Answers, Form, Forms, Level, applicable, level, missing
from core.forms.line_grammar import parse_line

PRESET = Path(__file__).parents[3] / "presets" / "sumsel" / "forms"

RELIEF = """
id = "relief"
commands = ["bantuan"]
title = { id = "Bantuan", en = "Relief" }
posts = ["posko", "lapas"]
[[field]]
id = "needed"
kind = "yes_no"
required = true
label = { id = "Perlu?", en = "Needed?" }

[[field]]
id = "kinds"
kind = "choices"
required = true
only_if = { field = "needed", is = true }
label = { id = "Apa", en = "What" }
choices = [
  { id = "tent", level = "watch", words = ["tenda"], label = { id = "Tenda", en = "Tent" } },
  { id = "boat", level = "bad", words = ["perahu"], label = { id = "Perahu", en = "Boat" } },
]

[[field]]
id = "boats"
kind = "integer"
required = true
only_if = { field = "kinds", is = ["boat"] }
label = { id = "Jumlah perahu", en = "Boats" }

[[field]]
id = "inmates"
kind = "integer"
required = true
only_for = ["lapas"]
label = { id = "WBP", en = "Inmates" }
"""


@pytest.fixture(name="relief")
def relief_form() -> Form:
    return read_form(RELIEF)


@pytest.fixture(name="preset", scope="module")
def preset_forms() -> Forms:
    return load_forms(PRESET)


@pytest.mark.parametrize(
    ("answers", "post_kind", "asked"),
    [
        ({}, "posko", ["needed"]),
        ({}, "lapas", ["needed", "inmates"]),
        ({}, None, ["needed", "inmates"]),
        ({"needed": False}, "posko", []),
        ({"needed": True}, "posko", ["kinds"]),
        ({"needed": True, "kinds": []}, "posko", ["kinds"]),
        ({"needed": True, "kinds": ["tent"]}, "posko", []),
        ({"needed": True, "kinds": ["tent", "boat"]}, "posko", ["boats"]),
        ({"needed": True, "kinds": ["boat"], "boats": 0}, "posko", []),
        ({"needed": False, "kinds": ["boat"]}, "posko", []),
    ],
)
def test_missing_follows_conditions_and_posts(
    relief: Form, answers: Answers, post_kind: str | None, asked: list[str]
) -> None:
    """Only questions whose condition holds and that concern the post are asked for; no and zero are answers."""
    assert [field.id for field in missing(relief, answers, post_kind)] == asked


def test_a_question_under_an_unasked_question_is_not_asked(relief: Form) -> None:
    """A condition on an answer that no longer applies does not hold."""
    stale: Answers = {"needed": False, "kinds": ["boat"]}
    assert [field.id for field in applicable(relief, stale, "posko")] == ["needed", BEHALF, CONFIDENTIAL]


@pytest.mark.parametrize(
    ("kinds", "worst"), [(["tent"], Level.WATCH), (["tent", "boat"], Level.BAD), (["boat", "tent"], Level.BAD)]
)
def test_level_is_the_worst_choice(relief: Form, kinds: list[str], worst: Level) -> None:
    """The level of a report is the worst among its choices."""
    assert level(relief, {"needed": True, "kinds": kinds}) is worst


def test_level_needs_a_choice_with_one(relief: Form) -> None:
    """Answers without a level give none."""
    assert level(relief, {"needed": True}) is None


def test_preset_forms_by_command_and_post(preset: Forms) -> None:
    """Every command opens its form, in any case, and every kind of post files the forms that concern it."""
    assert list(preset) == [
        *("status", "incident", "voting", "readiness", "logistics", "disaster", "neutrality", "prison", "sos"),
    ]
    for command in preset.commands:
        form = preset.for_command(command.upper())
        assert form is not None
        assert command in form.commands
    assert preset.for_command("nihil") is None
    general = ["status", "incident", "logistics", "disaster", "neutrality", "sos"]
    for kind in ("posko", "gudang", "kantor"):
        assert [form.id for form in preset.for_post(kind)] == general
    assert {form.id for form in preset.for_post("tps")} - set(general) == {"voting", "readiness"}
    assert {form.id for form in preset.for_post("lapas")} - set(general) == {"prison"}
    assert preset.for_post("rumah") == ()


def test_preset_commands_have_both_languages(preset: Forms) -> None:
    """Every form has the English name that is its id, and an Indonesian one beside it; none is another command's name."""
    others = {"my", "tugas", "language", "bahasa", "help", "panduan", "bantuan", "cancel", "batal", "summary", "notice"}
    others |= {"ringkasan", "pengumuman", "invite", "undang", "link", "hubungkan", "unlink", "putuskan", "start", "nil"}
    others |= {"nihil", "belumlapor", "silent", "pengingat", "reminders", "ekspor", "export", "serahterima", "handover"}
    for form in preset.values():
        assert form.command("en") == form.id
        assert form.command("id") != form.id
        assert not others.intersection(form.commands)


def test_preset_labels_fit_buttons(preset: Forms) -> None:
    """Every label of the preset, with its symbol, fits a button of 24 characters."""
    labels = [field.label for form in preset.values() for field in form.fields]
    texts = [text for label in labels for text in (label.id, label.en)]
    for form in preset.values():
        for field in form.fields:
            for choice in field.choices:
                texts += [f"{choice.symbol or ''} {text}" for text in (choice.label.id, choice.label.en)]
    assert [text for text in texts if len(text) > 24] == []


def test_preset_levels_cover_good_to_worst(preset: Forms) -> None:
    """Condition and severity go from good to worst, in the order of their buttons."""
    for form_id, field_id in (("status", "condition"), ("incident", "severity")):
        field = preset[form_id].field(field_id)
        assert [choice.level for choice in field.choices] == list(Level)


def test_preset_incident_categories(preset: Forms) -> None:
    """The incident form knows the sixteen categories by which groups are chosen."""
    assert [choice.id for choice in preset["incident"].field("category").choices] == [
        *("security", "prison_disturbance", "intimidation", "vote_buying", "hoax", "black_campaign", "sara"),
        *("neutrality", "procedure", "voting_rights", "logistics", "power_internet", "flood", "landslide", "health"),
        "other",
    ]


@pytest.mark.parametrize(
    ("form_id", "lang", "line"),
    [
        ("status", "id", "aman personel=18/20 antrean panjang tetapi tertib"),
        ("status", "en", "safe personnel=18/20 long queue but orderly"),
        ("incident", "id", "banjir berat jam=08:10 air masuk gudang logistik setinggi 40 cm"),
        ("incident", "en", "flood high time=08:10 water in the store, 40 cm deep"),
    ],
)
def test_example_is_in_the_readers_language(preset: Forms, form_id: str, lang: str, line: str) -> None:
    """An example line is built from the definition, in the reader's language."""
    assert example_line(preset[form_id], lang) == line


@pytest.mark.parametrize("lang", ["id", "en"])
def test_examples_answer_everything_required(preset: Forms, relief: Form, lang: str) -> None:
    """Typing the example leaves nothing to ask and no problem, for any form."""
    for form in (*preset.values(), relief):
        parsed = parse_line(form, example_line(form, lang))
        assert parsed.problems == ()
        assert missing(form, parsed.answers) == ()


def test_definitions_cannot_be_changed(preset: Forms) -> None:
    """A form is a fact: neither it nor its parts can be assigned to."""
    with pytest.raises(ValueError, match="frozen"):
        setattr(preset["status"].fields[0], "kind", Kind.TEXT)  # noqa: B010 - the type checker refuses the plain form
