"""Talking about an incident by replying: notes on its timeline, answers between officer and owner."""

from __future__ import annotations

from core.incidents.taps import HistoryTap
from sandbox import Group, Message, Person
from storage.tables import InboxRow, IncidentEventRow, IncidentRow, OutboxRow, ReportRow
from tests.kit import Posko

FLOOD = "/insiden banjir berat air masuk gudang"
SEEN = ["👍"]


async def noted(posko: Posko) -> list[str | None]:
    """The words on all timelines, in their order."""
    return [row.note for row in await posko.rows(IncidentEventRow, IncidentEventRow.action == "noted")]


async def an_incident(posko: Posko, person: Person, group: Group, line: str = FLOOD) -> Message:
    """Let somebody file an incident; gives its card."""
    await posko.say(person, line)
    return posko.last(group)


async def reply(posko: Posko, person: Person, message: Message, text: str, group: Group | None = None) -> Message:
    """Let somebody reply to a message, and the program do its work."""
    posko.forget(person)
    sent = await person.say(text, to=group, reply_to=message)
    await posko.settle()
    return sent


async def test_a_reply_in_a_group_is_on_every_card_and_answered_by_a_reaction(posko: Posko) -> None:
    """Coordinators and officers of the region write into the timeline; the group gets no message, the officer hears who leads."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    ani = await posko.officer("Ani", "LAPAS-1673")
    group = await posko.group("Linggau", "16.73", members=[rahmat, ani])
    other = await posko.group("Timur", "16.73.06")
    card = await an_incident(posko, budi, group)
    before = len(group.messages)
    asked = await reply(posko, rahmat, card, "berapa orang <b>di sana</b>?", group)
    going = await reply(posko, ani, card, "saya menuju lokasi 🙏", group)
    assert (asked.reactions, going.reactions, len(group.messages)) == (SEEN, SEEN, before + 2)
    assert await noted(posko) == ["berapa orang <b>di sana</b>?", "saya menuju lokasi 🙏"]
    for place in (group, other):
        shown = next(message for message in place.messages if message.by_bot and "I-1" in message.text)
        assert ("berapa orang <b>di sana</b>?" in shown.text, "saya menuju lokasi" in shown.text) == (True, True)
    told = [message.text for message in budi.messages if message.by_bot and "💬" in message.text]
    assert told == ["💬 I-1 · Rahmat: berapa orang <b>di sana</b>?\nBalas pesan ini untuk menjawab."]


async def test_officer_and_owner_talk_by_replying(posko: Posko) -> None:
    """The officer's reply is noted, receipted and told to the owner; the owner's reply to that goes back to the officer."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    card = await an_incident(posko, budi, group)
    receipt = posko.last(budi)
    await reply(posko, budi, receipt, "sudah setinggi lutut")
    assert posko.last(budi).text == "✅ Dicatat pada I-1 · 07.10 WIB."
    assert "Budi: sudah setinggi lutut" in card.text
    await posko.tap(rahmat, "Terima", in_=group)
    posko.forget(rahmat)
    await reply(posko, budi, posko.last(budi), "air naik lagi")
    assert posko.last(budi).text == "✅ Dicatat pada I-1 · 07.10 WIB. Rahmat diberi tahu."
    heard = posko.last(rahmat)
    assert heard.text == "💬 I-1 · Lapas Kelas IIA Lubuklinggau · Budi: air naik lagi"
    await reply(posko, rahmat, heard, "perahu berangkat")
    assert posko.last(rahmat).text == "✅ Dicatat pada I-1 · 07.10 WIB. Budi diberi tahu."
    assert posko.last(budi).text == "💬 I-1 · Rahmat: perahu berangkat\nBalas pesan ini untuk menjawab."
    assert await noted(posko) == ["sudah setinggi lutut", "air naik lagi", "perahu berangkat"]


async def test_who_asked_is_answered_although_somebody_else_owns_it(posko: Posko) -> None:
    """An officer's answer to a passed-on question reaches the coordinator who asked, and the owner too."""
    budi, rahmat, dewi = await posko.officer(), await posko.coordinator(), await posko.coordinator("Dewi")
    group = await posko.group("Linggau", "16.73", members=[rahmat, dewi])
    card = await an_incident(posko, budi, group)
    await posko.tap(rahmat, "Terima", in_=group)
    await reply(posko, dewi, card, "berapa korban?", group)
    for person in (rahmat, dewi):
        posko.forget(person)
    await reply(posko, budi, posko.last(budi), "tidak ada")
    assert posko.last(budi).text.endswith("Rahmat dan Dewi diberi tahu.")
    assert ["tidak ada" in posko.heard(person) for person in (rahmat, dewi)] == [True, True]


