"""How the local Telegram refuses: status, text and extra parameters, worded like the real server."""

from __future__ import annotations

import re
from typing import Any

_STATUS_WORDS = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}
_UPPER_CASE_CODE = re.compile(r"^.[A-Z_]")  # MESSAGE_TOO_LONG keeps its first letter, "Message text" loses it


class RefusedError(Exception):
    """A call that Telegram answers with `ok: false`."""

    def __init__(self, status: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """Give the JSON object that Telegram sends with this refusal."""
        body: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def refuse(status: int, text: str, **parameters: Any) -> RefusedError:
    """Word a refusal: a prefix for the status, the text's first letter in lower case (tdlib/telegram-bot-api Client.cpp 186)."""
    if not _UPPER_CASE_CODE.match(text):
        text = text[:1].lower() + text[1:]
    return RefusedError(status, f"{_STATUS_WORDS[status]}: {text}", parameters or None)


def bad(text: str, **parameters: Any) -> RefusedError:
    """Word a 400 Bad Request."""
    return refuse(400, text, **parameters)


def forbidden(text: str) -> RefusedError:
    """Word a 403 Forbidden."""
    return refuse(403, text)


def flood(seconds: int) -> RefusedError:
    """Word a 429 with the seconds to wait (tdlib/telegram-bot-api Query.cpp 111)."""
    return RefusedError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
