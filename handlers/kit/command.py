"""The facts of a command and of a button, declared once where the handler stands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from core.delivery.taps import Tap
from core.people.roles import Role

# The first argument is handlers.kit.scope.Ctx, which itself knows the commands; named here it would close a circle.
Handler = Callable[[Any, str], Awaitable[None]]
AnyTap = TypeVar("AnyTap", bound=Tap)


class Where(StrEnum):
    """The kinds of chat in which a command works."""

    PRIVATE = "private"
    GROUP = "group"
    BOTH = "both"


@dataclass(frozen=True)
class Command:
    """One command, from which routing, permission, help and menus follow."""

    id: str  # its texts are `help-<id>` and `menu-<id>`
    names: tuple[str, ...]  # the first is shown in Indonesian, the last in English
    run: Handler  # given the context and what was typed behind the command
    roles: frozenset[Role] | None = None  # None: everyone, strangers too
    where: Where = Where.BOTH
    listed: frozenset[Role] | None = None  # whose menu and help name it; None: all who may use it
    unassigned: bool = False  # whether who has enrolled but holds nothing at present may use it, in the private chat
    form_id: str | None = None  # the form that it opens, which then speaks for itself in help and menu

    def name(self, language: str) -> str:
        """The name to show in a language."""
        return self.names[-1] if language == "en" else self.names[0]


@dataclass(frozen=True)
class OnTap(Generic[AnyTap]):
    """What a button does: its class, and the handler that is given the context and the tapped button."""

    tap: type[AnyTap]
    run: Callable[[Any, AnyTap], Awaitable[None]]
