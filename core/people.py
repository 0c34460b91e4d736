"""People and what they may do: roles, agencies and kinds of post with the words for them, and who reaches which region."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from core.regions import covers
from core.words import fold


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


class PostKind(StrEnum):
    """What a post is; report windows and forms are made for kinds."""

    TPS = "tps"
    LAPAS = "lapas"
    POSKO = "posko"
    GUDANG = "gudang"
    KANTOR = "kantor"


class Risk(StrEnum):
    """The security class of a post, as the police grade polling stations."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    SPECIAL = "special"


class Purpose(StrEnum):
    """What a linked group hears of."""

    COORDINATION = "coordination"
    SECURITY = "security"
    NEUTRALITY = "neutrality"
    DISASTER = "disaster"
    LOGISTICS = "logistics"
    LEGAL = "legal"
    CORRECTIONS = "corrections"


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
_POST_KINDS: Final[Mapping[str, PostKind]] = MappingProxyType(
    {
        **dict.fromkeys(("tempat pemungutan suara", "polling station"), PostKind.TPS),
        **dict.fromkeys(("rutan", "lpka", "penjara", "prison"), PostKind.LAPAS),
        **dict.fromkeys(("pos", "post"), PostKind.POSKO),
        **dict.fromkeys(("warehouse", "gudang logistik"), PostKind.GUDANG),
        **dict.fromkeys(("office",), PostKind.KANTOR),
    }
)
# "Rawan" alone is the middle class: kurang rawan, rawan, sangat rawan, khusus.
_RISKS: Final[Mapping[str, Risk]] = MappingProxyType(
    {
        **dict.fromkeys(("kurang rawan", "rendah", "aman"), Risk.LOW),
        **dict.fromkeys(("rawan", "sedang"), Risk.MEDIUM),
        **dict.fromkeys(("sangat rawan", "tinggi"), Risk.HIGH),
        **dict.fromkeys(("khusus", "rawan khusus"), Risk.SPECIAL),
    }
)
_PURPOSES: Final[Mapping[str, Purpose]] = MappingProxyType(
    {
        **dict.fromkeys(("koordinasi", "umum"), Purpose.COORDINATION),
        **dict.fromkeys(("keamanan", "kamtibmas", "kamtib"), Purpose.SECURITY),
        **dict.fromkeys(("netralitas", "gakkumdu"), Purpose.NEUTRALITY),
        **dict.fromkeys(("bencana", "kebencanaan"), Purpose.DISASTER),
        **dict.fromkeys(("logistik",), Purpose.LOGISTICS),
        **dict.fromkeys(("hukum",), Purpose.LEGAL),
        **dict.fromkeys(("pemasyarakatan", "kanwil", "lapas"), Purpose.CORRECTIONS),
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


def read_post_kind(word: str) -> PostKind | None:
    """Return the kind of post that a word means, in either language."""
    folded = fold(word)
    return PostKind(folded) if folded in set(PostKind) else _POST_KINDS.get(folded)


def read_risk(word: str) -> Risk | None:
    """Return the risk class that a word or the police's grade means, in either language."""
    folded = fold(word)
    return Risk(folded) if folded in set(Risk) else _RISKS.get(folded)


def read_purpose(word: str) -> Purpose | None:
    """Return what a group hears of that a word means, in either language."""
    folded = fold(word)
    return Purpose(folded) if folded in set(Purpose) else _PURPOSES.get(folded)


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


def _held(actor: Actor, roles: Collection[Role]) -> Iterable[AssignmentFact]:
    # A missing region must never become the whole territory by accident: only an admin's may be empty.
    return (one for one in actor.assignments if one.role in roles and (one.region_code or one.role is Role.ADMIN))
