"""Whose order an update belongs to."""

from __future__ import annotations

from typing import Any

import pytest

from core.delivery.lanes import lane_of
from core.delivery.overtaking import is_alarm

ANONYMOUS = {"id": 1087968824, "is_bot": True}


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": {"chat": {"id": -5}, "from": {"id": 8}}}, 8),
        ({"message": {"chat": {"id": 8}, "from": {"id": 8}}}, 8),
        ({"edited_message": {"chat": {"id": -6}, "from": {"id": 8}}}, 8),
        ({"my_chat_member": {"chat": {"id": -7}, "from": {"id": 8}}}, 8),
        ({"callback_query": {"from": {"id": 8}, "message": {"chat": {"id": -9}}}}, 8),
        ({"message_reaction": {"chat": {"id": -7}, "user": {"id": 8}}}, 8),
        ({"message": {"chat": {"id": -5}, "from": ANONYMOUS, "sender_chat": {"id": -5}}}, -5),
        ({"channel_post": {"chat": {"id": -10}}}, -10),
        ({"message": {"chat": {"id": -5}}}, -5),
        ({"callback_query": {"message": {"chat": {"id": -9}}}}, -9),
        ({"message": {"chat": {"id": "x"}}}, 0),
        ({"message": {"chat": {"id": 1 << 70}, "from": {"id": True}}}, 0),
        ({"message": ["?"]}, 0),
        ({"poll": {}}, 0),
    ],
)
def test_order_is_kept_within_the_person(update: dict[str, Any], lane: int) -> None:
    """An update belongs to the person whom it is from, wherever they write; to its chat where it speaks for that."""
    assert lane_of(update) == lane


@pytest.mark.parametrize(
    ("update", "called"),
    [
        ({"message": {"text": "/darurat"}}, True),
        ({"message": {"text": "/SOS@posko_bot ada api"}}, True),
        ({"message": {"caption": "/darurat"}}, True),
        ({"callback_query": {"data": "so:1"}}, True),
        ({"message": {"text": "tolong /darurat"}}, False),
        ({"edited_message": {"text": "/darurat"}}, False),
        ({"callback_query": {"data": "sox"}}, False),
        ({"callback_query": {}}, False),
        ({"message": {"text": 5}}, False),
        ({}, False),
    ],
)
def test_calls_for_help_are_known_before_they_are_read(update: dict[str, Any], called: bool) -> None:
    """The command that calls for help and the button that it answers with are known in the update as it comes."""
    assert is_alarm(update) is called
