"""What a form file may not say, and how the error names it."""

from pathlib import Path

import pytest

from core.forms.form_files import FormFileError, load_forms, read_form

HEAD = """
id = "status"
commands = ["status"]
title = { id = "Laporan", en = "Report" }
posts = ["tps", "posko"]
"""
LABEL = 'label = { id = "Satu", en = "One" }'
CONDITION = (
    '[[field]]\nid = "condition"\nkind = "choice"\nrequired = true\n'
    'label = { id = "Situasi", en = "Situation" }\nchoices = [\n'
    '  { id = "safe", words = ["aman"], label = { id = "Aman", en = "Safe" } },\n'
    '  { id = "alert", words = ["waspada"], label = { id = "Waspada", en = "Alert" } },\n]\n'
)


def a_field(rest: str, field_id: str = "one") -> str:
    return f'[[field]]\nid = "{field_id}"\n{LABEL}\n{rest}\n'


def a_choice(rest: str) -> str:
    return a_field(f'kind = "choice"\nchoices = [{{ {rest} }}]')


@pytest.mark.parametrize(
    ("body", "where", "reason"),
    [
        (a_field('kind = "number"'), "field one, kind", "Input should be"),
        (a_field(""), "field one, kind", "Field required"),
        (a_field('kind = "text"\ncolour = "red"'), "field one, colour", "Extra inputs"),
        (a_field('kind = "integer"\nmin = "3"'), "field one, min", "valid integer"),
        (a_field('kind = "text"\nrequired = 1'), "field one, required", "valid boolean"),
        (a_field('kind = "text"\nonly_for = ["rumah"]'), "field one, only_for number 1", "Input should be"),
        (a_field('kind = "text"\nonly_for = ["lapas"]'), "field one, only_for", "does not file this form"),
        (a_field('kind = "text"\nchoices = []'), "field one, choices", "does not belong to kind text"),
        (a_field('kind = "choice"'), "field one, choices", "needs choices"),
        (a_field('kind = "yes_no"\nmin = 1'), "field one, min", "does not belong to kind yes_no"),
        (a_field('kind = "integer"\nrest = true'), "field one, rest", "does not belong"),
        (a_field('kind = "integer"\nmay_exceed = true'), "field one, may_exceed", "does not belong"),
        (a_field('kind = "media"\nwords = ["foto"]'), "field one, words", "does not belong"),
        (a_field('kind = "time"\nat_most = "voters"'), "field one, at_most", "does not belong"),
        (a_field('kind = "integer"\nmin = 5\nmax = 3'), "field one, min", "more than max"),
        (a_field('kind = "integer"\nat_most = "seats"'), "field one, at_most", "'seats' is no integer field"),
        (a_field('kind = "integer"\nat_most = "one"'), "field one, at_most", "'one' is no integer field"),
        (a_field('kind = "text"\nsummary = "sum"'), "field one, summary", "no sum"),
        (a_field('kind = "text"\nsummary = "count"'), "field one, summary", "no count"),
        (a_field('kind = "text"\nonly_if = { field = "two", is = true }'), "field one, only_if", "no earlier field"),
        (a_field('kind = "text"\nonly_if = { field = "condition" }'), "field one, only_if, is", "Field required"),
        (
            a_field('kind = "text"\nonly_if = { field = "condition", is = "war" }'),
            "field one, only_if",
            "no choice 'war'",
        ),
        (
            a_field('kind = "text"\nonly_if = { field = "condition", is = true }'),
            "field one, only_if",
            "no such answer",
        ),
        (a_field('kind = "text"\nrest = true') + a_field('kind = "text"\nrest = true', "two"), "one, two", "only one"),
        (a_field('kind = "text"') * 2, "field id one", "twice"),
        (a_field('kind = "text"', "One"), "field One", "plain id"),
        (a_field('kind = "text"\nwords = ["dua kata"]'), "field one", "not one word"),
        (a_field('kind = "text"\nwords = ["aman"]'), "field one", "'aman' already belongs to field condition"),
        (
            a_field('kind = "text"\nwords = ["SITUASI"]') + a_field('kind = "text"\nwords = ["situasi"]', "two"),
            "two",
            "",
        ),
        (a_field('kind = "integer"\nexample = "banyak"'), "field one, example", "'banyak' is not an answer"),
        (a_choice(f'id = "x", words = ["a-man"], {LABEL}, level = "good"'), "choice x, level", "Input should be"),
        (a_choice('id = "x", label = { id = "Satu" }'), "field one, choice x, label, en", "Field required"),
        (a_choice('id = "x", label = { id = "Satu", en = "" }'), "label, en", "at least 1"),
        (a_choice(f'id = "x", label = {{ id = "{"S" * 25}", en = "S" }}'), "choice x, label, id", "25 characters"),
        (a_choice(f'id = "x", words = ["Aman"], {LABEL}'), "choice x", "'Aman' already belongs to field condition"),
        (a_choice(f'id = "x", words = ["a b c d"], {LABEL}'), "choice x", "more than 3 words"),
        (a_choice(f'id = "x", words = ["a=b"], {LABEL}'), "choice x", "no word"),
        (a_choice(f'id = "x", words = ["!"], {LABEL}'), "choice x", "no word"),
        (a_choice(f'id = "x", words = ["one"], {LABEL}'), "choice x", "already belongs to field one"),
        (a_choice(f'id = "x", style = "pink", {LABEL}'), "choice x, style", "Input should be"),
        (a_choice(f'id = "x", symbol = "ab", {LABEL}'), "choice x, symbol", "not one symbol"),
        (a_choice(f'id = "{"x" * 32}", {LABEL}').replace('"one"', f'"{"o" * 20}"'), "choice", "too long for a button"),
        (a_choice(f'id = "x", {LABEL} }}, {{ id = "x", {LABEL}'), "choice id x", "twice"),
        (a_choice(f'id = "x", {LABEL} }}, {{ id = "y", {LABEL}'), "choice y", "already belongs to choice x"),
    ],
)
def test_broken_definition_names_place_and_reason(body: str, where: str, reason: str) -> None:
    """A definition that breaks a rule is refused in one line with file, field and reason."""
    with pytest.raises(FormFileError) as caught:
        read_form(HEAD + CONDITION + body, file="status.toml")
    assert where in caught.value.where
    assert reason in caught.value.reason
    assert str(caught.value) == f"status.toml: {caught.value.where}: {caught.value.reason}"
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('commands = ["status"]', 'commands = ["Status!"]', "commands"),
        ('commands = ["status"]', "commands = []", "commands"),
        ('commands = ["status"]', 'commands = ["status", "status"]', "commands"),
        ('commands = ["status"]', f'commands = ["{"s" * 33}"]', "commands"),
        ('id = "status"', 'id = "status report"', "id"),
        ('"posko"]', '"rumah"]', "post number 2"),
        ('id = "Laporan", ', "", "title, id"),
        ("posts", 'plain_words = ["waspada"]\nposts', "plain_words"),
        ("posts", "colour = 1\nposts", "colour"),
    ],
)
def test_broken_head_names_place(old: str, new: str, where: str) -> None:
    """What stands above the fields is checked too."""
    with pytest.raises(FormFileError) as caught:
        read_form((HEAD + CONDITION).replace(old, new))
    assert caught.value.where == where


