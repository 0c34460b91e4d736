"""People and what they may do: roles and agencies with the words for them, and who reaches which region."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from core.kit.words import fold
from core.territory.regions import covers


class Role(StrEnum):
    """What an assignment lets a person do."""

    OFFICER = "officer"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


class Agency(StrEnum):
    """The body a person serves in."""

    POLRI = "polri"
    TNI = "tni"
    ASN = "asn"
    LAPAS = "lapas"
    KEJAKSAAN = "kejaksaan"
    KPU = "kpu"
    BAWASLU = "bawaslu"
    LINMAS = "linmas"
    BPBD = "bpbd"
    OTHER = "other"


# Words that people type beside the ids themselves, folded. Police units and their ranks stand for the whole body.
_ROLES: Final[Mapping[str, Role]] = MappingProxyType(
    {
        **dict.fromkeys(("petugas", "anggota", "pelapor"), Role.OFFICER),
        **dict.fromkeys(("koordinator", "koor", "korlap", "kordinator"), Role.COORDINATOR),
        **dict.fromkeys(("administrator", "pengurus"), Role.ADMIN),
    }
)
_AGENCIES: Final[Mapping[str, Agency]] = MappingProxyType(
    {
        **dict.fromkeys(("polisi", "kepolisian", "polda", "polres", "polrestabes", "polsek", "police"), Agency.POLRI),
        **dict.fromkeys(("tentara", "kodam", "korem", "kodim", "koramil", "babinsa", "army"), Agency.TNI),
        **dict.fromkeys(("pns", "pemda", "pegawai", "camat", "lurah", "kesbangpol"), Agency.ASN),
        **dict.fromkeys(("rutan", "lpka", "pemasyarakatan", "kanwil", "penjara", "prison"), Agency.LAPAS),
        **dict.fromkeys(("jaksa", "kejati", "kejari", "prosecutor"), Agency.KEJAKSAAN),
        **dict.fromkeys(("ppk", "pps", "kpps"), Agency.KPU),
        **dict.fromkeys(("panwas", "panwascam", "pkd", "ptps"), Agency.BAWASLU),
        **dict.fromkeys(("satpolpp", "satpol pp", "satpol", "perlindungan masyarakat"), Agency.LINMAS),
        **dict.fromkeys(("pusdalops", "trc"), Agency.BPBD),
        **dict.fromkeys(("lain", "lainnya", "lain lain"), Agency.OTHER),
    }
)


def read_role(word: str) -> Role | None:
    """Return the role that a word means, in either language."""
    folded = fold(word)
    return Role(folded) if folded in set(Role) else _ROLES.get(folded)


def read_agency(word: str) -> Agency | None:
    """Return the agency that a word means, in either language."""
    folded = fold(word)
    return Agency(folded) if folded in set(Agency) else _AGENCIES.get(folded)


@dataclass(frozen=True)
class AssignmentFact:
    """One role of a person that holds now."""

    role: Role
    region_code: str  # the region held, or the post's region; empty is the whole territory, for admins only
    post_id: int | None = None  # the post an officer reports for


@dataclass(frozen=True)
class Actor:
    """Who asks for something, as far as permission goes."""

    person_id: int
    agency: Agency | None
    assignments: tuple[AssignmentFact, ...]  # only those that hold now


def may(actor: Actor, allowed_roles: Collection[Role]) -> bool:
    """Tell whether the person holds one of the roles anywhere."""
    return any(one.role in allowed_roles for one in actor.assignments)


def scope_of(actor: Actor, *roles: Role) -> tuple[str, ...]:
    """Return the codes of the regions the person holds in any of the roles, without those that lie in another one.

    An empty code among them (it is then the only one) is the whole territory; no code at all is no territory.
    """
    codes = {one.region_code for one in _held(actor, roles)}
    return tuple(sorted(code for code in codes if not any(covers(other, code) for other in codes - {code})))


def reaches(actor: Actor, region_code: str, roles: Iterable[Role]) -> bool:
    """Tell whether a region lies in the territory the person holds in one of the roles."""
    return any(covers(one.region_code, region_code) for one in _held(actor, tuple(roles)))


def leads(actor: Actor, role: Role, region_code: str) -> bool:
    """Tell whether a person may give or take this role there: an admin any in the own territory, a coordinator an officer's."""
    return reaches(actor, region_code, (Role.ADMIN,)) or (
        role is Role.OFFICER and reaches(actor, region_code, (Role.COORDINATOR,))
    )


def _held(actor: Actor, roles: Collection[Role]) -> Iterable[AssignmentFact]:
    # A missing region must never become the whole territory by accident: only an admin's may be empty.
    return (one for one in actor.assignments if one.role in roles and (one.region_code or one.role is Role.ADMIN))
