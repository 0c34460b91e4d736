"""What buttons carry: the same text for ever, within Telegram's 64 bytes, and nothing forged is read."""

from __future__ import annotations

from dataclasses import dataclass, fields
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.alarms.taps import AlarmCancelTap, AlarmSendTap
from core.delivery.taps import BUTTON_DATA_BYTES, KEYS, Tap, Tapper, prefix_of, read_key
from core.duties.taps import ALL, NilTap
from core.forms.form_files import load_forms
from core.incidents.lifecycle import Action
from core.incidents.taps import (
    AcceptTap,
    AlarmMoveTap,
    AlarmWithdrawTap,
    CloseTap,
    FilesTap,
    HistoryTap,
    IdentityTap,
    IncidentTap,
    ListCardTap,
    ListMenuTap,
    ListTap,
    MenuBackTap,
    MenuCloseTap,
    MenuTap,
    MergeTap,
    NotOverTap,
    OverTap,
    ReferTap,
    ReleaseTap,
    ResolveTap,
    Show,
    StartTap,
    StepReasonTap,
    StepTap,
    StillTap,
    TakeTap,
    TwinTap,
)
from core.messages.taps import KeptFormTap, KeptIncidentTap, KeptNothingTap, KeptReportTap
from core.notices.taps import NoticeAudienceTap, NoticeCancelTap, NoticeSendTap
from core.own.taps import LanguageTap, PhoneChangeTap, PhoneDeleteTap, RankDeleteTap
from core.people.taps import AgreeTap, InvitesTap, InviteWithdrawTap
from core.reports.taps import (
    AllChoicesTap,
    AsFileTap,
    ChangeTap,
    ChoicesDoneTap,
    ChoiceTap,
    ConfideTap,
    CorrectionReasonTap,
    CorrectTap,
    DraftAnewTap,
    DraftBackTap,
    DraftCancelTap,
    DraftGoOnTap,
    DraftPostTap,
    DraftSendTap,
    InsistTap,
    LeaveTap,
    OpenFormTap,
    OtherPostTap,
    QuickTap,
    ReceiptTap,
    SuggestionTap,
    UpwardTap,
    WithoutTap,
)
from core.roster.people_list import WORDS_BYTES
from core.roster.removal import Why
from core.roster.taps import (
    ALL_POSTS,
    HandoverCancelTap,
    HandoverOfferTap,
    HandoverPostTap,
    HandoverToTap,
    OfferRefuseTap,
    OfferTakeTap,
    OfferWithdrawTap,
    PeopleTap,
    PersonTap,
    RemoveSureTap,
    RemoveTap,
)
from tests.kit import PRESET
from tests.taps_kit import declared_taps

