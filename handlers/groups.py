"""Groups: linking one to a region, and following what happens to it in Telegram."""

from __future__ import annotations

from collections.abc import Iterable

from telegram import Chat, ChatMember

from actions.groups import link_news, linking
from actions.groups.link_news import Loss
from actions.people import reach
from core.groups.purposes import Purpose, read_purpose
from core.kit.texts import Markup, UserError
from core.people.roles import Role
from core.territory.regions import Region
from handlers.kit.command import Command, Where
from handlers.kit.scope import Ctx, mistake

ADMIN = frozenset({Role.ADMIN})
PRESENT = frozenset({ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER})


async def link(ctx: Ctx, text: str) -> None:
    """Link this group (and topic) to a region, for the purposes named or for all of them."""
    if not text.strip():
        raise UserError("link-example")
    region, purposes = _read(ctx, text.split())
    made = await linking.link(
        ctx.work,
        ctx.place,
        title=ctx.chat.title or "-",
        region_code=region.code,
        purposes=purposes,
        language=ctx.own_lang,
    )
    ctx.group = made.row
    names = link_news.purposes_text(ctx.desk, ctx.lang, purposes)
    _say(ctx, ctx.html("linked", region=link_news.region_text(ctx.desk, region.code), purposes=names), made.losses)


def _read(ctx: Ctx, words: list[str]) -> tuple[Region, list[Purpose]]:
    """Take purposes from the end as long as they are purposes; what is left is the region."""
    purposes: list[Purpose] = []
    while len(words) > 1 and (purpose := read_purpose(words[-1].strip(","))) is not None:
        purposes.insert(0, purpose)
        words = words[:-1]
    text = " ".join(words)
    return find_region(ctx, text), list(dict.fromkeys(purposes))


def find_region(ctx: Ctx, text: str) -> Region:
    """The one region that a code or a name means; raises UserError with what is near or which ones it could be."""
    book = ctx.desk.regions
    found = book.find(text)
    if len(found) == 1:
        return found[0]
    if found:
        options = "; ".join(f"{row.code} {', '.join(reversed(book.path(row.code)))}" for row in found[:5])
        raise UserError("region-ambiguous", text=text[:40], options=options)
    raise mistake("region-unknown", {"text": text[:40], "near": book.suggestions(text)})


async def unlink(ctx: Ctx, _text: str) -> None:
    """End this group's link."""
    _say(ctx, ctx.html("unlinked"), await linking.unlink(ctx.work))


def _say(ctx: Ctx, text: Markup, losses: Iterable[Loss]) -> None:
    """Answer, with what a region has lost by it."""
    ctx.send("\n".join([text, *(link_news.loss_text(ctx.desk, ctx.lang, one) for one in losses)]))


async def membership(ctx: Ctx, _text: str) -> None:
    """Follow the bot's own standing: blocked and unblocked by people, added to and put out of groups."""
    change = ctx.update.my_chat_member
    assert change is not None
    present = change.new_chat_member.status in PRESENT
    if ctx.private:
        if present:
            await reach.unblocked(ctx.work, ctx.chat.id)
        else:
            await reach.blocked(ctx.work, ctx.chat.id)
        return
    if ctx.chat.type == Chat.CHANNEL:
        return
    was_present = change.old_chat_member.status in PRESENT
    if present and not was_present:
        ctx.say("group-hello")
    elif not present and was_present:
        await linking.put_out(ctx.work, ctx.chat.id)


async def migration(ctx: Ctx, _text: str) -> None:
    """Follow a group that became a supergroup to its new id; Telegram says it in both chats."""
    message = ctx.message
    if message.migrate_to_chat_id is not None:
        old, new = ctx.chat.id, message.migrate_to_chat_id
    elif message.migrate_from_chat_id is not None:
        old, new = message.migrate_from_chat_id, ctx.chat.id
    else:
        return
    await linking.move(ctx.work, old, new)


COMMANDS = (
    Command("link", ("hubungkan", "link"), link, roles=ADMIN, where=Where.GROUP),
    Command("unlink", ("putuskan", "unlink"), unlink, roles=ADMIN, where=Where.GROUP),
)
