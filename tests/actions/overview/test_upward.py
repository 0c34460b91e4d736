"""Passing a report upward."""

from __future__ import annotations

import pytest

from actions.overview import upward
from actions.work import Work
from core.kit.texts import UserError
from core.people.roles import Role
from storage.records import ReportRecord
from storage.reports import reports
from storage.tables import PersonRow, ReportRow
from tests.actions_kit import Office


async def filed(office: Office, by: PersonRow, post_code: str, **more: bool) -> ReportRecord:
    """A report of a situation that has worsened, as it is stored, with further answers."""
    post = await office.post(post_code)

    async def file(work: Work) -> ReportRow:
        return await reports.add(
            work.tx,
            cause=(1, work.origin),
            kind=post.kind,
            form_id="status",
            post_id=post.id,
            region_code=post.region_code,
            person_id=work.person.id,
            answers={"level": "watch", "note": "Andi melihat keributan", **more},
            level="watch",
            text="",
            source="m:1:1",
            window_key="status/2027-02-03/regu-pagi",
            late=False,
            occurred_at=work.now,
            sent_at=work.now,
            stored_at=work.now,
        )

    return ReportRecord(await office.do(by, file), post)


async def written(office: Office, who: PersonRow, found: ReportRecord) -> str:
    """The text as somebody gets it."""
    return await office.do(who, lambda work: upward.text(work, found, language="id"))


async def test_a_report_names_its_post_and_its_reporter(office: Office) -> None:
    """The text for superiors has the post, the number and who reported; a coordinator of the region gets the same facts."""
    andi = await office.person("Andi", Role.OFFICER, "LAPAS-1671", agency="lapas")
    bela = await office.person("Bela", Role.COORDINATOR, "16.71", agency="polri")
    found = await filed(office, andi, "LAPAS-1671")
    for who in (andi, bela):
        text = await written(office, who, found)
        assert "Lapas Kelas I Palembang" in text
        assert f"L-{found.report.number}" in text
        assert text.endswith("Andi")


async def test_a_confided_report_names_nobody(office: Office) -> None:
    """Where the name is kept back, neither the signature nor the words have it, and no colleague gets the text."""
    andi = await office.person("Andi", Role.OFFICER, "LAPAS-1671", agency="lapas")
    colleague = await office.person("Cici", Role.OFFICER, "LAPAS-1671", agency="lapas")
    found = await filed(office, andi, "LAPAS-1671", confidential=True)
    assert "Andi" not in await written(office, andi, found)
    with pytest.raises(UserError, match="tap-too-old"):
        await written(office, colleague, found)


async def test_who_does_not_read_of_a_region_passes_nothing_on(office: Office) -> None:
    """A report is passed on by its author and by those who read of its region, and by nobody else."""
    andi = await office.person("Andi", Role.OFFICER, "LAPAS-1671")
    budi = await office.person("Budi", Role.COORDINATOR, "16.03")
    found = await filed(office, andi, "LAPAS-1671")
    with pytest.raises(UserError, match="tap-upward-not-yours"):
        await written(office, budi, found)
