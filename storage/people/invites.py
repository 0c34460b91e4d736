"""Invitations."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from core.people.invites import InviteRequest
from storage.database.engine import Tx
from storage.tables import InviteRow

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no signs that look alike on a bad screen
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
