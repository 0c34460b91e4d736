"""Looking at who reported in confidence: for the persons whom the preset names, one look at a time, each journaled."""

from __future__ import annotations

from actions.delivery.telling import News, tell_person
from actions.incidents import copies
from core.delivery.readers import language_of
from core.incidents.keys import identity_key
from core.incidents.taps import IdentityTap
from core.kit.shortening import cut
from core.kit.texts import Markup
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.incidents import incidents
from storage.incidents.reporter import Identity, identity_of
from storage.records import IncidentRecord
from storage.tables import IncidentRow, PersonRow

WORDS_SHOWN = 2400  # characters: everything must fit one message


def may_look(ctx: Ctx, incident: IncidentRow) -> bool:
    """Whether the person may see who reported: named in the preset, acting there now, alone with the bot."""
    return ctx.member is not None and ctx.private and copies.may_look(ctx.desk, incident, ctx.known)


async def tap_identity(ctx: Ctx, tap: IdentityTap) -> None:
    """Show who reported, note the look, and tell the reporter of it; anybody else is answered as by an unknown button."""
    found = await incidents.get(ctx.tx, tap.incident_id)
    if found is None or not may_look(ctx, found.incident):
        if found is not None:
            ctx.journal("identity-refused", f"I-{found.incident.number}", telegram_id=ctx.user.id)
        ctx.answer("tap-too-old", alert=True)
        return
    incident = found.incident
    ctx.journal("identity-seen", f"I-{incident.number}")
    who = await identity_of(ctx.tx, ctx.desk.forms.get(found.report.form_id), found)
    ctx.answer()
    ctx.send(_text(ctx, found, who), whole=True, protected=True)
    for person in who.persons:
        if person.id != ctx.known.row.id:
            _tell(ctx, incident, person)


def _tell(ctx: Ctx, incident: IncidentRow, person: PersonRow) -> None:
    """Let the reporter know that somebody named for it has looked, without saying who."""
    texts = ctx.desk.texts
    language = language_of(texts, person)
    clock = texts.clock(language, ctx.now)
    text = texts.html(language, "identity-seen", number=str(incident.number), clock=clock)
    tell_person(ctx.tx, ctx.desk, person, News(text, identity_key(incident.id, ctx.item.id, person.id)), now=ctx.now)


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