async def test_an_edited_note_is_corrected_wherever_it_was_told(posko: Posko) -> None:
    """An edit changes the one entry, the cards and what the officer was told; the same update twice changes nothing."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    card = await an_incident(posko, budi, group)
    sent = await reply(posko, rahmat, card, "5 orang terjebak", group)
    posko.tg.redeliver((await posko.rows(InboxRow))[-1].update_id)
    await posko.settle()
    await rahmat.edit(sent, "15 orang terjebak")
    await posko.settle()
    assert await noted(posko) == ["15 orang terjebak"]
    assert ("15 orang" in card.text, " 5 orang" in card.text) == (True, False)
    told = [message.text for message in budi.messages if "💬" in message.text]
    assert told == ["💬 I-1 · Rahmat: 15 orang terjebak\nBalas pesan ini untuk menjawab."]
    mine = await reply(posko, budi, posko.last(budi), "siap")
    await budi.edit(mine, "siap, perahu ada")
    await posko.settle()
    assert (await noted(posko))[1:] == ["siap, perahu ada"]


async def test_what_is_no_note_is_met_with_silence(posko: Posko) -> None:
    """Strangers, who holds nothing here, another bot's command, an unlinked group and talk among people leave nothing behind."""
    budi, rahmat, jauh = await posko.officer(), await posko.coordinator(), await posko.officer("Jauh", "LAPAS-1671")
    asing, lama = posko.person("Asing"), await posko.officer("Lama")
    group = await posko.group("Linggau", "16.73", members=[rahmat, jauh, asing, lama])
    await posko.end_assignments(lama)
    card = await an_incident(posko, budi, group)
    await group.promote_bot()
    posko.forget(budi, group)
    sent = [await reply(posko, person, card, "rahasia saya", group) for person in (jauh, asing, lama)]
    assert "rahasia saya" not in str((await posko.everything_stored())["inbox"])
    sent += [await reply(posko, rahmat, card, text, group) for text in ("/cek@BotLain", "   ")[:1]]
    sent.append(await reply(posko, rahmat, sent[0], "betul itu", group))
    await posko.say(posko.admin, "/putuskan", to=group)
    group.forget()
    sent.append(await reply(posko, rahmat, card, "masih di sini?", group))
    assert (await noted(posko), posko.heard(budi, group)) == ([], "")
    assert [message.reactions for message in sent] == [[]] * len(sent)


async def test_an_anonymous_administrator_is_told_to_use_their_name(posko: Posko) -> None:
    """A reply in the group's own name is answered with what to do, and noted nowhere."""
    budi = await posko.officer()
    group = await posko.group("Linggau", "16.73")
    card = await an_incident(posko, budi, group)
    group.forget()
    await group.says_anonymously("saya urus", reply_to=card)
    await posko.settle()
    assert ("admin anonim" in posko.last(group).text, await noted(posko)) == (True, [])


async def test_a_reply_in_a_topic_and_to_an_asked_for_card_finds_the_incident(posko: Posko) -> None:
    """In a topic a reply to the card is a note and plain words are not; a card that was asked for takes notes too."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    forum = posko.tg.supergroup("Forum", [posko.admin, rahmat], forum=True, bot="administrator")
    thread = await forum.open_topic("Insiden", by=posko.admin)
    await posko.say(posko.admin, "/hubungkan 16.73", to=forum, topic=thread)
    card = await an_incident(posko, budi, forum)
    await rahmat.say("halo semua", to=forum, topic=thread)
    await posko.settle()
    await reply(posko, rahmat, card, "satu", forum)
    await posko.say(rahmat, "/insiden I-1", to=forum, topic=thread)
    await reply(posko, rahmat, posko.last(forum), "dua", forum)
    await reply(posko, rahmat, card, "tiga", forum)
    assert await noted(posko) == ["satu", "dua", "tiga"]


async def test_a_group_that_may_not_hear_of_it_adds_nothing(posko: Posko) -> None:
    """A number in another message of the bot's counts only where the incident may be heard of."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat", "16")
    group = await posko.group("Linggau", "16.73", "bencana", members=[rahmat])
    away = await posko.group("Palembang", "16.71", members=[rahmat])
    await an_incident(posko, budi, group)
    told = posko.tg.state.world.post(away.chat, posko.tg.bot, {"text": "I-1 dipindahkan"}, by_bot=True)
    await reply(posko, rahmat, told, "kenapa?", away)
    assert await noted(posko) == []
    here = posko.tg.state.world.post(group.chat, posko.tg.bot, {"text": "↪️ I-1 ada di bawah"}, by_bot=True)
    await reply(posko, rahmat, here, "sudah saya lihat", group)
    assert await noted(posko) == ["sudah saya lihat"]


