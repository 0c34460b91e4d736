"""Keys of rows: the same texts for ever, each built in one place, and read there where somebody reads it."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import keys as calendar_keys
from core.calendar.keys import firing_key, read_window_key, window_key
from core.delivery import keys as delivery_keys
from core.delivery.keys import PublishedMenu, Subject, holder_of
from core.delivery.outgoing import Attachment
from core.evidence import keys as evidence_keys
from core.evidence.flags import insisted, insisted_field, old_fix, old_fix_minutes
from core.evidence.keys import AsFile
from core.forms import forms
from core.groups import keys as groups_keys
from core.incidents import keys as incidents_keys
from core.incidents.keys import card_key_parts, from_group, talk_beginning, talk_key, talk_subject
from core.kit.ids import read_id
from core.notices import notice_text
from core.own import keys as own_keys
from core.people import keys as people_keys
from core.reports import keys as reports_keys
from core.roster import keys as roster_keys
from core.roster.keys import OFFERED_TO, handover_subject

DAY: Final = dt.date(2027, 2, 3)
AT: Final = dt.datetime(2027, 2, 3, 7, 5, 9, tzinfo=dt.UTC)
KEYS: Final = (
    calendar_keys,
    delivery_keys,
    evidence_keys,
    groups_keys,
    incidents_keys,
    own_keys,
    people_keys,
    reports_keys,
    roster_keys,
)

# What stands in the rows of databases in use: a text that changes here is a row that is not found any more.
FROZEN: Final[tuple[tuple[Callable[..., str], tuple[Any, ...], str], ...]] = (
    (delivery_keys.message_mark, (900, AT, AT), "900.1801638309"),
    (delivery_keys.message_mark, (900, AT, AT + dt.timedelta(seconds=1)), "900"),
    (delivery_keys.screen_sent_key, ("draft:5",), "slot:draft:5"),
    (delivery_keys.screen_gone_key, (7, 3), "gone:7:3"),
    (delivery_keys.pointer_key, (7, 900), "pointer:7:900"),
    (delivery_keys.answer_key, (11, 2), "u11:2"),
    (delivery_keys.sorry_key, (77, AT), "sorry:77:2027020307"),
    (delivery_keys.set_aside_key, (77, AT), "set-aside:77:2027020307"),
    (delivery_keys.slowed_key, (77, AT), "slowed:77:2027020307"),
    (delivery_keys.flood_key, (-1001, AT), "flood:-1001:2027020307"),
    (delivery_keys.unparsable_key, (77, AT), "unparsable:77:2027020307"),
    (delivery_keys.preset_key, ("posts.csv", "0a1b"), "preset:posts.csv:0a1b"),
    (delivery_keys.group_gone_key, (-1001, AT), "group-gone:-1001:1801638309.0"),
    (delivery_keys.piece_key, ("escalated", 1), "escalated:1"),
    (delivery_keys.person_key, ("ring:5:9", 12), "ring:5:9:p12"),
    (delivery_keys.group_key, ("ring:5:9", 4), "ring:5:9:g4"),
    (delivery_keys.admin_key, ("set-aside:11", 12), "alert:set-aside:11:12"),
    (delivery_keys.hour_key, ("token", AT), "token:2027020307"),
    (delivery_keys.chat_hour_key, ("stranger", 77, 500455), "stranger:77:500455"),
    (delivery_keys.menu_name, ("all_group_chats", "id"), "all_group_chats:id"),
    (delivery_keys.menu_name, ("all_private_chats", None), "all_private_chats:-"),
    (delivery_keys.own_menu_name, (77,), "chat:77"),
    (delivery_keys.menu_known_key, (10, "chat:77"), "menu:10:chat:77"),
    (PublishedMenu(3, "0a1b").key, ("chat:77",), "menu:chat:77:0a1b:3"),
    (people_keys.invites_key, (77,), "invites:77"),
    (roster_keys.people_key, (77,), "people:77"),
    (roster_keys.removed_key, (12, 11), "removed:12:u11"),
    (groups_keys.link_changed_key, (4, 11), "link-changed:4:u11"),
    (forms.lasting_key, ("logistics",), "logistics/lasting"),
    (calendar_keys.window_key, ("status", DAY), "status/2027-02-03"),
    (calendar_keys.window_key, ("status", DAY, "regu-pagi"), "status/2027-02-03/regu-pagi"),
    (calendar_keys.firing_key, ("countdown", AT), "countdown/2027-02-03T07:05"),
    (own_keys.contact_key, (12,), "contact:12"),
    (roster_keys.handover_subject, ("receiver", 8), "handover-receiver:8"),
    (roster_keys.handover_subject, ("giver", 8), "handover-giver:8"),
    (roster_keys.handover_key, ("receiver", 8), "handover:8:receiver"),
    (roster_keys.handover_told_key, (8, 11), "handover:8:u11"),
    (roster_keys.handover_lost_key, (8,), "handover-lost:8"),
    (evidence_keys.received_key, (6, "13579"), "evidence:6:13579"),
    (evidence_keys.received_key, (6, 900), "evidence:6:900"),
    (evidence_keys.refused_key, (-1001, 900), "refused:-1001:900"),
    (evidence_keys.too_big_key, (77, "13579"), "evidence-big:77:13579"),
    (evidence_keys.sender_lost_key, (3,), "evidence-lost:3"),
    (evidence_keys.admins_lost_key, (3,), "media-lost:3"),
    (evidence_keys.seen_key, (11, 0), "files:11:0"),
    (evidence_keys.as_file_key, (12,), "as-file:12"),
    (evidence_keys.early_files_key, (12,), "early-files:12"),
    (evidence_keys.early_full_key, (12, DAY), "early-full:12:20270203"),
    (evidence_keys.report_full_key, (-77, 6, AT), "report-full:-77:6:2027020307"),
    (Subject(incidents_keys.CARD, 5).held_by, (4,), "incident:5:4"),
    (Subject(incidents_keys.ALARM_COPY, 5).held_by, (12,), "sos:5:12"),
    (Subject(incidents_keys.COPY, 5).held_by, (12,), "incident-copy:5:12"),
    (Subject(incidents_keys.ASK, 5).held_by, (12,), "ask:5:12"),
    (incidents_keys.menu_key, (5, -1001, 42), "menu:5:-1001:42"),
    (incidents_keys.menu_key, (5, 77, None), "menu:5:77"),
    (incidents_keys.alarm_ask_key, (77, 900), "sos-ask:77:900"),
    (incidents_keys.list_key, (-1001, 42), "list:-1001:42"),
    (incidents_keys.list_key, (77, None), "list:77:0"),
    (incidents_keys.note_source, (-1001, 900), "n:-1001:900"),
    (incidents_keys.files_source, (-1001, 900, None), "e:-1001:900"),
    (incidents_keys.files_source, (-1001, 900, "13579"), "e:-1001:a13579"),
    (incidents_keys.kept_files_source, ("m:77:900",), "e:m:77:900"),
    (incidents_keys.talk_key, ("n:77:900", 12), "talk:n:77:900:12"),
    (incidents_keys.talk_beginning, ("n:77:900",), "talk:n:77:900:"),
    (incidents_keys.talk_subject, (5, 12), "talk:5:12"),
    (incidents_keys.note_seen_key, (-1001, 900), "seen:-1001:900"),
    (incidents_keys.step_key, (5, "take", 11), "incident:5:take:11"),
    (incidents_keys.former_key, (5, "take-over", 11, 12), "incident:5:former-take-over:11:12"),
    (incidents_keys.joined_key, (5, "close", 11), "incident:5:joined-close:11"),
    (incidents_keys.disputed_key, (5, 11, 12), "incident:5:disputed:11:12"),
    (incidents_keys.identity_key, (5, 11, 12), "identity:5:11:12"),
    (incidents_keys.withdrawn_key, (5, 11), "withdrawn:5:u11"),
    (incidents_keys.alarm_news_key, (11,), "sos-news:u11"),
    (incidents_keys.escalated_key, (5, 1801638309), "incident:5:escalated:1801638309"),
    (incidents_keys.lapsed_key, (5, 1801638309), "incident:5:lapsed:1801638309"),
    (incidents_keys.owner_silent_key, (5, 12), "incident:5:silent:12"),
    (incidents_keys.ring_key, (5, 1801638309), "ring:5:1801638309"),
    (incidents_keys.call_key, (5, 1801638309), "call:5:1801638309"),
    (incidents_keys.alarm_admin_key, (5, 1801638309, 12), "sos-admins:5:1801638309:12"),
    (incidents_keys.waiting_key, (5, 1801638309, 12), "waiting:5:1801638309:12"),
    (incidents_keys.skipped_key, ("16.71", "flood", DAY), "skipped:16.71:flood:2027-02-03"),
    (incidents_keys.skipped_key, ("16.71", None, DAY), "skipped:16.71:None:2027-02-03"),
    (incidents_keys.nobody_referred_key, (5, "police"), "refer-nobody:5:police"),
    (incidents_keys.nobody_hears_key, (42, 11), "no-group:42:u11"),
    (incidents_keys.card_lost_key, (7,), "card-lost:7"),
    (reports_keys.message_source, (77, 900), "m:77:900"),
    (reports_keys.tap_source, (77, 33), "t:77:33"),
    (reports_keys.alarm_source, (11,), "sos:11"),
    (reports_keys.nil_source, ("status/2027-02-03/regu-pagi", 9), "nil:status/2027-02-03/regu-pagi:9"),
    (reports_keys.correction_source, (6, 2, 12), "c:6:2:12"),
    (reports_keys.post_source, ("m:77:900", 9), "m:77:900:9"),
    (reports_keys.moved_source, (6,), "moved:6"),
    (reports_keys.draft_key, (5,), "draft:5"),
    (reports_keys.draft_expired_key, (5,), "draft-expired:5"),
    (reports_keys.drafts_full_key, (12, AT), "drafts-full:12:2027020307"),
    (notice_text.notice_key, (2, 12), "notice:2:12"),
    (notice_text.notice_result_key, (2,), "notice-result:2"),
)
READ: Final = frozenset({holder_of, read_window_key, from_group, card_key_parts})  # give something else than a key
SUBJECTS: Final = (
    (Subject(incidents_keys.CARD, 5), "incident:5"),
    (Subject(incidents_keys.MOVED, 5), "moved:5"),
    (Subject(incidents_keys.COPY, 5), "incident-copy:5"),
    (Subject(incidents_keys.ALARM_COPY, 5), "sos:5"),
    (Subject(incidents_keys.ALARM, 5), "alarm:5"),
    (Subject(incidents_keys.ASK, 5), "ask:5"),
    (Subject(incidents_keys.ASKED, 5), "asked:5"),
    (Subject(incidents_keys.MENU, 5), "menu:5"),
    (Subject(incidents_keys.MENU, 5, "reject"), "menu:5:reject"),
    (Subject(incidents_keys.MENU_OVER, 5), "menu-over:5"),
    (Subject(incidents_keys.TALK, 5, "12"), "talk:5:12"),
    (Subject(reports_keys.REPORT, 6), "report:6"),
    (Subject(reports_keys.DRAFT, 5), "draft:5"),
    (Subject(reports_keys.EXPIRED, 5), "expired:5"),
    (Subject(evidence_keys.RECEIVED, 6), "evidence:6"),
    (Subject("sos-not-sent"), "sos-not-sent"),
)

ids = st.integers(min_value=0, max_value=(1 << 63) - 1)
chats = st.integers(min_value=-(1 << 52), max_value=1 << 52)
words = st.from_regex(r"[a-z]+(-[a-z]+)*", fullmatch=True)
moments = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2099, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001 - bounds


@pytest.mark.parametrize(("build", "values", "text"), FROZEN)
def test_keys_never_change(build: Callable[..., str], values: tuple[Any, ...], text: str) -> None:
    """A key has the text by which its row is found in databases that are in use."""
    assert build(*values) == text


def test_every_key_is_frozen() -> None:
    """No function builds a key whose text the table does not hold."""
    built = {
        one
        for module in KEYS
        for _, one in inspect.getmembers(module, inspect.isfunction)
        if one.__module__ == module.__name__
    }
    assert built - {build for build, _, _ in FROZEN} - READ == set()


@pytest.mark.parametrize(("subject", "text"), SUBJECTS)
def test_subjects_never_change(subject: Subject, text: str) -> None:
    """What a message shows has its text for ever, and is read from it."""
    assert (subject.text, Subject.read(text)) == (text, subject)


@given(words, st.none() | st.tuples(ids, st.text()))
def test_a_subject_is_read_as_it_was_built(kind: str, about: tuple[int, str] | None) -> None:
    """Kind, row and what follows come back from a subject's text, whatever follows."""
    subject = Subject(kind) if about is None else Subject(kind, *about)
    assert Subject.read(subject.text) == subject


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (None, Subject("")),
        ("", Subject("")),
        ("gone", Subject("gone")),
        ("list:-1001:42", Subject("list")),
        ("incident:", Subject("incident")),
        ("incident:x:5", Subject("incident")),
        (f"incident:{1 << 63}", Subject("incident")),
        ("menu:5:", Subject("menu", 5)),
        ("menu:5:a:b", Subject("menu", 5, "a:b")),
    ],
)
def test_any_text_is_read_as_some_subject(text: str | None, read: Subject) -> None:
    """A subject that names no row of ours has a kind alone; nothing shown is of no kind."""
    assert Subject.read(text) == read


