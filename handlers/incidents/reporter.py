"""Looking at who reported in confidence: for the persons whom the preset names, one look at a time, each journaled."""

from __future__ import annotations

from actions.incidents import looking
from core.incidents.taps import IdentityTap
from core.kit.shortening import cut
from core.kit.texts import Markup
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.incidents import incidents
from storage.incidents.reporter import Identity
from storage.records import IncidentRecord
from storage.tables import PersonRow

WORDS_SHOWN = 2400  # characters: everything must fit one message


async def tap_identity(ctx: Ctx, tap: IdentityTap) -> None:
    """Show who reported to who may know it; anybody else is answered as by an unknown button."""
    record = await incidents.get(ctx.tx, tap.incident_id)
    who = await looking.identity(ctx.work, record, telegram_id=ctx.user.id) if record is not None else None
    if record is None or who is None:
        ctx.answer("tap-too-old", alert=True)
        return
    ctx.answer()
    ctx.send(_text(ctx, record, who), whole=True, protected=True)


def _text(ctx: Ctx, found: IncidentRecord, who: Identity) -> Markup:
    lines = [ctx.html("identity-title", number=str(found.incident.number))]
    for person in who.persons:
        lines += _person(ctx, person)
    if who.behalf:
        lines.append(ctx.html("identity-behalf", names=", ".join(who.behalf)))
    lines.append(ctx.html("identity-place", post=found.post.name))
    times = (found.incident.occurred_at, found.report.sent_at)
    occurred, sent = (ctx.desk.texts.moment(ctx.lang, at, now=ctx.now) for at in times)
    lines.append(ctx.html("identity-times", occurred=occurred, sent=sent))
    if who.words:
        lines.append(ctx.html("identity-words", words=cut("\n".join(who.words), WORDS_SHOWN)))
    lines.append(ctx.html("identity-journaled"))
    return Markup("\n".join(lines))


def _person(ctx: Ctx, person: PersonRow) -> list[Markup]:
    rank = f"{person.rank} " if person.rank else ""
    agency, telegram = ctx.label(f"agency-{person.agency}"), str(person.telegram_id)
    lines = [ctx.html("identity-person", rank=rank, name=person.name, agency=agency, telegram=telegram)]
    if person.phone:
        lines.append(ctx.html("identity-phone", phone=person.phone))
    return [*lines, ctx.html("identity-telegram", telegram=telegram)]


TAPS = (OnTap(IdentityTap, tap_identity),)
