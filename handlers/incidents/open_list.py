"""/insiden alone: the open incidents of a group's region or of one's own territory, in one message that edits itself."""

from __future__ import annotations

from dataclasses import replace

from core.incidents.keys import list_key
from core.incidents.lifecycle import ACTING
from core.incidents.list_lines import ListReader, list_rows, list_text, menu
from core.incidents.open_list import PAGE as SIZE
from core.incidents.open_list import (
    Counts,
    Listing,
    Wish,
    category_counts,
    heard_of,
    is_page,
    pages,
    read_wish,
    region_counts,
)
from core.incidents.taps import ListMenuTap, ListTap, Show
from core.kit.texts import UserError
from core.kit.words import fold
from core.people.roles import may, reaches, scope_of
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.groups import group_fact
from storage.incidents import open_list
from storage.incidents.open_list import View
from storage.incidents.streak import streak_of

LIST_WORDS = frozenset({"daftar", "list"})
MINE_WORDS = frozenset({"saya", "milik saya", "mine", "my"})


async def show_list(ctx: Ctx, text: str) -> bool:
    """Show the list where it was asked for: by its word, by the command alone in a group, or by who holds no post.

    False when the form is meant.
    """
    mine = fold(text) in MINE_WORDS and may(ctx.actor, ACTING)
    if fold(text) not in LIST_WORDS and not mine:
        alone = ctx.private and (ctx.known.posts or not may(ctx.actor, ACTING))
        if text.strip() or alone:
            return False
    await _show(ctx, view_of(ctx), Wish(Show.MINE) if mine else Wish(), below=True)
    return True


async def tap_list(ctx: Ctx, tap: ListTap) -> None:
    """Show what a button of the list means: another filter or page, as things stand now."""
    view = view_of(ctx)
    wish = read_wish(tap, routing=ctx.desk.routing, book=ctx.desk.regions, territory=view.territory)
    if wish is None:
        raise UserError("tap-too-old")
    ctx.answer()
    await _show(ctx, view, wish)


async def tap_menu(ctx: Ctx, tap: ListMenuTap) -> None:
    """Show the categories or the parts of the territory that have open incidents."""
    view = view_of(ctx)
    show = tap.show
    if show not in (Show.CATEGORY, Show.REGION) or not is_page(tap.page):
        raise UserError("tap-too-old")
    found = await open_list.groups(ctx.tx, view)
    ctx.answer()
    if not found:
        await _show(ctx, view, Wish())
        return
    counts = region_counts(found, view.territory) if show is Show.REGION else category_counts(found)
    listing = Listing(view.territory, Wish(), Counts(0, 0, 0, 0), (), "")
    text, rows = menu(_reader(ctx), show, counts, tap.page, listing=listing)
    await ctx.show(_key(ctx), text, rows)


def view_of(ctx: Ctx) -> View:
    """What this chat and this person may see; raises UserError where that is nothing."""
    if not may(ctx.actor, ACTING):
        key = "list-coordinators-only" if ctx.private else "list-coordinators-group"
        raise UserError(key, **({} if ctx.private else {"bot": ctx.desk.bot_username}))
    root = ctx.desk.preset.root
    if ctx.private:
        codes = tuple(code or root for code in scope_of(ctx.actor, *ACTING))
        return View(ctx.desk.bot_id, codes, ctx.known.row.id)
    if ctx.group is None:
        raise UserError("not-linked" if ctx.update.callback_query is None else "tap-not-linked")
    # In a group everybody reads along: whoever holds less than its region asks in private for their own.
    if not reaches(ctx.actor, ctx.group.region_code, ACTING):
        raise UserError("not-your-region")
    heard = heard_of(ctx.desk.routing, group_fact(ctx.group).purposes)
    return View(ctx.desk.bot_id, (ctx.group.region_code or root,), ctx.known.row.id, ctx.group.id, heard)


async def _show(ctx: Ctx, view: View, wish: Wish, *, below: bool = False) -> None:
    """Make the chat's one list show this page; what is beyond the last page is the last."""
    counts = await open_list.count(ctx.tx, view, wish, now=ctx.now)
    wish = replace(wish, page=min(wish.page, pages(counts.fitting, SIZE))) if counts.total else Wish()
    streak = None if counts.total else await streak_of(ctx.tx, ctx.desk.streak, view.territory)
    entries = await open_list.page(ctx.tx, view, wish, now=ctx.now) if counts.fitting else []
    listing = Listing(view.territory, wish, counts, entries, ctx.known.row.name)
    reader = _reader(ctx)
    text = list_text(reader, listing, streak=streak, now=ctx.now)
    await ctx.show(_key(ctx), text, list_rows(reader, listing), below=below)


def _reader(ctx: Ctx) -> ListReader:
    return ListReader(ctx.desk.texts, ctx.lang, ctx.desk.forms, ctx.desk.regions)


def _key(ctx: Ctx) -> str:
    """The name of the chat's (and topic's) one list."""
    return list_key(ctx.place.chat_id, ctx.place.thread_id)


TAPS = (OnTap(ListTap, tap_list), OnTap(ListMenuTap, tap_menu))