TAPS = declared_taps()
KEY = KEYS - 1
ANYBODY, ENROLLED, ASSIGNED = Tapper.ANYBODY, Tapper.ENROLLED, Tapper.ASSIGNED
# Buttons stay in people's chats: no line of this table may ever change, and who may tap which only on purpose.
FROZEN: list[tuple[Tap, str, Tapper]] = [
    (TakeTap(5), "it:5", ASSIGNED), (StartTap(5), "is:5", ASSIGNED), (ResolveTap(5), "ir:5", ASSIGNED),
    (CloseTap(5), "ic:5", ASSIGNED), (AcceptTap(5), "ia:5", ASSIGNED), (TwinTap(5, 6), "ig:5:6", ASSIGNED),
    (MergeTap(5, 6), "ik:5:6", ASSIGNED), (StillTap(5), "iy:5", ASSIGNED), (ReleaseTap(5), "iz:5", ASSIGNED),
    (OverTap(5), "oc:5", ENROLLED), (NotOverTap(5), "od:5", ENROLLED), (FilesTap(5), "ie:5", ASSIGNED),
    (FilesTap(5, 10), "ie:5:10", ASSIGNED), (IdentityTap(5), "il:5", ANYBODY), (HistoryTap(5), "ih:5", ASSIGNED),
    (MenuTap(5), "im:5", ASSIGNED), (MenuBackTap(5), "ib:5", ASSIGNED), (MenuCloseTap(5), "ix:5", ASSIGNED),
    (StepTap(5, Action.TAKE_OVER), "ij:5:taken-over", ASSIGNED), (StepTap(5, Action.RETURN), "ij:5:returned", ASSIGNED),
    (StepReasonTap(5, "reject-untrue"), "iw:5:reject-untrue", ASSIGNED), (ReferTap(5, "bawaslu"), "io:5:bawaslu", ASSIGNED),
    (ListTap(Show.ALL, "", 1), "li:a::1", ASSIGNED), (ListTap(Show.REGION, "16.73", 2), "li:r:16.73:2", ASSIGNED),
    (ListMenuTap(Show.CATEGORY, 1), "lm:c:1", ASSIGNED), (ListCardTap(42), "lo:42", ASSIGNED),
    (OpenFormTap("status"), "fo:status", ASSIGNED), (OpenFormTap("status", 5), "fo:status:5", ASSIGNED),
    (CorrectTap(5), "co:5", ENROLLED), (ReceiptTap(5), "rp:5", ENROLLED), (UpwardTap(5), "up:5", ENROLLED),
    (AsFileTap(5), "ef:5", ENROLLED), (DraftSendTap(5), "dz:5", ENROLLED), (DraftBackTap(5), "db:5", ENROLLED),
    (DraftCancelTap(5), "dx:5", ENROLLED), (DraftGoOnTap(5), "dg:5", ENROLLED), (DraftAnewTap(5), "dn:5", ASSIGNED),
    (OtherPostTap(5), "dw:5", ASSIGNED), (DraftPostTap(5, 6), "dp:5:6", ASSIGNED),
    (DraftPostTap(5, "all"), "dp:5:all", ASSIGNED), (WithoutTap(5, 2), "ds:5:2", ENROLLED),
    (ConfideTap(5, wanted=False), "dh:5:0", ENROLLED), (ConfideTap(5, wanted=True), "dh:5:1", ENROLLED),
    (CorrectionReasonTap(5, "typo"), "dr:5:typo", ENROLLED), (ChoiceTap(5, "condition", "safe"), "dc:5:condition:safe", ENROLLED),
    (ChoicesDoneTap(5, "kinds"), "dk:5:kinds", ENROLLED), (AllChoicesTap(5, "condition"), "da:5:condition", ENROLLED),
    (QuickTap(5, "time", 0), "dq:5:time:0", ENROLLED), (SuggestionTap(5, "personnel", 18), "dv:5:personnel:18", ENROLLED),
    (InsistTap(5, "personnel"), "di:5:personnel", ENROLLED), (ChangeTap(5, "note"), "df:5:note", ENROLLED),
    (LeaveTap(5, "note"), "dl:5:note", ENROLLED),
    (AlarmSendTap(5, 0), "so:5:0", ENROLLED), (AlarmCancelTap(), "sx:", ENROLLED), (AlarmMoveTap(5, 6), "sp:5:6", ASSIGNED),
    (AlarmWithdrawTap(5), "sw:5", ENROLLED),
    (NilTap(5, "status/2027-02-14/pagi"), "ni:5:status/2027-02-14/pagi", ASSIGNED), (NilTap(5), "ni:5", ASSIGNED),
    (NilTap(ALL, "30028860,30029040"), "ni:all:30028860,30029040", ASSIGNED), (NilTap(ALL), "ni:all", ASSIGNED),
    (HandoverPostTap(ALL_POSTS), "hp:0", ASSIGNED), (HandoverToTap(5, 6), "hr:5:6", ASSIGNED),
    (HandoverOfferTap(5, 6), "hc:5:6", ASSIGNED), (HandoverCancelTap(), "hx:", ASSIGNED), (OfferTakeTap(5), "hy:5", ANYBODY),
    (OfferRefuseTap(5), "hn:5", ANYBODY), (OfferWithdrawTap(5), "hw:5", ASSIGNED),
    (AgreeTap("k3m9x2"), "ok:k3m9x2", ANYBODY), (AgreeTap("k3m9x2", "0af3"), "ok:k3m9x2:0af3", ANYBODY),
    (LanguageTap("id"), "lang:id", ENROLLED), (PhoneDeleteTap(), "kp", ENROLLED), (RankDeleteTap(), "kr", ENROLLED),
    (PhoneChangeTap(), "ks", ENROLLED),
    (NoticeAudienceTap(5, "officer"), "na:5:officer", ASSIGNED), (NoticeSendTap(5), "ns:5", ASSIGNED),
    (NoticeCancelTap(5), "nx:5", ASSIGNED),
    (KeptFormTap(5, "status"), "uk:5:status", ASSIGNED), (KeptReportTap(5, 6), "ua:5:6", ENROLLED),
    (KeptIncidentTap(5, 6), "ud:5:6", ENROLLED), (KeptNothingTap(5), "un:5", ENROLLED),
    (PeopleTap("", 1), "pl::1", ASSIGNED), (PeopleTap("16.73", 2), "pl:16.73:2", ASSIGNED),
    (PersonTap(5, "budi s", 2), "pd:5:budi s:2", ASSIGNED), (RemoveTap(5, "", 1), "pq:5::1", ASSIGNED),
    (RemoveSureTap(5, Why.DONE), "px:5:done", ASSIGNED), (RemoveSureTap(5, Why.UNSAID), "px:5:unsaid", ASSIGNED),
    (InvitesTap(1), "iv:1", ASSIGNED), (InviteWithdrawTap("k3m9x2", 1), "iq:k3m9x2:1", ASSIGNED),
]  # fmt: skip
ON_CARD = {"it", "is", "ir", "ic", "ia", "ig"}
# The others stand in private chats only: what they show or change is one person's own.
IN_GROUPS = {*ON_CARD, "ik", "iy", "iz", "ie", "il", "ih", "im", "ib", "ix", "ij", "iw", "io", "li", "lm", "lo", "lang"}
# The longest texts that stand on buttons, by field: an id of a preset has at most 32 letters. Those of a question and of
# its choice are taken from the forms, which may make them so long together that nothing else has room.
LONGEST = {
    "form_id": "f" * 32,
    "referral": "r" * 32,
    "value": "c" * 32,
    "reason": "return-not-ours" * 2,
    "about": f"{'f' * 24}/2027-02-14/",
    "audience": "coordinator",
    "code": "c" * 32,
    "words": "w" * WORDS_BYTES,
    "proof": "f" * 20,
}


