"""What people write about an incident in reply to one of its messages: kept on its timeline, passed on to who must hear."""

from __future__ import annotations

from datetime import timedelta

from actions.alarms import running
from actions.incidents import deadlines, life
from actions.incidents.cards import load_card, refresh_cards
from core.delivery.outgoing import Outgoing, Priority, message_params
from core.delivery.readers import language_of
from core.incidents.card import Card
from core.incidents.keys import note_seen_key, note_source, talk_key, talk_subject
from core.incidents.lifecycle import ACTING, ENDED, Action, Part
from core.kit.shortening import cut
from core.kit.texts import Markup
from core.people.roles import reaches
from core.privacy.masking import masked, names_of, signers
from handlers.alarms import alarm
from handlers.incidents import menu
from handlers.incidents.steps import parts
from handlers.kit.scope import Ctx
from handlers.messages.replies import Target, find, goes_on
from handlers.reports import attachments
from storage.delivery import outbox, screens
from storage.incidents import incidents, notes
from storage.people import people
from storage.people.people import Member
from storage.records import IncidentRecord
from storage.tables import IncidentEventRow, IncidentRow, PersonRow

NOTE_LIMIT = 4000  # characters of a note: nearly all that one message holds (4096, Telegram's docs)
PASSED_LIMIT = 3000  # characters of a note that is passed on: they must fit one message with the line that names it
LEADING = frozenset({Part.OWNER, Part.COORDINATOR, Part.ADMIN, Part.RECEIVER})
SEEN = "👍"  # one of the emoji that bots may put (Telegram's docs, ReactionTypeEmoji)
SEEN_LASTS = timedelta(hours=1)  # a reaction later than this tells nobody anything


def react(ctx: Ctx) -> None:
    """Say that a message in a group was noted: by a reaction, which is no message and counts for no limit of the group."""
    place = {"chat_id": ctx.chat.id, "message_id": ctx.message.message_id}
    params = {**place, "reaction": [{"type": "emoji", "emoji": SEEN}]}
    key = note_seen_key(ctx.chat.id, ctx.message.message_id)
    outbox.gather(ctx.tx, Outgoing("setMessageReaction", params, key, Priority.ALERT, expires_at=ctx.now + SEEN_LASTS))


async def private_reply(ctx: Ctx, text: str) -> bool:
    """Note what is written in reply to a message about an incident, and say who hears of it; False when it is none."""
    words = text.strip()
    if ctx.update.edited_message is not None:
        before = await notes.entry(ctx.tx, ctx.desk.bot_id, _source(ctx))
        return before is not None and (not words or await _correct(ctx, before, words))
    target = await find(ctx)
    if target is None or not words or not attachments.may_add(ctx, target.named.as_report):
        return False
    if await reason_taken(ctx, target, words):
        return True
    out = await running.alarm_of(ctx.work)
    if out is not None and out.incident.id == target.found.incident.id:
        return await alarm.take_words(ctx, words)
    heard = await add(ctx, target, words)
    if heard is not None:
        receipt(ctx, target, heard, shortened=len(words) > NOTE_LIMIT)
    return True


async def reason_taken(ctx: Ctx, target: Target, words: str) -> bool:
    """Give the words to the menu of steps that they reply to; False when it is none, or waits for no reason."""
    incident = target.named.incident
    return target.menu and bool(parts(ctx, incident)) and await menu.typed_reason(ctx, incident.id, words)


def receipt(ctx: Ctx, target: Target, heard: list[str], *, shortened: bool = False) -> None:
    """Say where the words stand now, and who was told of them."""
    ctx.send(receipt_text(ctx, target, heard, shortened=shortened))


def receipt_text(ctx: Ctx, target: Target, heard: list[str], *, shortened: bool = False) -> Markup:
    """Where the words stand now, and who was told of them."""
    number, clock = str(target.found.incident.number), ctx.desk.texts.clock(ctx.lang, ctx.now)
    lines = [ctx.html("note-kept", number=number, clock=clock)]
    if heard:
        names = f" {ctx.label('note-and')} ".join(heard)
        lines.append(ctx.html("note-heard", names=names))
    if target.moved:
        lines.append(ctx.html("note-joined", number=str(target.named.incident.number), other=number))
    if shortened:
        lines.append(ctx.html("note-cut", count=NOTE_LIMIT))
    return Markup(" ".join(lines))


def _source(ctx: Ctx) -> str:
    return note_source(ctx.chat.id, ctx.message.message_id)


async def add(ctx: Ctx, target: Target, words: str) -> list[str] | None:
    """Put the words on the timeline, once for a message; gives who was told of them, None when they were known already."""
    incident, source = target.found.incident, _source(ctx)
    before = await notes.entry(ctx.tx, ctx.desk.bot_id, source)
    if before is not None:
        await _correct(ctx, before, words)
        return None
    note = cut(words, NOTE_LIMIT)
    incidents.event(ctx.tx, incident, ctx.stamp, action=Action.NOTE.value, note=note, source=source)
    deadlines.spoke(ctx.desk, target.found, ctx.known.row.id, now=ctx.now)
    card = await load_card(ctx.tx, ctx.desk, target.found)
    await refresh_cards(ctx.tx, ctx.desk, card, now=ctx.now)
    hearing = await hearers(ctx, target)
    for person, _ in hearing:
        await _pass_on(ctx, target.found, card, person, words)
    if not ctx.private:
        react(ctx)
    return [name for _, name in hearing]


