"""What a person can send beside text: pictures, films, sounds, documents, albums, places, numbers."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence

from sandbox.people.albums import Album
from sandbox.people.group import Group
from sandbox.people.posting import Poster, caption_fields
from sandbox.world.media import CAPTIONED, Media, MediaKind, check_album, content_of, store, without_media
from sandbox.world.world import Json, Message

PLACE_BYTES = 16  # two numbers of eight bytes
LIVE_FOREVER = 0x7FFFFFFF  # a live location that ends only when it is stopped (Telegram's docs, Location)


class Sharer(Poster):
    """Someone who sends more than words."""

    async def send(
        self,
        media: Media,
        *,
        to: Group | None = None,
        topic: int | None = None,
        album: str | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send one picture, film, sound or document; with `album` it is one message of that album."""
        content = self._content(media)
        if album:
            content["media_group_id"] = album
        return self._send(content, to, topic=topic, reply_to=reply_to, octets=media.length)

    async def send_photo(
        self,
        data: bytes,
        caption: str = "",
        *,
        as_file: bool = False,
        to: Group | None = None,
        topic: int | None = None,
        album: str | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send a picture in several sizes, the largest last, or untouched as a document (`as_file`)."""
        kind: MediaKind = "document" if as_file else "photo"
        media = Media(kind, data, caption, "IMG_0001.jpg" if as_file else "photo.jpg", "image/jpeg")
        return await self.send(media, to=to, topic=topic, album=album, reply_to=reply_to)

    async def send_document(
        self,
        data: bytes,
        name: str,
        caption: str = "",
        *,
        mime: str = "application/octet-stream",
        claimed_size: int | None = None,
        to: Group | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send a file; `claimed_size` makes it that big without holding the bytes."""
        media = Media("document", data, caption, name=name, mime=mime, claimed_size=claimed_size)
        return await self.send(media, to=to, reply_to=reply_to)

    async def send_video(
        self,
        data: bytes = b"video",
        caption: str = "",
        *,
        duration: int = 5,
        claimed_size: int | None = None,
        sized: bool = True,
        to: Group | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send a film of so many seconds."""
        media = Media("video", data, caption, duration=duration, claimed_size=claimed_size, sized=sized)
        return await self.send(media, to=to, reply_to=reply_to)

    async def send_voice(
        self,
        data: bytes = b"OggS",
        caption: str = "",
        *,
        duration: int = 5,
        claimed_size: int | None = None,
        to: Group | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send a voice message of so many seconds."""
        media = Media("voice", data, caption, duration=duration, claimed_size=claimed_size)
        return await self.send(media, to=to, reply_to=reply_to)

    async def send_album(
        self,
        items: Sequence[bytes | Media],
        caption: str = "",
        *,
        order: Sequence[int] | None = None,
        hold: bool | Collection[int] = False,
        to: Group | None = None,
        topic: int | None = None,
        reply_to: Message | None = None,
    ) -> Album:
        """Send two to ten messages with one media_group_id; bare bytes are photos, the caption goes to the first item.

        `order` tells in which order the bot hears of them, while their ids keep the album's order. `hold` keeps all
        back, or those at the given places, until the album's `deliver` says so; these get later ids and dates.
        """
        media = [Media("photo", item) if isinstance(item, bytes) else item for item in items]
        check_album([item.kind for item in media])
        group_id = str(secrets.randbelow(9 * 10**16) + 10**16)
        drafts = []
        for place, item in enumerate(media):
            content = self._content(item) | {"media_group_id": group_id}
            content |= caption_fields(caption) if place == 0 else {}
            drafts.append(self._draft(content, to, item.length))
        album = Album(group_id, drafts, lambda place: self._post_later(drafts[place], topic, reply_to))
        album.hold(range(len(drafts)) if hold is True else hold or ())
        leaving = [place for place in range(len(drafts)) if place not in album.held]
        told = [place for place in order or leaving if place in leaving]
        if sorted(told) != leaving:
            raise AssertionError(f"order must name each message once: {leaving}")
        for place in leaving:
            self._post_later(drafts[place], topic, reply_to, tell=False)
        for place in told:
            self.phone.do(lambda draft=drafts[place]: self._tell(draft))  # type: ignore[misc]
        return album

    async def share_location(
        self,
        latitude: float,
        longitude: float,
        *,
        accuracy: float | None = None,
        live: int | None = None,
        heading: int | None = None,
        to: Group | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send a place, accuracy in metres (0-1500); `live` seconds (60-86400 or LIVE_FOREVER) make it a live one."""
        if live is not None and not (60 <= live <= 86_400 or live == LIVE_FOREVER):
            raise AssertionError(f"no phone offers a live location of {live} s")
        place = _place(latitude, longitude, accuracy, heading)
        if live is not None:
            place["live_period"] = live
        return self._send({"location": place}, to, reply_to=reply_to, octets=PLACE_BYTES)

    async def move_location(
        self,
        message: Message,
        latitude: float,
        longitude: float,
        *,
        accuracy: float | None = None,
        heading: int | None = None,
    ) -> Message:
        """Let a live location follow its phone: the bot hears an edit with the new place."""
        period = message.json.get("location", {}).get("live_period")
        if period is None:
            raise AssertionError(f"{message!r} is no live location, or no longer one")
        if period != LIVE_FOREVER and message.sent and self._state.now >= message.date + period:
            raise AssertionError(f"the live location of {message!r} is over since {period} s after {message.date}")
        place = {**_place(latitude, longitude, accuracy, heading), "live_period": period}
        self._change(message, lambda old: {**old, "location": place}, octets=PLACE_BYTES, by_hand=False)
        return message

    async def stop_sharing(self, message: Message) -> Message:
        """End a live location: an edit without live_period, at the last place."""

        def stopped(old: Json) -> Json:
            return {
                **old,
                "location": {k: v for k, v in old["location"].items() if k not in {"live_period", "heading"}},
            }

        self._change(message, stopped, octets=0, by_hand=False)
        return message

    async def share_venue(
        self, latitude: float, longitude: float, title: str, address: str, *, to: Group | None = None
    ) -> Message:
        """Send a place with a name and an address; the message carries the bare place too."""
        place = _place(latitude, longitude, None, None)
        content: Json = {"venue": {"location": place, "title": title, "address": address}, "location": place}
        return self._send(content, to, octets=PLACE_BYTES + len((title + address).encode()))

    async def share_contact(
        self, phone: str, *, first_name: str | None = None, user_id: int | None = None, to: Group | None = None
    ) -> Message:
        """Send one's own phone number, or somebody else's under another name."""
        contact: Json = {"phone_number": phone, "first_name": first_name or self.name}
        if user_id is not None or first_name is None:
            contact["user_id"] = user_id or self.id
        return self._send({"contact": contact}, to, octets=len((phone + contact["first_name"]).encode()))

    async def edit_media(self, message: Message, media: Media | bytes) -> Message:
        """Put another file (bare bytes: a photo) in the place of one's own; the caption stays unless there is a new one."""
        if isinstance(media, bytes):
            media = Media("photo", media)
        content = self._content(media)
        replaced = {"caption", "caption_entities"} if media.caption else set()

        def changed(old: Json) -> Json:
            return {k: v for k, v in without_media(old).items() if k not in replaced} | content

        self._change(message, changed, octets=media.length + len(media.caption.encode()))
        return message

    def _content(self, media: Media) -> Json:
        captioned = caption_fields(media.caption) if media.kind in CAPTIONED else {}
        return {**content_of(store(self._state.world, media)), **captioned}

    def _post_later(self, draft: Message, topic: int | None, reply_to: Message | None, *, tell: bool = True) -> None:
        self.phone.do(lambda: self._post(draft, topic, reply_to, tell=tell), draft)


def _place(latitude: float, longitude: float, accuracy: float | None, heading: int | None) -> Json:
    place: Json = {"latitude": latitude, "longitude": longitude}
    if accuracy is not None:
        place["horizontal_accuracy"] = accuracy
    if heading is not None:
        place["heading"] = heading
    return place
