"""Reading rows in a session that writes only at its commit."""

from typing import TypeVar

from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Base

Row = TypeVar("Row", bound=Base)


def waiting(session: AsyncSession, model: type[Row]) -> list[Row]:
    """Rows that were added in this transaction and no query can see yet."""
    return [row for row in session.new if isinstance(row, model)]


async def find(session: AsyncSession, model: type[Row], key: object) -> Row | None:
    """Like `session.get`, but finds rows that wait for the commit as well."""
    for row in waiting(session, model):
        if list(inspect(model).primary_key_from_instance(row)) == [key]:
            return row
    return await session.get(model, key)
