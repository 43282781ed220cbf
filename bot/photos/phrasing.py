"""What a participant is told about a photo of their face, each time with what to do."""

from bot.conversation.files import FileUnavailable
from bot.photos.quality import PhotoVerdict
from bot.texts import say


def advice(language: str) -> str:
    """How to take a good photo, said before the first one."""
    return say("photos.advice", language)


def what_to_do(verdict: PhotoVerdict, language: str) -> str:
    """One sentence for a verdict."""
    return say(f"photos.{verdict}", language)


def ask_again(unavailable: FileUnavailable, language: str) -> str:
    """One sentence for a photo that could not be fetched."""
    return say(f"photos.file_{unavailable.trouble}", language)
