"""Texts for people: Fluent messages by key, dates and numbers as the reader's language writes them."""

from __future__ import annotations

import html
import logging
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Junk, Message, Resource

from core.kit.addresses import marked, settled
from core.kit.preset_tables import PresetError

LOG = logging.getLogger(__name__)
LANGUAGES = ("id", "en")
LONG = 2000  # characters; Fluent refuses a value of more than 2500 (fluent.runtime, MAX_PART_LENGTH)


class Markup(str):
    """Text that is HTML already and must not be escaped again."""

    __slots__ = ()


def ours(text: str) -> Markup:
    """Escape words of ours, such as a command: what is a link or a command in them stays one."""
    return Markup(html.escape(text, quote=False))


TextArg = str | int | float


class TextError(Exception):
    """A text is missing, or was asked for without one of its arguments."""


class UserError(Exception):
    """The person can put this right; `key` names the sentence that tells how."""

    def __init__(self, key: str, **values: TextArg) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@cache
def _parsed(source: str) -> Resource:
    """A file's messages; parsing takes a tenth of a second in all, and many desks may be built of the same files."""
    return FluentResource(source)


def _read(file: Path) -> Resource:
    """Read a file of texts; PresetError unless all of it is texts: people would be shown keys in their place."""
    try:
        found = _parsed(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise PresetError(file, "", error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise PresetError(file, f"byte {error.start}", "is not UTF-8") from error
    junk = next((entry for entry in found.body if isinstance(entry, Junk)), None)
    if junk is not None:
        raise PresetError(file, "", f"is not a text: {str(junk.content)[:60]}")
    if not any(isinstance(entry, Message) for entry in found.body):
        raise PresetError(file, "", "is empty")
    return found


class Texts:
    """All messages of all languages; `strict` makes a faulty text an error instead of a log line.

    Raises PresetError for a file that cannot be read, and for a program without texts in one of the languages.
    """

    def __init__(self, folders: Iterable[Path], *, zone: ZoneInfo, default: str = "id", strict: bool = False) -> None:
        self.zone, self.default, self._strict = zone, default, strict
        self._bundles: dict[str, FluentBundle] = {}
        self._fixed: dict[tuple[str, str], str] = {}  # texts without arguments, once rendered
        roots = list(folders)
        for language in LANGUAGES:
            bundle = FluentBundle([language], use_isolating=False)
            for root in roots:
                for file in sorted((root / language).rglob("*.ftl")):
                    bundle.add_resource(_read(file))
            if roots and not any((roots[0] / language).rglob("*.ftl")):
                raise PresetError(
                    roots[0] / language, "", "holds no texts (*.ftl): is the folder there, and may it be read?"
                )
            self._bundles[language] = bundle

    def language(self, *wishes: str | None) -> str:
        """The first of the wishes that we speak (`id-ID` counts as `id`), else the default."""
        for wish in wishes:
            if wish and (short := wish.lower().partition("-")[0]) in self._bundles:
                return short
        return self.default

    def has(self, key: str) -> bool:
        """Whether the default language has this message."""
        return bool(self._bundles[self.default].has_message(key))

    def html(self, language: str, key: str, /, **values: TextArg) -> Markup:
        """Render a message for Telegram's HTML: text arguments are escaped, and hold no links, unless they are Markup."""
        safe = {name: _escaped(value) for name, value in values.items()}
        return Markup(settled(self._render(language, key, safe)))

    def plain(self, language: str, key: str, /, **values: TextArg) -> str:
        """Render a message without mark-up, for button labels, tap answers and files."""
        return self._render(language, key, values)

    def _render(self, language: str, key: str, values: Mapping[str, TextArg]) -> str:
        if values:
            return self._rendered(language, key, values)
        # A text without arguments, such as a button's label, is always the same.
        if (language, key) not in self._fixed:
            self._fixed[language, key] = self._rendered(language, key, values)
        return self._fixed[language, key]

    def _rendered(self, language: str, key: str, values: Mapping[str, TextArg]) -> str:
        bundle = self._bundles.get(language) or self._bundles[self.default]
        if not bundle.has_message(key):
            return self._faulty(language, key, values, "there is no such text")
        pattern = bundle.get_message(key).value
        if pattern is None:
            return self._faulty(language, key, values, "the text is empty")
        short, long = _without_long(values)
        rendered, errors = bundle.format_pattern(pattern, short)
        if errors:
            return self._faulty(language, key, values, "; ".join(str(error) for error in errors))
        text = str(rendered)
        for mark, value in long.items():
            text = text.replace(mark, value)
        return text

    def _faulty(self, language: str, key: str, values: Mapping[str, TextArg], why: str) -> str:
        if self._strict:
            raise TextError(f"{language}: {key}: {why}")
        LOG.error("text %s in %s: %s", key, language, why)
        return self._render(self.default, key, values) if language != self.default else key

    def number(self, language: str, value: float) -> str:
        """Write a number as the language does: `13.185` in Indonesian, `13,185` in English."""
        if isinstance(value, int) and 0 <= value < 1000:
            return str(value)  # nothing to group, in any language; and most numbers shown are these
        return format_decimal(value, locale=language)

    def day(self, language: str, value: date | datetime) -> str:
        """Write a day in full: `Rabu, 14 Februari 2024`."""
        if isinstance(value, datetime):
            value = value.astimezone(self.zone).date()
        return format_date(value, "EEEE, d MMMM y", locale=language)

    def clock(self, language: str, value: datetime) -> str:
        """Write the hour with its zone: `08.12 WIB` in Indonesian, `08:12 WIB` in English."""
        local = value.astimezone(self.zone)
        return f"{local:%H.%M} {local:%Z}" if language == "id" else f"{local:%H:%M} {local:%Z}"

    def hour(self, language: str, value: datetime) -> str:
        """Write the hour alone, where the zone stands beside it: `08.12`."""
        return self.clock(language, value).partition(" ")[0]

    def moment(self, language: str, value: datetime, *, now: datetime) -> str:
        """Write the hour, with the day in front when it is not today's."""
        local, today = value.astimezone(self.zone), now.astimezone(self.zone).date()
        hour = self.clock(language, value)
        return hour if local.date() == today else f"{format_date(local.date(), 'd MMM', locale=language)} {hour}"

    def join(self, language: str, parts: Iterable[str]) -> str:
        """Put names in a row: `a, b dan c`."""
        items = list(parts)
        if len(items) < 2:
            return "".join(items)
        word = {"id": "dan", "en": "and"}[language]
        return f"{', '.join(items[:-1])} {word} {items[-1]}"


def _without_long(values: Mapping[str, TextArg]) -> tuple[dict[str, TextArg], dict[str, str]]:
    """Put a mark in the place of each value that is too long for Fluent, to be put back after it has rendered."""
    short, long = dict(values), dict[str, str]()
    for number, (name, value) in enumerate(values.items()):
        if isinstance(value, str) and len(value) > LONG:
            mark = f"\ue000{number}\ue001"  # private signs that no keyboard types
            short[name], long[mark] = mark, value
    return short, long


def _escaped(value: TextArg) -> TextArg:
    if isinstance(value, Markup):
        return str(value)
    return html.escape(marked(value), quote=False) if isinstance(value, str) else value
