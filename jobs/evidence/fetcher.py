"""The fetcher: takes the files of reports from Telegram, hashes them, and keeps each once, as it came, never overwritten.

A file is fetched to a temporary name, put on the disk for good, and only then noted in the database. A kill in between
leaves a file without a note; the next attempt finds it by its hash. The fetcher has connections of its own and a pace
of its own, so that it delays no message.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from datetime import timedelta
from typing import Any

from telegram.error import BadRequest, EndPointNotFound, InvalidToken, NetworkError, TelegramError

from actions.evidence import tell_not_fetched
from actions.people.admins import alert_admins
from core.delivery.backoff import DATABASE_SECONDS, Trouble, network_delay, row_delay
from core.delivery.keys import hour_key
from core.desk import Desk
from core.evidence.files import Fate, extension, fate
from core.kit.clock import Clock
from jobs.delivery.one_call import Api
from jobs.delivery.request import NotConnectedError, TooManyRequestsError
from jobs.evidence.download import Download, GoneError, LocalServerError, Opener
from jobs.evidence.media_folder import DamagedError, MediaStore, TooBigError, WrongSizeError
from storage import evidence
from storage.database.engine import Database, Tx
from storage.database.faults import DatabaseBusyError
from storage.evidence import Fetch
from storage.tables import MediaState

LOG = logging.getLogger(__name__)
AT_ONCE = 12  # downloads in hand: most are over in an instant, but a server that stalls holds its own for 20 s
PER_PERSON = 2  # of them, so that nobody's large or stalled files hold up another's
STARTS = 4  # downloads begun in a round
PACE_SECONDS = 0.3  # between rounds: some dozen files a second at most, and the disk and the line stay free
IDLE_SECONDS = 2.0  # the longest nap
LOOK_SECONDS = 0.5  # while downloads are in hand: how soon a file that has just come is begun beside them
TROUBLE_SECONDS = 60.0  # until the next try when the disk is full, or the server gives no files

Note = Callable[[Tx], Awaitable[Any]]


class _Halt(Exception):  # noqa: N818 - an interruption of all fetching, not an error of one file
    """Nothing can be fetched just now; `alert` names the text that tells admins, if they must act."""

    def __init__(self, why: str, seconds: float, alert: str | None = None) -> None:
        super().__init__(why)
        self.seconds, self.alert = seconds, alert


class Fetcher:
    """Fetches what waits, a few files at a time; each that is done makes room for the next.

    `round` begins what may begin and waits for the first to end, `drain` fetches all that may be fetched now.
    """

    def __init__(
        self,
        db: Database,
        api: Api,
        opener: Opener,
        store: MediaStore,
        *,
        desk: Desk,
        clock: Clock,
        added: Callable[[], None],
    ) -> None:
        self._db, self._api, self._opener, self._store = db, api, opener, store
        self._desk, self._clock, self._added = desk, clock, added
        self._trouble = Trouble()
        self._in_hand: dict[asyncio.Task[Note], Fetch] = {}

    async def run(self, stopping: asyncio.Event) -> None:
        """Fetch until told to stop; a file half fetched is fetched anew at the next start."""
        stop = asyncio.ensure_future(stopping.wait())
        work = asyncio.ensure_future(self._loop())
        await asyncio.wait([stop, work], return_when=asyncio.FIRST_COMPLETED)
        for task in (stop, work):
            task.cancel()
        result = (await asyncio.gather(work, return_exceptions=True))[0]
        if isinstance(result, Exception):
            raise result

    async def _loop(self) -> None:
        clean = False
        while True:
            nap = IDLE_SECONDS
            try:
                clean = clean or await self._cleaned()
                nap = await self.round() if clean else TROUBLE_SECONDS
            except DatabaseBusyError:  # logged where it is found
                nap = DATABASE_SECONDS
            except Exception:
                LOG.exception("a round of fetching files failed; trying again")
            await asyncio.sleep(nap)

    async def drain(self) -> None:
        """Fetch everything that may be fetched at the present time; for tests."""
        while await self.round() == PACE_SECONDS:
            pass
        await self.drop()

    async def round(self) -> float:
        """Begin the next few files and take those that are done; gives the seconds until there may be more to do."""
        try:
            await self._begin()
            if not self._in_hand:
                return IDLE_SECONDS
            done, _ = await asyncio.wait(self._in_hand, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            await self.drop()
            raise
        for task in done:
            del self._in_hand[task]
        return await self._settle(await asyncio.gather(*done, return_exceptions=True))

    async def _begin(self) -> None:
        """Begin the downloads that there is room for, of each person the one that has waited longest."""
        room = min(STARTS, AT_ONCE - len(self._in_hand))
        if room <= 0:
            return
        now, bot_id = self._clock.now(), self._desk.bot_id
        held = [item.id for item in self._in_hand.values()]
        many = Counter(item.person_id for item in self._in_hand.values())
        resting = [person for person, number in many.items() if number >= PER_PERSON]
        for item in await self._db.read(
            lambda tx: evidence.waiting(tx, bot_id, now=now, limit=room, held=held, resting=resting)
        ):
            self._in_hand[asyncio.create_task(self._one(item))] = item

    async def drop(self) -> None:
        """Break off what is in hand; it is fetched anew at the next start."""
        dropped, self._in_hand = list(self._in_hand), {}
        for task in dropped:
            task.cancel()
        await asyncio.gather(*dropped, return_exceptions=True)

    async def _cleaned(self) -> bool:
        """Delete what a killed program had half fetched; False when the disk does not let us."""
        try:
            await self._store.clean()
        except OSError as error:
            await self._halted(_disk(error))
            return False
        return True

    async def _settle(self, results: Sequence[Note | BaseException]) -> float:
        """Note what became of some files; gives the seconds until there may be more to do."""
        notes = [result for result in results if callable(result)]
        if notes:
            await self._db.write(lambda tx: _write(tx, notes))
            self._added()
        halt: _Halt | None = None
        for result in results:
            if isinstance(result, _Halt):
                halt = result
            elif isinstance(result, BaseException):
                raise result
        if halt is not None:
            return await self._halted(halt)
        if results and self._trouble.worked():
            LOG.info("files are fetched again")
        return PACE_SECONDS

    async def _halted(self, halt: _Halt) -> float:
        """Say once in the log that nothing can be fetched, and to admins once an hour if it is theirs to mend."""
        if self._trouble.failed():
            LOG.warning("files wait: %s", halt)
        if halt.alert is not None:
            at, key, reason = self._clock.now(), halt.alert, str(halt)
            desk = self._desk
            await self._db.write(lambda tx: alert_admins(tx, desk, key, key=hour_key(key, at), now=at, reason=reason))
            self._added()
        return max(halt.seconds, network_delay(self._trouble.failures))

    async def _one(self, item: Fetch) -> Note:
        """Fetch one file and give what is to be noted of it; raises _Halt when it is not this file's fault."""
        try:
            async with self._opener() as line:
                return await self._fetch(line, item)
        except TooBigError:
            return self._give_up(item, Fate.REMOTE, "file is too big")
        except TooManyRequestsError as error:
            raise _Halt(error.message, min(error.seconds, TROUBLE_SECONDS)) from None
        except NotConnectedError as error:
            raise _Halt(error.message, 0.0) from None
        except (InvalidToken, EndPointNotFound):
            raise _Halt("Telegram refuses the token", TROUBLE_SECONDS) from None
        except LocalServerError as error:
            raise _Halt(str(error), TROUBLE_SECONDS, "alert-media-local") from None
        except OSError as error:
            raise _disk(error) from None
        except (WrongSizeError, DamagedError) as error:
            return self._failed(item, str(error), final=False)
        except GoneError as error:
            return self._failed(item, str(error), final=True)
        except TelegramError as error:
            return self._failed(item, error.message, final=not isinstance(error, NetworkError) or _refused(error))

    async def _fetch(self, line: Download, item: Fetch) -> Note:
        said = await self._api.do_api_request("getFile", api_kwargs={"file_id": item.file_id})
        file_path, size = said.get("file_path"), said.get("file_size")
        if not isinstance(file_path, str):
            raise GoneError("Telegram names no path for the file")
        end = extension(item.kind, item.name, item.mime)
        announced = size if isinstance(size, int) else None
        async with aclosing(line.pieces(file_path)) as pieces:
            kept = await self._store.take(item.id, pieces, end=end, size=announced)
        now = self._clock.now()
        return lambda tx: evidence.stored(tx, item.id, sha256=kept.sha256, path=kept.path, size=kept.size, now=now)

    def _failed(self, item: Fetch, said: str, *, final: bool) -> Note:
        """Decide by what was said; only Telegram's own word (`final`), said again and again, gives a file up."""
        times = item.attempts + 1 if item.error == said else 1
        decided = fate(said, times) if final else Fate.AGAIN
        if decided is not Fate.AGAIN:
            return self._give_up(item, decided, said)
        later = self._clock.now() + timedelta(seconds=row_delay(times))
        return lambda tx: evidence.postpone(tx, item.id, attempts=times, error=said, next_at=later)

    def _give_up(self, item: Fetch, decided: Fate, said: str) -> Note:
        desk, now = self._desk, self._clock.now()
        state = MediaState.LOST if decided is Fate.LOST else MediaState.REMOTE
        LOG.warning("file %d is not fetched (%s): %s", item.id, state.value, said)

        async def note(tx: Tx) -> None:
            if await evidence.give_up(tx, item.id, state, error=said):
                await tell_not_fetched(tx, desk, item.id, state, now=now)

        return note


def _refused(error: TelegramError) -> bool:
    return isinstance(error, BadRequest)


def _disk(error: OSError) -> _Halt:
    return _Halt(error.strerror or type(error).__name__, TROUBLE_SECONDS, "alert-media-disk")


async def _write(tx: Tx, notes: Sequence[Note]) -> None:
    for note in notes:
        await note(tx)
