"""The texts: complete in both languages, fit for Telegram, all of them used and all that are used there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax import ast as fluent

from actions.incidents.steps import NOT_OVER
from core.calendar.calendar import ReminderKind
from core.calendar.calendar_file import load_calendar
from core.evidence.passing_on import METHODS, NAMELESS
from core.forms.form_files import load_forms
from core.forms.forms import Level
from core.forms.problems import ProblemKey
from core.forms.severity import Severity
from core.groups.purposes import Purpose, read_purpose
from core.incidents.card_text import REASONS
from core.incidents.lifecycle import Action, State
from core.incidents.timeline import REASONS as STEP_REASONS
from core.incidents.timeline import Event
from core.notices.audiences import QUICK
from core.people.audience import parse_audience
from core.people.roles import Agency, Role
from core.roster.removal import Bar, Why
from core.territory.posts import PostKind
from core.territory.regions import RegionBook, load_regions
from handlers.entry.table import COMMANDS
from handlers.reports.line import form_commands
from tests.kit import PRESET, ROOT, WIB

LANGUAGES = ("id", "en")
SOURCES = [*(ROOT / name for name in ("actions", "core", "handlers", "jobs", "storage")), ROOT / "bot.py"]
TAGS = {
    "b",
    "strong",
    "i",
    "em",
    "u",
    "s",
    "code",
    "pre",
    "a",
    "blockquote",
    "tg-spoiler",
}  # Telegram's docs, HTML style
ACTION_VERBS = re.compile(
    r"^(Setuju|Batal|Kirim|Lihat|Terima|Selesaikan|Isi|Lanjutkan|Perbaiki|Agree|Cancel|Send|Show|Take|Resolve|Fill|Continue|Correct|KIRIM|Batalkan|Serahkan|Tolak|Tarik|Salin|Mulai|Kembali|Koreksi|Ganti|Kosongkan|Tambahkan|Begin|Go|Change|Leave|Add|SEND|Withdraw|Hand|Refuse|Copy|Accept|Ambil|Lepaskan|Rujuk|Kembalikan|Tutup|Buka|Gabungkan|Release|Refer|Return|Close|Reopen|Merge|Reject|Start|Rahasiakan|Keep|Hapus|Delete|Call|Kabari|Say|Pilih|Choose|Keluarkan|Cabut|Remove)\b"
)
ANSWERS = {
    "button-yes",
    "button-no",
    "button-insist",
    "button-now",
    "button-kept-form",
    "button-kept-nothing",
}  # no acts
FILTERS = ("list-mine", "list-unowned", "list-overdue", "list-categories", "list-regions", "list-all")  # as buttons
COMMAND_IDS = {command.id for command in COMMANDS}
LEVELS, STATES = tuple(item.value for item in Level), tuple(item.value for item in State)
HEARD = [
    item for item in Action if item not in (Action.NOTE, Action.STILL, Action.WITHDRAW, Action.DISPUTE)
]  # by the officer
# Families of keys that the code puts together; each stands in the code as the beginning of an f-string.
FAMILIES: dict[str, set[str]] = {
    "role-": {f"role-{item}" for item in Role},
    "agency-": {f"agency-{item}" for item in Agency},
    "post-kind-": {f"post-kind-{item}" for item in PostKind},
    "purpose-": {f"purpose-{item}" for item in Purpose},
    "severity-": {f"severity-{item}" for item in Severity},
    "level-": {f"level-{item}" for item in LEVELS},
    "state-": {f"state-{item}" for item in STATES},
    "card-state-": {f"card-state-{item}" for item in STATES},
    "attribute-": {"attribute-voters"},
    "welcome-": {f"welcome-{item}" for item in Role},
    "officer-": {f"officer-{item}" for item in HEARD},
    "event-": {f"event-{item}" for item in [*Action, *Event]},
    "step-refused-": {"step-refused-part", "step-refused-reason"},
    "former-": {"former-taken-over", "former-accepted", "former-returned"},
    "steps-why-": {"steps-why-rejected", "steps-why-reopened", "steps-why-returned"},
    "tap-": {f"tap-{item}" for item in Action},
    "officer-answer-": {"officer-answer-closed", "officer-answer-disputed"},
    "tap-already-": {f"tap-already-{item}" for item in STATES},
    "sos-alert-": {f"sos-alert-{item}" for item in STATES},
    "sos-": {f"sos-{item}" for item in STATES[1:]},
    "tap-handover-": {f"tap-handover-{item}" for item in ("taken", "refused", "dropped")},
    "upward-superior-": {f"upward-superior-{item}" for item in Agency},
    "upward-level-": {f"upward-level-{item}" for item in LEVELS},
    "upward-state-": {f"upward-state-{item}" for item in STATES},
    "handover-": {
        f"handover-{side}-{item}"
        for side in ("giver", "receiver")
        for item in ("offered", "taken", "refused", "dropped")
    },
    "notice-already-": {"notice-already-sending", "notice-already-done", "notice-already-cancelled"},
    "audience-": {f"audience-{item}" for item in QUICK},
    "summary-window-": {"summary-window-open", "summary-window-closed", "summary-window-day"},
    "reason-": set(REASONS),
    "file-kind-": {f"file-kind-{item}" for item in [*METHODS, *NAMELESS]},
    "help-": {f"help-{item}" for item in COMMAND_IDS},
    "menu-": {f"menu-{item}" for item in COMMAND_IDS},
    "alert-": {"alert-conflict", "alert-token-refused"},
    "audience-unknown-": {f"audience-unknown-{item}" for item in ("role", "agency", "post")},
    "button-remove-": {f"button-remove-{item}" for item in Why},
    "remove-bar-": {f"remove-bar-{item}" for item in Bar},
    "why-": {f"why-{item}" for item in Why if item is not Why.UNSAID},
    "invite-bad-": {"invite-bad-uses", "invite-bad-days"},
}
# Mistakes whose text comes in a second form that names what is near (handlers.kit.scope.mistake).
NEAR = {
    "region-unknown",
    "invite-unknown-region",
    "invite-unknown-agency",
    "audience-unknown-role",
    "audience-unknown-agency",
    "audience-unknown-post",
    "audience-unknown-region",
    "audience-unknown-key",
}
ALWAYS_NEAR = {"audience-unknown-key"}  # is a mistake only when something is near


@cache
def messages(language: str) -> dict[str, fluent.Message]:
    """Every message of a language by its key."""
    found: dict[str, fluent.Message] = {}
    for file in sorted((ROOT / "locales" / language).rglob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, fluent.Junk), f"{file}: {entry.content}"
            if isinstance(entry, fluent.Message):
                assert entry.id.name not in found, f"{file}: {entry.id.name} stands twice"
                found[entry.id.name] = entry
    return found


def variables(message: fluent.Message) -> set[str]:
    """The variables of a message."""
    return set(re.findall(r"\$(\w+)", FluentSerializer().serialize(fluent.Resource([message]))))


def variants(message: fluent.Message) -> Iterator[str]:
    """The message's text, each variant of its selectors once, with x for every value."""
    text = FluentSerializer().serialize(fluent.Resource([message]))
    body = text.partition("=")[2].strip()
    parts = re.split(r"\n\s*\*?\[[^\]]+\] ", body)
    for part in parts[1:] or parts:
        yield re.sub(r"\{[^{}]*\}", "x", part).replace("{", "").replace("}", "")


