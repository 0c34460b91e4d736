"""Consent: who agrees to an invitation shows that they were sent its explanation, and nothing of who was is kept."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

_DIGITS: Final = 20  # hexadecimal: 80 bits, not to be guessed at Telegram's pace, and short enough for a button


def proof_of(secret: str, *, telegram_id: int, code: str) -> str:
    """Return what the button below an explanation carries: only who was sent this one, for this invitation, has it."""
    return hmac.new(secret.encode(), f"{telegram_id}:{code}".encode(), hashlib.sha256).hexdigest()[:_DIGITS]


def was_shown(secret: str, *, telegram_id: int, code: str, proof: str) -> bool:
    """Tell whether a button came from the explanation of this invitation to this person."""
    wanted = proof_of(secret, telegram_id=telegram_id, code=code)
    return hmac.compare_digest(wanted.encode(), proof.encode())
