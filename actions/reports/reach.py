"""The posts within reach of somebody who files: their own, and for who acts on incidents those of the own territory."""

from __future__ import annotations

from actions.reports.filing import window_of
from actions.work import Work
from core.forms.forms import Form
from core.incidents.lifecycle import ACTING
from core.people.roles import reaches
from core.territory.post_codes import post_matches
from storage.people.people import Member
from storage.reports import reports
from storage.reports.standings import reported_posts
from storage.tables import PostRow
from storage.territory import places


def own(member: Member, form: Form) -> list[PostRow]:
    """Somebody's own posts that file a form."""
    return [post for post in member.posts if post.kind in form.posts]


async def silent(work: Work, form: Form) -> list[PostRow]:
    """Those of one's own posts that have not answered a form in its present window."""
    posts = own(work.known, form)
    keys = {post.id: window_of(work.desk, form, post, work.now).key for post in posts}
    done = await reported_posts(work.tx, keys)
    return [post for post in posts if post.id not in done]


async def find(work: Work, post_id: int | None, *, report_id: int | None = None) -> PostRow | None:
    """The post of a draft or report if the person may file for it: an own one, or one of the own territory.

    An own report, `report_id`, may be corrected where it was filed, whoever holds that post now.
    """
    held = next((post for post in work.known.posts if post.id == post_id), None)
    if held is not None or post_id is None:
        return held
    found = await places.post_by_id(work.tx, post_id)
    if found is None or (found.active and reaches(work.actor, found.region_code, ACTING)):
        return found
    report = await reports.by_id(work.tx, report_id) if report_id is not None else None
    mine = report is not None and report.person_id == work.person.id and report.post_id == post_id
    return found if mine else None


async def find_in_territory(work: Work, form: Form, token: str) -> list[PostRow]:
    """Posts of the own territory that a coordinator may file for, when a colleague calls by radio."""
    regions = [one.region_code for one in work.actor.assignments if one.role in ACTING]
    if not regions:
        return []
    found = await places.posts_like(work.tx, token, limit=3, within=regions)
    return [post for post in found if post.kind in form.posts]


async def find_typed(work: Work, form: Form, text: str) -> PostRow | None:
    """The post that a typed code, its tail, or a name means, if it can be only one; for coordinators any of theirs."""
    posts = own(work.known, form)
    named = [post for post in posts if post.name.casefold() == text.strip().casefold()]
    codes = post_matches(text.strip().removeprefix("#"), [post.code for post in posts])
    fitting = named or [post for post in posts if post.code in codes]
    if not fitting and " " not in text.strip():
        fitting = await find_in_territory(work, form, text.strip().removeprefix("#"))
    return fitting[0] if len(fitting) == 1 else None


def may_name(member: Member) -> bool:
    """Whether somebody may file for posts of a territory, by their codes."""
    return any(one.role in ACTING for one in member.actor.assignments)
