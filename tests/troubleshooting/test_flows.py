"""docs/flows.md shows what runs."""

from pathlib import Path

from bot.flows import render_flows
from bot.troubleshooting.catalogue import ALL

ROOT = Path(__file__).parents[2]


def test_the_document_is_what_the_command_writes() -> None:
    document = (ROOT / "docs" / "flows.md").read_text(encoding="utf-8")
    assert document == render_flows(ROOT)


def test_every_form_and_every_tree_is_drawn() -> None:
    document = render_flows(ROOT)
    assert document.count("```mermaid") >= len(ALL) + 4
    assert "wage{" in document and "action_simulate_jht" in document and "action_finish_trouble" in document
    assert all(f"### {tree.name}\n" in document for tree in ALL)
