"""Fetching a file's bytes from Telegram, piece by piece, with errors that never hold the address: it holds the token."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol
from urllib.parse import quote

import aiohttp
from telegram.error import InvalidToken, NetworkError, TimedOut

from jobs.delivery.request import (
    CONNECT_SECONDS,
    READ_SECONDS,
    NotConnectedError,
    OutcomeUnknownError,
    TooManyRequestsError,
)

CHUNK_BYTES = 256 * 1024


class LocalServerError(Exception):
    """The Bot API server runs with --local: it names a file on its own disk and gives none over HTTP."""


class GoneError(Exception):
    """The server does not give this file; the text is what it said."""


class Download(Protocol):
    """What the fetcher needs: the pieces of the file that getFile named."""

    def pieces(self, file_path: str) -> AsyncGenerator[bytes]:
        """Give the file piece by piece."""
        ...


class HttpDownload:
    """Downloads over the connections of a session."""

    def __init__(self, session: aiohttp.ClientSession, base: str, *, proxy: str | None = None) -> None:
        self._session, self._base, self._proxy = session, base, proxy

    async def pieces(self, file_path: str) -> AsyncGenerator[bytes]:
        """Give the file piece by piece.

        Raises NotConnectedError, TimedOut, TooManyRequestsError, InvalidToken, NetworkError for a 5xx,
        OutcomeUnknownError for a line that broke half-way, GoneError, LocalServerError; none names the address.
        """
        if file_path.startswith("/") or "\\" in file_path or ".." in file_path.split("/"):
            raise LocalServerError("the Bot API server gives its files on its own disk only")
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=READ_SECONDS)
        url = f"{self._base}/{quote(file_path)}"
        try:
            async with self._session.get(url, proxy=self._proxy, timeout=timeout, allow_redirects=False) as response:
                _check(response)
                async for piece in response.content.iter_chunked(CHUNK_BYTES):
                    yield piece
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as error:
            raise NotConnectedError(f"cannot connect: {type(error).__name__}") from None
        except TimeoutError:
            raise TimedOut(f"no bytes within {READ_SECONDS:g} s") from None
        except aiohttp.ClientError as error:
            raise OutcomeUnknownError(f"the connection broke: {type(error).__name__}") from None


def _check(response: aiohttp.ClientResponse) -> None:
    """Raise for every answer that is not the file."""
    status = response.status
    if status == 429:
        seconds = response.headers.get("Retry-After", "")
        raise TooManyRequestsError(float(seconds) if seconds.isdigit() else 5.0, "too many downloads")
    if status == 401:
        raise InvalidToken("the token is refused for downloads")
    if status >= 500:
        raise NetworkError(f"Telegram answered {status}")
    if status != 200:
        raise GoneError(f"the download was answered with {status}")
    if response.content_type == "text/html":
        # Telegram serves every file as octets; this is the page of something between it and us.
        raise NetworkError("a page came instead of the file")


Opener = Callable[[], AbstractAsyncContextManager[Download]]  # opens a connection for a download


def downloads(api_url: str, token: str, *, proxy: str | None = None) -> Opener:
    """Give what opens downloads from this Bot API server, each over a connection of its own."""
    base = f"{api_url}/file/bot{token}"

    @asynccontextmanager
    async def opened() -> AsyncIterator[Download]:
        async with aiohttp.ClientSession() as session:
            yield HttpDownload(session, base, proxy=proxy)

    return opened
