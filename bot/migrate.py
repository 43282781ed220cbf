"""Bring the database to the newest form of its tables."""

from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

import bot
import migrations
from bot.database import create_engine
from bot.errors import SettingsError

_ONE_AT_A_TIME = 5_106_317_001
"""The advisory lock under which PostgreSQL is migrated; any number that nobody else uses."""


async def migrate(database_url: str) -> None:
    """Upgrade to the newest migration; does nothing when the database is there already.

    Processes that start at the same moment wait for one another. Raises `SettingsError` when the database
    can't be reached.
    """
    _check_folder(database_url)
    engine = create_engine(database_url)
    try:
        async with engine.connect() as connection:
            await _wait_for_turn(connection)
            await connection.run_sync(_upgrade)
            await connection.commit()
    except (DBAPIError, OSError) as error:
        raise SettingsError(
            f"the database can't be migrated ({_reason(error)}); check JMO_DATABASE_URL and that it answers"
        ) from error
    finally:
        await engine.dispose()


def _check_folder(database_url: str) -> None:
    """Say so before connecting: a failed connection of aiosqlite leaves a thread behind."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).parent.is_dir():
        raise SettingsError(f"the folder of JMO_DATABASE_URL does not exist: make {Path(url.database).parent}")


def import_models() -> None:
    """Import every `bot/*/models.py` and the audit log, so that all tables are known."""
    for file in sorted(Path(bot.__file__).parent.glob("*/models.py")):
        import_module(f"bot.{file.parent.name}.models")
    import_module("bot.privacy.audit")


async def _wait_for_turn(connection: AsyncConnection) -> None:
    """Hold, until the commit, what lets only one process migrate."""
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _reason(error: Exception) -> str:
    original = getattr(error, "orig", None) or error
    return str(original).strip().partition("\n")[0] or type(original).__name__
