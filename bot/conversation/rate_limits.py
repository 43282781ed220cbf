"""How many messages a platform takes in which time: pure, the present moment is always given."""

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `messages` in any `seconds`."""

    messages: int
    seconds: float


@dataclass(slots=True)
class SlidingWindow:
    """Remembers when the last messages of one rate were sent."""

    rate: Rate
    _moments: deque[float] = field(init=False)

    def __post_init__(self) -> None:
        self._moments = deque(maxlen=self.rate.messages)

    def seconds_until_free(self, now: float) -> float:
        """How long to wait before the next message; 0 when it may go now."""
        if len(self._moments) < self.rate.messages:
            return 0.0
        return max(0.0, self._moments[0] + self.rate.seconds - now)

    def count(self, now: float) -> None:
        self._moments.append(now)

    def is_idle(self, now: float) -> bool:
        """Whether nothing that was sent still counts."""
        return not self._moments or now >= self._moments[-1] + self.rate.seconds


class RateLimits:
    """The limits of one platform: overall, in each private chat, and in each group. All times in seconds.

    The defaults are Telegram's (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
    """

    def __init__(
        self,
        overall: Rate = Rate(30, 1.0),
        private: Rate = Rate(1, 1.0),
        group: Rate = Rate(20, 60.0),
    ) -> None:
        self._overall = SlidingWindow(overall)
        self._private = private
        self._group = group
        self._chats: dict[Hashable, SlidingWindow] = {}

    def seconds_until_any_free(self, now: float) -> float:
        """How long until the platform takes a message at all."""
        return self._overall.seconds_until_free(now)

    def seconds_until_free(self, chat: Hashable, now: float) -> float:
        """How long until this chat takes a message."""
        window = self._chats.get(chat)
        return window.seconds_until_free(now) if window else 0.0

    def count(self, chat: Hashable, private: bool, now: float) -> None:
        """Note that a message goes to this chat now."""
        self._overall.count(now)
        window = self._chats.setdefault(chat, SlidingWindow(self._private if private else self._group))
        window.count(now)

    def count_overall(self, now: float) -> None:
        """Note a call that is no message to a chat, such as a deletion."""
        self._overall.count(now)

    def resting_chats(self, now: float) -> dict[Hashable, float]:
        """The chats that take nothing now, and for how long."""
        self._forget_idle_chats(now)
        waits = {chat: window.seconds_until_free(now) for chat, window in self._chats.items()}
        return {chat: wait for chat, wait in waits.items() if wait > 0}

    def _forget_idle_chats(self, now: float) -> None:
        self._chats = {chat: window for chat, window in self._chats.items() if not window.is_idle(now)}
