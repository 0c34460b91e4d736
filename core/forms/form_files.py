"""Reading a folder of form files; a broken one is named with its place and the reason before anybody meets it."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pydantic import ValidationError

from core.forms.form_rules import BrokenRuleError, check_form
from core.forms.forms import BEHALF, CONFIDENTIAL, Form, Forms

# The questions that every form has, whether its file names them or not: officers report for others, by radio or from a
# shared desk, and some must not be named. A file may declare a field of these ids itself, with other words, or for some
# posts only. An alarm hides nobody: help must know to whom it goes.
_BEHALF: Final = MappingProxyType(
    {
        "id": BEHALF,
        "kind": "text",
        "words": ["an", "atasnama"],
        "max": 80,
        "label": {"id": "Atas nama", "en": "On behalf of"},
        "hint": {
            "id": "Siapa yang melapor (lewat radio atau meja bersama)? Ketik namanya.",
            "en": "Who reports (by radio or from a shared desk)? Type the name.",
        },
    }
)
_CONFIDENTIAL: Final = MappingProxyType(
    {
        "id": CONFIDENTIAL,
        "kind": "yes_no",
        "words": ["rahasia", "rahasiakan"],
        "alone": True,
        "label": {"id": "Rahasiakan nama saya", "en": "Keep my name secret"},
        "hint": {
            "id": "Nama Anda tidak ditampilkan kepada siapa pun, kecuali pejabat yang ditunjuk.",
            "en": "Your name is shown to nobody but the persons named for it.",
        },
    }
)


class FormFileError(Exception):
    """A form file cannot be used: which file, where in it, and why, in one line."""

    def __init__(self, file: str, where: str, reason: str) -> None:
        self.file, self.where, self.reason = file, where, " ".join(reason.split())
        super().__init__(": ".join(part for part in (self.file, self.where, self.reason) if part))


def load_forms(folder: Path) -> Forms:
    """Return the forms of all `*.toml` files in a folder; FormFileError for the first that is broken."""
    forms: list[Form] = []
    owners: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        form = read_form(_read(path), file=str(path))
        for name, what in ((f"form {form.id}", "id"), *((f"/{command}", "commands") for command in form.commands)):
            if name in owners:
                raise FormFileError(str(path), what, f"{name} is already taken by {owners[name]}")
            owners[name] = path.name
        if form.alarm and any(other.alarm for other in forms):
            raise FormFileError(str(path), "alarm", "only one form may be the alarm")
        forms.append(form)
    if not forms:
        raise FormFileError(str(folder), "", "no form files (*.toml) in this folder")
    return Forms(forms)


def read_form(text: str, *, file: str = "form.toml") -> Form:
    """Return the form that a TOML text defines; FormFileError when it breaks a rule."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormFileError(file, "", str(error)) from error
    except RecursionError as error:
        raise FormFileError(file, "", "nested too deeply") from error
    _add_implicit(data)
    try:
        form = Form.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise FormFileError(file, _place(data, first["loc"]), first["msg"]) from error
    try:
        check_form(form)
    except BrokenRuleError as broken:
        raise FormFileError(file, broken.where, broken.reason) from broken
    return form


def _add_implicit(data: dict[str, Any]) -> None:
    """Add to a form's fields those that every form has."""
    fields = data.get("field")
    if not isinstance(fields, list) or not fields:
        return
    declared = [one.get("id") for one in fields if isinstance(one, dict)]
    implicit = (_BEHALF,) if data.get("alarm") is True else (_BEHALF, _CONFIDENTIAL)
    fields += [dict(one) for one in implicit if one["id"] not in declared]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # editors on Windows put a byte order mark first
    except UnicodeDecodeError as error:
        raise FormFileError(str(path), f"byte {error.start}", "not UTF-8 text") from error
    except OSError as error:
        raise FormFileError(str(path), "", error.strerror or "cannot be read") from error


def _place(data: Any, loc: Sequence[int | str]) -> str:
    """Turn a position like (field, 0, choices, 1, level) into words that name the ids there."""
    names: list[str] = []
    here = data
    for step in loc:
        here = _inside(here, step)
        if isinstance(step, int):
            known = here.get("id") if isinstance(here, dict) else None
            names[-1] = f"{names[-1].removesuffix('s')} {known if isinstance(known, str) else f'number {step + 1}'}"
        else:
            names.append(step)
    return ", ".join(names)


def _inside(here: Any, step: int | str) -> Any:
    if isinstance(here, dict):
        return here.get(step)
    return here[step] if isinstance(here, list) and isinstance(step, int) and step < len(here) else None
