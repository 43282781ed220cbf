"""The command `jmo`: thin, each command one call."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import clock, faq_commands, nlu_commands, operations
from bot.errors import JmoError
from bot.handoff.models import Role
from bot.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
keys = typer.Typer(no_args_is_help=True, help="Keys that encrypt personal columns.")
app.add_typer(keys, name="keys")
claims = typer.Typer(no_args_is_help=True, help="Move claims and other cases on, as the desk does.")
app.add_typer(claims, name="claims")
incident = typer.Typer(no_args_is_help=True, help="Known disturbances that participants are told of.")
app.add_typer(incident, name="incident")
officers = typer.Typer(no_args_is_help=True, help="Accounts of the officers' desk.")
app.add_typer(officers, name="officers")
app.add_typer(faq_commands.app, name="faq")
app.add_typer(nlu_commands.app, name="nlu")
NewPassword = Annotated[str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True)]
console = Console(stderr=True)


@app.command()
def run() -> None:
    """Train if needed, migrate, seed the demonstration, and serve."""
    settings = load_settings()
    _train(settings)
    asyncio.run(_prepare(settings))
    if settings.mode == "demo":
        _greet(settings)
    _serve(settings)


@app.command()
def serve() -> None:
    """Serve what is trained and migrated already."""
    settings = load_settings()
    _use_keys(settings)
    _serve(settings)


@app.command()
def chat() -> None:
    """Talk to the assistant in this terminal."""
    settings = load_settings()
    _train(settings)
    asyncio.run(_prepare(settings))
    asyncio.run(_chat(settings))


@app.command()
def train(
    force: Annotated[bool, typer.Option(help="Train even if nothing changed.")] = False,
    accept_worse: Annotated[bool, typer.Option(help="Use the new model even if it understands less.")] = False,
) -> None:
    """Train the Rasa model if its sources changed, and use it if it isn't worse on the test messages."""
    _train(load_settings(), force, accept_worse)


@app.command()
def migrate() -> None:
    """Bring the database to the newest form."""
    from bot.migrate import migrate as upgrade

    settings = load_settings()
    _make_folders(settings)
    asyncio.run(upgrade(settings.database_url))


@app.command()
def seed(participants: Annotated[int, typer.Option(min=0, help="How many random people besides.")] = 0) -> None:
    """Put the demonstration's invented participants into the database."""
    settings = load_settings()
    asyncio.run(_prepare(settings, participants))


@app.command(name="demo-docs")
def demo_docs() -> None:
    """Print docs/demo.md anew."""
    from bot.register.demo_people import render_demo_table

    typer.echo(render_demo_table(), nl=False)


@app.command()
def flows() -> None:
    """Print docs/flows.md anew."""
    from bot.flows import render_flows

    typer.echo(render_flows(ROOT), nl=False)


@keys.command()
def new(file: Path) -> None:
    """Make a key file; keep a copy of it where the database's backups are not."""
    from bot.privacy.keys import make_key_file

    make_key_file(file)
    console.print(f"Made {file}. Without it nothing personal can be read: keep a copy in a safe place.")


@keys.command()
def rotate(file: Path) -> None:
    """Add a new current key; values encrypted by older keys stay readable."""
    from bot.privacy.keys import rotate as add_key

    add_key(file)
    console.print(f"Added a new key to {file}. Restart the assistant to use it.")


@claims.command(name="list")
def list_cases() -> None:
    """Show the cases that are open."""
    _operate(operations.list_cases)


@claims.command()
def advance(case: str, note: str | None = None) -> None:
    """Bring a case to its next stage; the participant is told."""
    _operate(lambda session, now: operations.advance(session, now, case, note))


@claims.command()
def reject(case: str, reason: Annotated[str, typer.Option(help="Told to the participant.")]) -> None:
    """Close a case without success; the participant is told why."""
    _operate(lambda session, now: operations.reject(session, now, case, reason))


@incident.command()
def start(text: str, topic: Annotated[str, typer.Option(help="The intent that asks about it.")] = "app_error") -> None:
    """Tell everybody who asks about a topic that it is disturbed."""
    _operate(lambda session, now: operations.start_incident(session, now, text, topic))


