"""Nihil, by whoever asks: for the window that a post owes now, once."""

from __future__ import annotations

from actions.duties import nil
from actions.reports.filing import Filed
from actions.work import Work
from core.evidence.flags import Flag
from core.people.roles import Role
from storage.tables import PersonRow, ReportRow, StandingRow
from tests.actions_kit import Office

POSTS = ("LAPAS-1673", "RUTAN-1674")


async def file_all(office: Office, who: PersonRow) -> list[Filed]:
    """Let somebody file nihil for every own post that is awaited."""

    async def act(work: Work) -> list[Filed]:
        items = await nil.silent(work, sent_at=work.now)
        return [await nil.file(work, item, sent_at=work.now, several=len(items) > 1) for item in items]

    return await office.do(who, act)


async def test_nihil_is_filed_for_the_window_that_is_owed(office: Office) -> None:
    """A nihil says what the form holds for nothing to report, stands for its window, and is marked."""
    budi = await office.person("Budi", Role.OFFICER, POSTS[0])
    (filed,) = await file_all(office, budi)
    report, standing = await office.one(ReportRow), await office.one(StandingRow)
    assert (report.answers, report.flags, report.text) == ({"condition": "safe"}, [Flag.NIL], "nihil")
    assert report.source == f"nil:status/2027-02-03/regu-pagi:{report.post_id}"
    assert (standing.report_id, standing.window_key) == (report.id, "status/2027-02-03/regu-pagi")
    assert (filed.report.id, filed.told) == (report.id, None)


async def test_all_silent_posts_at_once(office: Office) -> None:
    """Each silent post gets its own report; whoever asks again finds nothing awaited."""
    budi = await office.person("Budi", Role.OFFICER, *POSTS)
    assert len(await file_all(office, budi)) == 2
    assert [row.flags for row in await office.rows(ReportRow)] == [[Flag.NIL, Flag.ALL]] * 2
    assert await file_all(office, budi) == []


async def test_who_has_filed_it_is_known(office: Office) -> None:
    """A post that has reported is still owed by its window, with the report that came; only its author filed it before."""
    budi, tono = [await office.person(name, Role.OFFICER, POSTS[0]) for name in ("Budi", "Tono")]
    await file_all(office, budi)

    async def look(work: Work) -> tuple[int | None, bool]:
        (item,) = await nil.owed(work, work.known.posts, sent_at=work.now)
        return item.came.number if item.came else None, await nil.filed_before(work, item)

    assert await office.do(budi, look) == (1, True)
    assert await office.do(tono, look) == (1, False)


async def test_between_windows_nothing_is_owed_but_the_next(office: Office) -> None:
    """A window about to open may be answered early and is not awaited yet."""
    budi = await office.person("Budi", Role.OFFICER, POSTS[0])
    office.clock.advance(hours=5)  # 12.10: the afternoon shift's window opens at 12.30

    async def look(work: Work) -> tuple[list[str], list[str]]:
        owed = await nil.owed(work, work.known.posts, sent_at=work.now)
        silent = await nil.silent(work, sent_at=work.now)
        return [item.window.key for item in owed], [item.window.key for item in silent]

    assert await office.do(budi, look) == (["status/2027-02-03/regu-siang"], [])
