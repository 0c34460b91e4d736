"""Passing a report upward: its text as superiors expect it, ready to be copied with one tap."""

from __future__ import annotations

import html

from actions.overview import upward
from core.delivery.outgoing import COPY_LIMIT, Button
from core.kit.texts import Markup, UserError
from core.reports.taps import UpwardTap
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.reports import reports


async def tap_upward(ctx: Ctx, tap: UpwardTap) -> None:
    """Give the text of one's own report, or as a coordinator of one of the own region."""
    found = await reports.record_of(ctx.tx, tap.report_id)
    if found is None:
        raise UserError("tap-too-old")
    text = await upward.text(ctx.work, found, language=ctx.lang)
    rows = [[Button(ctx.label("button-copy"), copy=text)]] if len(text) <= COPY_LIMIT else []
    ctx.answer()
    block = Markup(f"<pre>{html.escape(text, quote=False)}</pre>")
    ctx.send(f"{ctx.html('upward-copy')}\n{block}", rows, whole=True)


TAPS = (OnTap(UpwardTap, tap_upward),)
