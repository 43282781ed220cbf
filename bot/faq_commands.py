"""The commands `jmo faq …`: whether the knowledge holds, what it finds, how often it finds the right thing."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import clock

app = typer.Typer(no_args_is_help=True, help="The knowledge that questions are answered from.")
console = Console(highlight=False, markup=False, soft_wrap=True)


@app.command()
def check() -> None:
    """Check every entry: sources, dates, figures, buttons, languages; 1 where something is wrong."""
    from bot.actions.faq import BUTTON_OF_INTENT
    from bot.faq.check import problems
    from bot.faq.entries import all_entries

    found = problems(all_entries(), clock.today(), BUTTON_OF_INTENT)
    for problem in found:
        console.print(problem)
    console.print(f"{len(all_entries())} entries, {len(found)} problems.")
    sys.exit(1 if found else 0)


@app.command()
def search(question: str, limit: int = 3) -> None:
    """Show what the knowledge finds for a question, with its score."""
    from bot.faq.search import search as find

    for found in find(question, limit):
        console.print(f"{found.score:.2f}  {found.entry.id}: {found.entry.title.id}")
        console.print(found.entry.text("id", clock.today()) + "\n")


@app.command()
def measure(
    questions: Annotated[Path, typer.Option(help="A table with columns question, entries.")],
    answers: Annotated[Path | None, typer.Option(help="For the official list: columns row, entries.")] = None,
    misses: Annotated[bool, typer.Option(help="Show the questions whose entry wasn't first.")] = False,
) -> None:
    """Measure how often the right entry is found first, and among the first three."""
    from bot.faq.measure import measure as measured
    from bot.faq.measure import read_questions

    result = measured(read_questions(questions, answers))
    for miss in result.misses if misses else ():
        console.print(f"{miss.asked.question}\n    right {'|'.join(miss.asked.right)}, found {' '.join(miss.found)}")
    console.print(
        f"{result.questions} questions ({result.without_entry} more have no entry): "
        f"right entry first {result.first:.3f}, among the first three {result.in_three:.3f}"
    )
