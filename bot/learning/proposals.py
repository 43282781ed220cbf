"""What supervisors assigned, written down for a maintainer: proposals, never training data by themselves."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.learning.models import Misunderstood, State

MARK = "proposals of supervisors, unread"
HEADING = """\
# Messages that the assistant misunderstood, as supervisors assigned them. Sentences of participants, redacted by rule.
# PROPOSALS: reread each one. Write examples of your own that say the same into nlu/data, and entries into bot/faq;
# take over no sentence as it is, and delete this file when you are done. Rasa learns nothing from its form, on purpose.
"""


async def assigned(session: AsyncSession) -> list[Misunderstood]:
    """What was assigned to an intent or to a new entry, oldest first."""
    decided = select(Misunderstood).where(Misunderstood.state.in_([State.ASSIGNED, State.ENTRY]))
    return list(await session.scalars(decided.order_by(Misunderstood.id)))


def as_yaml(messages: Sequence[Misunderstood]) -> str:
    """The file: examples by intent, and notes for new entries with what was asked."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    by_note: dict[str, list[str]] = defaultdict(list)
    for message in messages:
        if message.state == State.ASSIGNED:
            by_intent[message.intent or ""].append(message.text)
        else:
            by_note[message.note or ""].append(message.text)
    content = {
        "status": MARK,
        "proposed_examples": {intent: _counted(by_intent[intent]) for intent in sorted(by_intent)},
        "proposed_entries": [{"note": note, "asked": _counted(texts)} for note, texts in by_note.items()],
    }
    return HEADING + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


def _counted(texts: Sequence[str]) -> list[dict[str, Any]]:
    return [{"text": text, "times": times} for text, times in Counter(texts).most_common()]
