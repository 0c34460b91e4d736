"""Who signed the reports of a desk phone lately."""

from __future__ import annotations

from sqlalchemy import select

from core.forms.forms import BEHALF
from storage.database.engine import Tx
from storage.tables import ReportRow


async def last_signers(tx: Tx, person_id: int, limit: int = 6) -> list[str]:
    """The names in which a person's last 50 reports were filed for others, the newest first, each once."""
    rows = await tx.scalars(
        select(ReportRow.answers).where(ReportRow.person_id == person_id).order_by(ReportRow.id.desc()).limit(50)
    )
    names = [str(answers[BEHALF]) for answers in rows if answers.get(BEHALF)]
    return list(dict.fromkeys(names))[:limit]
