"""Holds what the local Telegram says against the published types of the Bot API."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

API = Path(__file__).resolve().parents[2] / "sandbox" / "botapi" / "api.json"
SCALARS: dict[str, tuple[type, ...]] = {"Integer": (int,), "Float": (int, float), "String": (str,), "Boolean": (bool,)}


@cache
def types() -> dict[str, Any]:
    """The published types."""
    described: dict[str, Any] = json.loads(API.read_text(encoding="utf-8"))["types"]
    return described


def faults(value: Any, kind: str, at: str = "") -> list[str]:
    """Name every field that is missing, unknown or of another type than `kind` has it."""
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{at} is no list"]
        inner = kind.removeprefix("Array of ")
        return [fault for number, one in enumerate(value) for fault in faults(one, inner, f"{at}[{number}]")]
    if kind in SCALARS:
        wrong_boolean = isinstance(value, bool) != (kind == "Boolean")
        return [f"{at} is no {kind}"] if wrong_boolean or not isinstance(value, SCALARS[kind]) else []
    described = types()[kind]
    if "subtypes" in described:
        tried = [faults(value, subtype, at) for subtype in described["subtypes"]]
        return min(tried, key=len)
    fields = {field["name"]: field for field in described.get("fields", [])}
    found = [f"{at}.{name} is missing" for name, field in fields.items() if field["required"] and name not in value]
    for name, one in value.items():
        if name not in fields:
            found.append(f"{at}.{name} is unknown to {kind}")
        else:
            tried = [faults(one, option, f"{at}.{name}") for option in fields[name]["types"]]
            best: list[str] = min(tried, key=len)
            found += best
    return found
