"""The whole assistant, wired: one web server, one worker, one sender in one process."""

import asyncio
import gc
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot import metrics, pictures
from bot.card_check.page import card_routes
from bot.cases.settled import is_settled
from bot.channels.media import media_routes
from bot.channels.rest import rest_routes
from bot.channels.telegram import TelegramChannel
from bot.channels.uploads import StoredFiles
from bot.channels.web import web_routes
from bot.conversation.agent import Agent
from bot.conversation.files import Files, FilesByChannel
from bot.conversation.gateway import Gateway
from bot.conversation.inbox import Inbox
from bot.conversation.models import PULL_CHANNELS, STILL_OPEN, InboxRow, OutboxRow
from bot.conversation.sender import Sender
from bot.conversation.turns import Turns
from bot.conversation.typing import OfficerTypes
from bot.conversation.wakeups import Hint, Wakeups
from bot.database import create_engine, create_sessions
from bot.desk.routes import desk_routes
from bot.desk.visit import DeskParts
from bot.faq.search import search
from bot.handoff.alerts import Alerts
from bot.identity.otp import gateway_named
from bot.register.sql import SqlCoreSystem
from bot.services import Services
from bot.settings import Settings
from bot.sweeper import Sweeper

log = structlog.get_logger(__name__)


def settle_memory() -> None:
    """Keep the garbage collector off what is loaded, before serving.

    There are hundreds of thousands of objects that stay; looking through all of them stops every chat for a moment.
    And what a turn leaves behind is rarely garbage that only the collector finds, so it looks less often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


class Assistant:
    """Everything that runs; `running()` starts it and stops it again."""

    def __init__(self, settings: Settings, agent: Agent | None = None, services: Services | None = None) -> None:
        self.settings = settings
        self.engine: AsyncEngine = create_engine(settings.database_url)
        self.sessions: async_sessionmaker[AsyncSession] = create_sessions(self.engine)
        self.wakeups = Wakeups()
        self.inbox = Inbox(self.sessions, self.wakeups)
        self.sent_files = StoredFiles(self.sessions)
        self.telegram = self._telegram()
        working = {"telegram": self.telegram.working} if self.telegram else {}
        self.services = services or Services(
            settings, gateway_named(settings.otp_gateway), SqlCoreSystem, self._files()
        )
        agent = agent or Agent(settings.model_folder)
        self.turns = Turns(self.sessions, agent, self.services, self.wakeups, working)
        self.gateway = Gateway(self.sessions, self.inbox, self.turns, self.wakeups)
        messengers = {"telegram": self.telegram.messenger} if self.telegram else {}
        self.sender = Sender(self.sessions, messengers, is_settled=is_settled)
        alerts = Alerts(settings.alert_chat_id, f"{settings.public_url}/petugas" if settings.public_url else "")
        keep = timedelta(days=settings.keep_messages_days)
        self.sweeper = Sweeper(self.sessions, keep, core=self.services.core, alerts=alerts)
        self.wakeups.listen(self._wake_sender)
        self.wakeups.listen(OfficerTypes(self.sessions, working).heard)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Answer messages as long as inside."""
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(part) for part in self._parts()]
                yield
                for task in tasks:
                    task.cancel()
        finally:
            if self.telegram:
                await self.telegram.close()
            await self.engine.dispose()

    def web_app(self) -> Starlette:
        """The web server: web chat, REST, Telegram's webhook, the desk, pictures, health and metrics."""
        routes: list[BaseRoute] = [
            Route("/healthz", self._health),
            Route("/metrics", self._metrics),
            *web_routes(self.gateway, self.sessions, self.settings),
            *rest_routes(self.gateway, self.settings.public_url, self.settings.rest_token.get_secret_value()),
            *desk_routes(DeskParts(self.sessions, self.wakeups, self.services)),
            *card_routes(self.sessions, self.services.core),
            *media_routes(self.gateway, pictures.render, pictures.render_document, self.sent_files.read_sent),
            *(self.telegram.routes if self.telegram else []),
        ]

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            async with self.running():
                yield

        return Starlette(routes=routes, lifespan=lifespan)

    def _telegram(self) -> TelegramChannel | None:
        if not self.settings.telegram_bot_token.get_secret_value():
            return None
        return TelegramChannel(
            self.settings, self.inbox.accept, pictures.render, pictures.render_document, self.sent_files.read_sent
        )

    def _files(self) -> Files:
        stored = dict.fromkeys(PULL_CHANNELS, self.sent_files)
        return FilesByChannel({**stored, **({"telegram": self.telegram} if self.telegram else {})})

    def _parts(self) -> list[Coroutine[Any, Any, None]]:
        parts = [self.turns.run(), self.wakeups.relay(self.settings.database_url), self.sweeper.run(), _warm_up()]
        return parts + ([self.sender.run(), self.telegram.run()] if self.telegram else [])

    def _wake_sender(self, hint: Hint, _: int) -> None:
        if hint is Hint.OUTBOX:
            self.sender.wake()

    async def _waiting(self) -> tuple[int, int]:
        async with self.sessions() as session:
            inbox = select(func.count()).select_from(InboxRow).where(InboxRow.state == STILL_OPEN)
            outbox = (
                select(func.count())
                .select_from(OutboxRow)
                .where(OutboxRow.state == STILL_OPEN, OutboxRow.channel == "telegram")
            )
            return await session.scalar(inbox) or 0, await session.scalar(outbox) or 0

    async def _health(self, _: Request) -> Response:
        """200 when the database answers; what waits, and why Telegram takes no updates."""
        try:
            inbox, outbox = await self._waiting()
        except Exception:
            log.exception("the database doesn't answer")
            return JSONResponse({"status": "unhealthy", "reason": "the database doesn't answer"}, 503)
        telegram = "off" if self.telegram is None else self.telegram.problem or "on"
        return JSONResponse({"status": "ok", "inbox_open": inbox, "outbox_open": outbox, "telegram": telegram})

    async def _metrics(self, _: Request) -> Response:
        inbox, outbox = await self._waiting()
        metrics.inbox_open.set(inbox)
        metrics.outbox_open.set(outbox)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _warm_up() -> None:
    """Read the knowledge now, which takes seconds, and not while the first chat waits for it."""
    await asyncio.to_thread(search, "saldo")
