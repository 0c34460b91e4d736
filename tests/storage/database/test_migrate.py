"""Bringing a database to this program's schema, and refusing what cannot be brought there."""

from __future__ import annotations

import ast
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, bindparam, func, select, text
from sqlalchemy.exc import DBAPIError

from storage.database import migrate
from storage.database.engine import Database, Tx
from storage.database.migrate import SchemaError, SchemaState
from storage.tables import AssignmentRow, Base, PersonRow
from storage.tables.base import UtcTime
from tests.storage_kit import NOW, add_person, add_territory, one, opened, private_postgres, rows

STEPS = sorted((migrate.FOLDER / "versions").glob("*.py"))
LAST = STEPS[-1].stem[:4]
NEXT = f"{int(LAST) + 1:04}"
OLD = "0003"


@pytest.fixture
def older_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'older.db'}"


@pytest.fixture(scope="module")
def spare_postgres(worker_id: str, testrun_uid: str) -> Iterator[str]:
    with private_postgres(f"posko_spare_{worker_id}_{testrun_uid[:8]}") as url:
        yield url


@pytest.fixture
async def empty_postgres(spare_postgres: str) -> str:
    async with opened(spare_postgres) as db, db.engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    return spare_postgres


async def make_older(db: Database) -> None:
    """Make a database as an older program left it, with a prison officer in it."""
    await migrate.upgrade(db, OLD)
    await add_territory(db)
    await add_old_person(db, 7, role="officer")


async def add_old_person(db: Database, telegram_id: int, *, role: str | None = None) -> None:
    """Add a person with the columns that the older program knew, and what they hold."""
    person = (
        "INSERT INTO people (id, telegram_id, name, agency, active, created_at)"
        " VALUES (:id, :id, 'Budi', 'lapas', :yes, :now)"
    )
    holding = (
        "INSERT INTO assignments (id, person_id, role, region_code, granted, valid_from)"
        " VALUES (:id, :id, :role, '16', 'settings', :now)"
    )

    async def work(tx: Tx) -> None:
        now = bindparam("now", type_=UtcTime())
        await tx.execute(text(person).bindparams(now), {"id": telegram_id, "yes": True, "now": NOW})
        if role is not None:
            await tx.execute(text(holding).bindparams(now), {"id": telegram_id, "role": role, "now": NOW})

    await db.write(work)


def copies(folder: Path) -> list[Path]:
    return list(folder.glob("*.before-*"))


async def stand_at(db: Database, revision: str) -> None:
    await db.write(lambda tx: tx.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'")))


async def test_fresh_database_has_the_declared_tables(db: Database) -> None:
    """A database made by the migrations has exactly the tables that the program declares."""

    def compare(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))

    async with db.engine.connect() as connection:
        assert await connection.run_sync(compare) == []


async def test_declared_partial_indexes_are_made(db: Database) -> None:
    """The indexes that hold only waiting rows are partial in a migrated database too."""
    if db.is_sqlite:
        found = await rows(db, text("SELECT sql FROM sqlite_master WHERE name = 'ix_inbox_waiting'"))
    else:
        found = await rows(db, text("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_inbox_waiting'"))
    assert "WHERE" in found[0][0]


def test_migration_files_are_numbered_and_chained() -> None:
    """Each migration's file name begins with its number, and each follows the one before it."""
    chain: list[tuple[str, str | None]] = []
    for file in STEPS:
        names = {
            node.targets[0].id: ast.literal_eval(node.value)
            for node in ast.parse(file.read_text()).body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and "revision" in node.targets[0].id
        }
        assert re.fullmatch(rf"{names['revision']}_[a-z_]+", file.stem)
        chain.append((names["revision"], names["down_revision"]))
    numbers = [f"{number:04}" for number in range(1, len(chain) + 1)]
    assert chain == list(zip(numbers, [None, *numbers], strict=False))


def test_head_is_the_last_migration() -> None:
    """The program's own revision is the number of its last migration."""
    assert migrate.head() == STEPS[-1].stem[:4]


async def test_empty_file_is_created(older_url: str) -> None:
    """An empty database is brought to the program's schema without being asked."""
    async with opened(older_url) as db:
        assert await migrate.ensure(db, now=NOW) is SchemaState.EMPTY
        assert await migrate.state(db) is SchemaState.CURRENT


async def test_current_database_is_left_alone(sqlite_db: Database, tmp_path: Path) -> None:
    """A database that is up to date is neither changed nor copied."""
    assert await migrate.ensure(sqlite_db, now=NOW) is SchemaState.CURRENT
    assert copies(tmp_path) == []