@incident.command()
def end(number: int) -> None:
    """End an incident and tell who wanted to know."""
    _operate(lambda session, now: operations.end_incident(session, now, number))


@incident.command(name="list")
def list_incidents() -> None:
    """Show the incidents under way."""
    _operate(operations.list_incidents)


@officers.command()
def add(
    username: str,
    name: Annotated[str, typer.Option(help="As participants are told.")],
    password: NewPassword,
    role: Role = Role.OFFICER,
) -> None:
    """Make an account for the desk; the password is asked for."""
    _operate(lambda session, now: operations.add_officer(session, now, username, name, role, password))


@officers.command(name="password")
def new_password(username: str, password: NewPassword) -> None:
    """Set a new password and unlock the account."""
    _operate(lambda session, now: operations.change_password(session, username, password))


@officers.command()
def close(username: str) -> None:
    """Let an officer in no more."""
    _operate(lambda session, now: operations.close_account(session, username))


@officers.command(name="list")
def list_officers() -> None:
    """Show the accounts."""
    _operate(operations.list_officers)


def main() -> None:
    """Run a command; whatever is wrong on purpose is one sentence, not a traceback."""
    try:
        app()
    except JmoError as error:
        console.print(f"[bold red]Error:[/] {error}", highlight=False)
        sys.exit(2)


def _operate(work: operations.Work) -> None:
    settings = load_settings()
    _use_keys(settings)
    for line in asyncio.run(operations.in_transaction(settings.database_url, work)):
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _train(settings: Settings, force: bool = False, accept_worse: bool = False) -> None:
    from bot.privacy.logging import configure_logging
    from bot.training import train_if_needed

    configure_logging(settings.log_level)
    with console.status("Training the model (about half a minute, only when its sources changed) …"):
        training = train_if_needed(ROOT, settings.model_folder, force, accept_worse)
    console.print(training.sentence, highlight=False, soft_wrap=True)


def _make_folders(settings: Settings) -> None:
    settings.data_folder.mkdir(parents=True, exist_ok=True)


def _use_keys(settings: Settings) -> None:
    from bot.privacy.keys import load_keyring, use_keyring
    from bot.privacy.logging import configure_logging

    configure_logging(settings.log_level)
    assert settings.key_file is not None
    use_keyring(load_keyring(settings.key_file, create=settings.mode == "demo"))


async def _prepare(settings: Settings, participants: int = 0) -> None:
    from bot.database import create_engine, create_sessions
    from bot.desk.canned import seed_canned_replies
    from bot.desk.officers import seed_demo_officers
    from bot.migrate import migrate as upgrade
    from bot.register.seed import seed as plant

    _make_folders(settings)
    _use_keys(settings)
    await upgrade(settings.database_url)
    if settings.mode != "demo" and not participants:
        return
    engine = create_engine(settings.database_url)
    async with create_sessions(engine).begin() as session:
        await plant(session, participants, today=clock.today())
    if settings.mode == "demo":
        async with create_sessions(engine).begin() as session:
            await seed_demo_officers(session, clock.now())
            await seed_canned_replies(session)
    await engine.dispose()


def _greet(settings: Settings) -> None:
    from bot.register.demo_people import demo_hint

    console.print(
        f"\nOpen http://{settings.host}:{settings.port}/ for the web chat, "
        f"http://{settings.host}:{settings.port}/petugas for the officers' desk.\n{demo_hint()}\n",
        highlight=False,
        soft_wrap=True,
    )


def _serve(settings: Settings) -> None:
    import uvicorn

    from bot.app import Assistant, settle_memory

    web_app = Assistant(settings).web_app()
    settle_memory()
    # No WebSockets: the web chat uses server-sent events, which an open page would hold for minutes at the end.
    uvicorn.run(
        web_app,
        host=settings.host,
        port=settings.port,
        ws="none",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=3,
    )


async def _chat(settings: Settings) -> None:
    from bot.app import Assistant
    from bot.channels.terminal import chat as talk

    assistant = Assistant(settings)
    async with assistant.running():
        await talk(assistant.gateway, Console(), settings.data_folder)