async def test_a_huge_note_is_kept_whole(posko: Posko) -> None:
    """As much as a message holds is noted whole, from a private chat and from a group; what was passed on less of is said."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    card = await an_incident(posko, budi, group)
    await reply(posko, budi, posko.last(budi), "air & lumpur " * 230)
    assert "huruf pertama" not in posko.last(budi).text
    await reply(posko, rahmat, card, "x" * 4000, group)
    assert await noted(posko) == [("air & lumpur " * 230).strip(), "x" * 4000]
    assert "x" * 2900 in posko.last(budi).text
    await reply(posko, budi, posko.last(budi), "y" * 4096)
    assert "3.000 huruf pertama" in posko.last(budi).text
    assert (await noted(posko))[-1] == "y" * 4096


async def test_a_group_without_reactions_still_notes(posko: Posko) -> None:
    """Where reactions are forbidden the note is kept, nothing is repeated, and no admin is alarmed."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    card = await an_incident(posko, budi, group)
    await group.forbid_reactions()
    posko.tg.expect_refusal("setMessageReaction", "REACTION_INVALID")
    posko.forget(posko.admin)
    sent = await reply(posko, rahmat, card, "dicatat", group)
    await posko.wait(minutes=5)
    assert (await noted(posko), sent.reactions, posko.heard(posko.admin)) == (["dicatat"], [], "")
    assert len([call for call in posko.tg.calls if call.method == "setMessageReaction"]) == 1


async def test_a_group_that_moves_away_meanwhile_loses_no_note(posko: Posko) -> None:
    """A reaction for which the group has got another id is given up without a word; the note stays."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    card = await an_incident(posko, budi, group)
    for method in ("setMessageReaction", "editMessageText"):
        posko.tg.expect_refusal(method, "upgraded to a supergroup")
    await rahmat.say("kami berangkat", to=group, reply_to=card)
    await posko.machine.intake.round(timeout=0)
    while await posko.machine.pump.round():
        pass
    moved = await group.upgrade()
    await posko.settle()
    assert (await noted(posko), "kami berangkat" in posko.last(moved).text) == (["kami berangkat"], True)


async def test_a_call_for_help_is_never_taken_for_a_note(posko: Posko) -> None:
    """The word "tolong" alone asks for the red button also in reply to a message about an incident."""
    budi = await posko.officer()
    await an_incident(posko, budi, await posko.group("Linggau", "16.73"))
    await reply(posko, budi, posko.last(budi), "Tolong")
    assert (posko.last(budi).buttons[0], await noted(posko)) == ("KIRIM DARURAT", [])


async def test_a_reply_to_the_menu_is_its_reason(posko: Posko) -> None:
    """A coordinator's reply to the question why is the reason of the step; an officer's there is a note."""
    budi, rahmat, ani = await posko.officer(), await posko.coordinator(), await posko.officer("Ani")
    group = await posko.group("Linggau", "16.73", members=[rahmat, ani])
    await an_incident(posko, budi, group)
    await posko.tap(rahmat, "Pilih langkah", in_=group)
    await posko.tap(rahmat, "Tolak", in_=group)
    menu = posko.last(group)
    await reply(posko, ani, menu, "memang benar terjadi", group)
    await reply(posko, rahmat, menu, "sudah dilaporkan kemarin", group)
    assert (await noted(posko), (await posko.one(IncidentRow)).state) == (["memang benar terjadi"], "rejected")
    entry = (await posko.rows(IncidentEventRow))[-1]
    assert (entry.action, entry.note) == ("rejected", "sudah dilaporkan kemarin")


async def test_who_lost_the_territory_is_told_nothing(posko: Posko) -> None:
    """An owner who is no coordinator there any more hears no words; the officer's receipt does not say so either."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    await an_incident(posko, budi, group)
    await posko.tap(rahmat, "Terima", in_=group)
    await posko.end_assignments(rahmat)
    posko.forget(rahmat)
    await reply(posko, budi, posko.last(budi), "air surut")
    assert (posko.heard(rahmat), posko.last(budi).text) == ("", "✅ Dicatat pada I-1 · 07.10 WIB.")


