"""How Alembic reaches the database: the connection of `bot.migrate`, or the settings on its command line."""

import asyncio
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, TypeDecorator

from bot.database import Base, create_engine
from bot.migrate import import_models
from bot.settings import load_settings


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_stored_type,
    )
    with context.begin_transaction():
        context.run_migrations()


def render_stored_type(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Write the type as the database stores it: a migration must not change when the assistant's types do."""
    return f"sa.{item.impl_instance!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


async def run_by_settings() -> None:
    engine = create_engine(load_settings().database_url)
    async with engine.connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


import_models()
if context.is_offline_mode():
    raise SystemExit("migrations run against a database; there is no offline mode")
given = context.config.attributes.get("connection")
if given is None:
    asyncio.run(run_by_settings())
else:
    run(given)
