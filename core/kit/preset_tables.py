"""Reading a preset's files: tables that know their place in a file, and the one error a broken file raises."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.kit.label import Label

# Region codes of the Ministry of Home Affairs: province, regency, district (two digits each), village (four).
CODE: Final = re.compile(r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?")
_ID: Final = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")

_Member = TypeVar("_Member", bound=StrEnum)


class PresetError(Exception):
    """A preset's file cannot be used; its text is one line with file, place and reason."""

    def __init__(self, file: Path | str, where: str, reason: str) -> None:
        self.file, self.where, self.reason = str(file), " ".join(where.split()), " ".join(reason.split())
        super().__init__(": ".join(part for part in (self.file, self.where, self.reason) if part))


@dataclass(frozen=True)
class Preset:
    """What a territory has that no other has, apart from its lists and its calendar."""

    name: Label
    root: str  # code of the region that everything lies in
    languages: tuple[str, ...]  # the first is spoken when nothing is known of a person
    zone: ZoneInfo  # the zone of all times shown, unless the settings name another
    map_credit: str  # who made the boundaries; stands under every map


class Table:
    """One table of a TOML file: every question is checked, and what nobody asked for is a fault."""

    def __init__(self, file: Path, where: str, values: Mapping[str, Any]) -> None:
        self.file, self.where, self._values = file, where, values
        self._asked: set[str] = set()

    def fault(self, key: str, reason: str) -> PresetError:
        """Return the error to raise for a key of this table."""
        return PresetError(self.file, f"{self.where} {key}".strip(), reason)

    def has(self, key: str) -> bool:
        """Tell whether the key is written, without reading it."""
        return key in self._values

    def get(self, key: str) -> Any:
        """Return a value that must be there, of whatever type."""
        self._asked.add(key)
        if key not in self._values:
            raise self.fault(key, "is missing")
        return self._values[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text that is not blank; a default makes it optional."""
        if default is not None and not self.has(key):
            return default
        value = self.get(key)
        if not isinstance(value, str) or not (value.strip() or default is not None):
            raise self.fault(key, "must be a text that is not blank")
        return value

    def ident(self, key: str) -> str:
        """Return an id: small letters, digits, hyphen and underscore, at most 32."""
        value = self.text(key)
        if not _ID.fullmatch(value):
            raise self.fault(key, f"{value!r} is not an id (small letters, digits, - and _, at most 32)")
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number; a default makes it optional."""
        if default is not None and not self.has(key):
            return default
        value = self.get(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fault(key, f"{value!r} is not a whole number")
        return value

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers, none if the key is not written."""
        found = self._list(key)
        for value in found:
            if isinstance(value, bool) or not isinstance(value, int):
                raise self.fault(key, f"{value!r} is not a whole number")
        return self._once(key, found)

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.get(key) if self.has(key) else default
        if not isinstance(value, bool):
            raise self.fault(key, f"{value!r} is neither true nor false")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, none if the key is not written."""
        found = self._list(key)
        for value in found:
            if not isinstance(value, str):
                raise self.fault(key, f"{value!r} is not a text")
        return self._once(key, found)

    def member(self, key: str, kind: type[_Member], default: _Member | None = None) -> _Member:
        """Return a member of an enum; a default makes it optional."""
        if default is not None and not self.has(key):
            return default
        return self._member(key, kind, self.get(key))

    def members(self, key: str, kind: type[_Member]) -> tuple[_Member, ...]:
        """Return a list of members of an enum, none if the key is not written."""
        return tuple(self._member(key, kind, value) for value in self._once(key, self._list(key)))

    def label(self, key: str) -> Label:
        """Return a text in both languages, written `{ id = "…", en = "…" }`."""
        found = self.table(key)
        label = Label(id=found.text("id"), en=found.text("en"))
        found.done()
        return label

    def table(self, key: str) -> Table:
        """Return a table inside this one, empty if the key is not written."""
        self._asked.add(key)
        value = self._values.get(key, {})
        if not isinstance(value, dict):
            raise self.fault(key, "must be a table")
        return Table(self.file, f"{self.where} {key}".strip(), value)

    def tables(self, key: str) -> tuple[Table, ...]:
        """Return a list of tables (`[[key]]`); each is named by its id, or by its number if it has none."""
        found = self._list(key)
        for value in found:
            if not isinstance(value, dict):
                raise self.fault(key, f"must be a list of tables, each headed [[{key}]]")
        named = [str(value.get("id", f"number {number}")) for number, value in enumerate(found, start=1)]
        return tuple(
            Table(self.file, f"{self.where} {key} {name}".strip(), value)
            for name, value in zip(named, found, strict=True)
        )

    def leave(self, *keys: str) -> None:
        """Take keys as known that another reader of the file asks for."""
        self._asked.update(keys)

    def done(self) -> None:
        """Raise for a key that nobody asked for: it is a slip of the pen, or a wish nobody would grant."""
        for key in self._values:
            if key not in self._asked:
                raise self.fault(key, "is not known here; known: " + ", ".join(sorted(self._asked)))

    def _list(self, key: str) -> list[Any]:
        self._asked.add(key)
        value = self._values.get(key, [])
        if not isinstance(value, list):
            raise self.fault(key, "must be a list")
        return value

    def _once(self, key: str, found: Sequence[Any]) -> tuple[Any, ...]:
        for value in found:
            if found.count(value) > 1:
                raise self.fault(key, f"names {value!r} twice")
        return tuple(found)

    def _member(self, key: str, kind: type[_Member], value: object) -> _Member:
        known = {member.value: member for member in kind}
        if not isinstance(value, str) or value not in known:
            raise self.fault(key, f"{value!r} is none of " + ", ".join(known))
        return known[value]


def read_toml(file: Path) -> Table:
    """Return the outermost table of a TOML file; PresetError if it is not there or is not TOML."""
    try:
        return Table(file, "", tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise PresetError(file, "", error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise PresetError(file, f"byte {error.start}", "is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise PresetError(file, "", f"is not TOML: {error}") from error


def read_rows(file: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the rows of a CSV file, each with its line number; PresetError unless it has exactly these columns."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.reader(stream, strict=True)
            if next(rows, []) != list(columns):
                raise PresetError(file, "line 1", "must be " + ",".join(columns))
            for cells in rows:
                if len(cells) != len(columns):
                    raise PresetError(file, f"line {rows.line_num}", f"has {len(cells)} cells, not {len(columns)}")
                yield rows.line_num, {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
    except OSError as error:
        raise PresetError(file, "", error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise PresetError(file, "", "is not UTF-8") from error
    except csv.Error as error:
        raise PresetError(file, "", f"is not CSV: {error}") from error


def load_preset(folder: Path) -> Preset:
    """Return what `preset.toml` says of a territory; PresetError for the first fault."""
    top = read_toml(folder / "preset.toml")
    preset = Preset(
        name=top.label("name"),
        root=_code(top, "root"),
        languages=_languages(top),
        zone=_zone(top),
        map_credit=top.text("map_credit"),
    )
    top.done()
    return preset


def _code(top: Table, key: str) -> str:
    code = top.text(key)
    if not CODE.fullmatch(code):
        raise top.fault(key, f"{code!r} is not a region code such as 16 or 16.74")
    return code


def _languages(top: Table) -> tuple[str, ...]:
    found = top.texts("languages")
    wrong = [language for language in found if not _LANGUAGE.fullmatch(language)]
    if wrong or not found:
        raise top.fault("languages", f"{wrong[0]!r} is not a language code such as id" if wrong else "names none")
    return found


def _zone(top: Table) -> ZoneInfo:
    name = top.text("zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise top.fault("zone", f"{name!r} is not a time zone such as Asia/Jakarta") from error