async def test_a_reply_beats_an_open_question_but_not_its_own_message(posko: Posko) -> None:
    """While a form is open a reply about an incident is a note, and a reply to the form's message answers the form."""
    budi = await posko.officer()
    group = await posko.group("Linggau", "16.73")
    await an_incident(posko, budi, group)
    receipt = posko.last(budi)
    await posko.say(budi, "/insiden berat air masuk dapur")
    question = posko.last(budi)
    await reply(posko, budi, receipt, "banjir")
    assert (await noted(posko), len(await posko.rows(ReportRow))) == (["banjir"], 1)
    await reply(posko, budi, question, "banjir")
    assert (await noted(posko), len(await posko.rows(ReportRow))) == (["banjir"], 2)


async def test_words_for_a_running_alarm_stay_its_own(posko: Posko) -> None:
    """A reply to one's running alarm is news of it, as every text is; a coordinator's reply to their copy is a note."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    await posko.group("Linggau", "16.73", members=[rahmat])
    await posko.say(budi, "/darurat")
    await posko.tap(budi, "KIRIM DARURAT")
    await reply(posko, budi, next(m for m in budi.messages if "DARURAT terkirim" in m.text), "lima orang bersenjata")
    assert "Ditambahkan ke I-1" in posko.last(budi).text
    await reply(posko, rahmat, next(m for m in rahmat.messages if "DARURAT" in m.text), "bertahan, kami datang")
    assert await noted(posko) == ["bertahan, kami datang"]
    assert posko.last(budi).text.startswith("💬 I-1 · Rahmat: bertahan, kami datang")


async def test_who_may_not_know_of_it_is_kept_like_any_other_words(posko: Posko) -> None:
    """A reply in private that names somebody else's incident adds nothing to it and tells nothing of it."""
    budi, ani = await posko.officer(), await posko.officer("Ani", "LAPAS-1671")
    group = await posko.group("Linggau", "16.73")
    await an_incident(posko, budi, group)
    posko.tg.state.world.post(ani.chat, posko.tg.bot, {"text": "I-1 …"}, by_bot=True)
    await reply(posko, ani, posko.last(ani), "saya juga lihat")
    assert (await noted(posko), "I-1 ·" in posko.last(ani).text) == ([], False)


async def test_a_merged_incident_is_talked_of_where_it_goes_on(posko: Posko) -> None:
    """A reply about a merged incident is noted on the one that goes on, and the receipt says so."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    await an_incident(posko, budi, group)
    await an_incident(posko, budi, group, "/insiden banjir sedang air masuk dapur")
    receipt = posko.last(budi)
    first, second = await posko.rows(IncidentRow)

    async def merge(tx: object) -> None:
        row = await tx.get(IncidentRow, second.id)  # type: ignore[attr-defined]
        row.state, row.duplicate_of = "duplicate", first.id

    await posko.db.write(merge)
    await reply(posko, budi, receipt, "dapur ikut terendam")
    assert "Dicatat pada I-1" in posko.last(budi).text
    assert "I-2 sudah digabungkan dan dilanjutkan di I-1" in posko.last(budi).text
    assert [row.incident_id for row in await posko.rows(IncidentEventRow, IncidentEventRow.action == "noted")] == [
        first.id
    ]


async def test_who_ended_it_hears_that_it_was_a_mistake(posko: Posko) -> None:
    """A reply to what was rejected without an owner reaches who rejected it, with the state that it has."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    await an_incident(posko, budi, group)
    incident = await posko.one(IncidentRow)
    await posko.tap(rahmat, in_=group, message=posko.last(group), data=f"iw:{incident.id}:reject-untrue")
    assert "balas pesan ini" in posko.last(budi).text
    posko.forget(rahmat)
    await reply(posko, budi, posko.last(budi), "memang terjadi, ada fotonya")
    assert "ditolak" in posko.heard(rahmat)
    assert "Budi: memang terjadi, ada fotonya" in posko.heard(rahmat)
    assert "Rahmat diberi tahu" in posko.last(budi).text


async def test_a_long_timeline_comes_as_a_file(posko: Posko) -> None:
    """Who looks at a timeline of many long notes gets one file with all of them, not hundreds of messages."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    await posko.say(budi, "/insiden banjir berat air naik")
    receipt = posko.last(budi)
    for number in range(8):
        await budi.say(f"catatan {number} " + "<air> " * 600, reply_to=receipt)
    await posko.settle()
    await posko.say(rahmat, "/insiden I-1")
    tap = HistoryTap((await posko.one(IncidentRow)).id)
    before = len(rahmat.messages)
    await posko.tap(rahmat, data=tap.pack(), message=posko.last(rahmat))
    assert len(rahmat.messages) == before + 1
    (row,) = [row for row in await posko.rows(OutboxRow) if row.method == "sendDocument"]
    text = (row.attachment or b"").decode()
    assert [f"catatan {number} <air> <air>" in text for number in range(8)] == [True] * 8
    assert text.count("<air>") == 8 * 600
