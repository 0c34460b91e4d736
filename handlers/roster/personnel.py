"""The people of one's own territory in one message that edits itself, and putting one of them out."""

from __future__ import annotations

from actions.roster import personnel, removing
from actions.roster.personnel import Dossier, PeoplePage
from actions.roster.removing import Removed
from core.delivery.outgoing import Button
from core.kit.shortening import short, short_moment
from core.kit.texts import Markup, UserError
from core.people.roles import Agency, Role
from core.roster.keys import people_key
from core.roster.people_list import PAGE
from core.roster.removal import Why
from core.roster.taps import PeopleTap, PersonTap, RemoveSureTap, RemoveTap
from handlers.kit.command import Command, OnTap, Where
from handlers.kit.menus import show_menu_of
from handlers.kit.scope import Ctx
from storage.people.people import UNSEEN, Holding
from storage.people.personnel import Listed
from storage.tables import PersonRow

LEADING = frozenset({Role.ADMIN, Role.COORDINATOR})


async def people(ctx: Ctx, text: str) -> None:
    """List the people of one's own territory, or those whom a region, a post or a part of a name means."""
    await _show_list(ctx, text, 1, below=True)


async def tap_list(ctx: Ctx, tap: PeopleTap) -> None:
    """Show a page of the list, as things stand now."""
    _check(ctx)
    found = await _show_list(ctx, tap.words, tap.page)
    ctx.answer("people-page", page=found.page, pages=found.pages)


async def tap_person(ctx: Ctx, tap: PersonTap) -> None:
    """Show what a person holds, with the button that puts them out, or why there is none."""
    _check(ctx)
    found = await personnel.dossier(ctx.work, tap.person_id)
    ctx.answer()
    lines, back = _dossier(ctx, found), ctx.button("button-back", PeopleTap(tap.words, tap.page))
    rows = [[back]]
    if found.bar is None:
        rows = [[ctx.button("button-remove", RemoveTap(tap.person_id, tap.words, tap.page), style="danger"), back]]
    else:
        lines.append(ctx.html(f"remove-bar-{found.bar}", name=found.member.row.name))
    await _show(ctx, lines, rows)


async def tap_remove(ctx: Ctx, tap: RemoveTap) -> None:
    """Ask whether, and why, to put a person out."""
    _check(ctx)
    found = await personnel.dossier(ctx.work, tap.person_id)
    if found.bar is not None:
        raise UserError(f"remove-bar-{found.bar}", name=found.member.row.name[:60])
    ctx.answer()
    name = found.member.row.name
    lines = [ctx.html("remove-sure", name=name), *_held(ctx, found.seen), Markup(""), ctx.html("remove-then")]
    rows = [[ctx.button(f"button-remove-{why}", RemoveSureTap(tap.person_id, why), style="danger")] for why in Why]
    back = ctx.button("button-cancel", PersonTap(tap.person_id, tap.words, tap.page))
    await _show(ctx, lines, [*rows, [back]])


async def tap_sure(ctx: Ctx, tap: RemoveSureTap) -> None:
    """Put a person out, and say what that has left behind."""
    _check(ctx)
    removed = await removing.remove(ctx.work, tap.person_id, tap.why)
    ctx.answer("tap-removed", name=removed.person.name[:60])
    if any(one.assignment.role != Role.OFFICER for one in removed.ended):
        await show_menu_of(ctx, removed.person, removed.roles_left)
    await _show(ctx, _result(ctx, removed), [[ctx.button("button-people", PeopleTap("", 1))]])


def _check(ctx: Ctx) -> None:
    if not ctx.private or not any(one.role in LEADING for one in ctx.actor.assignments):
        raise UserError("tap-too-old")


async def _show(ctx: Ctx, lines: list[Markup], rows: list[list[Button]], *, below: bool = False) -> None:
    await ctx.show(people_key(ctx.chat.id), "\n".join(lines), rows, below=below)


