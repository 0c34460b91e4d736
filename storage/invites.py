"""Invitations."""

from __future__ import annotations

import secrets
from datetime import datetime

from storage.engine import Tx
from storage.tables import InviteRow

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no signs that look alike on a bad screen
CODE_LENGTH = 12  # 59 bits: not to be guessed at Telegram's pace


def add(
    tx: Tx,
    *,
    role: str,
    region_code: str,
    post_id: int | None,
    agency: str,
    uses: int,
    expires_at: datetime,
    created_by: int | None,
    now: datetime,
    name: str | None = None,
    language: str | None = None,
    shared: bool = False,
) -> InviteRow:
    """Add an invitation with a fresh code."""
    row = InviteRow(
        code="".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)),
        name=name,
        role=role,
        region_code=region_code,
        post_id=post_id,
        agency=agency,
        language=language,
        uses_left=uses,
        expires_at=expires_at,
        created_by=created_by,
        created_at=now,
        shared=shared,
    )
    tx.add(row)
    return row


async def get(tx: Tx, code: str) -> InviteRow | None:
    """Load an invitation by its code."""
    return await tx.get(InviteRow, code)
