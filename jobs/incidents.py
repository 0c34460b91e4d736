"""Incidents that are due: a chunk of them in one transaction, and one that fails does not hold up the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from actions.incidents import cards, escalation
from core.desk import Desk
from core.incidents.escalation import farthest
from storage.database.engine import Database, Tx
from storage.database.faults import DatabaseBusyError
from storage.delivery import outbox
from storage.incidents import deadlines

LOG = logging.getLogger(__name__)
CHUNK = 10  # incidents in one transaction: others who write wait no longer than for these
ROUND = 500  # incidents in one round: what else is due by time, such as reminders, gets its turn


class Escalator:
    """Acts on every incident whose time has come."""

    def __init__(self, db: Database, desk: Desk, *, added: Callable[[], None]) -> None:
        self._db, self._desk, self._added = db, desk, added
        self._failing: set[int] = set()  # incidents that failed and are tried again after a minute

    async def round(self, now: datetime) -> None:
        """Act on what is due, the gravest first; between two chunks others may write, and the next round goes on."""
        far = farthest(self._desk.escalation)
        for _ in range(ROUND // CHUNK):
            ids = await self._db.read(partial(deadlines.list_due, now=now, farthest=far, limit=CHUNK))
            if not ids:
                return
            try:
                await self._db.write(partial(self._act, ids, now))
            except DatabaseBusyError:
                raise  # nobody's fault: the next tick tries them all again
            except Exception:  # noqa: BLE001 - each is tried alone, and whichever fails then is logged
                for incident_id in ids:
                    await self._act_alone(incident_id, now)
            else:
                self._failing.difference_update(ids)
            self._added()

    async def _act(self, ids: Sequence[int], now: datetime, tx: Tx) -> None:
        await cards.preload(tx, self._desk, ids)
        for incident_id in ids:
            await escalation.act(tx, self._desk, incident_id, now=now)
        await outbox.write_gathered(tx, self._desk.bot_id, now=now)

    async def _act_alone(self, incident_id: int, now: datetime) -> None:
        try:
            await self._db.write(partial(self._act, [incident_id], now))
        except DatabaseBusyError:
            raise
        except Exception:
            number = await self._db.write(partial(deadlines.postpone, incident_id=incident_id, now=now))
            if incident_id not in self._failing:
                LOG.exception("I-%s is due and failed; it is tried again every minute", number)
            self._failing.add(incident_id)
        else:
            self._failing.discard(incident_id)
