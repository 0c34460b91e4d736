"""Telegram's sending limits, watched over any stretch of time."""

from __future__ import annotations

from bisect import bisect_right

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.delivery.limits import Limiter, RateLimits, Share, share_of
from core.delivery.outgoing import Priority

LIMITS = RateLimits()
START = 1_800_000_000.0


def busiest(times: list[float], seconds: float) -> int:
    """The most sends in any stretch of so many seconds, its end not included."""
    return max((position + 1 - bisect_right(times, at - seconds) for position, at in enumerate(times)), default=0)


def play(limiter: Limiter, chats: list[int], *, start: float = START) -> dict[int, list[float]]:
    """Send one message to each of these chats in order, as soon as allowed, and give the times by chat."""
    sent: dict[int, list[float]] = {}
    now = start
    for chat in chats:
        while (wait := max(limiter.overall_wait(now), limiter.chat_wait(chat, now))) > 0:
            now += wait + 1e-6
        limiter.take(chat, now)
        sent.setdefault(chat, []).append(now)
    return sent


CHATS = st.lists(st.sampled_from([*range(1, 60), -1, -2]), min_size=1, max_size=150)


@settings(max_examples=60, deadline=None)
@given(chats=CHATS)
def test_any_sliding_second_holds_thirty_at_most(chats: list[int]) -> None:
    """Whatever is sent to whom, no second ever holds more than thirty messages."""
    sent = play(Limiter(LIMITS), chats)
    assert busiest(sorted(at for times in sent.values() for at in times), 1.0) <= 30


@settings(max_examples=60, deadline=None)
@given(chats=CHATS)
def test_any_minute_of_a_group_holds_twenty_at_most(chats: list[int]) -> None:
    """Whatever is sent to whom, no group gets more than twenty messages in any minute."""
    sent = play(Limiter(LIMITS), [*chats, *[-1] * 45])
    assert max(busiest(times, 60.0) for chat, times in sent.items() if chat < 0) <= 20


@settings(max_examples=60, deadline=None)
@given(chats=CHATS)
def test_a_person_gets_one_a_second_after_a_burst(chats: list[int]) -> None:
    """Whatever is sent to whom, no person gets more in a time than its seconds and the burst allow."""
    sent = play(Limiter(LIMITS), [*chats, *[5] * 12])
    for times in (times for chat, times in sent.items() if chat > 0):
        for first, begun in enumerate(times):
            assert all(
                position - first + 1 <= LIMITS.private_burst[Share.URGENT] + (at - begun) + 0.001
                for position, at in enumerate(times[first:], start=first)
            )


def test_the_limit_is_used_up() -> None:
    """A broadcast to many people goes out at 29 a second at least."""
    sent = play(Limiter(LIMITS), list(range(1, 601)))
    times = sorted(at for each in sent.values() for at in each)
    assert 599 / (times[-1] - times[0]) > 29


def test_burst_to_a_person_goes_at_once() -> None:
    """Three messages to one person need no waiting but the spacing of all messages."""
    times = play(Limiter(LIMITS), [7, 7, 7])[7]
    assert times[-1] - times[0] < 0.1


def test_answers_to_taps_have_a_window_of_their_own() -> None:
    """Answers to taps count against no message and no chat; thirty go in a second, and then they wait for each other."""
    limiter = Limiter(LIMITS)
    for _ in range(LIMITS.answers_per_second):
        assert limiter.answers_wait(START) == 0.0
        limiter.take(None, START)
    assert (limiter.overall_wait(START), limiter.closed(START)) == (0.0, {})
    assert limiter.answers_wait(START) == pytest.approx(1.0, abs=0.01)


@settings(max_examples=60, deadline=None)
@given(shares=st.lists(st.sampled_from(Share), min_size=1, max_size=120), group=st.booleans())
def test_something_is_kept_back_for_a_call_for_help(shares: list[Share], group: bool) -> None:
    """However much others have sent to a chat by their shares, a call for help that is the first goes at once."""
    limiter, chat, now = Limiter(LIMITS), -1 if group else 7, START
    for share in shares:
        if share is not Share.URGENT and limiter.chat_wait(chat, now, share) == 0.0:
            limiter.take(chat, now)
        now += 0.01
    assert limiter.chat_wait(chat, now + 1.0, Share.URGENT) == 0.0


def test_who_asks_for_much_leaves_room_for_who_asks_for_little() -> None:
    """A group that one person's messages have filled as far as they may still takes four of other people, and four alarms."""
    limiter, now, went = Limiter(LIMITS), START, []
    for share in (Share.FURTHER, Share.FIRST, Share.URGENT):
        while limiter.chat_wait(-1, now, share) < 5.0:
            now += limiter.chat_wait(-1, now, share)
            limiter.take(-1, now)
            went.append(share)
    assert [went.count(share) for share in (Share.FURTHER, Share.FIRST, Share.URGENT)] == [12, 4, 4]


@pytest.mark.parametrize(
    ("priority", "turn", "share"),
    [
        (Priority.SOS, 9, Share.URGENT),
        (Priority.ALERT, 0, Share.FIRST),
        (Priority.CARD, 1, Share.FURTHER),
    ],
)
def test_shares_follow_urgency_and_turn(priority: Priority, turn: int, share: Share) -> None:
    """A call for help may use all of a limit, anything else as much as its cause has left."""
    assert share_of(priority, turn) is share


