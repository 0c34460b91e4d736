"""Checks every call against the published description of the Bot API: which parameters, of which types."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sandbox.api.botapi_values import SCALARS, Check, WrongTypeError, integer_or_string, typed
from sandbox.errors import bad

Read = Callable[[Any, Mapping[str, "Upload"]], Any]

_DISCRIMINATORS = ("type", "source", "status")
_FIXED_VALUE = re.compile(r"(?:must be|always) [\"“]?([a-z_]+)")
_TRUE_WORDS = frozenset({"true", "yes", "1"})
# Missing parameters that the real server words in its own way.
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    **{
        kind: f"there is no {kind.replace('_', ' ')} in the request"
        for kind in ("photo", "document", "video", "animation", "audio", "voice", "video_note", "sticker")
    },
    "media": "there are no messages to send",
    "action": "wrong parameter action in request",
    "message_id": "message identifier is not specified",
    "file_id": "file_id not specified",
    "user_id": "invalid user_id specified",
}
# A call without these does something else instead of failing; editing without a text is worded by the method.
_MAY_BE_MISSING = {("setMyCommands", "commands")}


class Upload:
    """A file that came with a multipart request."""

    __slots__ = ("data", "mime", "name")

    def __init__(self, data: bytes, name: str, mime: str) -> None:
        self.data = data
        self.name = name
        self.mime = mime

    def __repr__(self) -> str:
        return f"Upload({self.name!r}, {len(self.data)} bytes)"


class MethodCheck:
    """One method's parameters, ready to read a request."""

    __slots__ = ("name", "reads", "required")

    def __init__(self, name: str, reads: dict[str, Read], required: tuple[str, ...]) -> None:
        self.name = name
        self.reads = reads
        self.required = required

    def read(self, raw: Mapping[str, Any], files: Mapping[str, Upload]) -> dict[str, Any]:
        """Turn what a request carried into checked values; unknown parameters are ignored, as Telegram does."""
        values: dict[str, Any] = {}
        for name, read in self.reads.items():
            given = raw.get(name)
            if given is not None and given != "":
                values[name] = read(given, files)
            elif name in files:
                values[name] = files[name]
        for name in self.required:
            if name not in values:
                raise bad(_MISSING.get(name, f'parameter "{name}" is required'))
        return values


@dataclass(frozen=True)
class BotApi:
    """The Bot API as published."""

    methods: Mapping[str, MethodCheck]  # by name in lower case, since Telegram ignores case there
    reactions: frozenset[str]  # the emoji that a reaction may be


@lru_cache(maxsize=1)
def load_api() -> BotApi:
    """Compile the description; all servers of one process share the result, which nobody changes."""
    description = json.loads((Path(__file__).parents[1] / "botapi" / "api.json").read_text(encoding="utf-8"))
    types = description["types"]
    compiler = _Compiler(types)
    emoji = next(f["description"] for f in types["ReactionTypeEmoji"]["fields"] if f["name"] == "emoji")
    return BotApi(
        methods={name.lower(): compiler.method(method) for name, method in description["methods"].items()},
        reactions=frozenset(re.findall(r'"([^"]+)"', emoji)),
    )


