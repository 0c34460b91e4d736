"""Bringing a database to this program's schema, and refusing one that is newer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.database.engine import Database, Tx, make_engine, sqlite_file

FOLDER = Path(__file__).parents[1] / "migrations"
ADVISORY_LOCK = 7_405_612  # any fixed number: PostgreSQL lets one migration run at a time under it


class SchemaState(StrEnum):
    """How a database stands to this program."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"


class SchemaError(Exception):
    """The database cannot be used by this program; the text says what to do."""


def head() -> str:
    """The newest migration this program has; a migration's file name begins with its number."""
    return max(path.stem.split("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py"))


async def revision(db: Database) -> str | None:
    """The migration a database stands at, None when it has no tables of ours."""

    def look(connection: Connection) -> str | None:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found

    async def ask(tx: Tx) -> str | None:
        return await (await tx.connection()).run_sync(look)

    return await db.read(ask)


async def state(db: Database) -> SchemaState:
    """Compare a database with this program."""
    current = await revision(db)
    if current is None:
        return SchemaState.EMPTY
    if current == head():
        return SchemaState.CURRENT
    return SchemaState.OLDER if current < head() else SchemaState.NEWER


async def ensure(db: Database, *, now: datetime) -> SchemaState:
    """Make the database usable, or raise SchemaError; gives the state it was found in.

    An empty one is created. An older SQLite file is migrated after a copy was taken beside it;
    PostgreSQL is only migrated by the `migrate` command. A newer one is refused.
    """
    found = await state(db)
    if found is SchemaState.NEWER:
        raise SchemaError(
            f"the database is newer than this program (it stands at {await revision(db)}, the program at {head()}): "
            "install the newer program, or restore a backup"
        )
    if found is SchemaState.OLDER and not db.is_sqlite:
        raise SchemaError("the database is older than this program: stop every `run`, then `python bot.py migrate`")
    if found is SchemaState.OLDER:
        await copy_aside(db, now=now)
    if found in (SchemaState.EMPTY, SchemaState.OLDER):
        await upgrade(db)
    return found


async def copy_aside(db: Database, *, now: datetime) -> Path | None:
    """Copy a SQLite file beside itself, whole and consistent; gives the copy's path."""
    file = sqlite_file(db.url)
    if file is None:
        return None
    target = file.with_name(f"{file.name}.before-{head()}-{now:%Y%m%dT%H%M%S}")
    async with db.engine.connect() as connection:
        raw = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await raw.exec_driver_sql("COMMIT")  # VACUUM cannot run inside the transaction our BEGIN opened
        await raw.exec_driver_sql("VACUUM INTO ?", (str(target),))
    return target


async def upgrade(db: Database, target: str = "head") -> None:
    """Run the migrations; a failing one leaves the database as it was.

    SQLite: a table is rebuilt by copying, and with foreign keys on that silently deletes the rows
    that point at it. So they are off during the run (they cannot be switched inside a transaction)
    and every reference is checked before the commit.
    """
    engine = make_engine(db.url, foreign_keys=False, pooled=False).execution_options(write=True)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade, target)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, target: str) -> None:
    from alembic import command  # noqa: PLC0415 - a quarter of a second that only a migration needs to pay
    from alembic.config import Config  # noqa: PLC0415 - as above

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, target)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise SchemaError(f"the migration left {len(broken)} rows pointing nowhere; nothing was changed")