WRONG: Any = "taken-away"
NONE: Any = None


@dataclass(frozen=True)
class OddTap(Tap, prefix="odd"):
    """A button with a field of every kind."""

    which: int | str
    action: Action
    last: bool | None = None


@pytest.mark.parametrize(("tap", "data", "by"), FROZEN)
def test_what_buttons_carry_never_changes(tap: Tap, data: str, by: Tapper) -> None:
    """Each button carries the text that it has always carried, is read from it, and may be tapped by whom it may."""
    assert (tap.pack(), type(tap).unpack(data), tap.by) == (data, tap, by)
    assert (tap.on_card, not tap.private) == (tap.prefix in ON_CARD, tap.prefix in IN_GROUPS)


def test_every_button_is_in_the_table() -> None:
    """No button is declared without standing in the table that keeps it as it is; no two have one prefix."""
    assert sorted({tap.prefix for tap, _, _ in FROZEN}) == [tap.prefix for tap in TAPS]


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Values that a field of this type may have."""
    if hint is int:
        return st.integers(0, KEY)
    if hint is str:  # not so long that several do not fit beside a key
        letters = st.characters(exclude_characters=":", exclude_categories=("C", "Z"))
        return st.text(letters, max_size=4)
    if hint in (bool, NoneType):
        return st.booleans() if hint is bool else st.none()
    among = get_args(hint) or [*hint]
    return st.sampled_from(among) if isinstance(among[0], str) else st.one_of([values_of(one) for one in among])


def hints_of(kind: type[Tap]) -> dict[str, Any]:
    """The fields of a button with their types."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


MADE = st.one_of([st.builds(kind, **{name: values_of(hint) for name, hint in hints_of(kind).items()}) for kind in TAPS])


@given(made=MADE)
@settings(max_examples=400, deadline=None)
def test_a_button_is_read_as_it_was_made(made: Tap) -> None:
    """Whatever a button carries is read back as it was, by its own class and by no other."""
    packed = made.pack()
    assert 1 <= len(packed.encode()) <= BUTTON_DATA_BYTES
    assert [read for kind in TAPS if (read := kind.unpack(packed)) is not None] == [made]


def largest(kind: type[Tap], name: str, hint: Any, words: dict[str, str]) -> object:
    """The value that takes the most room."""
    kinds = get_args(hint) or (hint,)
    if int in kinds:
        return 10**12 if kind is SuggestionTap and name == "number" else KEY  # what is counted has at most 12 digits
    if str in kinds:
        return words[name]
    return True if hint is bool else max(kinds if isinstance(kinds[0], str) else hint, key=len)


