"""How much a chat may send."""

from collections import deque
from datetime import datetime, timedelta

from bot import clock


class RateLimit:
    """At most so many messages a chat within a window of time."""

    def __init__(self, messages: int = 20, window: timedelta = timedelta(minutes=1)) -> None:
        self._messages = messages
        self._window = window
        self._sent: dict[str, deque[datetime]] = {}
        """By chat, the chat that sent last at the end."""

    def take(self, chat_id: str) -> int:
        """Count a message; gives 0 when it is allowed, else the seconds to wait."""
        now = clock.now()
        sent = self._sent.pop(chat_id, deque())
        self._sent[chat_id] = sent
        while sent and sent[0] <= now - self._window:
            sent.popleft()
        if len(sent) >= self._messages:
            return int((sent[0] + self._window - now).total_seconds()) + 1
        sent.append(now)
        self._forget_before(now - self._window)
        return 0

    def _forget_before(self, moment: datetime) -> None:
        while (quiet := next(iter(self._sent))) and self._sent[quiet][-1] <= moment:
            del self._sent[quiet]
