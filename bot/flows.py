"""Writes docs/flows.md: every form and every troubleshooting tree as a diagram, drawn from what runs."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from bot.troubleshooting.catalogue import ALL, BEGINS
from bot.troubleshooting.diagram import draw
from bot.troubleshooting.trees import Tree

_INTRODUCTION = """# Dialogue flows

Written by `jmo flows` from `domain.yml`, `nlu/rules/` and `bot/troubleshooting/`; a test keeps it equal to them.

## Forms

A form asks for its slots in this order. A question of another topic is answered in between, and the form asks again.
"""
_TREES = """## Troubleshooting

One form, `trouble_form`, walks these trees: hexagons look at the participant's record (a dotted arrow where there is
none), diamonds ask, rounded boxes are the way out. A fix that doesn't help becomes a case.
"""


def render_flows(root: Path) -> str:
    """The whole document; `root` is where `domain.yml` is."""
    parts = [_INTRODUCTION, *_forms(root), _TREES, *map(_tree, ALL)]
    return "\n".join(parts)


def _forms(root: Path) -> Iterator[str]:
    domain = yaml.safe_load((root / "domain.yml").read_text(encoding="utf-8"))
    rules = [
        rule
        for file in sorted((root / "nlu" / "rules").glob("*.yml"))
        for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]
    ]
    for name, form in domain["forms"].items():
        yield f"### {name}\n\n{_fenced(_draw_form(form['required_slots'], *_leaves(name, rules)))}"


def _draw_form(slots: list[str], filled: list[str], cancelled: list[str]) -> str:
    boxes = [f'{slot}{{"{slot}?"}}' for slot in slots]
    lines = ["flowchart LR", *(f"  {one} --> {other}" for one, other in pairwise(boxes))]
    lines += [f'  {boxes[-1]} -->|filled| {action}["{action}"]' for action in filled]
    lines += [f'  {boxes[0]} -.->|cancel| {action}["{action}"]' for action in cancelled]
    return "\n".join(lines)


def _leaves(form: str, rules: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """The actions after a form: when it is filled, and when it is cancelled."""
    of_form = [rule["steps"] for rule in rules if {"active_loop": form} in rule.get("condition", ())]
    filled = [steps[-1]["action"] for steps in of_form if steps[0] == {"action": form}]
    cancelled = [steps[1]["action"] for steps in of_form if steps[0] == {"intent": "cancel"}]
    return filled, cancelled


def _tree(tree: Tree) -> str:
    intents = [f"`{intent}`" for intent, name in BEGINS.items() if name == tree.name]
    begun = f"Begun by {', '.join(intents)}.\n\n" if intents else ""
    return f"### {tree.name}\n\n{begun}{_fenced(draw(tree))}"


def _fenced(diagram: str) -> str:
    return f"```mermaid\n{diagram}\n```\n"