@given(words, ids, ids)
def test_who_holds_a_message_is_read_from_its_key(kind: str, about: int, holder: int) -> None:
    """The group or person comes back from the key of their own message."""
    assert holder_of(Subject(kind, about).held_by(holder)) == holder


@given(chats, ids, ids)
def test_who_is_told_of_an_entry_is_read_from_the_key(chat: int, message: int, person: int) -> None:
    """The person who is told of an entry comes back from the key, which begins like those of all who are told of it."""
    source = incidents_keys.note_source(chat, message)
    key = talk_key(source, person)
    assert holder_of(key) == person
    assert key.startswith(talk_beginning(source))


@given(ids, ids)
def test_who_wrote_is_read_from_what_is_shown(incident: int, writer: int) -> None:
    """The incident and the writer come back from what a message about a note shows."""
    shown = Subject.read(talk_subject(incident, writer))
    assert (shown.kind, shown.id, read_id(shown.more)) == (incidents_keys.TALK, incident, writer)


@given(ids, ids)
def test_a_query_finds_the_cards_of_a_group(incident: int, group: int) -> None:
    """The parts from which a query makes a card's key make the key and the subject that are stored."""
    before, after = card_key_parts(group)
    card = Subject(incidents_keys.CARD, incident)
    assert (f"{before}{incident}{after}", f"{before}{incident}") == (card.held_by(group), card.text)