async def test_older_file_keeps_its_child_rows(older_url: str) -> None:
    """Upgrading an older SQLite file keeps the rows that point at others."""
    async with opened(older_url) as db:
        await make_older(db)
        assert await migrate.ensure(db, now=NOW) is SchemaState.OLDER
        assert await one(db, select(func.count()).select_from(AssignmentRow)) == 1


async def test_older_file_is_copied_first(older_url: str, tmp_path: Path) -> None:
    """Before an older SQLite file is upgraded a copy is laid beside it that opens and holds the old data."""
    async with opened(older_url) as db:
        await make_older(db)
        await migrate.ensure(db, now=NOW)
    (copy,) = copies(tmp_path)
    with closing(sqlite3.connect(copy)) as raw:
        found = raw.execute("SELECT telegram_id, version_num FROM people, alembic_version").fetchall()
    assert found == [(7, OLD)]


async def test_copy_holds_what_is_only_in_the_log(older_url: str, tmp_path: Path) -> None:
    """The copy holds rows that are still in SQLite's write-ahead log."""
    async with opened(older_url) as db:
        await make_older(db)
        await add_old_person(db, 8)
        copy = await migrate.copy_aside(db, now=NOW)
    assert copy is not None
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("SELECT count(*) FROM people").fetchone() == (2,)


async def test_newer_database_is_refused(db: Database) -> None:
    """A database made by a newer program is refused with both revisions and what to do."""
    await stand_at(db, "9999")
    try:
        with pytest.raises(SchemaError, match=rf"9999.*{migrate.head()}.*install the newer program"):
            await migrate.ensure(db, now=NOW)
    finally:
        await stand_at(db, migrate.head())


async def test_older_postgres_is_not_migrated_by_a_start(empty_postgres: str) -> None:
    """An older PostgreSQL database is refused with the command that migrates it."""
    async with opened(empty_postgres) as db:
        await make_older(db)
        with pytest.raises(SchemaError, match=r"bot\.py migrate"):
            await migrate.ensure(db, now=NOW)
        assert await migrate.revision(db) == OLD


async def test_older_postgres_keeps_its_child_rows(empty_postgres: str) -> None:
    """Upgrading an older PostgreSQL database keeps the rows that point at others."""
    async with opened(empty_postgres) as db:
        await make_older(db)
        await migrate.upgrade(db)
        assert await one(db, select(func.count()).select_from(AssignmentRow)) == 1


@pytest.fixture
def broken_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program have one more migration, which makes a table and then fails."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.FOLDER, folder)
    source = f"""
from alembic import op
revision, down_revision = "{NEXT}", "{LAST}"

def upgrade() -> None:
    op.execute("CREATE TABLE half_done (id INTEGER)")
    op.execute("DELETE FROM people")
    op.execute("SELECT * FROM no_such_table")
"""
    (folder / "versions" / f"{NEXT}_broken.py").write_text(source)
    monkeypatch.setattr(migrate, "FOLDER", folder)


async def test_failing_migration_changes_nothing(db: Database, broken_steps: None) -> None:
    """A migration that fails half-way leaves tables, rows and revision as they were."""
    await add_person(db, 7, role=None)
    before = await migrate.revision(db)
    with pytest.raises(DBAPIError):
        await migrate.upgrade(db)
    assert await migrate.revision(db) == before
    assert await rows(db, select(PersonRow.telegram_id)) == [(7,)]
    with pytest.raises(DBAPIError):
        await rows(db, text("SELECT * FROM half_done"))


@pytest.fixture
def orphaning_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program have one more migration, which loses rows that others point at."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.FOLDER, folder)
    source = f"""
from alembic import op
revision, down_revision = "{NEXT}", "{LAST}"

def upgrade() -> None:
    op.execute("DELETE FROM people")
"""
    (folder / "versions" / f"{NEXT}_orphaning.py").write_text(source)
    monkeypatch.setattr(migrate, "FOLDER", folder)


async def test_migration_that_orphans_rows_is_undone(sqlite_db: Database, orphaning_steps: None) -> None:
    """A SQLite migration that leaves rows pointing nowhere is refused and undone."""
    await add_territory(sqlite_db)
    await add_person(sqlite_db, 7)
    with pytest.raises(SchemaError, match="1 rows pointing nowhere"):
        await migrate.upgrade(sqlite_db)
    assert await rows(sqlite_db, select(PersonRow.telegram_id)) == [(7,)]
