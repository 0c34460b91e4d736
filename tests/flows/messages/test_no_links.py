"""People's words wherever the bot shows them: an address in them opens nothing, a command in them sends nothing."""

from __future__ import annotations

from typing import Any

from sandbox import Message
from tests.flows.reports.test_attachments import png
from tests.kit import Posko

TRAPS = ("jahat.xyz/masuk", "@penipu_bot", "/darurat_palsu", "tg://resolve?domain=jahat", "a@jahat.co.id")
WORDS = " ".join(TRAPS)
LINKS = {"url", "text_link", "mention", "bot_command", "email", "text_mention"}


def links(message: Message) -> list[str]:
    """What can be tapped in a message, as it reads."""
    text = message.json.get("text") or message.json.get("caption") or ""
    entities: list[dict[str, Any]] = message.json.get("entities") or message.json.get("caption_entities") or []
    units = text.encode("utf-16-le")
    return [
        units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in entities
        if one["type"] in LINKS
    ]


def baited(messages: list[Message]) -> list[str]:
    """Links in messages of the bot that come from somebody's words."""
    signs = ("jahat", "penipu", "palsu")
    return [link for one in messages if one.by_bot for link in links(one) if any(sign in link for sign in signs)]


async def test_words_of_people_are_no_links_anywhere(posko: Posko) -> None:
    """On cards, receipts, notes, lists, questions and alarms what people wrote can be read, and opens nothing."""
    budi, rahmat = await posko.officer("jahat.xyz @penipu_bot"), await posko.coordinator("Rahmat /darurat_palsu")
    group = await posko.group("Posko jahat.id", "16.73", members=[rahmat])
    await posko.say(budi, f"/insiden banjir berat {WORDS}")
    receipt, card = posko.last(budi), posko.last(group)
    assert all(trap in card.text for trap in TRAPS)
    await posko.say(budi, f"air naik {WORDS}", reply_to=receipt)
    await budi.send_photo(png(), caption=WORDS, reply_to=receipt)
    await posko.settle()
    await posko.say(rahmat, f"sudah dicek {WORDS}", to=group, reply_to=card)
    for label in ("Terima", "Pilih langkah…", "Lihat riwayat"):
        await posko.tap(rahmat, label, in_=group)
    for line in (
        WORDS,
        f"/lapor {WORDS}",
        f"/lapor gangguan {WORDS}",
        "/tugas",
        f"/panduan {TRAPS[2]}",
        TRAPS[2],
        f"/darurat {WORDS}",
    ):
        await posko.say(budi, line)
    for line in ("/insiden", "/ringkasan", f"/insiden {WORDS}", "/tugas"):
        await posko.say(rahmat, line)
        await posko.say(rahmat, line, to=group)
    await posko.wait(hours=2)
    everything = [*budi.messages, *rahmat.messages, *group.messages, *posko.admin.messages]
    assert sum("jahat.xyz/masuk" in one.text for one in everything if one.by_bot) > 5
    assert baited(everything) == []


async def test_links_of_ours_and_of_admins_stay(posko: Posko) -> None:
    """A command that the bot names can be tapped, and so can the address in an admin's notice and in an invitation."""
    budi = await posko.officer()
    await posko.say(budi, "/panduan")
    assert "/tugas" in links(posko.last(budi))
    await posko.say(posko.admin, "/pengumuman role:officer Jadwal di kpu.go.id/jadwal")
    assert links(posko.last(posko.admin)) == ["kpu.go.id/jadwal"]
    await posko.tap(posko.admin, "Kirim")
    assert links(posko.last(budi)) == ["kpu.go.id/jadwal"]
    await posko.say(posko.admin, "/undang petugas LAPAS-1673")
    assert any(link.startswith("https://t.me/") for one in posko.admin.messages for link in links(one))
