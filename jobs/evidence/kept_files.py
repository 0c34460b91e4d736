"""Kept files on their way out: read when their message is sent, under a name of ours, and looked through if confided."""

from __future__ import annotations

import asyncio
import logging
from pathlib import PurePosixPath
from typing import Any

from telegram import InputFile
from telegram.error import NetworkError

from core.delivery.outgoing import HTML
from core.evidence.passing_on import KEPT, KeptFile, Unsent, tells, without_notes
from jobs.delivery.one_call import Api
from jobs.evidence.media_folder import MediaStore
from storage import evidence
from storage.database.engine import Database

LOG = logging.getLogger(__name__)
AT_ONCE = 2  # files held in memory, of 20 MB at most each


class _UnsentError(Exception):
    """The file cannot go on; `why` says what stands in its place."""

    def __init__(self, why: Unsent) -> None:
        super().__init__(why)
        self.why = why


class KeptFiles:
    """The Bot API as the sender sees it: a call that names a kept file goes out with its content."""

    def __init__(self, api: Api, db: Database, store: MediaStore) -> None:
        self._api, self._db, self._store = api, db, store
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def do_api_request(self, endpoint: str, api_kwargs: dict[str, Any] | None = None, **options: Any) -> Any:
        """Make a call; where a kept file may not or cannot go with it, the words that stand for the file go instead."""
        if api_kwargs is None or KEPT not in api_kwargs:
            return await self._api.do_api_request(endpoint, api_kwargs=api_kwargs, **options)
        params = dict(api_kwargs)
        file = KeptFile.read(params.pop(KEPT))
        async with self._turn:
            try:
                content = await self._content(file.media_id)
            except _UnsentError as error:
                words = {name: value for name, value in params.items() if name != "caption"}
                said = {**words, **HTML, "text": file.instead[error.why]}
                return await self._api.do_api_request("sendMessage", api_kwargs=said, **options)
            field = endpoint.removeprefix("send").lower()
            params[field] = InputFile(content, filename=file.name)
            if field == "document":
                params["disable_content_type_detection"] = True  # or a song would show its title
            return await self._api.do_api_request(endpoint, api_kwargs=params, **options)

    async def _content(self, media_id: int) -> bytes:
        try:
            found = await self._db.read(lambda tx: evidence.readable(tx, media_id))
        except Exception as error:  # noqa: BLE001 - whatever ails the database, nothing was sent: the message goes later
            raise NetworkError(f"the database cannot be read: {type(error).__name__}") from None
        if found is None:
            raise _UnsentError(Unsent.UNREAD)
        try:
            content = await self._store.read(found.path)
        except OSError as error:
            LOG.error("file %d cannot be read from the media folder: %s", media_id, error.strerror)  # noqa: TRY400
            raise _UnsentError(Unsent.UNREAD) from None
        end = PurePosixPath(found.path).suffix.removeprefix(".")
        if found.secret:
            content = await asyncio.to_thread(without_notes, content, end)
            if await asyncio.to_thread(tells, content, end, found.names):
                raise _UnsentError(Unsent.TELLING)
        return content
