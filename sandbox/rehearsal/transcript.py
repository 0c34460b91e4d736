"""Prints what happens in the local Telegram as a chat transcript: who, where, what, which buttons."""

from __future__ import annotations

import asyncio
from datetime import datetime
from textwrap import wrap
from typing import IO
from zoneinfo import ZoneInfo

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from sandbox.local import LocalTelegram
from sandbox.people.group import Group
from sandbox.people.person import Person
from sandbox.world.media import kind_of
from sandbox.world.world import ChatEvent, Json

DAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
STYLES = {"bold": "bold", "italic": "italic", "code": "cyan", "url": "underline", "text_link": "underline"}
NOTE_WIDTH = 100  # where there is no terminal
HOLD_SECONDS = 0.3  # how long a message waits for others of the same words, to be printed as one
ZONE = ZoneInfo("Asia/Jakarta")  # the zone of presets/sumsel, in which the bot speaks of times
BOT = "Posko"
ATTACHED = {"photo": "picture", "document": "file"}
SERVICE = {
    "new_chat_members": "{who} joins",
    "left_chat_member": "{who} leaves",
    "new_chat_title": "the group has a new title",
    "migrate_to_chat_id": "the group becomes a supergroup",
}


class Paper(Console):
    """A console that leaves it to the caller what to do when nobody reads any more."""

    def on_broken_pipe(self) -> None:
        """Let the error through; Rich would end the program at once and leave the bot running."""
        raise BrokenPipeError


class Transcript:
    """Writes every message as it is sent or edited, except in the chats that are muted."""

    def __init__(self, telegram: LocalTelegram, *, file: IO[str] | None = None) -> None:
        self._telegram = telegram
        self._console = Paper(file=file, highlight=False, emoji=False, markup=False, soft_wrap=False)
        self._seen = 0
        self._muted: set[int] = set()
        self._held: ChatEvent | None = None  # a message of the bot that others may get too
        self._readers: list[str] = []  # who got it so far
        self._release: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Follow the chats until `stop`."""
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """Print what is left and follow no longer."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        self.flush()

    @property
    def live(self) -> bool:
        """Whether somebody watches at a terminal."""
        return self._console.is_terminal

    def mute(self, *people: Person) -> None:
        """Leave these people's private chats out."""
        self.flush()
        self._muted.update(person.id for person in people)

    def unmute(self, *people: Person) -> None:
        """Show these people's private chats again."""
        self.flush()
        self._muted.difference_update(person.id for person in people)

    def chapter(self, title: str, words: str = "") -> None:
        """Begin a part of the story."""
        self.flush()
        self._console.print()
        self._console.rule(Text(title, "bold magenta"), align="left", style="magenta")
        if words:
            self.note(words)

    def note(self, words: str) -> None:
        """Say something beside the chats; a terminal folds it at its own width."""
        self.flush()
        for line in words.split("\n"):
            folded = [line] if self.live or line.startswith(" ") else wrap(line, NOTE_WIDTH) or [""]
            for piece in folded:
                self._line(Text(piece, "dim"))

    def terminal(self, command: str, said: str = "") -> None:
        """Show what was typed at a shell, and the answer."""
        self.flush()
        self._console.print()
        self._line(Text.assemble(("$ ", "bold yellow"), (command, "yellow")))
        if said:
            self._indented(Text(said))

    def tapped(self, person: Person, label: str, group: Group | None = None) -> None:
        """Show the press of a button."""
        self.flush()
        if group is not None or person.id not in self._muted:
            where = f" in group {group.title}" if group else ""
            self._head(self._now(), f"{person.name} taps ", [("[" + label + "]", "bold yellow"), (where, "")])

    def popped(self, person: Person, text: str) -> None:
        """Show the short answer that appears on the phone after a press."""
        self.flush()
        if text and person.id not in self._muted:
            self._indented(Text.assemble((f"on {person.name}'s screen: ", "dim"), f"«{text}»"))

    def show(self, what: RenderableType) -> None:
        """Print anything else, such as a table."""
        self.flush()
        self._console.print()
        self._console.print(what)

    def flush(self) -> None:
        """Print everything that has happened."""
        self._catch_up()
        self._print_held()

    async def _follow(self) -> None:
        bell = self._telegram.state.world.bell
        while True:
            await bell.until(lambda: True if self._telegram.state.world.event_number > self._seen else None, 3600)
            self._catch_up()

    def _catch_up(self) -> None:
        """Print what is new; the last message of the bot is held back for a moment, others may get the same."""
        for event in [event for event in self._telegram.events if event.number > self._seen]:
            self._seen = event.number
            if event.message.chat.id in self._muted or event.kind == "deleted":
                continue
            if self._held is None or _content(event) != _content(self._held):
                self._print_held()
                self._held = event
            self._readers.append(_reader(event))
            if not event.message.by_bot:
                self._print_held()
            elif self._release is None:
                self._release = asyncio.get_running_loop().call_later(HOLD_SECONDS, self._print_held)

    def _print_held(self) -> None:
        if self._release is not None:
            self._release.cancel()
            self._release = None
        if self._held is not None:
            event, readers = self._held, ", ".join(self._readers)
            self._held, self._readers = None, []
            self._event(event, readers)

    def _event(self, event: ChatEvent, readers: str) -> None:
        json, by_bot = event.json, event.message.by_bot
        author = BOT if by_bot else str((json.get("from") or {}).get("first_name", "Telegram"))
        verb = " changes its message to " if event.kind == "edited" and by_bot else " → "
        at = datetime.fromtimestamp(event.time, ZONE)
        self._head(at, author, [(verb, "dim"), (readers, "")], by_bot=by_bot)
        service = next((name for name in SERVICE if name in json), None)
        if service:
            who = ", ".join(one["first_name"] for one in json.get("new_chat_members", [])) or author
            self._indented(Text(f"({SERVICE[service].format(who=who)})", "dim"))
            return
        self._body(json)

    def _body(self, json: Json) -> None:
        words = attached(json)
        pictures = [(f"[{words}] ", "dim")] if words else []
        text = _styled(
            str(json.get("text") or json.get("caption") or ""),
            json.get("entities") or json.get("caption_entities") or [],
        )
        self._indented(Text.assemble(*pictures, text))
        for row in (json.get("reply_markup") or {}).get("inline_keyboard") or []:
            self._indented(Text("  ".join(f"[{button['text']}]" for button in row), "bold yellow"))

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._telegram.state.now, ZONE)

    def _head(self, at: datetime, author: str, rest: list[tuple[str, str]], *, by_bot: bool = False) -> None:
        stamp = f"{DAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]} {at:%H.%M} · "
        self._console.print()
        self._line(Text.assemble((stamp, "dim"), (author, "bold green" if by_bot else "bold cyan"), *rest))

    def _indented(self, text: Text) -> None:
        for line in text.split("\n", allow_blank=True):
            if self._console.is_terminal:
                self._console.print(Padding(line, (0, 0, 0, 4)))
            else:
                self._line(Text.assemble("    ", line) if line else Text())

    def _line(self, text: Text) -> None:
        """Print a line; only a terminal has a width to fold it at."""
        self._console.print(text, soft_wrap=not self._console.is_terminal)


