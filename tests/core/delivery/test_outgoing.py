"""What goes out, as plain values."""

from __future__ import annotations

import pytest

from core.delivery.outgoing import Button, Place, Priority, contact_keyboard, keyboard, message_params
from core.incidents.taps import TakeTap
from core.own.taps import LanguageTap


def test_urgency_has_an_order() -> None:
    """Calls for help leave first, then answers to taps, alerts, cards, summaries, and last an admin's broadcast."""
    names = [item.name for item in sorted(Priority)]
    assert names == ["SOS", "ANSWER", "ALERT", "CARD", "SUMMARY", "NOTICE"]


def test_buttons_become_a_keyboard() -> None:
    """Rows of buttons become Telegram's inline keyboard, with data, address and style."""
    found = keyboard([[Button("Terima", TakeTap(1), style="primary"), Button("Peta", url="https://t.me/x")]])
    assert found == {
        "inline_keyboard": [
            [
                {"text": "Terima", "callback_data": "it:1", "style": "primary"},
                {"text": "Peta", "url": "https://t.me/x"},
            ]
        ]
    }


@pytest.mark.parametrize("rows", [(), [[]], [[], []]])
def test_no_buttons_are_no_keyboard(rows: list[list[Button]]) -> None:
    """Without any button there is no keyboard at all."""
    assert keyboard(rows) is None


@pytest.mark.parametrize("code", ["a" * 60, "я" * 30])
def test_data_that_telegram_would_refuse_is_an_error(code: str) -> None:
    """Button data is checked where it is made: 1 to 64 bytes, not characters; a button that does nothing is none."""
    with pytest.raises(ValueError, match="1 to 64 bytes"):
        keyboard([[Button("x", LanguageTap(code))]])
    with pytest.raises(ValueError, match="must do something"):
        keyboard([[Button("x")]])


def test_longest_data_passes() -> None:
    """Sixty-four bytes of data are taken."""
    assert keyboard([[Button("x", LanguageTap(f"{'я' * 29}a"))]]) is not None


def test_text_is_html_without_previews() -> None:
    """A message's text is HTML, and links in it open no preview."""
    params = message_params("<b>Halo</b>")
    assert params == {"text": "<b>Halo</b>", "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


@pytest.mark.parametrize(
    ("place", "named"), [(Place(-5), {"chat_id": -5}), (Place(-5, 7), {"chat_id": -5, "message_thread_id": 7})]
)
def test_place_names_chat_and_topic(place: Place, named: dict[str, int]) -> None:
    """A place adds its chat, and its topic only where it has one."""
    assert named.items() <= (params := message_params("x", place=place)).items()
    assert ("message_thread_id" in params) == ("message_thread_id" in named)


def test_a_button_copies_what_fits() -> None:
    """A button may copy a text of up to 256 characters, and no more."""
    found = keyboard([[Button("Salin", copy="Yth. Komandan")]])
    assert found == {"inline_keyboard": [[{"text": "Salin", "copy_text": {"text": "Yth. Komandan"}}]]}
    with pytest.raises(ValueError, match="copies"):
        keyboard([[Button("Salin", copy="x" * 257)]])


def test_a_reply_keyboard_asks_for_the_phones_own_number() -> None:
    """The keyboard that shares a number has one button, goes away once used, and is as small as it can be."""
    assert contact_keyboard("Bagikan") == {
        "keyboard": [[{"text": "Bagikan", "request_contact": True}]],
        "one_time_keyboard": True,
        "resize_keyboard": True,
    }
