"""The story, first evening: an admin loads polling stations, links two groups, and people enrol."""

from __future__ import annotations

import re

from sandbox.demo.stage import DemoStage
from sandbox.people.person import Person

POSTS = "sandbox/demo_posts.csv"
GUARDS = 8  # more guards of the same prison, for the rush hour; their chats are not printed
LINK = re.compile(r"\?start=(\S+)")


async def posts(stage: DemoStage) -> None:
    """Import posts through the command line while the bot runs."""
    stage.transcript.chapter(
        "1 · The evening before: setting up",
        "The bot runs on an empty database with presets/sumsel: 3,518 regions, 20 prisons. "
        "Three polling stations (TPS) are added at a shell, beside the running bot.",
    )
    said = await stage.program.command("import", "posts", str(stage.root / POSTS))
    stage.transcript.terminal(f"python bot.py import posts {POSTS}", said)
    stage.check("posts: three polling stations imported", holds="imported 3 posts" in said, instead=said)


async def groups(stage: DemoStage) -> None:
    """Link a coordination group and a group that also hears of neutrality."""
    sari, rahmat = stage.people["Sari"], stage.people["Rahmat"]
    stage.transcript.note("\nSari is the admin named in POSKO_ADMINS. She links two groups to their cities.")
    first = stage.telegram.group("Posko Lubuklinggau", [sari, rahmat, stage.people["Wawan"]], bot="left")
    second = stage.telegram.group("Gakkumdu Prabumulih", [sari, stage.people["Grace"]], bot="left")
    stage.groups = {"Lubuklinggau": first, "Prabumulih": second}
    await first.add_bot(by=sari)
    await stage.hears("groups: the bot greets the group in Lubuklinggau", first, "/hubungkan")
    await stage.says(sari, "/hubungkan Lubuklinggau", to=first)
    await stage.hears("groups: Lubuklinggau is linked", first, "terhubung dengan Kota Lubuk Linggau")
    await second.add_bot(by=sari)
    await stage.hears("groups: the bot greets the group in Prabumulih", second, "/hubungkan")
    await stage.says(sari, "/hubungkan Prabumulih netralitas koordinasi", to=second)
    await stage.hears("groups: Prabumulih is linked for two purposes", second, "Prabumulih")


async def enrolments(stage: DemoStage) -> None:
    """Invite and enrol a guard, a coordinator, three officers of polling stations and an English reader."""
    people = stage.people
    stage.transcript.note("\nInvitations are links. Who opens one reads what is kept and why, and agrees with one tap.")
    link = await _invites(stage, f"petugas LAPAS-1673 uses={GUARDS + 1}", "Lapas Kelas IIA Lubuklinggau")
    await _enrols(stage, people["Budi"], link)
    await _enrols(stage, people["Siti"], await _invites(stage, "petugas TPS-1673011015-003 linmas", "TPS 003"))
    quiet = [people[name] for name in ("Sari", "Rahmat", "Joko", "Dewi")]
    stage.transcript.mute(*quiet)
    for name, words, place in (
        ("Rahmat", "koordinator Lubuklinggau polri", "Lubuk Linggau"),
        ("Joko", "petugas TPS-1673041005-007 linmas", "TPS 007"),
        ("Dewi", "petugas TPS-1674021003-012 linmas", "TPS 012"),
    ):
        await _enrols(stage, people[name], await _invites(stage, words, place))
    stage.transcript.unmute(*quiet)
    stage.transcript.note(
        "\nIn the same way (not shown): Rahmat, police, coordinator of Lubuklinggau; Joko at another polling station "
        "there; Dewi at one in Prabumulih. Grace's phone is set to English, so Posko speaks English to her."
    )
    await _enrols(stage, people["Grace"], await _invites(stage, "koordinator Sumsel bpbd", "Sumatera Selatan"), "Agree")
    await _crowd(stage, link)


async def _invites(stage: DemoStage, words: str, place: str) -> str:
    sari = stage.people["Sari"]
    await stage.says(sari, f"/undang {words}")
    made = await stage.hears(f"enrolment: Sari gets the invitation for {place}", sari, place)
    found = LINK.search(made.text)
    stage.check(f"enrolment: the invitation for {place} carries its link", holds=found is not None, instead=made.text)
    return found[1] if found else ""


async def _enrols(stage: DemoStage, person: Person, code: str, button: str = "Setuju") -> None:
    await stage.says(person, f"/start {code}")
    await stage.hears(f"enrolment: {person.name} reads what is kept and why", person, button)
    await stage.taps(f"enrolment: {person.name} agrees", person, button)
    await stage.hears(f"enrolment: {person.name} is enrolled", person, "✅")


async def _crowd(stage: DemoStage, code: str) -> None:
    """Enrol more guards with the same link, without printing their chats."""
    crowd = [stage.telegram.person(f"Penjaga {number}", language="id") for number in range(1, GUARDS + 1)]
    stage.transcript.mute(*crowd)
    for person in crowd:
        stage.people[person.name] = person
        await person.say(f"/start {code}")
    for person in crowd:
        await stage.hears(f"enrolment: {person.name} reads what is kept and why", person, "Setuju")
        await person.tap("Setuju")
    for person in crowd:
        await stage.hears(f"enrolment: {person.name} is enrolled", person, "terdaftar")
    stage.transcript.note(f"\n{GUARDS} more guards enrol with the same link as Budi (not shown).")
