"""What a tree is made of, and the place that a participant has reached in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.troubleshooting.record import Record

Answers: TypeAlias = Mapping[str, str]
"""The option chosen at each question so far. The place in a tree follows from it and the record, so that a
correction is one changed answer, and what the record shows later is looked at anew."""


class Outcome(StrEnum):
    """What a participant leaves with."""

    FIX = "fix"
    """Something to do now, by themselves."""
    CASE = "case"
    """An officer works on it, under a number."""
    VISIT = "visit"
    """An appointment: where, when, and what to bring."""


class CaseNeed(StrEnum):
    """Which case helps, by the name of its kind."""

    DATA_CORRECTION = "DATA_CORRECTION"
    BIOMETRIC_RESET = "BIOMETRIC_RESET"
    CARD_CHECK = "CARD_CHECK"
    APP_PROBLEM = "APP_PROBLEM"


@dataclass(frozen=True)
class Option:
    """An answer: its title is `option_<key>`."""

    key: str
    next: str
    words: tuple[str, ...] = ()
    """What people type instead of tapping; a phrase fits when each of its words is in the message."""
    shown: bool = True
    """False: too rare for a button, but understood."""


@dataclass(frozen=True)
class Question:
    """Asks what the record can't show; its text has the node's name."""

    options: tuple[Option, ...]

    def option(self, key: str) -> Option | None:
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True)
class Check:
    """Looks at the record; `unseen` is where it goes on without one."""

    look: Callable[[Record], str]
    branches: Mapping[str, str]
    unseen: str


@dataclass(frozen=True)
class End:
    """The way out; its text has the node's name."""

    outcome: Outcome
    case: CaseNeed | None = None
    """The case to open: at once for `CASE`, after "it still fails" for `FIX`."""
    buttons: tuple[str, ...] = ()
    """The next steps besides, by their names among the topics' buttons."""
    card: bool = False
    """Show the participant's card as a picture."""
    forward: str | None = None
    """The name of a text to be forwarded, which is sent as a message of its own."""


@dataclass(frozen=True)
class Switch:
    """Goes on in another tree."""

    tree: str
    answers: Mapping[str, str]


Node: TypeAlias = Question | Check | End | Switch


@dataclass(frozen=True)
class Tree:
    """One trouble. `<name>_intro` is the help most likely to work, said before the first question."""

    name: str
    start: str
    nodes: Mapping[str, Node]


@dataclass(frozen=True)
class Place:
    """Where somebody stands in a tree, and the questions answered on the way."""

    name: str
    node: Question | End | Switch
    path: tuple[str, ...]


def reached(tree: Tree, record: Record | None, answers: Answers) -> Place:
    """Follow record and answers from the start to the first question without an answer, or to the end."""
    name, path = tree.start, []
    while True:
        node = tree.nodes[name]
        if isinstance(node, Check):
            name = node.branches[node.look(record)] if record else node.unseen
        elif isinstance(node, Question) and (chosen := node.option(answers.get(name, ""))):
            path.append(name)
            name = chosen.next
        else:
            return Place(name, node, tuple(path))
