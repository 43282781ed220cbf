"""Nothing personal reaches a log, whatever level is set and whoever writes it."""

import io
import json
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.errors import JmoError
from bot.privacy.logging import configure_logging

OTHERS = ["rasa.core.processor", "httpx", "telegram.ext", "sqlalchemy.engine", "uvicorn.access", "asyncio"]


class Log:
    """What was written since the start of the test."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def log() -> Iterator[Log]:
    """Logging as the assistant sets it up at its loosest level; afterwards all is as before."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    log = Log()
    configure_logging("debug", log.stream)
    yield log
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def own() -> Any:
    return structlog.get_logger("bot.conversation.turn")


def test_the_assistants_own_logs_are_lines_of_json_with_time_and_level(log: Log) -> None:
    own().info("turn done", conversation=7, milliseconds=5.5)
    (line,) = log.lines
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "turn done",
        "conversation": 7,
        "milliseconds": 5.5,
        "level": "info",
        "logger": "bot.conversation.turn",
    }


def test_an_operator_reads_no_warnings_meant_for_developers(log: Log) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn("moved in 2.0", DeprecationWarning, stacklevel=1)
        logging.captureWarnings(False)
    assert log.text == ""


@pytest.mark.parametrize("name", OTHERS)
def test_other_libraries_are_silent_below_warnings_even_at_another_level(log: Log, name: str) -> None:
    logging.getLogger(name).setLevel(logging.DEBUG)
    logging.getLogger(name).debug("the participant wrote %s", "saldo saya")
    logging.getLogger(name).info("https://api.telegram.org/bot123:secret/getUpdates")
    structlog.get_logger(name).info("slots", nama="Rahmat")
    logging.getLogger(name).setLevel(logging.NOTSET)
    assert log.text == ""


@pytest.mark.parametrize("name", OTHERS)
def test_warnings_of_other_libraries_come_without_their_values(log: Log, name: str) -> None:
    logging.getLogger(name).warning("could not handle %s\nfuture: Rahmat", "Rahmat")
    structlog.get_logger(name).error("failed", text="Rahmat")
    assert [line["event"] for line in log.lines] == ["could not handle %s", "failed"]
    assert "Rahmat" not in log.text


@pytest.mark.parametrize(
    "number",
    [
        "1199011705940001",
        "70000000011",
        "081110000001",
        "0811-1000-0001",
        "+62 811 1000 0001",
        "17-05-1994",
        1199011705940001,
    ],
)
def test_long_numbers_are_masked_wherever_they_stand(log: Log, number: object) -> None:
    own().info(f"got {number}", value=number, deep={"list": [number, {"key": f"x {number}"}]}, pair=(number,))
    assert log.text.count("[number]") == 5
    assert str(number) not in log.text


def test_short_numbers_and_words_stay_readable(log: Log) -> None:
    own().info("sent", outbox=1234567, chat="web", ok=True, nothing=None)
    (line,) = log.lines
    assert (line["outbox"], line["chat"], line["ok"], line["nothing"]) == (1234567, "web", True, None)


def test_an_exception_is_told_by_type_and_place_not_by_its_message(log: Log) -> None:
    try:
        int("Rahmat Wijaya")
    except ValueError:
        own().exception("turn failed")
    (line,) = log.lines
    assert line["level"] == "error"
    assert line["exception"]["type"] == "builtins.ValueError"
    assert "test_logging.py" in line["exception"]["at"][0]
    assert "Rahmat" not in log.text


def test_the_assistants_own_errors_keep_their_message_and_name_their_cause(log: Log) -> None:
    try:
        try:
            int("Rahmat Wijaya")
        except ValueError as error:
            raise JmoError("the register doesn't answer") from error
    except JmoError:
        logging.getLogger("bot.app").exception("stopped")
    (line,) = log.lines
    assert line["exception"]["message"] == "the register doesn't answer"
    assert line["exception"]["cause"]["type"] == "builtins.ValueError"
    assert "Rahmat" not in log.text


def test_exceptions_of_other_libraries_are_told_the_same_way(log: Log) -> None:
    try:
        int("Rahmat Wijaya")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    (line,) = log.lines
    assert line["exception"]["type"] == "builtins.ValueError"
    assert "Rahmat" not in log.text


def test_the_chosen_level_holds_for_the_assistants_own_logs(log: Log) -> None:
    configure_logging("warning", log.stream)
    own().info("quiet")
    own().warning("loud")
    assert [line["event"] for line in log.lines] == ["loud"]
