"""What a turn may call on: the core system, the gateway for one-time codes, the settings."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.identity.otp import OtpGateway
from bot.register.core_system import CoreSystem
from bot.settings import Settings


@dataclass(frozen=True)
class Services:
    """Chosen once at the start; tests choose others."""

    settings: Settings
    otp: OtpGateway
    core: Callable[[AsyncSession], CoreSystem]
    """The core system as seen from a turn's transaction."""
