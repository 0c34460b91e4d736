"""Takes a call, checks it, does it or refuses it, and notes what happened."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.api.botapi_check import BotApi, Upload
from sandbox.api.methods import get_updates, played_methods
from sandbox.errors import RefusedError, bad, refuse
from sandbox.world.calls import Call, CallLog
from sandbox.world.faults import DOWNLOAD, Fault, Faults
from sandbox.world.files import StoredFile
from sandbox.world.state import ServerState

_BAD_GATEWAY = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>\r\n"
)
_GARBAGE = b'{"ok":tru'


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back over HTTP; `dropped` means that the connection breaks instead."""

    status: int
    body: bytes = b""
    html: bool = False
    dropped: bool = False


class Clerk:
    """Answers calls for one bot."""

    def __init__(self, state: ServerState, api: BotApi, *, keep_calls: int) -> None:
        self.state = state
        self.faults = Faults()
        self.log = CallLog(keep_calls)
        self._api = api
        self._played = played_methods()

    async def answer(
        self,
        name: str,
        raw: Mapping[str, Any],
        files: Mapping[str, Upload],
        caller_is_gone: Callable[[], bool],
    ) -> Reply:
        """Answer one call; `raw` holds the parameters as they came."""
        check = self._api.methods.get(name.lower())
        call = Call(check.name if check else name, {**raw, **files}, self.state.now)
        if check is None:
            return self._refused(call, refuse(404, "method not found"))
        delay, fault = self.faults.strike(check.name, raw)
        if delay:
            await asyncio.sleep(delay)
        if fault and fault.kind not in {"drop_after", "garbage"}:
            return self._struck(call, fault)
        try:
            self.state.pass_upload(sum(len(file.data) for file in files.values()))
            params = check.read(raw, files)
            call.params = params
            if check.name == "getUpdates":
                result: Any = await get_updates(self.state, params)
            else:
                method = self._played.get(check.name)
                if method is None:
                    raise bad("method is not played by the local Telegram")
                result = method(self.state, params)
        except RefusedError as refusal:
            # A poll whose caller hung up long ago ends in a conflict that nobody sees.
            call.fault = caller_is_gone()
            return self._refused(call, refusal)
        if fault:
            return self._struck(call, fault)
        call.status = 200
        self._note(call)
        return Reply(200, json.dumps({"ok": True, "result": result}).encode())

    def download(self, path: str) -> tuple[float, Fault | None, StoredFile | None]:
        """Find a file to be downloaded and the trouble it meets: seconds of delay first, then a fault if any."""
        delay, fault = self.faults.strike(DOWNLOAD, {})
        stored = self.state.world.files.at(path, self.state.now)
        call = Call(DOWNLOAD, {"file_path": path}, self.state.now)
        if fault is not None:
            call.fault, call.description = True, f"fault: {fault.kind}"
            call.status = reply_of(fault).status
        else:
            call.status = 404 if stored is None else 200
            call.description = "" if stored is not None else "Not Found"
        self._note(call)
        return delay, fault, stored

    def _note(self, call: Call) -> None:
        self.log.add(call)
        self.state.world.bell.ring()

    def _refused(self, call: Call, refusal: RefusedError) -> Reply:
        call.status = refusal.status
        call.description = refusal.description
        self._note(call)
        return Reply(refusal.status, json.dumps(refusal.body()).encode())

    def _struck(self, call: Call, fault: Fault) -> Reply:
        reply = reply_of(fault)
        call.fault = True
        call.status = reply.status
        call.description = f"fault: {fault.kind}"
        self._note(call)
        return reply


def reply_of(fault: Fault) -> Reply:
    """Give what a fault makes of an answer."""
    if fault.kind == "flood":
        description = f"Too Many Requests: retry after {fault.retry_after}"
        body = RefusedError(429, description, {"retry_after": fault.retry_after}).body()
        return Reply(429, json.dumps(body).encode())
    if fault.kind == "restart":
        # tdlib/telegram-bot-api Client.cpp 16296
        return Reply(500, json.dumps(RefusedError(500, "Internal Server Error: restart").body()).encode())
    if fault.kind == "bad_gateway":
        return Reply(502, _BAD_GATEWAY, html=True)
    if fault.kind == "garbage":
        return Reply(200, _GARBAGE)
    return Reply(0, dropped=True)