def strings(tree: ast.AST) -> Iterator[str]:
    """Every string in a piece of code; of an f-string its beginning."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            yield str(node.values[0].value)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@cache
def code_strings() -> set[str]:
    """Every string of the program."""
    files = [file for source in SOURCES for file in ([source] if source.is_file() else source.rglob("*.py"))]
    return {text for file in files for text in strings(ast.parse(file.read_text(encoding="utf-8")))}


def named_keys() -> dict[str, str]:
    """The keys that the code hands to something that renders them, each with its place."""
    renderers = {"say", "html", "label", "UserError", "answer", "button", "plain", "mistake", "alert_admins"}
    found: dict[str, str] = {}
    for source in SOURCES:
        for file in [source] if source.is_file() else source.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in renderers:
                    for argument in node.args[:3]:
                        for part in ast.walk(argument):
                            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                                found[part.value] = f"{file.name}:{node.lineno}"
    return found


def test_both_languages_have_the_same_keys() -> None:
    """Every text exists in Indonesian and in English."""
    assert sorted(messages("id")) == sorted(messages("en"))


def test_both_languages_have_the_same_variables() -> None:
    """A text takes the same arguments in both languages, so that no translation forgets a number."""
    indonesian, english = messages("id"), messages("en")
    assert {key: variables(item) for key, item in indonesian.items()} == {
        key: variables(item) for key, item in english.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_mark_up_is_telegrams_and_closed_on_its_line(language: str) -> None:
    """Only tags that Telegram knows are used, and each is closed on the line where it was opened."""
    wrong: dict[str, str] = {}
    for key, message in messages(language).items():
        for variant in variants(message):
            for line in variant.splitlines():
                reader = _Tags()
                reader.feed(line)
                if reader.open or reader.wrong:
                    wrong[key] = line
    assert wrong == {}


class _Tags(HTMLParser):
    """Follows the tags of a line."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.open.append(tag)
        if tag not in TAGS:
            self.wrong.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.mark.parametrize("language", LANGUAGES)
