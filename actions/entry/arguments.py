"""The command line's words; there is no option for the token, as the process list would show it."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path


def parser() -> argparse.ArgumentParser:
    """Build the command line. There is no option for the token: the process list would show it."""
    top = argparse.ArgumentParser(
        prog="bot.py", description="Posko: field coordination around an election, in Telegram."
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    run = commands.add_parser("run", help="run the bot (the default)")
    run.add_argument("--clock", type=Path, help="for rehearsals: a file with the seconds to add to the time")
    sandbox = commands.add_parser("sandbox", help="run the bot against a local Telegram, to try it by hand")
    sandbox.add_argument("--demo", action="store_true", help="play the story and print it")
    commands.add_parser("migrate", help="create the database or bring it to this version")
    imported = commands.add_parser("import", help="load regions or posts from a CSV file")
    imported.add_argument("what", choices=["regions", "posts"])
    imported.add_argument("file", type=Path)
    export = commands.add_parser("export", help="write reports or incidents to a file")
    export.add_argument("what", choices=["reports", "incidents"])
    export.add_argument("--format", choices=["csv"], default="csv")
    export.add_argument("--output", type=Path, required=True)
    export.add_argument("--region", help="only this region and what lies in it, by code or name")
    export.add_argument("--since", type=datetime.fromisoformat, help="only what was stored since this day (2027-02-01)")
    export.add_argument("--force", action="store_true", help="overwrite an existing file")
    return top
