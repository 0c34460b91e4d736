"""Keys of what is shown and told of an incident: its cards, menus and questions, its timeline, the news of it."""

from __future__ import annotations

from datetime import date
from typing import Final

from core.delivery.keys import Subject

# Kinds of what shows an incident; the incident's key follows.
CARD: Final = "incident"  # in a group
MOVED: Final = "moved"  # in the card's place, where a group may not hear of the incident any more
COPY: Final = "incident-copy"  # a card that one person asked for
ALARM_COPY: Final = "sos"  # an alarm's card with a coordinator
ALARM: Final = "alarm"  # an alarm, with who called for help
ASK: Final = "ask"  # whether the owner still handles it
ASKED: Final = "asked"  # what became of that question
MENU: Final = "menu"  # its steps, then with the step whose reason is asked for
MENU_OVER: Final = "menu-over"
TALK: Final = "talk"  # what somebody wrote about it, then with the writer's key

_NOTE: Final = "n"
_FILES: Final = "e"


def card_key_parts(group_id: int) -> tuple[str, str]:
    """What stands before and after the incident's key in the key of a group's card, for queries over many incidents.

    The first part and the incident's key are also the card's subject.
    """
    return f"{CARD}:", f":{group_id}"


def menu_key(incident_id: int, chat_id: int, thread_id: int | None) -> str:
    """The message with an incident's menu in a chat, or a topic of it."""
    return ":".join(str(part) for part in (MENU, incident_id, chat_id, thread_id) if part)


def alarm_ask_key(chat_id: int, message: int | str) -> str:
    """The question whether to send an alarm, once it was answered."""
    return f"sos-ask:{chat_id}:{message}"


def list_key(chat_id: int, thread_id: int | None) -> str:
    """The one list of incidents of a chat, or of a topic of it."""
    return f"list:{chat_id}:{thread_id or 0}"


# What stands on the timeline by the message that brought it (by its mark), and who is told of it.


def note_source(chat_id: int, message: int | str) -> str:
    """The entry that a message's words are, or its place."""
    return f"{_NOTE}:{chat_id}:{message}"


def files_source(chat_id: int, message: int | str, album_id: str | None) -> str:
    """The entry that a message's file is, or the files of its whole album."""
    return f"{_FILES}:{chat_id}:{f'a{album_id}' if album_id else message}"


def kept_files_source(draft_source: str) -> str:
    """The entry that files are which were kept until somebody said what they belong to."""
    return f"{_FILES}:{draft_source}"


def from_group(source: str | None) -> bool:
    """Whether an entry was written in a group: the keys of groups are negative."""
    return (source or "").startswith((f"{_NOTE}:-", f"{_FILES}:-"))


def talk_key(source: str, person_id: int) -> str:
    """The message by which one person is told of an entry; `holder_of` reads the person."""
    return f"{talk_beginning(source)}{person_id}"


def talk_beginning(source: str) -> str:
    """What the keys of all messages begin with that tell of an entry."""
    return f"{TALK}:{source}:"


def talk_subject(incident_id: int, writer_id: int) -> str:
    """What such a message shows."""
    return Subject(TALK, incident_id, str(writer_id)).text


def note_seen_key(chat_id: int, message: int | str) -> str:
    """The reaction by which a group sees that a message was noted."""
    return f"seen:{chat_id}:{message}"


# What is told of a step; `item_id` is the update by which it was taken.


def step_key(incident_id: int, action: str, item_id: int) -> str:
    """The word to the officer."""
    return f"incident:{incident_id}:{action}:{item_id}"


def former_key(incident_id: int, action: str, item_id: int, person_id: int) -> str:
    """The word to who had the incident, or referred it."""
    return f"incident:{incident_id}:former-{action}:{item_id}:{person_id}"


def joined_key(incident_id: int, action: str, item_id: int) -> str:
    """The word to the officer whose report was merged into the incident of the step; `incident_id` is their own."""
    return f"incident:{incident_id}:joined-{action}:{item_id}"


def disputed_key(incident_id: int, item_id: int, person_id: int) -> str:
    """The word to who had an incident, or ended it, that its officer says that it is not over."""
    return f"incident:{incident_id}:disputed:{item_id}:{person_id}"


def identity_key(incident_id: int, item_id: int, person_id: int) -> str:
    """The word to who confided an incident that somebody has looked who they are."""
    return f"identity:{incident_id}:{item_id}:{person_id}"


def withdrawn_key(incident_id: int, item_id: int) -> str:
    """The news that an alarm was a false one."""
    return f"withdrawn:{incident_id}:u{item_id}"


def alarm_news_key(item_id: int) -> str:
    """The word to who has taken an alarm that the caller has added to it."""
    return f"sos-news:u{item_id}"


# What the clock alone tells; `moment` is the deadline, in seconds since 1970.


def escalated_key(incident_id: int, moment: int) -> str:
    """The word to the officer that the incident has gone up."""
    return f"incident:{incident_id}:escalated:{moment}"


def lapsed_key(incident_id: int, moment: int) -> str:
    """The word to the officer that the incident waits again."""
    return f"incident:{incident_id}:lapsed:{moment}"


def owner_silent_key(incident_id: int, owner_id: int | None) -> str:
    """The word to who called for help that the owner says nothing; once for each owner."""
    return f"incident:{incident_id}:silent:{owner_id}"


def ring_key(incident_id: int, moment: int) -> str:
    """The news that nobody has taken an alarm, to everybody who has its card."""
    return f"ring:{incident_id}:{moment}"


def call_key(incident_id: int, moment: int) -> str:
    """The call to everybody who has a copy of an alarm's card."""
    return f"call:{incident_id}:{moment}"


def alarm_admin_key(incident_id: int, moment: int, admin_id: int) -> str:
    """The call to an admin to take care of an alarm."""
    return f"sos-admins:{incident_id}:{moment}:{admin_id}"


def waiting_key(incident_id: int, moment: int, admin_id: int) -> str:
    """The word to an admin that nobody is left above who could be told."""
    return f"waiting:{incident_id}:{moment}:{admin_id}"


# Alerts to admins that somebody does not hear.


def skipped_key(region_code: str, concern: str | None, day: date) -> str:
    """A region has no group for a body that incidents are referred to, or for a category; once a day."""
    return f"skipped:{region_code}:{concern}:{day}"


def nobody_referred_key(incident_id: int, referral_id: str) -> str:
    """An incident was to be referred to a body that has no group."""
    return f"refer-nobody:{incident_id}:{referral_id}"


def nobody_hears_key(number: int, item_id: int) -> str:
    """No group hears of an incident; `number` is the one that people know."""
    return f"no-group:{number}:u{item_id}"


def card_lost_key(screen_id: int) -> str:
    """A group did not get a card."""
    return f"card-lost:{screen_id}"
