"""Drafts, by whoever fills a report: kept, gone on with, sent or dropped as rows, and what is asked next."""

from __future__ import annotations

from datetime import timedelta

from actions.reports import drafts, expired_drafts
from actions.reports.drafts import Filling
from actions.reports.filing import Filed
from actions.work import Work
from core.people.roles import Role
from core.reports.draft import Ask, Complete, Stage
from storage.tables import DraftRow, PersonRow, PostRow, ReportRow
from tests.actions_kit import Office

POST = "LAPAS-1673"


def filling(work: Work, post: PostRow | None, **answers: object) -> Filling:
    """A status filled by buttons, on a page or in a chat."""
    return Filling(work.desk.forms["status"], post, "", "page:1", work.now, dict(answers))


async def begin(office: Office, who: PersonRow, **answers: object) -> DraftRow:
    """Let somebody begin a status for their post."""

    async def act(work: Work) -> DraftRow:
        return drafts.keep(work, filling(work, work.known.posts[0], **answers), Stage.ASK)

    return await office.do(who, act)


async def test_a_draft_is_kept_and_taken_up_as_it_was(office: Office) -> None:
    """What is known so far is a row, of which the same filling is made; kept again it stays one row."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    await begin(office, budi, personnel=[18, 20])
    row = await office.one(DraftRow)
    assert (row.person_id, row.form_id, row.answers, row.stage) == (budi.id, "status", {"personnel": [18, 20]}, "ask")
    assert row.expires_at is not None
    assert row.expires_at > office.now

    async def go_on(work: Work) -> None:
        stored = await work.tx.get(DraftRow, row.id)
        assert stored is not None
        taken = drafts.filling_of(work.desk.forms["status"], stored, work.known.posts[0])
        assert (taken.answers, taken.stage, taken.source) == ({"personnel": [18, 20]}, Stage.ASK, "page:1")
        taken.answers["condition"] = "safe"
        drafts.keep(work, taken, Stage.REVIEW)

    await office.do(budi, go_on)
    after = await office.one(DraftRow)
    assert (after.id, after.stage, after.answers["condition"]) == (row.id, "review", "safe")


async def test_what_is_asked_next(office: Office) -> None:
    """What must be answered and is not is asked; with it nothing is missing, except a name on a desk phone."""
    budi = await office.person("Budi", Role.OFFICER, POST)

    async def ask(work: Work) -> tuple[str, bool, str]:
        post = work.known.posts[0]
        first = drafts.step(work, filling(work, post))
        done = drafts.step(work, filling(work, post, condition="safe"))
        work.person.shared = True
        signed = drafts.step(work, filling(work, post, condition="safe"))
        assert isinstance(first, Ask)
        assert isinstance(signed, Ask)
        return first.waiting[0], isinstance(done, Complete), signed.waiting[0]

    assert await office.do(budi, ask) == ("condition", True, "behalf")


async def test_a_draft_that_is_sent_ends(office: Office) -> None:
    """A complete draft is filed as of now, by its source, and its row is gone."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    row = await begin(office, budi, condition="safe")
    office.clock.advance(minutes=20)

    async def send(work: Work) -> list[Filed]:
        stored = await work.tx.get(DraftRow, row.id)
        assert stored is not None
        taken = drafts.filling_of(work.desk.forms["status"], stored, work.known.posts[0])
        assert drafts.superseded(stored, taken)
        return await drafts.send(work, taken, [stored])

    (filed,) = await office.do(budi, send)
    report = await office.one(ReportRow)
    assert (report.id, report.source, report.sent_at) == (filed.report.id, "page:1", office.now)
    assert await office.rows(DraftRow) == []


async def test_a_dropped_draft_files_nothing(office: Office) -> None:
    """A dropped draft is gone, and no report was made of it."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    row = await begin(office, budi, condition="safe")

    async def drop(work: Work) -> None:
        stored = await work.tx.get(DraftRow, row.id)
        assert stored is not None
        await drafts.drop(work, stored)

    await office.do(budi, drop)
    assert (await office.rows(DraftRow), await office.rows(ReportRow)) == ([], [])


async def test_words_of_one_matter_are_kept_together(office: Office) -> None:
    """Words that are no report yet have a row without a form; what follows stands below it in the same row."""
    budi = await office.person("Budi", Role.OFFICER, POST)

    async def say(work: Work) -> None:
        row = drafts.keep_words(work, None, " air naik ", source="m:1:1", sent_at=work.now)
        drafts.keep_words(work, row, "jalan putus", source="m:1:2", sent_at=work.now)

    await office.do(budi, say)
    row = await office.one(DraftRow)
    assert (row.form_id, row.text, row.source, row.stage) == ("", "air naik\njalan putus", "m:1:1", "kept")
    assert row.expires_at == office.now + timedelta(hours=24)


async def test_a_draft_whose_time_has_passed_is_deleted_with_a_word(office: Office) -> None:
    """The clock deletes a draft when the next window has opened, and tells its officer with the button to begin anew."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    await begin(office, budi, condition="safe")

    async def clean(work: Work) -> tuple[bool, int]:
        stale = await expired_drafts.any_stale(work.tx, now=work.now)
        return stale, await expired_drafts.drop_stale(work.tx, work.desk, now=work.now)

    assert await office.do(None, clean) == (False, 0)
    office.clock.advance(hours=6)
    assert await office.do(None, clean) == (True, 1)
    assert await office.rows(DraftRow) == []
    assert "Lapas Kelas IIA Lubuklinggau" in await office.told(budi.telegram_id)
