"""One's own affairs: language, help, dropping a draft."""

from __future__ import annotations

from actions.own import language as own_language
from core.delivery.outgoing import Button
from core.forms.examples import example_line
from core.kit.texts import LANGUAGES, Markup, UserError, ours
from core.own.taps import LanguageTap
from core.people.roles import Role
from handlers.kit.command import Command, OnTap, Where
from handlers.kit.menus import allowed, command_title, show_menu
from handlers.kit.scope import Ctx
from handlers.reports import drafts

EVERYONE = frozenset(Role)
LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}


async def language(ctx: Ctx, text: str) -> None:
    """Choose a language: one's own in the private chat, the group's in a group."""
    wanted = text.strip().lower()[:2]
    if wanted not in LANGUAGES:
        buttons = [Button(name, tap=LanguageTap(code)) for code, name in LANGUAGE_NAMES.items()]
        ctx.say("language-which", rows=[buttons])
        return
    await _set_language(ctx, wanted)
    ctx.say("language-set")


async def tap_language(ctx: Ctx, tap: LanguageTap) -> None:
    """Choose a language by its button."""
    await _set_language(ctx, tap.code)
    ctx.answer()
    ctx.edit_tapped(ctx.html("language-set"))


async def _set_language(ctx: Ctx, wanted: str) -> None:
    if ctx.private:
        await own_language.set_own(ctx.work, wanted)
        await show_menu(ctx, {one.role for one in ctx.actor.assignments})
    else:
        await own_language.set_of_group(ctx.work, wanted)


async def help_(ctx: Ctx, text: str) -> None:
    """Show what this person may do here, with an example of each; or one command in detail."""
    roles = {one.role for one in ctx.actor.assignments}
    commands = allowed(ctx.commands, roles, private=ctx.private)
    if wanted := text.strip().lstrip("/").lower():
        command = next((item for item in commands if wanted in item.names), None)
        if command is None:
            raise UserError("help-unknown", command=f"/{wanted[:32]}")
        ctx.send(_help_of(ctx, command))
        return
    lines = [ctx.html("help-title")]
    lines += [
        ctx.html("help-line", command=ours(f"/{item.name(ctx.lang)}"), title=command_title(ctx.desk, item, ctx.lang))
        for item in commands
        if _concerns(ctx, item)
    ]
    lines += [Markup(""), ctx.html("help-more")]
    ctx.send(Markup("\n".join(lines)))


def _concerns(ctx: Ctx, command: Command) -> bool:
    """Whether a command is worth naming to this person: a guard of a prison files no polling station's forms."""
    kinds = {post.kind for post in ctx.known.posts}
    return command.form_id is None or not kinds or bool(kinds.intersection(ctx.desk.forms[command.form_id].posts))


def _help_of(ctx: Ctx, command: Command) -> Markup:
    name = command.name(ctx.lang)
    if command.form_id is None:
        return ctx.html(f"help-{command.id}", command=ours(f"/{name}"))
    form = ctx.desk.forms[command.form_id]
    lines = [ctx.html("help-form", title=form.title.text(ctx.lang), example=f"/{name} {example_line(form, ctx.lang)}")]
    for field in form.fields:
        words = ", ".join(choice.label.text(ctx.lang) for choice in field.choices)
        example = field.example_text(ctx.lang) or ""
        lines.append(
            ctx.html(
                "help-field",
                label=field.label.text(ctx.lang),
                key=field.key(ctx.lang),
                words=words or example,
                required=ctx.label("required") if field.required else "",
            )
        )
    return Markup("\n".join(lines))


async def cancel(ctx: Ctx, _text: str) -> None:
    """Drop the draft touched last, close its message, and say which it was and what else is open."""
    row = ctx.draft
    if row is None:
        ctx.say("no-draft")
        return
    form = ctx.desk.forms.get(row.form_id)
    await drafts.drop(ctx, row)
    await drafts.put(ctx, row, (ctx.html("draft-dropped"), []), below=False)
    title = form.title.text(ctx.lang) if form else ctx.label("draft-words")
    time = ctx.desk.texts.moment(ctx.lang, row.sent_at, now=ctx.now)
    ctx.say("draft-dropped-which", title=title, time=time, others=len(ctx.drafts))


COMMANDS = (
    Command("language", ("bahasa", "language"), language, roles=EVERYONE, unassigned=True),
    Command("help", ("panduan", "bantuan", "help"), help_, roles=EVERYONE, unassigned=True),
    Command("cancel", ("batal", "cancel"), cancel, roles=EVERYONE, where=Where.PRIVATE, unassigned=True),
)
TAPS = (OnTap(LanguageTap, tap_language),)
