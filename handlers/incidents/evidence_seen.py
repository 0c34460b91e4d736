"""Looking at an incident's files: sent to the private chat of who handles it, and each look is journaled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from actions.incidents import looking, steps
from core.delivery.outgoing import Button, Outgoing, Priority, message_params
from core.evidence.files import extension
from core.evidence.keys import seen_key
from core.evidence.passing_on import KEPT, METHODS, NAMELESS, KeptFile, Unsent
from core.incidents.taps import FilesTap
from core.kit.shortening import short_moment
from core.kit.texts import Markup
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.delivery import outbox
from storage.incidents.evidence_seen import SeenFile
from storage.tables import MediaState

AT_ONCE = 10  # files; Telegram takes about one message a second in one chat
# By which call a file is sent again that Telegram keeps (Telegram's docs); its parameter is called like the kind.
AGAIN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "photo": "sendPhoto",
        "voice": "sendVoice",
        "video_note": "sendVideoNote",
        "document": "sendDocument",
        "video": "sendVideo",
        "animation": "sendAnimation",
    }
)
BARE = "video_note"  # takes no caption


async def tap_files(ctx: Ctx, tap: FilesTap) -> None:
    """Send the next files of an incident, and of those merged into it, to the private chat of the person who tapped."""
    record = await steps.record_of(ctx.work, tap.incident_id)
    number, skipped = str(record.incident.number), tap.skipped or 0
    batch = await looking.files(ctx.work, record, skipped=skipped, limit=AT_ONCE)
    messages = [
        params
        for place, file in enumerate(batch.files, start=skipped + 1)
        for params in _shown(ctx, file, number, place, batch.total)
    ]
    if batch.left:
        more = Button(_label(ctx, "button-files-next"), tap=FilesTap(record.incident.id, skipped + AT_ONCE))
        text = _html(ctx, "files-next", number=number, count=batch.left)
        messages.append(("sendMessage", message_params(text, [[more]])))
    _send(ctx, messages)
    ctx.answer("tap-files-sent", number=number, count=len(batch.files))


def _shown(ctx: Ctx, file: SeenFile, number: str, place: int, total: int) -> list[tuple[str, dict[str, Any]]]:
    """The message that shows one file; two where a file takes no caption; one that cannot be shown is named."""
    row, kind = file.row, _label(ctx, f"file-kind-{file.row.kind}")
    head = _html(ctx, "file-caption", number=number, place=place, total=total)
    if file.witness is not None:
        head = _html(ctx, "file-witness", head=head, number=str(file.witness))
    missing = _missing(file)
    if missing is not None:
        return [("sendMessage", message_params(_html(ctx, missing, head=head, kind=kind)))]
    if file.name is not None:
        clock = short_moment(ctx.desk.texts, ctx.own_lang, row.sent_at, now=ctx.now)
        head = _html(ctx, "file-from", head=head, clock=clock, name=file.name)
    if row.kind == BARE:
        return [("sendMessage", message_params(head)), (AGAIN[row.kind], {row.kind: row.file_id})]
    words = {"caption": head, "parse_mode": "HTML"}
    if _bears_name(file):
        name = f"{_label(ctx, 'file-name', number=number, place=place)}.{extension(row.kind, row.name, row.mime)}"
        instead: dict[str, str] = {why: _html(ctx, why, head=head) for why in Unsent}
        return [(METHODS[row.kind], {KEPT: KeptFile(row.id, name, instead).param, **words})]
    return [(AGAIN[row.kind], {row.kind: row.file_id, **words})]


def _bears_name(file: SeenFile) -> bool:
    """Whether Telegram would show what its sender called a file: then it goes on as we keep it, under our name.

    Of what was told in confidence also the others but those that Telegram itself has made anew.
    """
    row = file.row
    return row.kind not in NAMELESS and (file.secret or row.name is not None or row.kind not in AGAIN)


def _missing(file: SeenFile) -> str | None:
    """Which text says that a file cannot be sent just now, or from here; None where it can."""
    state = file.row.state
    if state == MediaState.LOST:
        return "file-lost"
    if not _bears_name(file) or state == MediaState.STORED:
        return None
    return "file-waiting" if state == MediaState.WAITING else "file-remote"


def _send(ctx: Ctx, messages: Sequence[tuple[str, dict[str, Any]]]) -> None:
    chat_id = ctx.known.row.telegram_id
    for order, (method, params) in enumerate(messages):
        key = seen_key(ctx.item.id, order)
        outbox.gather(ctx.tx, Outgoing(method, params, key, Priority.CARD, chat_id=chat_id))


def _html(ctx: Ctx, key: str, /, **values: Any) -> Markup:
    """A text for the person's own chat, whose language is not the group's."""
    return ctx.desk.texts.html(ctx.own_lang, key, **values)


def _label(ctx: Ctx, key: str, /, **values: Any) -> str:
    return ctx.desk.texts.plain(ctx.own_lang, key, **values)


TAPS = (OnTap(FilesTap, tap_files),)