def test_the_largest_values_fit() -> None:
    """With the longest keys, ids and words that there are the data of every button has at most 64 bytes."""
    forms = load_forms(PRESET / "forms").values()
    pairs = [(field.id, one.id) for form in forms for field in form.fields for one in field.choices]
    field_id, choice = max(pairs, key=lambda pair: len("".join(pair)))
    words = {**LONGEST, "field_id": field_id, "choice": choice}
    for kind in TAPS:
        tap = kind(**{name: largest(kind, name, hint, words) for name, hint in hints_of(kind).items()})
        assert len(tap.pack().encode()) <= BUTTON_DATA_BYTES, tap


@given(
    kind=st.sampled_from(TAPS),
    rest=st.one_of(st.text(max_size=30), st.from_regex(r"[0-9a-z:,/.-]{0,30}", fullmatch=True)),
)
@settings(max_examples=400, deadline=None)
def test_nothing_forged_is_read_as_something_else(kind: type[Tap], rest: str) -> None:
    """What a phone makes up is no button, unless it is to the letter what a button carries."""
    for data in (rest, f"{kind.prefix}:{rest}", f"{kind.prefix}{rest}"):
        read = kind.unpack(data)
        assert read is None or read.pack() == data


@pytest.mark.parametrize(
    "data",
    [
        "", ":", "it", "it:", "it:x", "it:-1", "it:+1", "it: 1", "it:05", "it:1:", "it:1:2", "it::1", "it:1.0", "it:1_0", "IT:1",
        "it:١", "it:²", f"it:{KEYS}", f"it:{'9' * 40}", "it:\U0001f600", "it:1\n", "is:1",
        "ij:5", "ij:5:", "ij:5:opened", "ij:5:TAKEN", "ij:5:Action.TAKE", "dh:5:2", "dh:5:", "dh:5:True", "dp:5:ALL", "dp:5:",
        "sx", "sx:1", "sx::", "kp:", "kp:1", "li:z::1", "li:a:1", "fo", f"fo:{'f' * 62}", "fo:a\x00", "fo:a\ud800", "lang:id:en",
    ],
)  # fmt: skip
def test_hostile_data_is_refused(data: str) -> None:
    """Data of too many or too few parts, unknown words, numbers that no row has, or that no phone could keep is none."""
    assert [tap for kind in TAPS if kind.prefix != "is" and (tap := kind.unpack(data)) is not None] == []


@pytest.mark.parametrize(
    "tap",
    [
        OddTap("a:b", Action.TAKE), OddTap("a\n", Action.TAKE), OddTap("\ud800", Action.TAKE), OddTap(-1, Action.TAKE),
        OddTap("1", Action.TAKE), OddTap(KEYS, Action.TAKE), OddTap("я" * 29, Action.TAKE), DraftPostTap(-5, "all"),
        OddTap(1, WRONG), OddTap(1, NONE), OddTap(NONE, Action.TAKE), DraftPostTap(5, NONE), DraftPostTap(5, WRONG),
    ],
)  # fmt: skip
def test_what_could_not_be_read_again_is_not_written(tap: Tap) -> None:
    """A value that Telegram would not keep, or that would be read as another one, is an error where the button is made."""
    with pytest.raises(ValueError, match="button"):
        tap.pack()


def test_a_field_that_no_button_can_carry_is_an_error() -> None:
    """A class with a field of another type, or a shape as a button, is refused."""
    with pytest.raises(TypeError, match="cannot carry"):

        class FloatTap(Tap, prefix="float"):
            number: float

    with pytest.raises(ValueError, match="no button"):
        IncidentTap(5).pack()


def test_parts_at_the_end_may_be_missing() -> None:
    """What may be None is left out at the end, and read so; the reader of keys is the one of all rows."""
    assert [OddTap.unpack(data) for data in ("odd:7:taken", "odd:x:taken:1", "odd:x:taken:")] == [
        OddTap(7, Action.TAKE),
        OddTap("x", Action.TAKE, last=True),
        None,
    ]
    assert [read_key(text) for text in ("0", str(KEY), str(KEYS), "", "a")] == [0, KEY, None, None, None]
    assert [prefix_of(data) for data in ("it:1:2", "kp", "", ":")] == ["it", "kp", "", ""]
