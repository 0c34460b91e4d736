"""The simple values inside JSON, read as strictly as the real server reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any], Any]


class WrongTypeError(ValueError):
    """A JSON value of another type than the description says."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"value must be of type {wanted}")
        self.wanted = wanted


def typed(value: Any, kind: type, wanted: str) -> Any:
    """Give a JSON value back when it is of the right type."""
    if not isinstance(value, kind):
        raise WrongTypeError(wanted)
    return value


def _json_integer(value: Any) -> Any:
    # The real server takes numbers written as strings inside JSON too (td JsonBuilder).
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise WrongTypeError("Number")
    try:
        return int(value)
    except ValueError:
        raise WrongTypeError("Number") from None


def _json_float(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise WrongTypeError("Number")
    return value


def _json_string(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise WrongTypeError("String")
    return value


def _json_boolean(value: Any) -> Any:
    return typed(value, bool, "Boolean")


def integer_or_string(value: Any) -> Any:
    """Check an id that may be a number or a name."""
    return _json_string(value)


SCALARS: Mapping[str, Check] = {
    "Integer": _json_integer,
    "Float": _json_float,
    "String": _json_string,
    "Boolean": _json_boolean,
    "True": _json_boolean,
}
