"""What became of a notice."""

from __future__ import annotations

from actions.notices import results
from core.people.roles import Role
from storage import notices
from storage.database.engine import Tx
from storage.tables import NoticeReceiptRow, NoticeRow, OutboxRow
from tests.actions_kit import Office


async def test_the_author_is_told_the_result(office: Office) -> None:
    """When nothing of a notice waits any more, its author is told once who has it, why others have not, and who is in doubt."""
    admin = await office.person("Admin", Role.ADMIN, "16", language="en")
    readers = [await office.person(name, Role.OFFICER, "LAPAS-1671") for name in ("Andi", "Budi", "Citra")]

    async def send(tx: Tx) -> None:
        row = notices.add(tx, person_id=admin.id, audience="all", text="Halo", now=office.now)
        row.state, row.confirmed_at, row.total = "sending", office.now, len(readers)
        await tx.flush()
        await notices.await_receipts(tx, row, readers, now=office.now)
        for person, state in zip(readers, ("sent", "failed", "doubt"), strict=True):
            receipt = await tx.get_one(NoticeReceiptRow, (row.id, person.id))
            receipt.state, receipt.reason = state, "Forbidden: bot was blocked by the user"

    await office.db.write(send)
    office.clock.advance(seconds=42)
    done = [await office.db.write(lambda tx: results.finish(tx, office.desk, now=office.now)) for _ in range(2)]
    assert done == [1, 0]
    assert len(await office.rows(OutboxRow, OutboxRow.key.startswith("notice-result:"))) == 1
    told = await office.told(admin.telegram_id)
    assert "1 of 3" in told
    assert "42" in told
    assert "Citra" in told
    assert (await office.one(NoticeRow)).state == "done"
