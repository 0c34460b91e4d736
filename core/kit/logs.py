"""Log lines: one format for people or JSON, the update's id on every line, the token on none."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

UPDATE: ContextVar[str] = ContextVar("update", default="-")
# PostgreSQL quotes the row that it refused, with answers and names; SQLAlchemy adds the statement, a traceback goes on.
ROW_DETAIL = re.compile(
    r"^DETAIL: .*?(?=^\[SQL: |^The above exception|^During handling|^Traceback|\Z)", re.DOTALL | re.MULTILINE
)
TOKEN_SHAPE = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")  # how Telegram's tokens look


@contextmanager
def about_update(update_id: int) -> Iterator[None]:
    """Put this update's id on every line logged inside the block."""
    token = UPDATE.set(str(update_id))
    try:
        yield
    finally:
        UPDATE.reset(token)


class RedactingFormatter(logging.Formatter):
    """Formats a line whole (message and traceback) and then takes the token out of it; a row quoted by the database too.

    It sits on the handler: a filter on a logger would not see the records of other loggers below it,
    and the libraries log request addresses, which hold the token.
    """

    def __init__(self, secrets: tuple[str, ...], *, as_json: bool) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(update)s] %(message)s")
        self._secrets = tuple(secret for secret in secrets if secret)
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """Give the finished line."""
        record.update = UPDATE.get()
        line = self._json(record) if self._as_json else super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "[token]")
        return TOKEN_SHAPE.sub("[token]", line)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - logging's name
        """Give the time in ISO 8601, UTC."""
        del datefmt
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        """Give the traceback without the rows that a database quotes."""
        return ROW_DETAIL.sub("DETAIL: [row]\n", super().formatException(ei)).rstrip("\n")

    def _json(self, record: logging.LogRecord) -> str:
        fields = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "update": UPDATE.get(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


def set_up(*, as_json: bool, secrets: tuple[str, ...]) -> None:
    """Send all logging to standard error through the redacting formatter."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets, as_json=as_json))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for noisy in ("httpx", "httpcore", "telegram", "aiohttp.access", "alembic", "aiosqlite"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # It logs a proxy's error page with a traceback; what that means is said once by who made the call.
    logging.getLogger("telegram.request.BaseRequest").setLevel(logging.CRITICAL)
