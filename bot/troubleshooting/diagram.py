"""Draws a tree as a Mermaid flowchart."""

import re
from collections.abc import Iterator

from bot.texts import say, texts
from bot.troubleshooting.trees import Check, End, Node, Outcome, Question, Switch, Tree

LABEL = 60
"""Letters of a text that fit into a box."""

_PLACEHOLDER = re.compile(r"\{\w+\}")
_OUTCOMES = {Outcome.FIX: "fix", Outcome.CASE: "case", Outcome.VISIT: "appointment"}


def draw(tree: Tree) -> str:
    """The tree as Mermaid: hexagons look at the record, diamonds ask, rounded boxes end."""
    lines = ["flowchart TD", *(f"  {line}" for name in tree.nodes for line in _lines(name, tree.nodes[name]))]
    return "\n".join(lines)


def _lines(name: str, node: Node) -> Iterator[str]:
    match node:
        case Check():
            yield f'{name}{{{{"record: {name.rpartition("_")[0]}"}}}}'
            for result, following in node.branches.items():
                yield f"{name} -->|{result}| {following}"
            yield f"{name} -.->|not verified| {node.unseen}"
        case Question(options):
            yield f'{name}{{"{_label(name)}"}}'
            for option in options:
                yield f'{name} -->|"{_title(option.key, option.shown)}"| {option.next}'
        case End():
            kind = f": {node.case}" if node.outcome is Outcome.CASE else ""
            yield f'{name}(["{_OUTCOMES[node.outcome]}{kind} – {_label(name)}"])'
        case Switch():
            yield f'{name}[["go on with {node.tree}"]]'


def _title(key: str, shown: bool) -> str:
    """The button's title; what has no button is understood by its words."""
    return say(f"troubleshooting.option_{key}", "en") if shown else f"typed: {key}"


def _label(name: str) -> str:
    text = texts("en")[f"troubleshooting.{name}"].replace("*", "").replace('"', "'")
    first = _PLACEHOLDER.sub("…", text.splitlines()[0])
    return first if len(first) <= LABEL else f"{first[:LABEL].rsplit(' ', 1)[0]} …"
