"""A strict local Telegram: the Bot API over real HTTP, with people and groups to play."""

from sandbox.albums import Album
from sandbox.calls import Call
from sandbox.faults import Fault
from sandbox.groups import Group
from sandbox.limits import Limits
from sandbox.local import LocalTelegram
from sandbox.media import Media
from sandbox.people import Person, Tap
from sandbox.phone import Effort
from sandbox.state import Answer
from sandbox.world import Message

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
    "Tap",
]
