"""A strict local Telegram: the Bot API over real HTTP, with people and groups to play."""

from sandbox.calls import Call
from sandbox.faults import Fault
from sandbox.groups import Group
from sandbox.limits import Limits
from sandbox.local import LocalTelegram
from sandbox.people import Person, Tap
from sandbox.state import Answer
from sandbox.world import Message

__all__ = ["Answer", "Call", "Fault", "Group", "Limits", "LocalTelegram", "Message", "Person", "Tap"]