def test_form_without_fields_is_refused() -> None:
    """A form asks at least one question."""
    with pytest.raises(FormFileError, match="field: Field required"):
        read_form(HEAD)


def test_syntax_error_names_the_line() -> None:
    """A file that is no TOML is refused with the line."""
    with pytest.raises(FormFileError, match=r"^f\.toml: .*line 2"):
        read_form('id = "x"\nid = = 3\n', file="f.toml")


def test_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """A file in another encoding is refused by name."""
    (tmp_path / "old.toml").write_bytes(b'id = "caf\xe9"')
    with pytest.raises(FormFileError, match=r"old\.toml: byte 9: not UTF-8 text"):
        load_forms(tmp_path)


def test_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    """A file saved by an editor on Windows is read."""
    (tmp_path / "status.toml").write_text("\ufeff" + HEAD + CONDITION, encoding="utf-8")
    assert list(load_forms(tmp_path)) == ["status"]


@pytest.mark.parametrize("folder", ["empty", "absent"])
def test_folder_without_forms_is_refused(tmp_path: Path, folder: str) -> None:
    """A preset without a form stops the program."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(FormFileError, match="no form files"):
        load_forms(tmp_path / folder)


@pytest.mark.parametrize(
    ("second", "where"),
    [(HEAD.replace('["status"]', '["lapor"]'), "id"), (HEAD.replace('"status"\n', '"other"\n'), "commands")],
)
def test_two_files_cannot_claim_the_same_name(tmp_path: Path, second: str, where: str) -> None:
    """Ids and commands belong to one form; the error names the other file."""
    (tmp_path / "a.toml").write_text(HEAD + CONDITION, encoding="utf-8")
    (tmp_path / "b.toml").write_text(second + CONDITION, encoding="utf-8")
    with pytest.raises(FormFileError, match=r"already taken by a\.toml") as caught:
        load_forms(tmp_path)
    assert caught.value.where == where


def test_forms_come_in_their_order(tmp_path: Path) -> None:
    """Forms are listed by their order, then by id, whatever the files are called."""
    for name, order in (("a", 3), ("b", 1), ("c", 2)):
        text = HEAD.replace('"status"', f'"{name}"') + f"order = {order}\n" + CONDITION
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    assert list(load_forms(tmp_path)) == ["b", "c", "a"]
