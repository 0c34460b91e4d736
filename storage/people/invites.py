"""Invitations."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true

from core.people.invites import InviteRequest
from core.people.roles import Role
from storage.database import state
from storage.database.engine import Tx
from storage.people.personnel import Sight
from storage.tables import InviteRow
from storage.territory.within import in_region

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no signs that look alike on a bad screen
CONSENT_KEY = "consent-secret"  # of the fact that this database remembers
CODE_LENGTH = 12  # 59 bits: not to be guessed at Telegram's pace


def add(tx: Tx, request: InviteRequest, *, agency: str, created_by: int | None, now: datetime) -> InviteRow:
    """Add an invitation with a fresh code; who accepts it is of this agency."""
    row = InviteRow(
        code="".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)),
        role=request.role,
        region_code=request.region_code,
        post_id=request.post_id,
        agency=agency,
        uses_left=request.uses,
        expires_at=now + timedelta(days=request.days),
        created_by=created_by,
        created_at=now,
        shared=request.shared,
    )
    tx.add(row)
    return row


async def get(tx: Tx, code: str) -> InviteRow | None:
    """Load an invitation by its code."""
    return await tx.get(InviteRow, code)


def _open(now: datetime, without: str | None = None) -> tuple[ColumnElement[bool], ...]:
    return InviteRow.uses_left > 0, InviteRow.expires_at > now, InviteRow.code != (without or "")


def _within(sight: Sight) -> ColumnElement[bool]:
    """The condition that an invitation is for what somebody may give."""
    seen = [_inside(code) for code in sight.all_in]
    seen += [and_(InviteRow.role == Role.OFFICER, _inside(code)) for code in sight.officers_in]
    return or_(*seen) if seen else false()


def _inside(code: str) -> ColumnElement[bool]:
    inside: ColumnElement[bool] = in_region(InviteRow.region_code, code) if code else true()
    return inside


async def count_open(
    tx: Tx,
    sight: Sight,
    *,
    now: datetime,
    places: Collection[tuple[str, int | None]] | None = None,
    without: str | None = None,
) -> int:
    """How many invitations can still be used; with `places` only those for these regions, or these posts in them."""
    statement = select(func.count()).select_from(InviteRow).where(*_open(now, without), _within(sight))
    if places is not None:
        same = [
            and_(InviteRow.region_code == code, InviteRow.post_id.is_not_distinct_from(post)) for code, post in places
        ]
        statement = statement.where(or_(false(), *same))
    return int(await tx.scalar(statement) or 0)


async def list_open(
    tx: Tx, sight: Sight, *, now: datetime, offset: int, limit: int, without: str | None = None
) -> list[InviteRow]:
    """A part of the invitations that can still be used, the newest first."""
    statement = select(InviteRow).where(*_open(now, without), _within(sight))
    ordered = statement.order_by(InviteRow.created_at.desc(), InviteRow.code)
    return list(await tx.scalars(ordered.offset(offset).limit(limit)))


async def open_by(tx: Tx, person_id: int, *, now: datetime) -> list[InviteRow]:
    """The invitations of one person's making that can still be used."""
    return list(await tx.scalars(select(InviteRow).where(*_open(now), InviteRow.created_by == person_id)))


def withdraw(row: InviteRow) -> None:
    """Let nobody use an invitation any more: by its uses, since a clock that is put back would bring back its time."""
    row.uses_left = 0


async def consent_secret(tx: Tx) -> str:
    """With what this database signs the buttons below explanations; made when it is first needed."""
    kept = await state.recall(tx, CONSENT_KEY)
    if kept is None:
        await state.remember_first(tx, CONSENT_KEY, secrets.token_hex(32))
        kept = await state.recall(tx, CONSENT_KEY)
        assert kept is not None
    return kept
