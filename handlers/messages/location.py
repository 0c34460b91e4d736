"""A shared place: kept for the person, said to the draft, the alarm or the report that it belongs to."""

from __future__ import annotations

from actions.own import location
from actions.reports import drafts
from core.delivery.outgoing import Button
from core.kit.geo import Fix, nearest
from core.kit.shortening import distance_text, short
from core.reports.taps import OpenFormTap
from handlers.alarms import alarm
from handlers.kit.scope import Ctx
from handlers.messages import note_files
from handlers.reports.filling import refresh

POSTS_OFFERED = 3


async def location_message(ctx: Ctx, _text: str) -> None:
    """Take a shared or live location; a live one is followed without a word."""
    place = ctx.message.location or (ctx.message.venue.location if ctx.message.venue else None)
    assert place is not None
    fix = Fix(place.latitude, place.longitude, place.horizontal_accuracy)
    edited = ctx.update.edited_message is not None
    at = (ctx.message.edit_date or ctx.message.date) if edited else ctx.message.date
    await location.share(ctx.work, fix, at)
    if edited:
        return
    if await note_files.private_place(ctx, fix):
        return
    running = await alarm.take_location(ctx, fix)
    if running is not None:
        await note_files.tell_place(ctx, running)
        return
    row = ctx.draft
    if row is not None and row.form_id:
        drafts.locate(ctx.work, row, fix)
        await refresh(ctx, row)
        return
    _offer(ctx, fix)


def _offer(ctx: Ctx, fix: Fix) -> None:
    """Offer to report from the nearest of one's own posts."""
    posts = {post.id: post for post in ctx.known.posts}
    known = [(post.id, post.lat, post.lon) for post in posts.values() if post.lat is not None and post.lon is not None]
    near = nearest(fix, known, limit=POSTS_OFFERED)
    if not near:
        ctx.say("location-kept")
        return
    away = {key: distance_text(ctx.lang, distance) for key, distance in near}
    buttons = [
        [Button(f"{short(posts[key].name, 23 - len(away[key]))} {away[key]}", tap=OpenFormTap(_form(ctx, key), key))]
        for key in away
    ]
    nearest_post = near[0][0]
    ctx.say("location-near", rows=buttons, post=posts[nearest_post].name, distance=away[nearest_post])


def _form(ctx: Ctx, post_id: int) -> str:
    """The form that this post files most: the first in the preset's order."""
    kind = next(post.kind for post in ctx.known.posts if post.id == post_id)
    return next(form.id for form in ctx.desk.forms.values() if kind in form.posts and not form.alarm)
