"""The settings: environment variables or `.env`, prefix POSKO_, each checked at start."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlparse
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.kit.texts import LANGUAGES


class SettingsError(Exception):
    """A setting is missing or wrong; the text is one line that says what to do."""


class Settings(BaseSettings):
    """Every setting, with its default; the description is what `.env.example` says of it."""

    model_config = SettingsConfigDict(
        env_prefix="POSKO_", env_file=".env", env_file_encoding="utf-8", extra="ignore", hide_input_in_errors=True
    )

    token: SecretStr | None = Field(None, description="The bot's token, as BotFather gave it")
    admins: Annotated[tuple[int, ...], NoDecode] = Field(
        (), description="Telegram ids of the first admins, comma-separated"
    )
    database_url: str = Field("sqlite+aiosqlite:///posko.db", description="Where everything is stored")
    preset: Path = Field(Path("presets/sumsel"), description="The territory and its election, a folder")
    event_name: str | None = Field(None, description="The event's name, instead of the preset's")
    event_date: date | None = Field(
        None, description="The event's day (2027-02-14), instead of the next by the preset's calendar"
    )
    timezone: str = Field("Asia/Jakarta", description="The zone of all hours shown and of the calendar")
    language: str = Field("id", description="The language of who has chosen none: id or en")
    api_url: str = Field("https://api.telegram.org", description="Telegram's address, without /bot")
    proxy_url: str | None = Field(None, description="An HTTP proxy for reaching Telegram")
    media_dir: Path = Field(Path("media"), description="Where evidence is kept: photos and other files, a folder")
    rate_limits: Literal["telegram", "off"] = Field("telegram", description="Sending limits; off only for load tests")
    log_format: Literal["text", "json"] = Field("text", description="How log lines look: text or json")

    @field_validator("token", "event_name", "event_date", "proxy_url", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("token")
    @classmethod
    def _token_fits_in_an_address(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and any(sign.isspace() or sign in "/?#%" for sign in value.get_secret_value()):
            raise ValueError("must be the token alone, without spaces or slashes")
        return value

    @field_validator("admins", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError("must be Telegram ids (whole numbers) separated by commas")
        return tuple(int(part) for part in parts)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("must be a zone such as Asia/Jakarta") from None
        return value

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value not in LANGUAGES:
            raise ValueError(f"must be one of {', '.join(LANGUAGES)}")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        return value

    @field_validator("api_url", "proxy_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlparse(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an address such as http://127.0.0.1:8081")
        return value.rstrip("/")

    @field_validator("preset")
    @classmethod
    def _preset_exists(cls, value: Path) -> Path:
        if not os.path.isdir(value):  # noqa: PTH112 - Path's own raises for a folder in one that may not be entered
            raise ValueError("must be an existing folder that may be read")
        return value

    @field_validator("media_dir")
    @classmethod
    def _media_is_a_folder(cls, value: Path) -> Path:
        place = value
        while not os.path.exists(place) and place != place.parent:  # noqa: PTH110 - as above
            place = place.parent
        if not os.path.isdir(place) or not os.access(place, os.R_OK | os.W_OK | os.X_OK):  # noqa: PTH112 - as above
            raise ValueError("must be a folder that this user may write to")
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The zone of all hours shown."""
        return ZoneInfo(self.timezone)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never reach a log."""
        return (self.token.get_secret_value(),) if self.token else ()


def load_settings() -> Settings:
    """Read the settings; raises SettingsError naming the first faulty one and what it must be."""
    try:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f".env cannot be read ({error}): it must be a text file in UTF-8 that this user may read"
        ) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = "_".join(str(part) for part in first["loc"][:1]).upper()
        why = str(first["msg"]).removeprefix("Value error, ")
        raise SettingsError(f"POSKO_{name}: {why[:1].lower()}{why[1:]}; set it in the environment or in .env") from None


def require_token(settings: Settings) -> str:
    """Give the token, or raise SettingsError telling how to get one."""
    if settings.token is None:
        raise SettingsError(
            "POSKO_TOKEN is missing: get a token from @BotFather and set it in the environment or in .env"
        )
    return settings.token.get_secret_value()
