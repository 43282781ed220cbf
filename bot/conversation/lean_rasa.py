"""Imports Rasa without what it loads for others: its channels, their platforms' libraries, scikit-learn.

Import this before anything of Rasa. While Rasa is imported, empty modules stand in for those; afterwards they are
gone, so that whoever trains in this process gets the real ones. A running assistant calls none of them: channels are
those of `bot.channels`, and scikit-learn splits the examples of Rasa's neural networks. Takes a quarter of the memory.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_CHANNELS = {
    "botframework": "BotFrameworkInput",
    "callback": "CallbackInput",
    "console": "CmdlineInput",
    "facebook": "FacebookInput",
    "hangouts": "HangoutsInput",
    "mattermost": "MattermostInput",
    "rasa_chat": "RasaChatInput",
    "rocketchat": "RocketChatInput",
    "slack": "SlackInput",
    "socketio": "SocketIOInput",
    "telegram": "TelegramInput",
    "twilio": "TwilioInput",
    "twilio_voice": "TwilioVoiceInput",
    "webexteams": "WebexTeamsInput",
}
"""The modules of Rasa's channels and the class that Rasa imports from each."""
UNUSED = {f"rasa.core.channels.{module}": name for module, name in _CHANNELS.items()} | {
    "sklearn": "",
    "sklearn.model_selection": "train_test_split",
}


class _Unused:
    """What a stand-in holds: it can be imported and named, no more."""

    @classmethod
    def name(cls) -> str:
        return cls.__name__


@contextmanager
def _standing_in() -> Iterator[None]:
    missing = {module: name for module, name in UNUSED.items() if module not in sys.modules}
    for module, name in missing.items():
        sys.modules[module] = ModuleType(module)
        setattr(sys.modules[module], name, type(name, (_Unused,), {}))
    try:
        yield
    finally:
        for module in missing:
            del sys.modules[module]


with _standing_in():
    import rasa.core.processor  # noqa: F401
