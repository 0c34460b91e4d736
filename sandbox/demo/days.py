"""The story, seven days before: reports, a slip of the thumb, the countdown, a flood, a matter of neutrality."""

from __future__ import annotations

from sandbox.demo.stage import DemoStage

FLOOD = "/insiden banjir berat jam=07:05 air masuk gudang logistik setinggi 40 cm"
NEUTRALITY = "/insiden netralitas sedang kepala dinas mengajak warga memilih calon tertentu"


async def reports(stage: DemoStage) -> None:
    """File two reports in one line each."""
    budi, dewi = stage.people["Budi"], stage.people["Dewi"]
    stage.jump(7, 6, 9)
    stage.transcript.chapter("2 · Wednesday 7 February, H-7: the morning reports", "One line files a report.")
    await stage.files(budi, "/lapor aman personel=18/20 logistik=lengkap apel pagi lengkap")
    await stage.hears("reports: Budi's receipt with number and time", budi, "✅ Diterima. L-1")
    await stage.files(dewi, "/lapor waspada personel=6/7 hujan deras sejak subuh")
    await stage.hears("reports: Dewi's receipt", dewi, "✅ Diterima. L-2")


async def typo(stage: DemoStage) -> None:
    """Mend a mistyped word with one tap."""
    siti = stage.people["Siti"]
    stage.transcript.note("\nSiti's thumb slips. Nothing is thrown away: one tap files what she meant.")
    await stage.files(siti, "/status amna personel=7/7 kotak suara tersegel")
    await stage.hears("typo: Siti is asked about «amna»", siti, "«amna»")
    await stage.taps("typo: Siti taps what she meant", siti, "🟢 Aman")
    await stage.hears("typo: Siti's receipt", siti, "✅ Diterima. L-3")


async def countdown(stage: DemoStage) -> None:
    """Let the countdown of H-7 come by itself."""
    stage.jump(7, 7)
    stage.transcript.chapter("3 · 07.00: the countdown comes by itself")
    for name in ("Budi", "Joko", "Rahmat"):
        await stage.hears(f"countdown: H-7 reaches {name}", stage.people[name], "H-7")
    await stage.hears("countdown: H-7 reaches Grace in English", stage.people["Grace"], "14 February 2024")
    for group in stage.groups.values():
        await stage.hears(f"countdown: H-7 reaches the group {group.title}", group, "H-7")


async def alarm(stage: DemoStage) -> None:
    """File a flood, see its card, take it from the group."""
    joko, rahmat, wawan = stage.people["Joko"], stage.people["Rahmat"], stage.people["Wawan"]
    group = stage.groups["Lubuklinggau"]
    stage.jump(7, 7, 20)
    stage.transcript.chapter(
        "4 · A flood", "An incident becomes a card in the group of its city. Buttons move it along."
    )
    await stage.files(joko, FLOOD)
    await stage.hears("flood: Joko's receipt", joko, "✅ Diterima. I-1")
    card = await stage.hears("flood: the card in the group", group, "I-1 · 🌊 Banjir")
    offered = card.buttons == ["Terima", "Selesaikan", "Pilih langkah…"]
    stage.check("flood: the card has its buttons", holds=offered, instead=repr(card))
    stage.transcript.note("\nWawan is in the group, but nobody has enrolled him: his tap changes nothing.")
    before = card.touched
    answer = await stage.taps("flood: the outsider is told so", wawan, "Terima", in_=group)
    refused = card.touched == before and "belum terdaftar" in answer.text
    stage.check("flood: the outsider's tap does nothing", holds=refused, instead=f"{answer} {card!r}")
    await stage.taps("flood: the coordinator takes the incident", rahmat, "Terima", in_=group)
    await stage.hears("flood: the card names its owner", group, "Diterima Rahmat")
    await stage.hears("flood: Joko hears that it was taken", joko, "I-1 diterima oleh Rahmat")


async def working_day(stage: DemoStage) -> None:
    """Report a matter of neutrality without a name, and read the summary in both languages."""
    dewi, rahmat, grace = stage.people["Dewi"], stage.people["Rahmat"], stage.people["Grace"]
    group = stage.groups["Prabumulih"]
    stage.jump(7, 7, 40)
    stage.transcript.chapter("5 · Neutrality, and the summary", "Cards of this category never name who reported.")
    await stage.files(dewi, NEUTRALITY)
    await stage.hears("neutrality: Dewi's receipt", dewi, "✅ Diterima. I-2")
    card = await stage.hears("neutrality: the card in the group", group, "I-2")
    nameless = "dirahasiakan" in card.text and "Dewi" not in card.text
    stage.check("neutrality: the card names nobody", holds=nameless, instead=card.text)
    await stage.says(rahmat, "/ringkasan")
    summary = await stage.hears("summary: Rahmat gets his city's", rahmat, "📊 Kota Lubuk Linggau")
    stage.check("summary: it counts the flood", holds="Insiden terbuka: 1" in summary.text, instead=summary.text)
    await stage.says(grace, "/summary")
    summary = await stage.hears("summary: Grace gets the province's in English", grace, "📊")
    stage.check("summary: hers is in English", holds="Open incidents: 2" in summary.text, instead=summary.text)
    await stage.says(grace, "/my")
    await stage.hears("summary: Grace sees her own duties", grace, "Grace")
