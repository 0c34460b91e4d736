"""A person with a phone: says, taps, hears, edits, blocks, loses the connection."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

from sandbox.api.profile_methods import menu_for
from sandbox.people.group import Group
from sandbox.people.posting import caption_fields, text_fields
from sandbox.people.sending import Sharer
from sandbox.world import incoming
from sandbox.world.hearing import Listener, Pattern
from sandbox.world.phone import Effort
from sandbox.world.state import Answer, Query, ServerState
from sandbox.world.world import Account, Chat, Json, Message


@dataclass(frozen=True)
class Press:
    """One press of a button."""

    query: Query
    message: Message
    label: str
    _state: ServerState

    def deliver_again(self) -> None:
        """Deliver the same press with another update id, as phones do after a reconnect (telegram-bot-api issue 699)."""
        if not self.query.json:
            raise AssertionError("this press still waits on a phone without a connection")
        self._state.updates.add("callback_query", self.query.json, seconds=self._state.callback_seconds)


class Person(Sharer):
    """Someone whom a test or a demo plays."""

    def __init__(self, state: ServerState, account: Account) -> None:
        super().__init__(state, account)
        self._listeners: dict[int, Listener] = {}

    @property
    def messages(self) -> list[Message]:
        """What the phone shows of the private chat, oldest first; without a connection, what it showed before."""
        return self.phone.shown(self.chat)

    def sees(self, in_: Group | None = None) -> list[Message]:
        """Give what the phone shows of the private chat or of a group, oldest first."""
        return self.phone.shown(self._chat(in_))

    def __repr__(self) -> str:
        return f"<Person {self.name} {self.id}>"

    @property
    def effort(self) -> Effort:
        """All that this person has done so far."""
        return self.phone.effort

    def counting(self) -> AbstractContextManager[Effort]:
        """Count what the person does inside the block: messages, taps, edits, bytes."""
        return self.phone.counting()

    async def goes_offline(self) -> None:
        """Lose the connection. What the person does from now on waits on the phone (messages have `sent` False).

        The phone goes on showing what it showed; nothing that the bot says or edits is heard until `comes_back`.
        """
        self.phone.cut_off()

    async def comes_back(self, *, taps_twice: bool = False) -> None:
        """Have a connection again: what waits is sent in its order, its dates are those of now.

        With `taps_twice` presses arrive twice under different update ids: those that waited, and those that went out
        before the connection broke and have no answer yet (tdlib/telegram-bot-api issue 699).
        """
        self.phone.reconnect(taps_twice=taps_twice)

    async def say(
        self,
        text: str,
        *,
        to: Group | None = None,
        topic: int | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send a text to the bot, or into a group."""
        return self._send(text_fields(text), to, topic=topic, reply_to=reply_to)

    async def edit(self, message: Message, text: str) -> Message:
        """Change the text or caption of one's own message; an empty caption goes away."""

        def changed(old: Json) -> Json:
            words = {"entities", "caption", "caption_entities"}
            new = {name: value for name, value in old.items() if name not in words}
            return {**new, **(text_fields(text) if "text" in old else caption_fields(text))}

        self._change(message, changed, octets=len(text.encode()))
        return message

    async def tap(
        self,
        label: str = "",
        *,
        message: Message | None = None,
        in_: Group | None = None,
        data: str | None = None,
    ) -> Press:
        """Press an inline button by the beginning of its text, else by a part of it, on the newest message that has it.

        With `data` and `message` a button is pressed that the message no longer shows, as on a phone that lags behind.
        """
        chat = message.chat if message else self._chat(in_)
        if data is None:
            message, button = self._find_button(chat, label, message)
            label, data = button["text"], button.get("callback_data")
            if data is None:
                raise AssertionError(f"{label!r} opens something on the phone; the bot does not hear of it: {button}")
        elif message is None:
            raise AssertionError("a press with its own data needs the message it is on")
        self.phone.count(taps=1, octets=len(data.encode()))
        tap = Press(incoming.new_query(self.account), message, label, self._state)
        waits = not self.phone.online
        self.phone.do(lambda: self._press(tap, data, late=waits))
        return tap

    def _press(self, tap: Press, data: str, *, late: bool) -> None:
        message = tap.message.chat.messages[tap.message.id]
        if late and message.deleted:
            return  # the phone still showed it
        incoming.tell_tap(self._state, tap.query, message, data)

        def again() -> None:
            if tap.query.answer is None:
                tap.deliver_again()

        if self.phone.twice:
            tap.deliver_again()
        else:
            self.phone.pressed(again)

    async def answer_of(self, tap: Press, *, timeout: float = 5.0) -> Answer:  # noqa: ASYNC109 - reads well in a test
        """Wait for what the phone shows after a press; without a connection it shows nothing."""
        answer = await self._state.world.bell.until(lambda: tap.query.answer if self.phone.online else None, timeout)
        if answer is None:
            raise AssertionError(f"{self.name}'s press of {tap.label!r} was not answered within {timeout} s")
        return answer

    async def hears(
        self,
        text: Pattern,
        *,
        in_: Group | None = None,
        timeout: float = 5.0,  # noqa: ASYNC109 - reads well in a test
    ) -> Message:
        """Wait for a message of the bot, sent or edited after the one heard last, that now contains `text`."""
        return await self._listener(in_).hears(text, timeout)

    def unheard(self, in_: Group | None = None) -> list[Message]:
        """Give the bot's messages that were sent or edited after the one heard last, in that order."""
        return self._listener(in_).unheard()

    def forget(self, in_: Group | None = None) -> None:
        """Take everything up to now as heard."""
        self._listener(in_).forget()

    def menu(self, in_: Group | None = None) -> list[Json]:
        """Give the commands that the phone's menu offers in a chat."""
        return menu_for(self._state, self.id, self._chat(in_).id, self.account.language)

    async def react(self, message: Message, emoji: str | None) -> None:
        """Put one emoji on a message in place of the one before, or take it away."""
        if emoji is not None and emoji not in self._state.reactions:
            raise AssertionError(f"no phone offers {emoji!r} as a reaction")
        self.phone.count(taps=1, octets=len((emoji or "").encode()))

        def act() -> None:
            real = message.chat.messages.get(message.id)
            if real is None or real.deleted:
                return
            old, new = real.reactions_of.get(self.id, []), [emoji] if emoji else []
            real.reactions_of[self.id] = new
            if old != new:
                incoming.tell_reaction(self._state, self.account, real, old, new)

        self.phone.do(act)

    async def block_bot(self) -> None:
        """Block the bot."""
        self.phone.do(self._block)

    async def unblock_bot(self) -> None:
        """Let the bot write again."""
        self.phone.do(self._unblock)

    def _block(self) -> None:
        if not self.account.blocked:
            self.account.blocked = True
            incoming.tell_bot_member(self._state, self.chat, "member", "kicked", by=self.account.json)

    def _unblock(self) -> None:
        if self.account.blocked:
            self.account.blocked = False
            incoming.tell_bot_member(self._state, self.chat, "kicked", "member", by=self.account.json)

    async def delete_account(self) -> None:
        """Leave Telegram; the bot is told nothing."""
        self.account.deleted = True

    def _listener(self, group: Group | None) -> Listener:
        chat = self._chat(group)
        return self._listeners.setdefault(chat.id, Listener(self._state.world, chat, self.name, self.phone))

    def _find_button(self, chat: Chat, label: str, only: Message | None) -> tuple[Message, Json]:
        messages = [only] if only else self.phone.shown(chat)[::-1]
        for fits in (str.startswith, str.__contains__):
            for message in messages:
                for button in (button for row in message.rows for button in row):
                    if fits(button["text"], label):
                        return message, button
        there = [text for message in messages for text in message.buttons]
        raise AssertionError(f"{self.name} sees no button {label!r}; there are {there}")
