"""The errors of the assistant. Each says one clear sentence; channels and commands decide whom to show it."""


class JmoError(Exception):
    """Root of everything the assistant raises on purpose."""


class BadInput(JmoError):
    """Something a person, a file or a platform gave can't be used; the message says what to do."""


class SettingsError(BadInput):
    """The configuration doesn't allow to start."""


class CoreSystemUnavailable(JmoError):
    """The register of participants doesn't answer now."""


class DeliveryError(JmoError):
    """A reply could not be handed to a platform."""


class DeliverLater(DeliveryError):
    """The platform asks to wait, or can't be reached."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds
        """How long the platform asks to wait; None when it didn't say."""


class ChatGone(DeliveryError):
    """The participant blocked the assistant or the chat no longer exists."""


class DeliveryRefused(DeliveryError):
    """The platform will never take this reply as it is."""
