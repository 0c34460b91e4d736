"""A person's own rank and number: kept, deleted, and shown on the cards of what they reported."""

from __future__ import annotations

from actions.incidents.cards import load_card, refresh_cards
from actions.work import Work
from core.kit.texts import UserError
from core.people.contact_line import RANK_LIMIT, ContactLine
from core.people.phones import PhoneProblem, read_phone
from storage.incidents import deadlines
from storage.own import cards_of_person

AT_ONCE = 10  # incidents whose cards are edited in the transaction of the person's own message


async def fill_in(work: Work, line: ContactLine, *, shared: bool = False) -> str | None:
    """Keep the rank, the number or both, on open cards too; gives the number as it is kept, if there was one.

    `shared` is a number that the phone gave itself. Raises UserError for a number that none can call, or a rank that is
    too long; then nothing is kept.
    """
    phone = read_phone(line.phone, shared=shared) if line.phone is not None else None
    if isinstance(phone, PhoneProblem):
        raise UserError(phone.value)
    if line.rank is not None and len(line.rank) > RANK_LIMIT:
        raise UserError("contact-rank-long", most=RANK_LIMIT)
    if line.rank is not None:
        work.person.rank = line.rank
        _note(work, "rank", "set")
    if phone is not None:
        work.person.phone = phone
        _note(work, "phone", "set")
    await _refresh(work)
    return phone


async def delete_phone(work: Work) -> None:
    """Delete the number, on every card too; raises UserError if there is none."""
    if work.person.phone is None:
        raise UserError("tap-phone-none")
    work.person.phone = None
    _note(work, "phone", "deleted")
    await _refresh(work, ended=True)


async def delete_rank(work: Work) -> None:
    """Delete the rank, on every card too; raises UserError if there is none."""
    if work.person.rank is None:
        raise UserError("tap-rank-none")
    work.person.rank = None
    _note(work, "rank", "deleted")
    await _refresh(work, ended=True)


def _note(work: Work, what: str, became: str) -> None:
    """Journal that somebody's rank or number was set or deleted, not which it is."""
    work.journal("contact", f"person:{work.person.id}", **{what: became})


async def _refresh(work: Work, *, ended: bool = False) -> None:
    """Let the cards of the incidents that the person reported show this; with `ended` those that are over too.

    The newest at once, the others by the clock within seconds: hundreds in one transaction would hold up everybody else.
    """
    found = await cards_of_person.reported(work.tx, work.person.id, ended=ended)
    for one in found[:AT_ONCE]:
        await refresh_cards(work.tx, work.desk, await load_card(work.tx, work.desk, one), now=work.now)
    await deadlines.look_now(work.tx, [one.incident.id for one in found[AT_ONCE:]], now=work.now)
