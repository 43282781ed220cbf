"""Configuration: environment variables, or a file `.env` in the folder from which the assistant is started."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError


class Settings(BaseSettings):
    """Every setting has a default that suits a demonstration on one machine; docs/operating.md explains each."""

    model_config = SettingsConfigDict(env_prefix="JMO_", env_file=".env", extra="ignore", populate_by_name=True)

    mode: Literal["demo", "production"] = "demo"
    """In demo mode a key file is made, demo participants are seeded, and one-time codes appear in the chat."""
    data_folder: Path = Path("var")
    database_url: str = ""
    key_file: Path | None = None
    model_folder: Path = Path("models")
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    """The https address under which Telegram reaches this server; empty: long polling."""
    otp_gateway: Literal["demo", "console"] = "demo"
    rest_token: SecretStr = SecretStr("")
    """What callers of the REST channel must show; without it only programs on this machine are answered."""
    alert_chat_id: str = ""
    """A Telegram group of the officers that is told when somebody waits too long for them."""
    keep_messages_days: int = Field(90, ge=1)
    session_idle_minutes: int = Field(30, ge=1)
    concurrent_turns: int = Field(8, ge=1)
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    telegram_bot_token: SecretStr = Field(SecretStr(""), validation_alias="TELEGRAM_BOT_TOKEN")
    telegram_api_url: str = Field("https://api.telegram.org/bot", validation_alias="TELEGRAM_API_URL")
    telegram_file_url: str = Field("https://api.telegram.org/file/bot", validation_alias="TELEGRAM_FILE_URL")
    telegram_webhook_secret: SecretStr = Field(SecretStr(""), validation_alias="TELEGRAM_WEBHOOK_SECRET")

    @model_validator(mode="after")
    def _fill_and_check(self) -> "Settings":
        self.database_url = self.database_url or f"sqlite+aiosqlite:///{self.data_folder / 'jmo.sqlite3'}"
        self.key_file = self.key_file or self.data_folder / "keys.json"
        if not self.database_url.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
            raise ValueError("JMO_DATABASE_URL must begin with sqlite+aiosqlite:// or postgresql+asyncpg://")
        if self.mode == "production" and self.otp_gateway == "demo":
            raise ValueError("JMO_OTP_GATEWAY=demo shows codes in the chat and is not allowed in production mode")
        if self._has_webhook() and not self.telegram_webhook_secret.get_secret_value():
            raise ValueError(
                "TELEGRAM_WEBHOOK_SECRET must be set when JMO_PUBLIC_URL is: without it anybody could post updates"
            )
        return self

    def _has_webhook(self) -> bool:
        return bool(self.telegram_bot_token.get_secret_value() and self.public_url)

    @property
    def session_idle(self) -> timedelta:
        """After this long without a message a verified chat has to verify again."""
        return timedelta(minutes=self.session_idle_minutes)


def load_settings() -> Settings:
    """Read the settings; raises `SettingsError` with one sentence per wrong value."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("; ".join(_sentence(problem) for problem in error.errors())) from None


def _sentence(problem: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in problem["loc"])
    what = str(problem["msg"]).removeprefix("Value error, ")
    return f"{where}: {what}" if where else what
