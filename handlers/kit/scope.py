"""What a handler is given for one update: who, where, when, and ways to add rows. Nothing here calls Telegram."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram import CallbackQuery, Chat, Message, Update, User

from actions.work import Work
from core.delivery.html_pieces import split_message
from core.delivery.keys import answer_key, message_mark
from core.delivery.outgoing import ANSWER_LIMIT, Attachment, Button, Outgoing, Place, Priority, Rows, message_params
from core.delivery.readers import language_for, language_in
from core.delivery.taps import Tap
from core.desk import Desk
from core.kit.texts import Markup, TextArg, UserError, ours
from core.people.roles import Actor
from handlers.kit.command import Command
from storage.database.engine import Tx
from storage.delivery import outbox, screens
from storage.delivery.inbox import Claimed
from storage.people.people import Member
from storage.stamp import Stamp
from storage.tables import DraftRow, GroupRow

ANSWER_SECONDS = 30  # a person has stopped looking at the spinner long before; Telegram forgets the tap too


def mistake(key: str, values: Mapping[str, TextArg]) -> UserError:
    """Turn a problem with its arguments into the error that is shown; with something near, in the words that name it."""
    return UserError(f"{key}-near" if values.get("near") else key, **values)


@dataclass(frozen=True)
class Scene:
    """Whom an update came from and where: None for a stranger, and for a chat that is no linked group."""

    member: Member | None
    group: GroupRow | None
    drafts: Sequence[DraftRow]  # what the person has begun and not sent, the newest first


class Ctx:
    """One update with its transaction; `member` is None for a stranger."""

    def __init__(
        self,
        *,
        desk: Desk,
        tx: Tx,
        now: datetime,
        item: Claimed,
        update: Update,
        scene: Scene,
        commands: Sequence[Command],
    ) -> None:
        self.desk, self.tx, self.now, self.item, self.update = desk, tx, now, item, update
        self.member, self.group, self.drafts = scene.member, scene.group, list(scene.drafts)
        self.former: Member | None = None  # who was put out: a stranger, but for a call for help
        if self.member is not None and not self.member.row.active:
            self.former, self.member, self.drafts = self.member, None, []
        self.commands = commands
        self.failure: BaseException | None = None
        self.tapped: Tap | None = None  # the button, once it is known which it is
        self.forget = False  # what came is not kept; nothing that comes from a stranger is
        self._sent = 0

    @property
    def user(self) -> User:
        """The Telegram user behind the update."""
        user = self.update.effective_user
        assert user is not None
        return user

    @property
    def chat(self) -> Chat:
        """The chat in which it happened."""
        chat = self.update.effective_chat
        assert chat is not None
        return chat

    @property
    def private(self) -> bool:
        """Whether it happened in a private chat with the bot."""
        return self.update.effective_chat is not None and self.chat.type == Chat.PRIVATE

    @property
    def message(self) -> Message:
        """The message that came, new or edited."""
        message = self.update.effective_message
        assert isinstance(message, Message)
        return message

    @property
    def mark(self) -> str:
        """What tells the message that came from all others of its chat; an edit leaves it as it is."""
        return message_mark(self.message.message_id, self.message.date, self.desk.dated_since)

    @property
    def tap(self) -> CallbackQuery:
        """The button tap that came."""
        assert self.update.callback_query is not None
        return self.update.callback_query

    @property
    def known(self) -> Member:
        """The person, who is no stranger (the router has seen to that)."""
        assert self.member is not None
        return self.member

    @property
    def unassigned(self) -> bool:
        """Whether the person has enrolled but holds nothing at present, as after a handover."""
        return self.member is not None and not self.member.holdings

    @property
    def actor(self) -> Actor:
        """The person as the rules about permission see them."""
        return self.known.actor

    @property
    def cause(self) -> tuple[int, int]:
        """The bot and the update that everything done here goes back to."""
        return self.desk.bot_id, self.item.update_id

    @property
    def work(self) -> Work:
        """What an action is given: all of this but the update itself."""
        return Work(
            tx=self.tx,
            desk=self.desk,
            now=self.now,
            since=self.item.received_at,
            cause=self.cause,
            origin=self.item.id,
            who=self.member,
            group=None if self.private else self.group,
            private=self.private,
        )

    @property
    def stamp(self) -> Stamp:
        """What is set under everything that the person does by this update."""
        return self.work.stamp

    @property
    def draft(self) -> DraftRow | None:
        """The newest report that the person has begun and not sent."""
        return self.drafts[0] if self.drafts else None

    @property
    def own_lang(self) -> str:
        """The person's own language: chosen, else Telegram's, else the default."""
        row = self.member.row if self.member else None
        user = self.update.effective_user
        return language_for(self.desk.texts, row.language if row else None, user.language_code if user else None)

    @property
    def lang(self) -> str:
        """The language of this chat: a group has its own."""
        if self.private or self.update.effective_chat is None:
            return self.own_lang
        return language_in(self.desk.texts, self.group)

    @property
    def place(self) -> Place:
        """Where an answer to this update belongs: the chat, and the topic in it."""
        message = self.update.effective_message
        thread = None
        if isinstance(message, Message) and message.is_topic_message:
            thread = message.message_thread_id
        return Place(self.chat.id, thread)

    def html(self, key: str, /, **values: TextArg) -> Markup:
        """Render a text for this chat."""
        return self.desk.texts.html(self.lang, key, **values)

    def label(self, key: str, /, **values: TextArg) -> str:
        """Render a button's label for this chat."""
        return self.desk.texts.plain(self.lang, key, **values)

    def button(self, key: str, tap: Tap, *, style: str | None = None, **values: TextArg) -> Button:
        """Make a button for this chat from a text's key."""
        return Button(self.label(key, **values), tap=tap, style=style)

    def say(self, key: str, /, rows: Rows = (), **values: TextArg) -> None:
        """Answer in this chat with a text by its key."""
        self.send(self.html(key, **values), rows)

    def only_private(self, command: str) -> UserError:
        """The error that sends a person to the private chat with this command."""
        return UserError("only-private", command=ours(f"/{command}"), bot=self.desk.bot_username)

    def send(
        self,
        text: str,
        rows: Rows = (),
        *,
        to: int | None = None,
        whole: bool = False,
        priority: Priority = Priority.ALERT,
        attachment: Attachment | None = None,
        protected: bool = False,
    ) -> None:
        """Send HTML here, or to another person's private chat; a long text goes in several messages.

        `whole` is for a text that is known to fit without its mark-up, and whose mark-up may span lines; what is
        `protected` Telegram lets nobody forward or save.
        """
        place = self.place if to is None else Place(to)
        pieces = [text] if whole else split_message(text)
        for number, piece in enumerate(pieces, start=1):
            params = message_params(piece, rows if number == len(pieces) else (), place=place)
            params |= {"protect_content": True} if protected else {}
            method = "sendMessage"
            if attachment is not None and number == len(pieces):
                params["caption"] = params.pop("text")
                params.pop("link_preview_options")
                method = "sendPhoto" if attachment.field == "photo" else "sendDocument"
            self._add(Outgoing(method, params, self._key(), priority, chat_id=place.chat_id, attachment=attachment))

    def send_keyboard(self, text: str, keyboard: dict[str, Any]) -> None:
        """Send a short text here that puts a keyboard below the chat, or takes it away."""
        params = {**message_params(text, place=self.place), "reply_markup": keyboard}
        self._add(Outgoing("sendMessage", params, self._key(), Priority.ALERT, chat_id=self.place.chat_id))

    def answer(self, key: str | None = None, *, alert: bool = False, **values: TextArg) -> None:
        """Answer the tap: with a short text in the person's own language, or just so that the spinner ends."""
        params: dict[str, Any] = {"callback_query_id": self.tap.id}
        if key is not None:
            params["text"] = self.desk.texts.plain(self.own_lang, key, **values)[:ANSWER_LIMIT]
            params["show_alert"] = alert
        expires = self.item.received_at + timedelta(seconds=ANSWER_SECONDS)
        self._add(Outgoing("answerCallbackQuery", params, self._key(), Priority.ANSWER, once=True, expires_at=expires))

    def edit_tapped(self, text: str, rows: Rows = ()) -> None:
        """Change the message whose button was tapped."""
        message = self.tap.message
        if message is None:
            return
        params = message_params(text, rows)
        params["message_id"] = message.message_id
        self._add(Outgoing("editMessageText", params, self._key(), Priority.ALERT, chat_id=message.chat.id))

    async def show(
        self, key: str, text: str, rows: Rows = (), *, subject: str | None = None, below: bool = False
    ) -> None:
        """Make the one message named `key` in this chat show this: sent the first time, edited after that.

        `subject` is what it shows, by which it is found again; `below` moves it below what was written since.
        """
        await screens.show(
            self.tx,
            self.desk.bot_id,
            screens.Shown(
                key,
                subject=subject or key,
                place=(self.place.chat_id, self.place.thread_id),
                params=message_params(text, rows),
                priority=Priority.ALERT,
            ),
            now=self.now,
            below=below,
        )

    def journal(self, action: str, subject: str, **detail: Any) -> None:
        """Note who did this."""
        self.work.journal(action, subject, **detail)

    def _add(self, message: Outgoing) -> None:
        outbox.gather(self.tx, message)

    def _key(self) -> str:
        """A key that a replay of this update makes again: the stored update and the message's place in it."""
        self._sent += 1
        return answer_key(self.item.id, self._sent)
