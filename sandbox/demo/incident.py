"""The story, that same morning: talk over the flood's card until it is over, and a matter that nobody takes."""

from __future__ import annotations

from sandbox.demo.stage import DemoStage


async def flood(stage: DemoStage) -> None:
    """Ask by replying to the card, answer by replying in private, and end the flood."""
    joko, rahmat = stage.people["Joko"], stage.people["Rahmat"]
    group = stage.groups["Lubuklinggau"]
    stage.jump(7, 7, 55)
    stage.transcript.chapter(
        "6 · Until it is over",
        "A reply to the card is a note on its timeline, and the officer hears it; a reply in the private chat answers.",
    )
    card = next(message for message in group.messages if message.by_bot and "I-1" in message.text)
    await stage.says(rahmat, "Apakah kotak suara sudah dipindahkan?", to=group, reply_to=card)
    asked = await stage.hears("talk: Joko hears the question", joko, "Apakah kotak suara")
    await stage.says(joko, "Sudah, ke lantai dua. Air mulai surut.", reply_to=asked)
    await stage.hears("talk: the answer stands on the card", group, "Air mulai surut")
    await stage.hears("talk: Rahmat hears it in private", rahmat, "Air mulai surut")
    await stage.taps("flood: Rahmat resolves it", rahmat, "Selesai", in_=group)
    await stage.hears("flood: Joko is asked whether it is over", joko, "dinyatakan selesai")
    await stage.taps("flood: Joko confirms", joko, "Setuju, sudah selesai")
    await stage.hears("flood: the card is closed", group, "Ditutup")


async def unanswered(stage: DemoStage) -> None:
    """Let the deadline of the other incident pass: the next level hears, here the admin, as no group is linked there."""
    sari, dewi, grace = stage.people["Sari"], stage.people["Dewi"], stage.people["Grace"]
    group = stage.groups["Prabumulih"]
    stage.jump(7, 8, 42)
    stage.transcript.note(
        "\n08.42: nobody has taken I-2 for an hour, and no group of the province is linked. The admin hears."
    )
    await stage.hears("unanswered: Sari is told", sari, "I-2")
    await stage.taps("unanswered: Grace takes it", grace, "Terima", in_=group)
    await stage.hears("unanswered: Dewi hears that it was taken", dewi, "I-2 diterima oleh Grace")
    await stage.taps("unanswered: Grace resolves it", grace, "Selesai", in_=group)
    await stage.hears("unanswered: the card is done", group, "Selesai ·")