def _content(event: ChatEvent) -> tuple[object, ...]:
    """What a reader sees of an event: equal for a message that goes to many."""
    json = event.json
    words, buttons = json.get("text") or json.get("caption"), json.get("reply_markup") or {}
    labels = [button["text"] for row in buttons.get("inline_keyboard") or [] for button in row]
    return event.message.by_bot, event.kind, words, tuple(labels), attached(json)


def attached(json: Json) -> str:
    """Name what a message carries beside its words; empty for nothing."""
    kind = kind_of(json)
    if kind is not None:
        name = json[kind].get("file_name", "") if kind == "document" else ""
        return ATTACHED.get(kind, kind.replace("_", " ")) + (f" {name}" if name else "")
    if "location" in json:
        place = json["location"]
        live = "live place" if "live_period" in place else "place"
        return f"{live} {place['latitude']:.5f}, {place['longitude']:.5f}"
    return f"phone number {json['contact']['phone_number']}" if "contact" in json else ""


def _reader(event: ChatEvent) -> str:
    """Where a message goes, as the transcript says it."""
    chat = event.message.chat
    if not chat.private:
        return f"group {chat.json['title']}"
    return str(chat.json["first_name"]) if event.message.by_bot else BOT


def _styled(text: str, entities: list[Json]) -> Text:
    """Put Telegram's formatting on a text; its places are counted in UTF-16 units."""
    styled = Text(text)
    units = [0]
    for sign in text:
        units.append(units[-1] + (2 if ord(sign) > 0xFFFF else 1))
    place = {unit: index for index, unit in enumerate(units)}
    for entity in entities:
        style = STYLES.get(entity["type"])
        start, end = place.get(entity["offset"]), place.get(entity["offset"] + entity["length"])
        if style and start is not None and end is not None:
            styled.stylize(style, start, end)
    return styled
