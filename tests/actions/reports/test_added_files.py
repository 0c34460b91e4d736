"""Files added to a report, by whoever brings them: once, with their album, and with a word when one is too large."""

from __future__ import annotations

from functools import partial

from actions.reports import added_files, drafts, filing
from actions.reports.filing import Filing
from actions.work import Work
from core.delivery.outgoing import Place
from core.evidence.files import DOWNLOAD_LIMIT, SentFile
from core.people.roles import Role
from storage.evidence import Origin
from storage.incidents import incidents
from storage.tables import IncidentEventRow, MediaRow, MediaState, PersonRow, ReportRow
from tests.actions_kit import Office


def photo(name: str, size: int = 1000) -> SentFile:
    """A photo as Telegram names it."""
    return SentFile("photo", f"file-{name}", name, None, "image/jpeg", size)


async def flooded(office: Office) -> PersonRow:
    """An officer who has reported a flood."""
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673")

    async def act(work: Work) -> None:
        answers = {"category": "flood", "severity": "high"}
        form, post = work.desk.forms["incident"], work.known.posts[0]
        await filing.file(work, Filing(form, post, answers, "", "page:1", work.now))

    await office.do(budi, act)
    return budi


async def add(
    office: Office, who: PersonRow, file: SentFile, *, album: str | None = None, draft: str | None = None
) -> int:
    """Let somebody add a file: to their report, or to a draft."""

    async def act(work: Work) -> int:
        found = await incidents.by_number(work.tx, 1)
        assert found is not None
        origin = Origin(who.telegram_id, int(file.unique_id), album, work.now)
        return await added_files.keep(
            work, file, origin, report=None if draft else found.report, draft_source=draft, since=origin.sent_at
        )

    return await office.do(who, act)


async def test_a_file_is_added_once(office: Office) -> None:
    """The same file again adds nothing; it waits to be fetched for its report."""
    budi = await flooded(office)
    assert [await add(office, budi, photo("7")), await add(office, budi, photo("7"))] == [1, 0]
    row, report = await office.one(MediaRow), await office.one(ReportRow)
    assert (row.report_id, row.state, row.person_id) == (report.id, MediaState.WAITING, budi.id)


async def test_the_same_file_under_a_number_that_comes_again_is_another(office: Office) -> None:
    """A later message to which Telegram gives the number of an earlier one brings its file, be it the same."""
    budi = await flooded(office)
    assert await add(office, budi, photo("7")) == 1
    office.clock.advance(seconds=1)
    assert [await add(office, budi, photo("7")), await add(office, budi, photo("7"))] == [1, 0]
    assert [row.message_id for row in await office.rows(MediaRow)] == [7, 7]


async def test_an_album_comes_along(office: Office) -> None:
    """Files of an album that were kept for a draft go with a sibling to its report."""
    budi = await flooded(office)
    assert await add(office, budi, photo("7"), album="a", draft="m:1:7") == 1
    assert await add(office, budi, photo("8"), album="a") == 2
    assert {row.draft_source for row in await office.rows(MediaRow)} == {None}


async def test_a_file_too_large_is_said(office: Office) -> None:
    """A file that no bot may fetch stays at Telegram, and its sender is told: where it was sent."""
    budi = await flooded(office)
    await add(office, budi, photo("7", DOWNLOAD_LIMIT + 1))
    assert (await office.one(MediaRow)).state == MediaState.REMOTE
    said = await office.told(budi.telegram_id)
    assert "20 MB" in said
    group = await office.group("Posko Linggau", "16.73")

    async def in_group(work: Work) -> None:
        origin = Origin(group.chat_id, 9, None, work.now)
        place = Place(group.chat_id, None)
        await added_files.keep(
            work, photo("9", DOWNLOAD_LIMIT + 1), origin, draft_source="m:1:9", place=place, since=origin.sent_at
        )

    await office.do(budi, in_group)
    assert await office.told(group.chat_id) == said


async def test_kept_files_are_adopted(office: Office) -> None:
    """Files kept undecided go to a report, as one entry and on the card; none are entered only when that is asked."""
    group = await office.group("Posko Linggau", "16.73")
    budi = await flooded(office)
    for name in ("7", "8"):
        await add(office, budi, photo(name), draft="m:1:7")

    async def adopt(work: Work, source: str, *, none_too: bool = False) -> int:
        found = await incidents.by_number(work.tx, 1)
        assert found is not None
        row = drafts.keep_words(work, None, "", source=source, sent_at=work.now)
        count = await added_files.adopt_kept(work, row, found.report, found.incident, none_too=none_too)
        await drafts.drop(work, row)
        return count

    before, report = await office.told(group.chat_id), await office.one(ReportRow)
    assert await office.do(budi, partial(adopt, source="m:1:7")) == 2
    rows = await office.rows(MediaRow)
    assert [(row.report_id, row.draft_source) for row in rows] == [(report.id, None)] * 2
    after = await office.told(group.chat_id)
    assert after != before
    assert await office.do(budi, partial(adopt, source="m:1:9")) == 0
    entries = await office.rows(IncidentEventRow, IncidentEventRow.action == "evidence")
    assert [(row.note, row.source) for row in entries] == [("2", "e:m:1:7")]
    assert await office.do(budi, partial(adopt, source="m:1:9", none_too=True)) == 0
    entries = await office.rows(IncidentEventRow, IncidentEventRow.action == "evidence")
    assert [row.note for row in entries] == ["2", "0"]


async def test_files_are_counted_on_timeline_and_cards(office: Office) -> None:
    """An entry of the timeline counts the files of one message or album, and the card all of them."""
    group = await office.group("Posko Linggau", "16.73")
    budi = await flooded(office)
    await add(office, budi, photo("7"))

    async def count(work: Work) -> tuple[bool, bool]:
        found = await incidents.by_number(work.tx, 1)
        assert found is not None
        first = await added_files.enter(work, found.incident, "files:1", 1)
        await added_files.refresh_card(work, found.incident)
        return first, await added_files.enter(work, found.incident, "files:2", 1)

    before = await office.told(group.chat_id)
    assert await office.do(budi, count) == (True, True)

    async def more(work: Work) -> bool:
        found = await incidents.by_number(work.tx, 1)
        assert found is not None
        return await added_files.enter(work, found.incident, "files:1", 3)

    assert not await office.do(budi, more)
    entries = await office.rows(IncidentEventRow, IncidentEventRow.action == "evidence")
    assert [row.note for row in entries] == ["3", "1"]
    assert await office.told(group.chat_id) != before
