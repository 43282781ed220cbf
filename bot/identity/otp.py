"""How one-time codes reach a participant.

To use an SMS provider, write a class with the method of `OtpGateway` and choose it in `gateway_named`:

    class SmsGateway:
        async def send(self, phone: str, code: str, language: str) -> str | None:
            text = say("verification.sms", language, code=code)
            try:
                await self._provider.post(to=phone, text=text)     # with a timeout of a few seconds
            except ProviderError as error:
                raise OtpNotSent(f"the SMS provider refused: {error.status}") from error
            return None

The call happens inside a turn, so it must be short. Neither number nor code may reach a log or an error.
"""

from typing import Protocol

from rich.console import Console

from bot.errors import BadInput, JmoError
from bot.texts import say


class OtpNotSent(JmoError):
    """A code could not be handed over; the participant is asked to try again."""


class OtpGateway(Protocol):
    """Brings a code to a phone."""

    async def send(self, phone: str, code: str, language: str) -> str | None:
        """Send `code` to `phone` (`+62…`); gives what the chat shall show besides, normally None.

        Raises `OtpNotSent`.
        """


class DemoOtpGateway:
    """Shows the code in the chat, marked as a demonstration: it proves nothing."""

    async def send(self, phone: str, code: str, language: str) -> str | None:
        return say("verification.demo_code", language, code=code)


class ConsoleOtpGateway:
    """Prints the code for whoever runs the assistant; it never goes through the log."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True)

    async def send(self, phone: str, code: str, language: str) -> str | None:
        self._console.print(f"One-time code for the number ending in {phone[-4:]}: [bold]{code}[/bold]")
        return None


def gateway_named(name: str) -> OtpGateway:
    """The gateway of the setting `JMO_OTP_GATEWAY`. Raises `BadInput`."""
    if name == "demo":
        return DemoOtpGateway()
    if name == "console":
        return ConsoleOtpGateway()
    raise BadInput(f"there is no gateway for one-time codes named {name!r}: choose demo or console")
