"""What a turn may call on: the core system, one-time codes, files, people, who compares faces, settings."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversation.files import Files, FilesByChannel
from bot.conversation.people import People
from bot.handoff.floor import PeoplesFloor
from bot.identity.otp import OtpGateway
from bot.photos.verifier import FaceVerifier, OfficerDecides
from bot.register.core_system import CoreSystem
from bot.settings import Settings


@dataclass(frozen=True)
class Services:
    """Chosen once at the start; tests choose others."""

    settings: Settings
    otp: OtpGateway
    core: Callable[[AsyncSession], CoreSystem]
    """The core system as seen from a turn's transaction."""
    files: Files = field(default_factory=FilesByChannel)
    """What participants sent; unless chosen, no channel has any."""
    people: People = field(default_factory=PeoplesFloor)
    """Who answers where a person was asked for."""
    face_verifier: FaceVerifier = field(default_factory=OfficerDecides)
