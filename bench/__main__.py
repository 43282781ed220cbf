"""Measure, show, and write docs/benchmarks.md anew: `python -m bench`, a few minutes.

`python -m bench --only desk` measures and shows the desk alone, and writes nothing.
"""

import argparse
import asyncio
import compileall
import signal
import sys
import warnings

from rich.console import Console

# Rasa's libraries warn at import about what nobody can act on, and turn warnings on again that were turned off.
warnings.showwarning = lambda *_, **__: None

from bench import desk, footprint, in_process, served  # noqa: E402
from bench.report import Results, as_markdown, desk_sections, print_tables, sections  # noqa: E402
from bench.stock_environment import programs_of_stock_rasa  # noqa: E402
from bench.workshop import ROOT, Workshop, workshop  # noqa: E402
from bot import clock  # noqa: E402
from bot.errors import JmoError  # noqa: E402

DOCUMENT = ROOT / "docs" / "benchmarks.md"


def measure(shop: Workshop, console: Console) -> Results:
    """One run, one thing after the other, so that nothing disturbs what is measured."""
    machine = footprint.machine()
    for package in ("bot", "nlu", "migrations"):
        compileall.compile_dir(ROOT / package, quiet=2)
    with console.status("Making the environment of stock Rasa with its SQL store …") as status:
        stock_programs = programs_of_stock_rasa(shop)
        status.update("Training …")
        training = shop.run("jmo", "train", "--force")
        shop.run("jmo", "seed")
        status.update("Starting and driving the assistant …")
        assistant = served.measure_assistant(shop)
        status.update("Starting and driving stock Rasa, in memory …")
        in_memory = served.measure_stock_in_memory(shop)
        status.update("Starting and driving stock Rasa with its SQL store …")
        with_sql_store = served.measure_stock_with_sql_store(shop, stock_programs)
        status.update("Measuring turns in process …")
        turns = asyncio.run(in_process.measure(shop))
        status.update("Measuring the officers' desk …")
        desks = desk.measure(shop)
    return Results(
        at=clock.now(),
        machine=machine,
        in_process=turns,
        assistant=assistant,
        stock_in_memory=in_memory,
        stock_with_sql_store=with_sql_store,
        desk=desks,
        training=training,
        model=footprint.model_mb(shop.models),
        environment=footprint.run_environment_mb(),
    )


def show_everything(shop: Workshop, console: Console) -> None:
    """The whole benchmark, and the document."""
    results = measure(shop, console)
    print_tables(sections(results), console)
    DOCUMENT.write_text(as_markdown(results), encoding="utf-8")


def show_desk(shop: Workshop, console: Console) -> None:
    """The desk alone."""
    with console.status("Training …") as status:
        shop.run("jmo", "train", "--force")
        status.update("Measuring the officers' desk …")
        desks = desk.measure(shop)
    print_tables(desk_sections(desks), console)


def main() -> None:
    """Run the benchmark; interrupted, it still ends what it started."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    parser = argparse.ArgumentParser(prog="bench", description="Measure the assistant.")
    parser.add_argument("--only", choices=["desk"], help="measure this part alone, without writing docs/benchmarks.md")
    measure_and_show = show_desk if parser.parse_args().only else show_everything
    console = Console()
    try:
        with workshop() as shop:
            measure_and_show(shop, console)
    except JmoError as error:
        console.print(f"[bold red]Error:[/] {error}", highlight=False)
        sys.exit(2)


if __name__ == "__main__":
    main()
