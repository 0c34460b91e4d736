"""The settings: every fault one line that says what to do, and `.env.example` tells all of them."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

import bot
from core.kit.settings import Settings, SettingsError, load_settings, require_token
from storage.database.engine import Database
from tests.kit import PRESET, ROOT

NOWHERE = "https://telegram.invalid"  # a name that can never be reached


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[pytest.MonkeyPatch]:
    """A folder of its own, an environment with just what is needed, and logging put back afterwards."""
    for name in [name for name in os.environ if name.startswith("POSKO_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POSKO_PRESET", str(PRESET))
    monkeypatch.setenv("POSKO_TOKEN", "123456:rahasia")
    monkeypatch.setenv("POSKO_API_URL", NOWHERE)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield monkeypatch
    root.handlers[:], root.level = handlers, level


def outcome(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit code and what was written to standard error."""
    code = bot.main(list(arguments))
    return code, capsys.readouterr().err


def env_example() -> str:
    """What `.env.example` must say, from the settings class."""
    lines = ["# Copy to .env and fill in. Each line shows the default; what is commented out may stay so."]
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = "" if default is None or default == () else str(default)
        lines += ["", f"# {field.description}", f"{'' if name == 'token' else '#'}POSKO_{name.upper()}={shown}"]
    return "\n".join(lines) + "\n"


def test_the_example_tells_every_setting() -> None:
    """`.env.example` names every setting with its description and default, and nothing else."""
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == env_example()


def test_every_setting_is_described() -> None:
    """Every setting says in one sentence what it is."""
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_example_alone_lacks_only_the_token(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A copied example with a token is a complete configuration."""
    environment.delenv("POSKO_TOKEN")
    environment.delenv("POSKO_API_URL")
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text(encoding="utf-8"))
    with pytest.raises(SettingsError, match="POSKO_TOKEN is missing"):
        require_token(load_settings())


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TOKEN", "", "POSKO_TOKEN is missing: get a token from @BotFather"),
        ("TOKEN", "12345:ab cd", "POSKO_TOKEN: must be the token alone"),
        ("TOKEN", "https://api/bot12345:ab", "POSKO_TOKEN: must be the token alone"),
        ("ADMINS", "4000001,@sari", "POSKO_ADMINS: must be Telegram ids"),
        ("ADMINS", "12.5", "POSKO_ADMINS: must be Telegram ids"),
        ("TIMEZONE", "WIB/Palembang", "POSKO_TIMEZONE: must be a zone such as Asia/Jakarta"),
        ("TIMEZONE", "../../etc/passwd", "POSKO_TIMEZONE: must be a zone"),
        ("EVENT_DATE", "14-02-2027", "POSKO_EVENT_DATE: "),
        ("LANGUAGE", "jv", "POSKO_LANGUAGE: must be one of id, en"),
        ("API_URL", "api.telegram.org", "POSKO_API_URL: must be an address"),
        ("PROXY_URL", "proxy:3128", "POSKO_PROXY_URL: must be an address"),
        ("PRESET", "presets/atlantis", "POSKO_PRESET: must be an existing folder"),
        ("DATABASE_URL", "posko.db", "POSKO_DATABASE_URL: must begin with"),
        ("DATABASE_URL", "sqlite+aiosqlite:///tidak/ada/posko.db", "POSKO_DATABASE_URL: the folder"),
        ("MEDIA_DIR", "/dev/null/media", "POSKO_MEDIA_DIR: must be a folder that this user may write to"),
        ("RATE_LIMITS", "none", "POSKO_RATE_LIMITS: "),
        ("LOG_FORMAT", "xml", "POSKO_LOG_FORMAT: "),
    ],
)
def test_a_faulty_setting_is_one_line_and_exit_2(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, told: str
) -> None:
    """A missing or wrong setting stops the start with one line that names it, and exit code 2."""
    environment.setenv(f"POSKO_{name}", value)
    code, said = outcome(capsys, "run")
    assert code == 2
    assert said.startswith(f"posko: {told}")
    assert said.count("\n") == 1


def test_a_faulty_token_is_not_repeated(environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The line about a faulty token does not hold the token."""
    environment.setenv("POSKO_TOKEN", "12345:sangat rahasia")
    assert "rahasia" not in outcome(capsys, "run")[1]


def test_a_moved_clock_is_for_rehearsals_only(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--clock` is refused unless Telegram's address is on this machine."""
    code, said = outcome(capsys, "run", "--clock", "clock.txt")
    assert (code, "--clock is for rehearsals" in said, said.count("\n")) == (2, True, 1)


def test_a_newer_database_is_refused(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A database of a newer program is left alone, with one line and exit code 2."""
    assert outcome(capsys, "migrate")[0] == 0

    async def age() -> None:
        db = Database(f"sqlite+aiosqlite:///{tmp_path / 'posko.db'}")
        await db.write(lambda tx: tx.execute(text("UPDATE alembic_version SET version_num = '9999'")))
        await db.close()

    asyncio.run(age())
    code, said = outcome(capsys, "run")
    assert (code, said.count("\n"), "newer" in said) == (2, 1, True)


def test_a_file_that_is_no_database_is_refused(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A file that is something else is left alone, with one line and exit code 2."""
    (tmp_path / "posko.db").write_text("Bukan basis data, melainkan catatan rapat.\n" * 50)
    code, said = outcome(capsys, "run")
    assert (code, said.count("\n"), said.startswith("posko: POSKO_DATABASE_URL:")) == (2, 1, True)


def test_an_import_names_the_wrong_lines(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """An import with wrong lines names each, stores none of the others and exits with 1."""
    file = tmp_path / "posts.csv"
    rows = ["A-1,Pos A,posko,16.73,,low,,", "A-2,Pos B,kapal,16.73,,low,,", "A-3,Pos C,posko,99.99,,low,,"]
    file.write_text("code,name,kind,region_code,voters,risk,lat,lon\n" + "\n".join(rows))
    code, said = outcome(capsys, "import", "posts", str(file))
    assert (code, "line 3" in said, "line 4" in said, "line 2" in said) == (1, True, True, False)


def test_an_export_refuses_an_existing_file(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """An export does not overwrite a file unless it is told to."""
    file = tmp_path / "laporan.csv"
    file.write_text("penting")
    assert outcome(capsys, "export", "reports", "--output", str(file))[0] == 2
    assert file.read_text() == "penting"
    assert outcome(capsys, "export", "reports", "--output", str(file), "--force")[0] == 0


def test_settings_are_read_from_a_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`.env` beside the program is read, and the environment wins over it."""
    environment.delenv("POSKO_TOKEN")
    environment.setenv("POSKO_LANGUAGE", "id")
    (tmp_path / ".env").write_text(
        "POSKO_TOKEN=1:a\nPOSKO_LANGUAGE=en\nPOSKO_ADMINS=1, 2,3\nPOSKO_EVENT_DATE=2029-02-14\n"
    )
    found = load_settings()
    assert (found.secrets, found.language, found.admins) == (("1:a",), "id", (1, 2, 3))
    assert found.event_date == date(2029, 2, 14)
