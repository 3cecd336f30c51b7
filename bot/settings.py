"""The environment as typed values; every variable stands in .env.example."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

KNOWLEDGE_DIR = Path(__file__).parent.parent / "knowledge"


class SettingsError(Exception):
    """The environment lacks or garbles a variable; names each, and .env.example."""


def _fits(pattern: str) -> AfterValidator:
    """Holds a secret to a pattern; pydantic's own `pattern` fails on every secret."""

    def check(secret: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, secret.get_secret_value()):
            raise PydanticCustomError("secret_form", "not in the right form")
        return secret

    return AfterValidator(check)


class Settings(BaseSettings):
    """What an operator sets. Empty means not set."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True)

    telegram_bot_token: Annotated[SecretStr, _fits(r"[0-9]+:[A-Za-z0-9_-]{30,}")] | None = None
    telegram_api_url: Annotated[str, StringConstraints(pattern=r"^https?://[^/\s]+(/\S*)?$")] = (
        "https://api.telegram.org"
    )
    webhook_url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")] | None = None
    webhook_secret: Annotated[SecretStr, _fits(r"[A-Za-z0-9_-]{16,256}")] | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    database_url: Annotated[str, StringConstraints(pattern=r"^sqlite:///\S+$")] = "sqlite:///back-spasm-bot.sqlite3"
    knowledge_dir: Path = KNOWLEDGE_DIR
    meaning: Literal["auto", "off"] = "auto"
    cache_dir: Path = Path(".cache")
    default_country: Annotated[str, StringConstraints(pattern=r"^([A-Za-z]{2})?$", to_upper=True)] = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["plain", "json"] = "plain"

    @property
    def database_file(self) -> Path:
        """The SQLite file of `database_url`."""
        return Path(self.database_url.removeprefix("sqlite:///"))


_EXPECTED = {
    "telegram_bot_token": "the token BotFather gave you, digits, a colon and 35 letters",
    "telegram_api_url": "an address such as https://api.telegram.org",
    "webhook_url": "an address that begins with https://",
    "webhook_secret": "16 to 256 letters, digits, '_' or '-'",
    "host": "an address to listen on, such as 127.0.0.1",
    "port": "a number from 0 to 65535",
    "database_url": "sqlite:/// and a file name",
    "knowledge_dir": "a folder",
    "meaning": "auto or off",
    "cache_dir": "a folder",
    "default_country": "two letters, such as GB",
    "log_level": "DEBUG, INFO, WARNING or ERROR",
    "log_format": "plain or json",
}


def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: naming every garbled variable at once, never its value.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        names = sorted({str(detail["loc"][0]) for detail in error.errors(include_input=False, include_url=False)})
        lines = [f"{name.upper()} is not right: write {_EXPECTED[name]}." for name in names]
        raise SettingsError("\n".join([*lines, "See .env.example for every variable."])) from None
    except UnicodeDecodeError:
        raise SettingsError(".env is not UTF-8 text. Save the file as UTF-8.") from None
    if settings.webhook_url and not settings.webhook_secret:
        raise SettingsError(
            "WEBHOOK_SECRET is missing: without it anybody could post to WEBHOOK_URL.\nSee .env.example."
        )
    return settings