def test_parked_chat_is_closed_and_no_other() -> None:
    """A chat that Telegram parked is closed until its time, and only that one."""
    limiter = Limiter(LIMITS)
    limiter.park(7, START + 10, now=START)
    assert (limiter.chat_wait(7, START), limiter.chat_wait(8, START)) == (10.0, 0.0)
    assert (limiter.closed(START), limiter.closed(START + 10)) == ({7: 10.0}, {})


def test_a_call_for_help_tries_a_parked_chat_every_minute() -> None:
    """A chat that Telegram closes for an hour is closed to a call for help for a minute, and again after each refusal."""
    limiter = Limiter(LIMITS)
    limiter.park(7, START + 3600, now=START)
    assert (limiter.chat_wait(7, START), limiter.chat_wait(7, START, Share.FIRST)) == (60.0, 3600.0)
    limiter.park(7, START + 3660, now=START + 60)
    assert limiter.chat_wait(7, START + 60) == 60.0
    limiter.release(7)
    assert limiter.chat_wait(7, START + 61, Share.FIRST) == 0.0


def test_parking_holds_without_limits_too() -> None:
    """Telegram's own word is obeyed even when our limits are off."""
    limiter = Limiter(None)
    limiter.park(7, START + 10, now=START)
    assert limiter.chat_wait(7, START) == 10.0


def test_a_shorter_parking_does_not_open_a_chat() -> None:
    """A chat parked twice stays closed until the later time."""
    limiter = Limiter(LIMITS)
    limiter.park(7, START + 10, now=START)
    limiter.park(7, START + 5, now=START)
    assert limiter.chat_wait(7, START) == 10.0


def test_limits_off_never_wait() -> None:
    """Without limits nothing waits for anything."""
    times = play(Limiter(None), [7] * 200)[7]
    assert times[-1] == START


def test_closed_chats_are_named_with_their_wait() -> None:
    """A group that has had its twenty is named as closed until the minute is over."""
    limiter = Limiter(LIMITS)
    play(limiter, [-1] * 20)
    assert limiter.closed(START + 30)[-1] == pytest.approx(31, abs=1)


def test_restart_that_is_told_of_recent_sends_keeps_the_limits() -> None:
    """A new limiter that is told what was sent lately goes on as the old one would."""
    first = play(Limiter(LIMITS), [-1] * 20)[-1]
    seeded = Limiter(LIMITS)
    for at in first:
        seeded.take(-1, at)
    second = play(seeded, [-1] * 5, start=first[-1] + 1)[-1]
    assert busiest([*first, *second], 60.0) <= 20


@pytest.mark.parametrize("seconds", [1.0, 3600.0, 86_400.0])
def test_clock_set_back_stops_nothing(seconds: float) -> None:
    """When the clock is set back, by however much, sending goes on after the ordinary waits."""
    limiter = Limiter(LIMITS)
    play(limiter, list(range(1, 31)))
    limiter.take(-1, START + 1)
    now = START + 1 - seconds
    assert max(limiter.overall_wait(now), limiter.chat_wait(1, now), limiter.chat_wait(-1, now)) < 1.1


def test_parked_chat_follows_a_clock_set_back() -> None:
    """A chat that Telegram closed for a while is closed no longer, also where nothing was sent and no limit is kept."""
    limiter = Limiter(None)
    limiter.closed(START)
    limiter.park(7, START + 30, now=START)
    assert limiter.chat_wait(7, START - 86_400) == pytest.approx(30)


def test_old_chats_are_forgotten() -> None:
    """What was sent long ago is not remembered for ever."""
    limiter = Limiter(LIMITS)
    play(limiter, [*range(1, 50), -1])
    limiter.closed(START + 1000)
    assert (limiter._persons, limiter._groups, limiter._parked) == ({}, {}, {})


def thirty(limiter: Limiter) -> list[float]:
    """Send thirty messages to thirty people as soon as allowed, each answered 50 ms later; give the times."""
    times = [sent[0] for sent in play(limiter, list(range(1, 31))).values()]
    for at in times[1:]:
        limiter.answered(at, at + 0.05)
    return times


def test_message_that_arrived_late_counts_from_when_it_arrived() -> None:
    """A call that took 0.3 s longer than the fastest one keeps its place in the second for so much longer."""
    prompt, late = Limiter(LIMITS), Limiter(LIMITS)
    times = thirty(prompt)
    prompt.answered(times[0], times[0] + 0.05)
    thirty(late)
    late.answered(times[0], times[0] + 0.35)
    end = times[-1] + 0.1
    # The first place is free at its old time; the second message's place comes next when the first arrived late.
    assert prompt.overall_wait(end) == pytest.approx(times[0] + 1.0 + LIMITS.second_margin - end)
    assert late.overall_wait(end) == pytest.approx(times[1] + 1.0 + LIMITS.second_margin - end)


def test_messages_that_left_late_count_from_when_they_left() -> None:
    """Messages that waited for a note in the database before they went out count from the moment they did."""
    limiter = Limiter(LIMITS)
    limiter.take(1, START)
    limiter.sent_late(1, START + 0.2)
    assert limiter.overall_wait(START + 0.2) == pytest.approx(LIMITS.spacing)
