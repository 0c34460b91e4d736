"""Strangers: whatever they send, press, change or share, nothing of it is kept."""

from __future__ import annotations

from storage.tables import InboxRow, InboxState, IncidentRow
from tests.kit import Posko
from tests.taps_kit import declared_taps

NAME = "Orang Bernama Aneh"


async def test_nothing_of_a_stranger_is_kept(posko: Posko) -> None:
    """Taps, words, edits, contacts, places, files and joining, in private and in a group: no name and no word stays."""
    budi, orang = await posko.officer(), posko.person(NAME)
    group = await posko.group("Posko", "16.73", members=[budi, orang])
    other = posko.tg.group("Grup lain", [orang])
    await posko.say(budi, "/insiden banjir berat air naik")
    incident = await posko.one(IncidentRow)
    said = await orang.say("rahasiasaya halo")
    await posko.settle()
    await orang.edit(said, "rahasiasaya lagi")
    await orang.share_location(-2.9, 104.7)
    await orang.share_contact("+6281234567890")
    await orang.send_document(b"x", "rahasiasaya.pdf", "rahasiasaya foto")
    in_group = await orang.say("/lapor rahasiasaya", to=group)
    await orang.edit(in_group, "/lapor rahasiasaya lagi")
    await orang.say("rahasiasaya", to=group, reply_to=posko.last(group))
    await orang.block_bot()
    await orang.unblock_bot()
    await posko.settle()
    for kind in declared_taps():
        data = f"{kind.prefix}:{incident.id}"
        for message, where in ((posko.last(orang), None), (posko.last(group), group)):
            if kind.prefix != "il":  # who asks for a confided name is journaled on purpose
                await posko.tap(orang, message=message, data=data, in_=where)
    stored = {table: text for table, text in (await posko.everything_stored()).items() if table != "outbox"}
    assert [table for table, text in stored.items() if "Aneh" in text or "rahasiasaya" in text] == []
    assert [table for table, text in stored.items() if str(orang.id) in text] == []
    assert not await posko.rows(InboxRow, InboxRow.state != InboxState.DONE)
    assert other.messages == []
