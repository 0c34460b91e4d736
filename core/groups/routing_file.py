"""Reading a preset's routing: who hears of what, and to whom incidents are referred."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from types import MappingProxyType

from core.forms.forms import Level
from core.forms.severity import Severity
from core.groups.chains import read_chains
from core.groups.purposes import Purpose
from core.groups.routing import FALLBACK, Category, Referral, Routing
from core.kit.preset_tables import PresetError, Table, read_toml
from core.people.roles import Agency
from core.territory.regions import RegionLevel


def load_routing(file: Path, *, categories: Collection[str] | None = None) -> Routing:
    """Return the routing table of a preset; PresetError if it is broken or misses one of the categories asked for."""
    top = read_toml(file)
    status = top.table("status")
    known = _categories(top)
    routing = Routing(
        categories=MappingProxyType(known),
        levels=MappingProxyType(_levels(top.table("levels"))),
        status_purposes=frozenset(_purposes(status)),
        status_severity=MappingProxyType(_status(status.table("severity"))),
        referrals=MappingProxyType(_referrals(top)),
        chains=read_chains(top, known),
    )
    status.done()
    top.leave("confidant", "merge", "streak")  # read where privacy and incidents stand
    top.done()
    for wanted in sorted({FALLBACK, *(categories or ())} - set(routing.categories)):
        raise PresetError(file, f"category {wanted}", "is missing")
    for extra in sorted(set(routing.categories) - set(categories or routing.categories) - {FALLBACK}):
        raise PresetError(file, f"category {extra}", "is a category that no form opens")
    return routing


def _categories(top: Table) -> dict[str, Category]:
    found: dict[str, Category] = {}
    for table in top.tables("category"):
        category = Category(table.ident("id"), _purposes(table), table.flag("confidential", default=False))
        table.done()
        if category.id in found:
            raise table.fault("id", "stands here a second time")
        found[category.id] = category
    return found


def _referrals(top: Table) -> dict[str, Referral]:
    found: dict[str, Referral] = {}
    for table in top.tables("referral"):
        agencies = frozenset(table.members("agencies", Agency))
        referral = Referral(table.ident("id"), table.label("label"), table.member("purpose", Purpose), agencies)
        table.done()
        if referral.id in found:
            raise table.fault("id", "stands here a second time")
        found[referral.id] = referral
    return found


def _purposes(table: Table) -> frozenset[Purpose]:
    purposes = frozenset(table.members("purposes", Purpose))
    if not purposes:
        raise table.fault("purposes", "names nobody who would hear of it")
    return purposes


def _levels(table: Table) -> dict[Severity, frozenset[RegionLevel]]:
    found = {severity: frozenset(table.members(severity, RegionLevel)) for severity in Severity}
    table.done()
    for severity, levels in found.items():
        if not levels:
            raise table.fault(severity, "names no level that would hear of it")
    return found


def _status(table: Table) -> dict[Level, Severity]:
    # The levels of an answer as forms name them; the two lower ones are never relayed one by one.
    found = {level: table.member(level, Severity) for level in (Level.BAD, Level.WORST)}
    table.done()
    return found
