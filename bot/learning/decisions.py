"""What supervisors make of misunderstood messages: found, grouped, decided."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.learning.clusters import clusters
from bot.learning.models import Misunderstood, State

LOOKED_AT = 3000
"""The newest messages of a period; who has more looks at a shorter one."""
EXAMPLES = 6


@dataclass(frozen=True, slots=True)
class Decision:
    """What messages are to be: of an intent, of a new entry, or nothing; open again without either."""

    state: State
    intent: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Messages that one decision serves."""

    messages: Sequence[Misunderstood]

    @property
    def ids(self) -> list[int]:
        return [message.id for message in self.messages]

    @property
    def newest(self) -> Misunderstood:
        return max(self.messages, key=lambda message: message.id)

    def examples(self, most: int = EXAMPLES) -> list[tuple[str, int]]:
        """Texts and how often each came, the most frequent first."""
        return Counter(message.text for message in self.messages).most_common(most)

    def whys(self) -> list[tuple[str, int]]:
        return Counter(message.why for message in self.messages).most_common()

    def forms(self) -> list[tuple[str, int]]:
        return Counter(message.form for message in self.messages if message.form).most_common()

    def meant(self) -> list[tuple[str, int]]:
        """What was asked for next, and how often."""
        return Counter(message.meant for message in self.messages if message.meant).most_common(3)

    def guesses(self) -> list[tuple[str, float]]:
        """The likeliest intents by their mean confidence over all messages."""
        sums: Counter[str] = Counter()
        for message in self.messages:
            for intent, confidence in json.loads(message.guesses_json):
                sums[intent] += confidence
        return [(intent, total / len(self.messages)) for intent, total in sums.most_common(3)]


async def open_groups(session: AsyncSession, begins: datetime, ends: datetime) -> list[Group]:
    """What nobody decided yet, alike together, the largest first."""
    messages = await _of_period(session, State.OPEN, begins, ends)
    # A moment of work, during which chats go on.
    found = await asyncio.to_thread(clusters, [message.text for message in messages])
    return [Group([messages[place] for place in places]) for places in found]


async def decided_groups(session: AsyncSession, state: State, begins: datetime, ends: datetime) -> list[Group]:
    """What was decided, by decision, the newest first."""
    messages = await _of_period(session, state, begins, ends)
    ordered = sorted(messages, key=_decision_of, reverse=True)
    return [Group(list(together)) for _, together in groupby(ordered, key=_decision_of)]


async def decide(
    session: AsyncSession, ids: Iterable[int], seen: State, decision: Decision, officer_id: int, now: datetime
) -> int:
    """Decide what is still in the state in which it was seen; gives how many messages that were."""
    undone = decision.state is State.OPEN
    decided = (
        update(Misunderstood)
        .where(Misunderstood.id.in_(list(ids)), Misunderstood.state == seen)
        .values(
            state=decision.state,
            intent=decision.intent,
            note=decision.note,
            decided_by=None if undone else officer_id,
            decided_at=None if undone else now,
        )
    )
    result = cast(CursorResult[Any], await session.execute(decided))
    return result.rowcount


async def _of_period(session: AsyncSession, state: State, begins: datetime, ends: datetime) -> Sequence[Misunderstood]:
    """Oldest first, so that clusters stay what they are while more comes in."""
    in_period = Misunderstood.kept_at >= begins, Misunderstood.kept_at < ends
    newest = select(Misunderstood).where(Misunderstood.state == state, *in_period).order_by(Misunderstood.id.desc())
    return list(reversed((await session.scalars(newest.limit(LOOKED_AT))).all()))


def _decision_of(message: Misunderstood) -> tuple[str, str, str, int]:
    at = message.decided_at.isoformat() if message.decided_at else ""
    return at, message.intent or "", message.note or "", message.decided_by or 0
