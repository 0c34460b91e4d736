"""The HTTP side: a listening socket on loopback, the addresses of the Bot API, and every form a request body may have."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from sandbox.api.botapi_check import Upload
from sandbox.api.clerk import Clerk, Reply, reply_of

UPLOAD_BYTES = 50 * 1024 * 1024  # Telegram's docs, sendDocument
_BODY_BYTES = UPLOAD_BYTES + 1024 * 1024  # the other fields of a multipart request come on top
_TOO_LARGE = Reply(413, b'{"ok":false,"error_code":413,"description":"Request Entity Too Large"}')
_UNAUTHORIZED = Reply(401, b'{"ok":false,"error_code":401,"description":"Unauthorized"}')
_NOT_FOUND = Reply(404, b'{"ok":false,"error_code":404,"description":"Not Found"}')
_UNREADABLE = Reply(400, b'{"ok":false,"error_code":400,"description":"Bad Request: can\'t parse request body"}')
_SERVER_ERROR = Reply(500, b'{"ok":false,"error_code":500,"description":"Internal Server Error"}')
_PAGE = b"<html><body>Please sign in to use this network</body></html>"  # what a captive portal says

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class Front:
    """Listens, reads requests, writes replies; what they mean is the clerk's business."""

    def __init__(self, clerk: Clerk, token: str) -> None:
        self._clerk = clerk
        self._bot_path = f"/bot{token}/"
        self._file_path = f"/file/bot{token}/"
        self._server: web.Server | None = None
        self._listener: asyncio.Server | None = None
        self.control: Handler | None = None
        self.failures: list[BaseException] = []  # mistakes of the local Telegram itself, shown to tests
        self.port = 0
        self.dated = True  # False: answers carry the date of this machine, as those that come through a proxy may

    async def start(self, port: int) -> None:
        """Listen on loopback; port 0 takes a free one."""
        self._server = web.Server(self._handle, access_log=None, request_factory=_request)
        self.port = port
        await self.accept()

    async def accept(self) -> None:
        """Listen (again) on the same port as before."""
        if self._listener is None:
            loop = asyncio.get_running_loop()
            self._listener = await loop.create_server(self._server, "127.0.0.1", self.port)  # type: ignore[arg-type]
            self.port = self._listener.sockets[0].getsockname()[1]

    async def refuse(self) -> None:
        """Stop listening and cut every connection, as when the network is gone."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        if self._server is not None:
            for connection in self._server.connections:
                if connection.transport is not None:
                    connection.transport.abort()
        await asyncio.sleep(0)

    async def stop(self) -> None:
        """End for good."""
        await self.refuse()
        if self._server is not None:
            await self._server.shutdown(timeout=0.1)
            self._server = None

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith(self._bot_path):
            reply = await self._call(path[len(self._bot_path) :], request)
        elif path.startswith(self._file_path):
            return await self._download(request, path[len(self._file_path) :])
        elif path.startswith("/control/") and self.control is not None:
            return await self.control(request)
        else:
            reply = _UNAUTHORIZED if path.startswith(("/bot", "/file/bot")) else _NOT_FOUND
        return self._response(request, reply)

    async def _call(self, method: str, request: web.BaseRequest) -> Reply:
        try:
            read = await _read(request)
        except web.HTTPRequestEntityTooLarge:
            read = None
        except ValueError:
            return _UNREADABLE
        if read is None:
            return _TOO_LARGE
        try:
            return await self._clerk.answer(method, *read, lambda: request.transport is None)
        except Exception as failure:  # noqa: BLE001 - kept for the test to see; a caller gets what a broken server gives
            self.failures.append(failure)
            return _SERVER_ERROR

    async def _download(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        delay, fault, stored = self._clerk.download(path)
        await asyncio.sleep(delay)
        midway = fault is not None and fault.kind in {"drop_midway", "stall"}
        if fault is not None and fault.kind == "garbage":
            return web.Response(body=_PAGE, content_type="text/html")
        if fault is not None and not midway:
            return self._response(request, reply_of(fault))
        if stored is None:
            return self._response(request, _NOT_FOUND)
        response = web.StreamResponse(headers={"Content-Length": str(stored.length)})
        response.content_type = "application/octet-stream"
        await response.prepare(request)
        sent, half = 0, stored.length // 2
        for chunk in stored.chunks():
            if midway and sent + len(chunk) > half:
                await response.write(chunk[: half - sent])
                if fault is not None and fault.kind == "drop_midway":
                    return _broken(request)
                await asyncio.sleep(fault.seconds if fault is not None else 0)
                chunk, midway = chunk[half - sent :], False  # noqa: PLW2901 - the rest of it
            await response.write(chunk)
            sent += len(chunk)
        await response.write_eof()
        return response

    def _response(self, request: web.BaseRequest, reply: Reply) -> web.StreamResponse:
        """Write a reply as the real server does: with the date, which is Telegram's own and not this machine's."""
        if reply.dropped:
            return _broken(request)
        kind = "text/html" if reply.html else "application/json"
        dated = self.dated and reply is not _SERVER_ERROR
        date = {"Date": formatdate(self._clerk.state.now, usegmt=True)} if dated else {}
        return web.Response(body=reply.body, status=reply.status, content_type=kind, headers=date)


def _broken(request: web.BaseRequest) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _request(*args: Any) -> web.BaseRequest:
    message, payload, protocol, writer, task = args
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=_BODY_BYTES)


async def _read(request: web.BaseRequest) -> tuple[dict[str, Any], dict[str, Upload]] | None:
    """Collect the parameters of a call from the address and the body; None when the body is too large."""
    params: dict[str, Any] = (
        dict(parse_qsl(request.query_string, keep_blank_values=True)) if request.query_string else {}
    )
    if not request.can_read_body:
        return params, {}
    if (request.content_length or 0) > _BODY_BYTES:
        return None
    kind = request.content_type
    if kind == "application/json":
        body = json.loads(await request.read())
        if not isinstance(body, dict):
            raise ValueError("a JSON body must be an object")
        params.update(body)
    elif kind == "application/x-www-form-urlencoded":
        params.update(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    elif kind == "multipart/form-data":
        return await _read_parts(request, params)
    return params, {}


async def _read_parts(
    request: web.BaseRequest, params: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Upload]] | None:
    files: dict[str, Upload] = {}
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        name = getattr(part, "name", None)
        data = bytes(await part.read())  # type: ignore[union-attr]
        if len(data) > UPLOAD_BYTES:
            return None
        filename = getattr(part, "filename", None)
        if name and filename is not None:
            files[name] = Upload(data, filename, part.headers.get("Content-Type", "application/octet-stream"))
        elif name:
            params[name] = data.decode()
    return params, files
