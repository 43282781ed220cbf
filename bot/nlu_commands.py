"""The commands `jmo nlu …`: how well messages are understood, and what was not."""

import asyncio
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot import operations
from bot.privacy.keys import load_keyring, use_keyring
from bot.privacy.logging import configure_logging
from bot.settings import load_settings
from bot.training import train_if_needed

app = typer.Typer(no_args_is_help=True, help="How well messages are understood, and what was not.")
console = Console()

DOCS = Path(__file__).parent.parent / "docs"
Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False, help="A folder with train.tsv and test.tsv.")]


@app.command()
def report(
    massive: Annotated[Path | None, typer.Option(exists=True, file_okay=False, help="MASSIVE id-ID as TSV.")] = None,
    messages: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="CSV of text, topics.")] = None,
) -> None:
    """Measure, print and write docs/nlu.md; trains the assistant's model if it is not up to date."""
    from nlu.report import write_report

    settings = load_settings()
    configure_logging(settings.log_level)
    train_if_needed(DOCS.parent, settings.model_folder)
    seconds = asyncio.run(_seconds_to_understand(settings.model_folder))
    page = write_report(DOCS, massive, messages, seconds)
    console.print(page, highlight=False, markup=False, soft_wrap=True)


async def _seconds_to_understand(models: Path) -> list[float]:
    """What Rasa takes for each message of our own test set."""
    from bot.conversation.agent import Agent
    from nlu.benchmark import own_test_set

    agent, seconds = Agent(models), []
    for text in own_test_set()[0]:
        started = time.perf_counter()
        await agent.understood(text)
        seconds.append(time.perf_counter() - started)
    return seconds


@app.command()
def benchmark(
    folder: Folder, part: Annotated[str, typer.Option(help="The file to measure on: test or dev.")] = "test"
) -> None:
    """Learn from any data set's train.tsv and measure on its test.tsv (a line: text, tab, intent)."""
    from nlu.benchmark import measure_data_set

    table = Table("measure", "value", title=folder.name)
    for name, value in measure_data_set(folder, part).items():
        table.add_row(name, value)
    console.print(table)


@app.command()
def review(file: Path) -> None:
    """Write what supervisors assigned to a YAML file, as proposals to be reread."""
    from bot.learning.proposals import as_yaml, assigned

    settings = load_settings()
    assert settings.key_file is not None
    use_keyring(load_keyring(settings.key_file, create=settings.mode == "demo"))
    messages = asyncio.run(operations.in_transaction(settings.database_url, lambda session, _: assigned(session)))
    file.write_text(as_yaml(messages), encoding="utf-8")
    console.print(
        f"Wrote {len(messages)} messages to {file}: proposals, to be reread before anything goes into nlu/data.",
        soft_wrap=True,
        highlight=False,
    )
