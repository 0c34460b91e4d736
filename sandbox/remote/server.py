"""Runs the local Telegram on its own: `python -m sandbox.remote.server --port 8081 --token 1:x`."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence

from sandbox.local import LocalTelegram
from sandbox.remote.control import Control
from sandbox.world.limits import Limits


def read_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.remote.server", description="A strict local Telegram.")
    parser.add_argument("--port", type=int, default=8081, help="on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--token", default="123456:sandbox", help="the bot's token")
    parser.add_argument("--username", default="posko_test_bot", help="the bot's name")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds added to every call")
    parser.add_argument("--no-limits", action="store_true", help="never answer 429")
    parser.add_argument("--no-privacy", action="store_true", help="let the bot hear everything in groups")
    parser.add_argument("--webhook-door", help="where updates for the bot's webhook go, as http://127.0.0.1:PORT")
    parser.add_argument("--keep-calls", type=int, default=10_000, help="calls and events kept for the control API")
    return parser.parse_args(arguments)


async def serve(options: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM."""
    telegram = LocalTelegram(
        options.token,
        limits=Limits.off() if options.no_limits else Limits(),
        username=options.username,
        latency=options.latency,
        privacy=not options.no_privacy,
        keep_calls=options.keep_calls,
    )
    Control(telegram)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await telegram.start(options.port)
    if options.webhook_door:
        telegram.deliver_webhooks(options.webhook_door)
    sys.stdout.write(f"{telegram.url}\n")
    sys.stdout.flush()
    try:
        await stop.wait()
    finally:
        await telegram.stop()


if __name__ == "__main__":
    asyncio.run(serve(read_arguments()))
