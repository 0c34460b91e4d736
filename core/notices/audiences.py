"""Audiences to choose from when a notice names none."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from core.people.audience import Audience
from core.people.roles import Role
from core.territory.posts import PostKind

QUICK: Final[Mapping[str, Audience]] = MappingProxyType(  # by what their buttons carry
    {
        "all": Audience(),
        "officer": Audience(roles=frozenset({Role.OFFICER})),
        "coordinator": Audience(roles=frozenset({Role.COORDINATOR})),
        "tps": Audience(posts=frozenset({PostKind.TPS})),
        "lapas": Audience(posts=frozenset({PostKind.LAPAS})),
    }
)