@given(st.integers(min_value=1, max_value=1 << 52), ids, st.none() | st.from_regex(r"[0-9]+", fullmatch=True))
def test_an_entry_tells_where_it_was_written(chat: int, message: int, album: str | None) -> None:
    """The entry of a message in a group is known as one, that of a private message or of kept files as none."""
    private = reports_keys.message_source(chat, message), reports_keys.message_source(-chat, message)
    for chat_id, public in ((-chat, True), (chat, False)):
        assert from_group(incidents_keys.note_source(chat_id, message)) is public
        assert from_group(incidents_keys.files_source(chat_id, message, album)) is public
    assert not any(from_group(incidents_keys.kept_files_source(source)) for source in private)
    assert not from_group(None)


@given(ids)
def test_an_offer_is_known_by_what_its_receiver_is_shown(handover: int) -> None:
    """What shows an offer to its receiver is told from what shows it to its giver."""
    receiver, giver = (Subject.read(handover_subject(side, handover)) for side in ("receiver", "giver"))
    assert (receiver.kind, receiver.id) == (OFFERED_TO, handover)
    assert (giver.kind != OFFERED_TO, giver.id) == (True, handover)


@given(words, st.dates(), words)
def test_a_window_is_read_from_its_key(form: str, day: dt.date, window: str) -> None:
    """The form and the window come back from a window's key."""
    assert read_window_key(window_key(form, day, window)) == (form, window)


