"""The language that a person or a group chooses to read."""

from __future__ import annotations

from actions.work import Work
from core.kit.texts import LANGUAGES, UserError
from core.people.roles import Role, reaches


async def set_own(work: Work, code: str) -> None:
    """Let the person read this language from now on; raises UserError for one that we do not speak."""
    _check(code)
    work.person.language = code


async def set_of_group(work: Work, code: str) -> None:
    """Let the group in which this is done read this language.

    Raises UserError for a language that we do not speak, a group that is not linked, or one of another's territory.
    """
    _check(code)
    if work.group is None:
        raise UserError("not-linked")
    if not reaches(work.actor, work.group.region_code, [Role.COORDINATOR, Role.ADMIN]):
        raise UserError("not-your-region")
    work.group.language = code


def _check(code: str) -> None:
    if code not in LANGUAGES:  # a button of an older version, or one that was made up
        raise UserError("tap-too-old")