async def caption(ctx: Ctx, incident: IncidentRow, words: str) -> None:
    """Note the words beside a file that an officer sent for an incident; its receipt is the file's."""
    found = await incidents.get(ctx.tx, incident.id) if words else None
    if found is not None:
        await add(ctx, await find(ctx) or Target(found, await goes_on(ctx, found)), words)


async def _correct(ctx: Ctx, before: IncidentEventRow, words: str) -> bool:
    """Let a note say what its edited message says now: on the timeline, on the cards, and to who was told of it."""
    found = await incidents.get(ctx.tx, before.incident_id)
    if found is None or before.person_id != ctx.known.row.id or before.action != Action.NOTE:
        return False
    if before.note != cut(words, NOTE_LIMIT):
        before.note = cut(words, NOTE_LIMIT)
        ctx.journal("note-corrected", f"I-{found.incident.number}")
        card = await load_card(ctx.tx, ctx.desk, found)
        await refresh_cards(ctx.tx, ctx.desk, card, now=ctx.now)
        told = await people.by_ids(ctx.tx, await notes.told(ctx.tx, ctx.desk.bot_id, _source(ctx)))
        for person in told.values():
            await _pass_on(ctx, found, card, person, words)
    return True


async def hearers(ctx: Ctx, target: Target) -> list[tuple[PersonRow, str]]:
    """Who is told of the words in their private chat, each with the name by which the writer may know them.

    Who leads is heard by the officer, the officer by the owner, and who asked is answered. An edited card does not ring.
    """
    incident, me = target.found.incident, ctx.known.row.id
    contact = incidents.contact_of(incident)
    wanted = {target.asker_id} if ctx.private else set()
    if parts(ctx, incident) & LEADING and me != contact:
        wanted.add(contact)
    elif ctx.private:
        # Of what is over also who ended it: nobody else would hear that it was a mistake.
        over = [await life.ended_by(ctx.tx, one) for one in (incident, target.named.incident)]
        wanted |= {incident.owner_id, *over}
    known = await people.by_ids(ctx.tx, [one for one in wanted if one is not None and one != me])
    reached = [one for one in known.values() if one.active and one.unreachable_since is None]
    members = await people.members(ctx.tx, [one.telegram_id for one in reached], now=ctx.now)
    officer = ctx.label("note-the-reporter")
    return [
        (one, officer if incident.confidential and _reported(target.found, one.id) else one.name)
        for one in reached
        if _may_know(members[one.telegram_id], target.found)
    ]


def _reported(found: IncidentRecord, person_id: int) -> bool:
    """Whether somebody is the officer behind an incident: who reported it, or who follows it since."""
    return person_id in (found.incident.reporter_id, incidents.contact_of(found.incident))


def _may_know(member: Member, found: IncidentRecord) -> bool:
    """Whether somebody may still be told of an incident: its officer, who acts there now, a colleague at the post."""
    incident, report = found.incident, found.report
    if _reported(found, member.row.id) or reaches(member.actor, incident.region_code, ACTING):
        return True
    return not incident.confidential and any(post.id == report.post_id for post in member.posts)


async def _pass_on(ctx: Ctx, found: IncidentRecord, card: Card, person: PersonRow, words: str) -> None:
    """Tell one person of the words in a message that follows their edits, and that can be answered by replying to it."""
    incident, report, reporter = found.incident, found.report, found.reporter
    texts, me = ctx.desk.texts, ctx.known.row
    language = language_of(texts, person)
    name, shown = me.name, cut(words, PASSED_LIMIT)
    if incident.confidential and ctx.private and _reported(found, me.id):
        names = {
            *card.report.signers,
            *signers(card.report.form, [(report.answers, report.text)]),
            *names_of(reporter.name, reporter.phone),
        }
        name, shown = texts.plain(language, "note-the-reporter"), masked(card.report.form, shown, names)
    values = {"number": str(incident.number), "name": name, "words": shown}
    if _reported(found, person.id):
        text = texts.html(language, "note-to-officer", **values)
    else:
        state = [texts.plain(language, f"state-{incident.state}")] if incident.state in ENDED else []
        text = texts.html(language, "note-to-owner", post=" · ".join([found.post.name, *state]), **values)
    await screens.show(
        ctx.tx,
        ctx.desk.bot_id,
        screens.Shown(
            talk_key(_source(ctx), person.id),
            subject=talk_subject(incident.id, me.id),
            place=(person.telegram_id, None),
            params=message_params(text),
            priority=Priority.SOS if card.report.form.alarm else Priority.ALERT,
        ),
        now=ctx.now,
    )
