"""Checks keyboards the way Telegram does, button by button."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from sandbox.errors import bad

CALLBACK_DATA_BYTES = 64  # Telegram's docs, InlineKeyboardButton
BUTTONS = 100  # a keyboard with more is refused as too long
MARKUP_BYTES = 10_000  # so is one whose JSON is bigger
_ACTIONS = (
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
_STYLES = frozenset({"danger", "success", "primary"})
_URL_SCHEMES = frozenset({"http", "https", "tg", "ton"})
_PRIVATE_ONLY = {
    "request_location": "location can be requested",
    "request_contact": "phone number can be requested",
    "web_app": "web App buttons can be used",
}
_BUTTON = "can't parse inline keyboard button: "


def check_markup(markup: dict[str, Any] | None, *, private: bool, editing: bool = False) -> dict[str, Any] | None:
    """Give the inline keyboard that the message will carry, or None; refuse what Telegram refuses."""
    if not markup:
        return None
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"], private=private)
    if editing:
        raise bad("inline keyboard expected")
    if "keyboard" in markup:
        _reply_keyboard(markup["keyboard"], private=private)
    elif not any(isinstance(markup.get(name), bool) for name in ("remove_keyboard", "force_reply")):
        for name in ("remove_keyboard", "force_reply"):
            if name in markup:
                raise bad(f'field "{name}" must be of type Boolean')
        raise bad("object expected as reply markup")
    return None


def _inline(rows: Any, *, private: bool) -> dict[str, Any] | None:
    if not isinstance(rows, list):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array')
    kept: list[list[dict[str, Any]]] = []
    count = 0
    for row in rows:
        if not isinstance(row, list):
            raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
        if row:
            kept.append([_inline_button(button, private=private) for button in row])
            count += len(row)
    if not kept:
        return None
    if count > BUTTONS or len(json.dumps(kept)) > MARKUP_BYTES:
        raise bad("reply markup is too long")
    return {"inline_keyboard": kept}


def _inline_button(button: Any, *, private: bool) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad(f"{_BUTTON}InlineKeyboardButton must be an Object")
    text = _string_field(button, "text")
    if text is None:
        raise bad(f'{_BUTTON}Can\'t find field "text"')
    style = button.get("style")
    if style is not None and style not in _STYLES:
        raise bad(f"{_BUTTON}Invalid button style specified")
    actions = [name for name in _ACTIONS if button.get(name) is not None]
    if not actions:
        raise bad(f"{_BUTTON}Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad(f"{_BUTTON}exactly one action must be specified, found {', '.join(actions)}")
    if not text.strip():
        raise bad("inline keyboard button text must be non-empty")
    _check_action(button, actions[0], private=private)
    return button


def _check_action(button: dict[str, Any], action: str, *, private: bool) -> None:
    if action == "callback_data":
        data = _string_field(button, "callback_data") or ""
        if not 1 <= len(data.encode()) <= CALLBACK_DATA_BYTES:
            raise bad("BUTTON_DATA_INVALID")
    elif action == "url":
        _check_url(_string_field(button, "url") or "")
    elif action == "web_app":
        if not isinstance(button["web_app"], dict) or not isinstance(button["web_app"].get("url"), str):
            raise bad(f'{_BUTTON}Can\'t find field "url"')
        if not private:
            raise bad("web App buttons can be used in private chats only")
        if not button["web_app"]["url"].startswith("https://"):
            raise bad(
                f"inline keyboard button Web App URL '{button['web_app']['url']}' is invalid: Only HTTPS links are allowed"
            )


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url if ":" in url else f"http://{url}")
    except ValueError:
        raise bad("BUTTON_URL_INVALID") from None
    if parts.scheme not in _URL_SCHEMES:
        raise bad("BUTTON_URL_INVALID")
    if parts.scheme in {"http", "https"} and ("." not in (parts.hostname or "") or " " in url):
        raise bad("BUTTON_URL_INVALID")


def _string_field(button: dict[str, Any], name: str) -> str | None:
    value = button.get(name)
    if value is not None and not isinstance(value, str):
        raise bad(f'{_BUTTON}Field "{name}" must be of type String')
    return value


def _reply_keyboard(rows: Any, *, private: bool) -> None:
    if not isinstance(rows, list):
        raise bad('field "keyboard" of the ReplyKeyboardMarkup must be an Array')
    for row in rows:
        if not isinstance(row, list):
            raise bad('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
        for button in row:
            _reply_button(button if isinstance(button, dict) else {"text": button}, private=private)


def _reply_button(button: dict[str, Any], *, private: bool) -> None:
    text = button.get("text")
    if not isinstance(text, str):
        raise bad("can't parse keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad("keyboard button text must be non-empty")
    for name, words in _PRIVATE_ONLY.items():
        if button.get(name) and not private:
            raise bad(f"{words} in private chats only")