async def _show_list(ctx: Ctx, words: str, page: int, *, below: bool = False) -> PeoplePage:
    found = await personnel.listing(ctx.work, words, page)
    lines = [ctx.html("people-title", where=found.where or ctx.label("people-own"), count=found.count)]
    first = (found.page - 1) * PAGE + 1
    for number, one in enumerate(found.shown, start=first):
        lines += _lines(ctx, number, one)
    if found.pages > 1:
        lines.append(ctx.html("people-page", page=found.page, pages=found.pages))
    await _show(ctx, lines, _rows(found, first), below=below)
    return found


def _lines(ctx: Ctx, number: int, one: Listed) -> list[Markup]:
    found = [ctx.html("people-line", number=number, name=one.person.name, agency=_agency(ctx, one.person))]
    return [*found, *_held(ctx, one.holdings), *_unreached(ctx, one.person)]


def _held(ctx: Ctx, holdings: tuple[Holding, ...]) -> list[Markup]:
    """What somebody holds, each with its beginning; the same place twice stands once."""
    since: dict[str, Holding] = {}
    for one in holdings:
        (place,) = removing.places(ctx.work, [one], ctx.lang)
        since.setdefault(place, one)
    return [
        ctx.html(
            "people-holds",
            place=place,
            since=short_moment(ctx.desk.texts, ctx.lang, one.assignment.valid_from, now=ctx.now),
        )
        for place, one in since.items()
    ]


def _unreached(ctx: Ctx, person: PersonRow) -> list[Markup]:
    if person.unreachable_since is None:
        return []
    if person.name == UNSEEN:
        return [ctx.html("people-unseen")]
    since = short_moment(ctx.desk.texts, ctx.lang, person.unreachable_since, now=ctx.now)
    return [ctx.html("people-unreached", since=since)]


def _agency(ctx: Ctx, person: PersonRow) -> str:
    return f" · {ctx.label(f'agency-{person.agency}')}" if person.agency != Agency.OTHER else ""


def _rows(found: PeoplePage, first: int) -> list[list[Button]]:
    """A button for each person, and those that turn the page."""
    words = found.words
    buttons = [
        Button(short(f"{number}. {one.person.name}"), tap=PersonTap(one.person.id, words, found.page))
        for number, one in enumerate(found.shown, start=first)
    ]
    turn = [Button("◀", tap=PeopleTap(words, found.page - 1))] if found.page > 1 else []
    turn += [Button("▶", tap=PeopleTap(words, found.page + 1))] if found.page < found.pages else []
    return [*(buttons[at : at + 2] for at in range(0, len(buttons), 2)), turn]


def _dossier(ctx: Ctx, found: Dossier) -> list[Markup]:
    row = found.member.row
    title = " ".join(filter(None, [row.rank, row.name]))
    lines = [ctx.html("person-title", name=title, agency=_agency(ctx, row)), *_held(ctx, found.seen)]
    if found.elsewhere:
        lines.append(ctx.html("person-elsewhere"))
    return [*lines, *_unreached(ctx, row)]


def _result(ctx: Ctx, removed: Removed) -> list[Markup]:
    """What was ended, what stays, and what is to be done now."""
    name = removed.person.name
    lines = [ctx.html("removed-done", name=name, clock=ctx.desk.texts.clock(ctx.lang, ctx.now))]
    lines += [ctx.html("removed-place", place=place) for place in removing.places(ctx.work, removed.ended, ctx.lang)]
    if removed.left:
        lines.append(ctx.html("removed-left", name=name))
    if removed.incidents:
        lines.append(ctx.html("removed-incidents", numbers=removing.numbers_text(removed.incidents)))
    if removed.withdrawn:
        lines.append(ctx.html("removed-withdrawn", count=removed.withdrawn))
    if removed.invites:
        lines.append(ctx.html("removed-invites", count=removed.invites))
    lines += [ctx.html("removed-empty", post=post.name, code=post.code) for post in removed.empty]
    return [*lines, ctx.html("removed-groups")]


COMMANDS = (Command("people", ("personel", "people"), people, roles=LEADING, where=Where.PRIVATE),)
TAPS = (
    OnTap(PeopleTap, tap_list),
    OnTap(PersonTap, tap_person),
    OnTap(RemoveTap, tap_remove),
    OnTap(RemoveSureTap, tap_sure),
)
