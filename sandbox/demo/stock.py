"""What is stored at the end of the story, read from outside: by the program's own export and by plain sqlite3.

The demo is a witness for the program, so it does not ask the program's storage code.
"""

from __future__ import annotations

import csv
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

TABLES = ("regions", "posts", "people", "groups", "reports", "incidents", "notices")


@dataclass(frozen=True)
class Stock:
    """Numbers for the table at the end."""

    rows: dict[str, int]  # by table
    updates_in: int  # what Telegram had for the bot
    unfinished: int  # updates taken in and not done
    unsent: int  # messages that still wait
    sent: dict[str, int]  # successful calls by method
    lost: tuple[str, ...]  # lines that were filed and are not stored
    doubled: tuple[str, ...]  # lines that are stored more than once

    def table(self) -> Table:
        """The table for people."""
        table = Table(title="What is stored", title_justify="left", show_header=False)
        table.add_column(style="bold")
        table.add_column(justify="right")
        for name in TABLES:
            table.add_row(name, f"{self.rows[name]:,}")
        table.add_section()
        table.add_row("updates in", f"{self.updates_in:,}")
        table.add_row("  of them unfinished", str(self.unfinished))
        table.add_row("messages sent", f"{self.sent['sendMessage'] + self.sent['sendPhoto']:,}")
        table.add_row("messages edited", f"{self.sent['editMessageText']:,}")
        table.add_row("messages still waiting", str(self.unsent))
        table.add_section()
        table.add_row("reports lost", str(len(self.lost)))
        table.add_row("reports doubled", str(len(self.doubled)))
        return table


def take_stock(
    database: Path, exports: Iterable[Path], filed: Iterable[str], *, updates_in: int, sent: Counter[str]
) -> Stock:
    """Count the rows, and hold every line that was filed against the exports."""
    stored = Counter(row["text"] for file in exports for row in _rows(file))
    lines = list(filed)
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as base:

        def count(table: str, where: str = "1") -> int:
            return int(base.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])  # noqa: S608 - our names

        return Stock(
            rows={name: count(name) for name in TABLES},
            updates_in=updates_in,
            unfinished=count("inbox", "state <> 'done'"),
            unsent=count("outbox", "state IN ('waiting', 'sending')"),
            sent={name: sent[name] for name in ("sendMessage", "sendPhoto", "editMessageText")},
            lost=tuple(line for line in lines if not stored[line]),
            doubled=tuple(line for line in dict.fromkeys(lines) if stored[line] > lines.count(line)),
        )


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))
