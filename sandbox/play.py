"""`bot.py sandbox`: the demo, or a console to try the bot by hand."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import sys
from pathlib import Path


async def play(root: Path, *, demo: bool) -> int:
    """Play the story, or open the console; gives the exit code. Ctrl-C stops the bot in good order first."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # Indonesian is plain, but the bot's symbols are not
    if demo:
        from sandbox.demo.demo import play_demo  # noqa: PLC0415 - the console does not need the story

        work = asyncio.ensure_future(play_demo(root))
    else:
        from sandbox.rehearsal.console import open_console  # noqa: PLC0415 - and the other way round

        work = asyncio.ensure_future(open_console(root))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, work.cancel)
    await asyncio.wait([work])
    if work.cancelled():
        sys.stderr.write("\nstopped\n")
        return 1 if demo else 0
    try:
        return work.result()
    except BrokenPipeError:  # whoever read our output has gone, as in `make demo | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
