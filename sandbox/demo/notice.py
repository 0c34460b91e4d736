"""The story, Monday: the reminder of neutrality, and a notice to all officers, one of whom cannot be reached."""

from __future__ import annotations

from sandbox.demo.setup import GUARDS
from sandbox.demo.stage import DemoStage

NEUTRAL = "tetap netral"


async def reminders(stage: DemoStage) -> None:
    """Let the message come by itself, to those whom it concerns."""
    stage.jump(12, 8)
    stage.transcript.chapter(
        "7 · Monday 12 February, 08.00: neutrality",
        "Every Monday, and every day of the quiet days, to prison staff, police, army, civil servants and election bodies. "
        "The countdown H-2 was due at 07.00: we skipped that hour, it is still in time and comes too.",
    )
    for name in ("Budi", "Rahmat"):
        await stage.hears(f"neutrality reminder: it reaches {name}", stage.people[name], NEUTRAL)
    siti = stage.people["Siti"]
    await stage.hears("neutrality reminder: the countdown H-2 reaches Siti", siti, "H-2")
    told = any(NEUTRAL in message.text for message in siti.messages)
    stage.check("neutrality reminder: it is not for Linmas", holds=not told, instead="Siti got it")


async def notice(stage: DemoStage) -> None:
    """Send a notice to the officers; Joko has blocked the bot."""
    sari, joko = stage.people["Sari"], stage.people["Joko"]
    stage.jump(12, 8, 5)
    stage.transcript.chapter("8 · A notice to all officers", "Joko has blocked the bot meanwhile. The result says so.")
    stage.telegram.expect_refusal("sendMessage", "bot was blocked by the user")
    await joko.block_bot()
    await stage.says(sari, "/pengumuman role:officer Apel gabungan besok pukul 06.00 di pos masing-masing.")
    officers = GUARDS + 4
    await stage.hears("notice: the preview with the number of people", sari, f"{officers} orang")
    await stage.taps("notice: Sari confirms", sari, "Kirim")
    for name in ("Budi", "Siti", "Dewi"):
        await stage.hears(f"notice: it reaches {name}", stage.people[name], "Apel gabungan")
    result = await stage.hears("notice: the result", sari, f"{officers - 1} dari {officers} orang terkirim")
    stage.check("notice: the result says why", holds="memblokir bot: 1" in result.text, instead=result.text)
    await stage.says(joko, "/tugas")
    await stage.hears("notice: Joko is back", joko, "Joko")