class _Compiler:
    """Builds checks for types on first use; types refer to each other, also in rings."""

    def __init__(self, types: dict[str, Any]) -> None:
        self._types = types
        self._objects: dict[str, Check] = {}

    def method(self, method: dict[str, Any]) -> MethodCheck:
        """Compile one method."""
        name = method["name"]
        fields = method.get("fields", [])
        required = tuple(f["name"] for f in fields if f["required"] and (name, f["name"]) not in _MAY_BE_MISSING)
        return MethodCheck(name, {f["name"]: self._parameter(f["name"], f["types"]) for f in fields}, required)

    def _parameter(self, name: str, types: list[str]) -> Read:
        if "InputFile" in types:
            return _read_file
        if name == "reply_markup":
            return _read_markup
        if types in (["Integer"], ["Float"]):
            whole = types == ["Integer"]
            return lambda value, _files: _number(name, value, whole=whole)
        if types == ["Boolean"]:
            return lambda value, _files: str(value).lower() in _TRUE_WORDS
        if set(types) <= {"Integer", "String"}:
            return lambda value, _files: value if isinstance(value, str) else json.dumps(value)
        check = self._value(types)
        words = name.replace("_", " ")
        return lambda value, files: _attached(_read_json(words, value, check), files)

    def _value(self, types: list[str]) -> Check:
        """Give a check for a value inside JSON; of several object types the first that fits is taken."""
        if len(types) > 1:
            if set(types) == {"Integer", "String"}:
                return integer_or_string
            return _any_of([self._value([kind]) for kind in types])
        kind = types[0]
        if kind.startswith("Array of "):
            inner = self._value([kind.removeprefix("Array of ")])
            return lambda value: [inner(item) for item in typed(value, list, "Array")]
        if kind in SCALARS:
            return SCALARS[kind]
        return self._later(kind)

    def _later(self, name: str) -> Check:
        # Looked up when a value comes, since a type may contain itself.
        def check(value: Any) -> Any:
            return self._object(name)(value)

        return check

    def _object(self, name: str) -> Check:
        if name not in self._objects:
            described = self._types[name]
            subtypes = described.get("subtypes")
            self._objects[name] = self._one_of(subtypes) if subtypes else self._fields(described.get("fields", []))
        return self._objects[name]

    def _fields(self, fields: list[dict[str, Any]]) -> Check:
        checks = {f["name"]: self._value(f["types"]) for f in fields}
        required = [f["name"] for f in fields if f["required"]]

        def check(value: Any) -> Any:
            typed(value, dict, "Object")
            for name in required:
                if value.get(name) is None:
                    raise ValueError(f'Can\'t find field "{name}"')
            for name, item in value.items():
                if item is not None and name in checks:
                    try:
                        checks[name](item)
                    except WrongTypeError as wrong:
                        raise ValueError(f'Field "{name}" must be of type {wrong.wanted}') from None
            return value

        return check

    def _one_of(self, subtypes: list[str]) -> Check:
        chosen: dict[tuple[str, str], str] = {}
        for subtype in subtypes:
            for field in self._types[subtype].get("fields", []):
                fixed = _FIXED_VALUE.search(field["description"])
                if field["name"] in _DISCRIMINATORS and fixed:
                    chosen[field["name"], fixed.group(1)] = subtype

        def check(value: Any) -> Any:
            typed(value, dict, "Object")
            for key in _DISCRIMINATORS:
                subtype = chosen.get((key, str(value.get(key))))
                if subtype:
                    return self._object(subtype)(value)
            if not chosen:
                return value
            if not any(key in value for key, _ in chosen):
                raise ValueError('Can\'t find field "type"')
            raise ValueError("Unsupported type specified")

        return check


def _any_of(checks: list[Check]) -> Check:
    def check(value: Any) -> Any:
        problem = ValueError("Object expected")
        for one in checks:
            try:
                return one(value)
            except ValueError as error:
                problem = error
        raise problem

    return check


def _number(name: str, value: Any, *, whole: bool) -> int | float:
    # The real server reads garbage as 0; being stricter here shows the mistake.
    try:
        return int(value) if whole else float(value)
    except (TypeError, ValueError):
        raise bad(f'field "{name}" must be of type Number') from None


def _read_file(value: Any, files: Mapping[str, Upload]) -> Any:
    if isinstance(value, str) and value.startswith("attach://"):
        return files.get(value.removeprefix("attach://"), value)
    return value


def _attached(value: Any, files: Mapping[str, Upload]) -> Any:
    """Put the uploaded files in the places that name them, as in sendMediaGroup."""
    if not files:
        return value
    if isinstance(value, list):
        return [_attached(item, files) for item in value]
    if isinstance(value, dict):
        return {name: _attached(item, files) for name, item in value.items()}
    return _read_file(value, files)


def _read_json(words: str, value: Any, check: Check) -> Any:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise bad(f"can't parse {words} JSON object") from None
    try:
        return check(value)
    except ValueError as error:
        raise bad(f"can't parse {words}: {error}") from None


def _read_markup(value: Any, _files: Mapping[str, Upload]) -> Any:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise bad("can't parse reply keyboard markup JSON object") from None
    if not isinstance(value, dict):
        raise bad("object expected as reply markup")
    return value
