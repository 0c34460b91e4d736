"""What messages show that went out lately: an edit that would change nothing is settled without a call."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from datetime import datetime

from jobs.delivery.one_call import Api, deliver
from storage.delivery.outbox import Ready
from storage.delivery.settle import Result, Settled

MOST = 20_000  # messages remembered, the latest; about 3 MB


class LastShown:
    """Remembers the content of each message that this program sent or edited last; one program sends for a bot.

    It begins empty at each start: then such an edit is made once, and Telegram says that nothing is modified.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._shown: OrderedDict[tuple[int, int], bytes] = OrderedDict()

    async def deliver(self, api: Api, message: Ready, *, now: datetime) -> Settled:
        """Make the call, unless the message shows that already; gives and raises what `one_call.deliver` does."""
        place, content = _place(message), _content(message)
        if place is not None:
            if content is not None and self._shown.get(place) == content:
                return Settled(message, Result.SENT, message_id=place[1], unasked=True)
            self._shown.pop(place, None)  # until it is known that this call was done, nobody knows what is shown
        settled = await deliver(api, message, now=now)
        if settled.result is Result.SENT and message.chat_id is not None and settled.message_id is not None:
            self._keep((message.chat_id, settled.message_id), content)
        return settled

    def _keep(self, place: tuple[int, int], content: bytes | None) -> None:
        if content is None:
            return
        self._shown[place] = content
        self._shown.move_to_end(place)
        if len(self._shown) > self._most:
            self._shown.popitem(last=False)


def _place(message: Ready) -> tuple[int, int] | None:
    """The chat and the id of the message that a call changes, or deletes; None where it sends a new one."""
    message_id = message.screen_message_id if message.slot_id is not None else message.params.get("message_id")
    return (message.chat_id, message_id) if message.chat_id is not None and message_id is not None else None


def _content(message: Ready) -> bytes | None:
    """What a message of words shows, in short; None for any other call."""
    text = message.params.get("text")
    if text is None or (message.slot_id is None and message.method not in ("sendMessage", "editMessageText")):
        return None
    shown = json.dumps([text, message.params.get("reply_markup")], sort_keys=True)
    return hashlib.blake2b(shown.encode(), digest_size=16).digest()
