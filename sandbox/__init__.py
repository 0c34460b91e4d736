"""A strict local Telegram: the Bot API over real HTTP, with people and groups to play."""

from sandbox.local import LocalTelegram
from sandbox.people.albums import Album
from sandbox.people.group import Group
from sandbox.people.person import Person, Press
from sandbox.world.calls import Call
from sandbox.world.faults import Fault
from sandbox.world.limits import Limits
from sandbox.world.media import Media
from sandbox.world.phone import Effort
from sandbox.world.state import Answer
from sandbox.world.world import Message

__all__ = [
    "Album",
    "Answer",
    "Call",
    "Effort",
    "Fault",
    "Group",
    "Limits",
    "LocalTelegram",
    "Media",
    "Message",
    "Person",
    "Press",
]
