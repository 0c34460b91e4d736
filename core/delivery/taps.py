"""What a button carries, as one small class a button: how it is written in 64 bytes, read again, and who may tap it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from types import NoneType, UnionType
from typing import Any, ClassVar, Final, Literal, Self, Union, get_args, get_origin, get_type_hints

BUTTON_DATA_BYTES: Final = 64  # Telegram's docs, InlineKeyboardButton.callback_data: 1 to 64 bytes
SEPARATOR: Final = ":"
KEYS: Final = 1 << 63  # no row's key is so large: the databases' integers have 64 bits and a sign


class Tapper(StrEnum):
    """Who may tap a button; anybody else is told why not, and its handler is not called."""

    ANYBODY = "anybody"  # strangers too: the handler looks itself at who it is
    ENROLLED = "enrolled"  # also who holds nothing at present: one's own language, drafts, words, reports and alarms
    ASSIGNED = "assigned"  # who holds a post or a region


@dataclass(frozen=True)
class _Field:
    """One field of a button: a reader for each kind that it may be of, which gives None for a text that is none."""

    name: str
    readers: tuple[Callable[[str], object], ...]
    optional: bool

    def read(self, text: str | None) -> object:
        """The value that a part of the data means, None for one that is left out; raises ValueError for any other."""
        if text is None and self.optional:
            return None
        for reader in self.readers:
            if text is not None and (value := reader(text)) is not None:
                return value
        raise ValueError(f"no button has {text!r} as {self.name}")

    def write(self, value: object) -> str:
        """The part of the data that is read as this value; raises ValueError where there is none."""
        text = str(int(value)) if isinstance(value, bool) else str(value)
        if SEPARATOR in text or self.read(text) != value:
            raise ValueError(f"no button can carry {value!r} as {self.name}")
        return text


@dataclass(frozen=True)
class Tap:
    """A button's data: the prefix, by which the class is known, and the fields; without a prefix it is only a shape.

    A field is an `int` (a row's key, or a count), a `bool`, a `str` without a colon, a `StrEnum` or a `Literal` of
    strings, or one of several of these. Fields at the end that may be None are left out when they are.
    """

    prefix: ClassVar[str] = ""
    by: ClassVar[Tapper] = Tapper.ASSIGNED
    on_card: ClassVar[bool] = False  # it stands on an incident's card, which then shows how things stand
    private: ClassVar[bool] = False  # it stands in private chats only: in a group it is none of ours
    _fields: ClassVar[tuple[_Field, ...]] = ()

    def __init_subclass__(
        cls, *, prefix: str = "", by: Tapper | None = None, on_card: bool = False, private: bool = False
    ) -> None:
        """Declare a button: its prefix, who may tap it, whether it is on a card, whether only in private.

        Who and whether in private are by default as of its shape. Raises TypeError for a field that no button can carry.
        """
        super().__init_subclass__()
        cls.prefix, cls.by, cls.on_card, cls.private = prefix, by or cls.by, on_card, private or cls.private
        hints = {name: hint for name, hint in get_type_hints(cls).items() if get_origin(hint) is not ClassVar}
        cls._fields = tuple(
            _Field(name, tuple(_readers(hint)), NoneType in get_args(hint)) for name, hint in hints.items()
        )

    def pack(self) -> str:
        """Return what Telegram keeps for the button; raises ValueError where it could not be kept or read again."""
        given = [(field, getattr(self, field.name)) for field in self._fields]
        while given and given[-1][1] is None and given[-1][0].optional:
            given.pop()
        data = SEPARATOR.join([self.prefix, *(field.write(value) for field, value in given)])
        if not self.prefix or not data.isprintable():
            raise ValueError(f"no button can carry {self}")
        if len(data.encode()) > BUTTON_DATA_BYTES:
            raise ValueError(f"button data must have 1 to {BUTTON_DATA_BYTES} bytes: {data!r}")
        return data

    @classmethod
    def unpack(cls, data: str) -> Self | None:
        """Read what a tapped button carries; None for anything that `pack` of this class does not write."""
        prefix, *parts = data.split(SEPARATOR)
        if prefix != cls.prefix or len(parts) > len(cls._fields):
            return None
        try:
            tap = cls(*(field.read(part) for field, part in zip_longest(cls._fields, parts)))
            return tap if tap.pack() == data else None
        except ValueError:
            return None


def prefix_of(data: str) -> str:
    """Return the part of a button's data by which its class is known."""
    return data.partition(SEPARATOR)[0]


def read_key(text: str) -> int | None:
    """Read a row's key; None for anything that no row of ours can have."""
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        return None
    key = int(text)
    return key if key < KEYS else None


def _readers(hint: Any) -> Iterator[Callable[[str], object]]:
    """The readers of a field with this type; raises TypeError for a type that has none."""
    if get_origin(hint) in (Union, UnionType):
        for one in get_args(hint):
            if one is not NoneType:
                yield from _readers(one)
    elif hint is int:
        yield read_key
    elif hint is bool:
        yield {"0": False, "1": True}.get
    elif hint is str:
        yield str
    elif get_origin(hint) is Literal or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        yield {str(one): one for one in get_args(hint) or hint}.get
    else:
        raise TypeError(f"a button cannot carry {hint}")
