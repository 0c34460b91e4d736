"""Refusals for sending too fast: one chat's own, or the whole bot's."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.delivery.floods import PROBE_SECONDS, Floods

HOUR = 3600.0


def refuse(floods: Floods, *chats: int, now: float = 0.1, seconds: float = HOUR) -> list[bool]:
    """Begin a call to each of these chats at once, and let all be refused."""
    calls = [(chat, floods.begin()) for chat in chats]
    return [floods.refused(chat, call=call, now=now, seconds=seconds) for chat, call in calls]


def barred(*, seconds: float = HOUR) -> Floods:
    """Two chats were refused at 0.1 s, and at 0.4 s the message that went alone."""
    floods = Floods()
    refuse(floods, 7, 8, seconds=seconds)
    assert refuse(floods, 9, now=0.4, seconds=seconds) == [True]
    return floods


def test_one_chat_is_its_own_affair() -> None:
    """A chat that is refused again and again makes nobody careful."""
    floods = Floods()
    for second in range(10):
        assert refuse(floods, 7, now=second) == [False]
    assert (floods.careful, floods.barred, floods.wait(10.0)) == (False, False, 0.0)


def test_two_chats_at_a_time_make_careful_until_a_message_passes() -> None:
    """Two chats refused within a second pause nothing: one message at a time goes, until one passes."""
    floods = Floods()
    under_way = floods.begin()
    refuse(floods, 7, 8)
    assert (floods.careful, floods.barred, floods.wait(0.1)) == (True, False, 0.0)
    assert floods.passed(call=under_way) is None
    assert floods.careful
    assert floods.passed(call=floods.begin()) == frozenset({7, 8})
    assert not floods.careful


def test_two_chats_one_after_another_are_two_affairs() -> None:
    """Two chats refused seconds apart are two affairs."""
    floods = Floods()
    refuse(floods, 7, now=0.1)
    refuse(floods, 8, now=5.1)
    assert not floods.careful


def test_a_third_chat_bars_everything_for_seconds() -> None:
    """When the message that goes alone is refused as well, everything waits, for two seconds first, whatever Telegram asks for."""
    floods = barred()
    assert (floods.barred, round(floods.wait(0.4), 3)) == (True, PROBE_SECONDS[0])
    assert floods.passed(call=floods.begin()) == frozenset()
    assert (floods.careful, floods.barred, floods.wait(0.5)) == (False, False, 0.0)


def test_calls_that_were_under_way_prove_nothing() -> None:
    """What had begun before everything was barred neither ends it nor makes it longer."""
    floods = Floods()
    early, late = floods.begin(), floods.begin()
    refuse(floods, 7, 8)
    refuse(floods, 9, now=0.4)
    assert floods.passed(call=early) is None
    floods.refused(10, call=late, now=0.5, seconds=HOUR)
    assert round(floods.wait(0.5), 3) == PROBE_SECONDS[0] - 0.1


def test_pauses_grow_to_a_minute() -> None:
    """Each message that tries and is refused makes the next pause longer, up to a minute."""
    floods, now, waits = barred(), 0.4, [barred().wait(0.4)]
    for _ in range(6):
        now += floods.wait(now)
        refuse(floods, 9, now=now)
        waits.append(floods.wait(now))
    assert [round(wait) for wait in waits] == [2, 5, 15, 30, 60, 60, 60]


def test_three_chats_at_a_time_bar_everything() -> None:
    """Three chats refused within a second are no coincidence: nothing is asked of a fourth."""
    floods = Floods()
    assert refuse(floods, 7, 8, 9) == [False, False, True]


def test_two_chats_that_are_all_try_again() -> None:
    """Where the two chats that were refused are all that there is to write to, they try again after two seconds, one at a time."""
    floods = Floods()
    refuse(floods, 7, 8)
    assert (floods.stuck(1.0), floods.stuck(2.2), floods.stuck(2.3)) == (False, True, False)
    assert (floods.barred, floods.wait(2.2)) == (True, 0.0)
    refuse(floods, 7, now=2.3)
    assert round(floods.wait(2.3), 3) == PROBE_SECONDS[1]
    assert floods.passed(call=floods.begin()) == frozenset({7, 8})


def test_a_shorter_word_of_telegram_is_taken() -> None:
    """Where Telegram asks for less than the pause, its word holds."""
    assert round(barred(seconds=1.0).wait(0.4), 3) == 1.0


@settings(max_examples=100, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.integers(1, 4), st.integers(0, 3), st.sampled_from([0.1, 1.0, 90.0, -HOUR, HOUR]), st.booleans()),
        max_size=60,
    )
)
def test_nothing_is_ever_held_for_longer_than_a_minute(steps: list[tuple[int, int, float, bool]]) -> None:
    """Whatever is refused, whatever Telegram asks for and whatever becomes of the clock: within a minute something is tried."""
    floods, now = Floods(), 1000.0
    for chat, before, later, refused in steps:
        now += later
        call = floods.begin() - before
        if refused:
            floods.refused(chat, call=call, now=now, seconds=86_400.0)
        else:
            floods.passed(call=call)
        assert 0.0 <= floods.wait(now) <= PROBE_SECONDS[-1]
