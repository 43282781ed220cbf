"""Migrations create what the models say, once, and undo it."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import AsyncEngine

import bot
from bot.database import Base, create_engine
from bot.errors import SettingsError
from bot.migrate import import_models, migrate

pytestmark = pytest.mark.asyncio

ALEMBIC_INI = Path(__file__).parents[2] / "alembic.ini"


async def test_models_and_migrations_agree(engine: AsyncEngine) -> None:
    import_models()
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
        assert set(Base.metadata.tables) < set(await connection.run_sync(table_names))


async def test_every_table_of_the_source_is_known_to_the_migrations() -> None:
    import_models()
    root = Path(bot.__file__).parent
    sources = [file.read_text(encoding="utf-8") for file in root.rglob("*.py")]
    named = {name for source in sources for name in re.findall(r'__tablename__ = "(\w+)"', source)}
    assert len(named) > 8
    assert named == set(Base.metadata.tables)


async def test_migrating_again_changes_nothing(engine: AsyncEngine, database_url: str) -> None:
    await migrate(database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_processes_that_start_at_once_migrate_one_after_the_other(database_url: str) -> None:
    await asyncio.gather(*(migrate(database_url) for _ in range(4)))
    engine = create_engine(database_url)
    try:
        async with engine.connect() as connection:
            assert await connection.run_sync(differences) == []
    finally:
        await engine.dispose()


async def test_every_migration_can_be_undone(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(downgrade_to_nothing)
        assert await connection.run_sync(table_names) == ["alembic_version"]


async def test_a_database_that_can_not_be_reached_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="JMO_DATABASE_URL") as told:
        await migrate(f"sqlite+aiosqlite:///{tmp_path}/missing/folder/jmo.sqlite3")
    assert "\n" not in str(told.value)


def differences(connection: Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def table_names(connection: Connection) -> list[str]:
    return inspect(connection).get_table_names()


def downgrade_to_nothing(connection: Connection) -> None:
    config = Config(ALEMBIC_INI)
    config.attributes["connection"] = connection
    command.downgrade(config, "base")