def test_button_labels_are_short_verbs(language: str) -> None:
    """A button's label has at most 24 characters and begins with what it does."""
    begins = ("button-", *FILTERS)
    labels = {key: next(variants(item)) for key, item in messages(language).items() if key.startswith(begins)}
    assert all(len(labels.pop(key)) <= 24 for key in ANSWERS)
    assert {key: text for key, text in labels.items() if len(text) > 24 or not ACTION_VERBS.match(text)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_and_audiences_fit_on_a_button(language: str) -> None:
    """Everything else that stands on a button has at most 24 characters too."""
    texts = [next(variants(messages(language)[key])) for key in FAMILIES["audience-"]]
    for form in load_forms(PRESET / "forms").values():
        for field in form.fields:
            texts += [f"{choice.symbol or ''} {choice.label.text(language)}" for choice in field.choices]
    assert [text for text in texts if len(text) > 24] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_fit_on_a_button(language: str) -> None:
    """A reason that a button chooses has at most 24 characters; what an officer's answer notes stands on none."""
    texts = [next(variants(messages(language)[key])) for key in STEP_REASONS if key != NOT_OVER]
    assert [text for text in texts if len(text) > 24] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_purposes_are_called_what_linking_reads(language: str) -> None:
    """A hint that names a purpose can be sent as it stands: /hubungkan reads the words of both languages."""
    read = {item: read_purpose(next(variants(messages(language)[f"purpose-{item}"]))) for item in Purpose}
    assert read == {item: item for item in Purpose}


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_to_taps_are_plain_and_short(language: str) -> None:
    """What a phone shows after a tap has no mark-up and leaves room within Telegram's 200 characters."""
    keys = [key for key in messages(language) if key.startswith(("tap-", "notice-already-", "draft-dropped-tap"))]
    texts = {key: text for key in keys for text in variants(messages(language)[key])}
    assert {key: text for key, text in texts.items() if "<" in text or len(text) > 150} == {}


def test_every_key_in_the_code_has_a_text() -> None:
    """Whatever key the code names, there is a text for it."""
    known = set(messages("id"))
    looks = re.compile(r"[a-z]+(-[a-z]+)+$")
    missing = {key: place for key, place in named_keys().items() if looks.match(key) and key not in known}
    assert {key: place for key, place in missing.items() if f"{key}-near" not in known} == {}


def test_every_family_of_keys_is_complete() -> None:
    """Keys that are put together from a beginning and an id have a text for every id."""
    wanted = set(STEP_REASONS).union(*FAMILIES.values())
    assert sorted(wanted - set(messages("id"))) == []


def test_every_family_stands_in_the_code() -> None:
    """The code still puts together each family of keys that is listed here."""
    used = code_strings()
    assert [family for family in FAMILIES if family not in used] == []


def test_every_text_is_used() -> None:
    """No text lies in the files that nothing shows."""
    used = code_strings() | set().union(*FAMILIES.values()) | {key.value for key in ProblemKey}
    book = RegionBook(load_regions(PRESET))
    calendar = load_calendar(PRESET / "calendar.toml", zone=WIB, book=book)
    used |= {item.text for item in calendar.reminders if item.kind is not ReminderKind.SUMMARY and item.text}
    used |= {f"{key}-near" for key in NEAR}
    assert sorted(set(messages("id")) - used) == []


def test_every_problem_with_an_answer_has_a_text() -> None:
    """Each way in which an answer can be wrong has its sentence in both languages."""
    for language in LANGUAGES:
        known = messages(language)
        assert [key.value for key in ProblemKey if key.value not in known] == []


def test_every_mistake_with_something_near_has_both_texts() -> None:
    """A mistake that may have something near has a text with it and one without."""
    known = set(messages("id"))
    wanted = {f"{key}-near" for key in NEAR} | (NEAR - ALWAYS_NEAR)
    assert sorted(wanted - known) == []


def test_every_command_has_help_and_menu_texts() -> None:
    """Each command has a line for the menu and a help text; a form's command is described by the form."""
    known = set(messages("id"))
    assert sorted((FAMILIES["help-"] | FAMILIES["menu-"]) - known) == []
    assert all(command.form_id for command in form_commands(list(load_forms(PRESET / "forms").values())))


def test_the_help_of_a_notice_can_be_copied() -> None:
    """The example in the help of /pengumuman names an audience that is understood."""
    book = RegionBook(load_regions(PRESET))
    for language in LANGUAGES:
        lines = re.findall(r"<code>x (.*?)</code>", "\n".join(variants(messages(language)["help-notice"])))
        assert lines
        assert [line for line in lines if parse_audience(line, book).problems] == []


def test_no_text_names_a_place_on_a_machine_or_a_class() -> None:
    """No text for people holds a Python name, a path or a library's word."""
    odd = re.compile(r"Error|Exception|Traceback|/tmp|\.py\b|None|SQL")
    for language in LANGUAGES:
        assert [key for key, item in messages(language).items() if any(odd.search(one) for one in variants(item))] == []


def test_locale_files_stand_side_by_side() -> None:
    """Both languages have the same files, so that a translator finds a text's other half."""
    names = [sorted(file.name for file in Path(ROOT / "locales" / language).iterdir()) for language in LANGUAGES]
    assert names[0] == names[1]