@given(words, moments)
def test_a_moment_is_claimed_by_the_minute(reminder: str, at: dt.datetime) -> None:
    """Two moments of a reminder have one key exactly when they fall into the same minute."""
    minute = at.replace(second=0, microsecond=0)
    assert firing_key(reminder, at) == firing_key(reminder, minute)
    assert firing_key(reminder, at) != firing_key(reminder, minute + dt.timedelta(minutes=1))


@given(ids, words)
def test_what_was_published_is_read_as_it_was_kept(count: int, digest: str) -> None:
    """How often a list of commands was published, and what, comes back; one that never was is at nothing."""
    published = PublishedMenu(count, digest)
    assert PublishedMenu.read(published.text) == published
    assert PublishedMenu.read(None) == PublishedMenu(0, "")
    assert PublishedMenu(3, "0a1b").text == "3 0a1b"


@given(ids, moments)
def test_a_wanted_original_is_read_as_it_was_kept(report: int, at: dt.datetime) -> None:
    """The report and the second come back; a text that was not kept so is nothing."""
    assert AsFile.read(AsFile(report, at).text) == AsFile(report, at.replace(microsecond=0))
    assert [AsFile.read(text) for text in (None, "", "6", "6:", ":7", "x:7", "6:-7")] == [None] * 7
    assert AsFile(6, AT).text == "6:1801638309"


@given(words, st.text(), st.binary())
def test_a_file_is_read_as_it_was_stored(field: str, name: str, content: bytes) -> None:
    """Parameter, name and content of a file come back from its row."""
    file = Attachment(field, name, content)
    assert Attachment.read(file.stored_name, content) == file
    assert Attachment("photo", "peta.png", b"").stored_name == "photo:peta.png"


@given(words, st.integers(min_value=1, max_value=10_000))
def test_marks_are_read_as_they_were_made(field: str, minutes: int) -> None:
    """What a mark on a report says comes back; no mark is taken for another."""
    assert (insisted_field(insisted(field)), old_fix_minutes(old_fix(minutes))) == (field, minutes)
    assert (insisted_field(old_fix(minutes)), old_fix_minutes(insisted(field))) == (None, None)
    assert (insisted("voters"), old_fix(7)) == ("insisted:voters", "old-fix:7")
