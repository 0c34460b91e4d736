"""How long to wait before trying again."""

from __future__ import annotations

from core.delivery.backoff import (
    HANDLER_DELAYS,
    NETWORK_DELAYS,
    Trouble,
    handler_delay,
    holds_chat,
    network_delay,
    row_delay,
)


def test_failed_update_has_five_attempts() -> None:
    """A failing update waits 2, 8, 30 and 60 seconds, and after its fifth attempt it is given up."""
    assert [handler_delay(failed) for failed in range(1, 6)] == [2.0, 8.0, 30.0, 60.0, None]


def test_a_chat_is_held_up_for_a_minute_at_most() -> None:
    """No wait between two attempts is longer than a minute."""
    assert max(HANDLER_DELAYS) <= 60


def test_waits_for_the_network_grow_and_then_stay() -> None:
    """Each failure in a row waits at least as long as the one before, and the longest wait repeats."""
    waits = [network_delay(failures) for failures in range(1, 20)]
    assert (waits, waits[-1]) == (sorted(waits), NETWORK_DELAYS[-1])


def test_no_failure_waits_for_nothing() -> None:
    """Without a failure there is no wait."""
    assert network_delay(0) == 0.0


def test_a_message_waits_longer_after_each_failure() -> None:
    """A message's waits grow to five minutes, and it is never given up for them."""
    assert [row_delay(failed) for failed in range(11)] == [0, 1, 2, 4, 8, 15, 30, 60, 120, 300, 300]


def test_a_message_holds_its_chat_twice() -> None:
    """After its first two failures the chat waits with a message; from the third on it waits alone."""
    assert [holds_chat(failed) for failed in (1, 2, 3, 4)] == [True, True, False, False]


def test_trouble_is_said_when_it_begins() -> None:
    """Only the first failure of a row is news."""
    trouble = Trouble()
    assert [trouble.failed() for _ in range(3)] == [True, False, False]


def test_the_end_of_trouble_is_said_once() -> None:
    """Only the first success after failures is news."""
    trouble = Trouble()
    trouble.failed()
    assert [trouble.worked() for _ in range(3)] == [True, False, False]


def test_trouble_that_comes_again_is_news_again() -> None:
    """After a success the next failure is the first of a new row."""
    trouble = Trouble()
    trouble.failed()
    trouble.worked()
    assert (trouble.failed(), trouble.failures) == (True, 1)
