"""Logs that can be read by machines and that carry nothing personal.

What other libraries say is kept to warnings without their arguments: Rasa's debug logs print messages and
slots, httpx prints addresses that contain the bot token, and messages of exceptions may carry the parameters
of a query.
"""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog
from structlog.types import EventDict, Processor

from bot.errors import JmoError

OWN_LOGGERS = ("bot", "jmo", "migrations", "__main__")
MASK = "[number]"
_OTHER_LOGGERS = (
    *("rasa", "rasa_sdk", "telegram", "httpx", "httpcore", "apscheduler", "asyncio", "matplotlib", "PIL"),
    *("faker", "sqlalchemy", "aiosqlite", "alembic", "uvicorn", "uvicorn.access", "uvicorn.error"),
)
_KEPT_OF_OTHERS = ("logger", "level", "exc_info", "_record", "_from_structlog")
_SHORT_NUMBER = 7
_NUMBER = re.compile(r"\d(?:[ .\-]?\d){7,}")
"""Eight digits or more, also in groups: NIK, KPJ, phone, account and birth date are all this long."""


def configure_logging(level: str, stream: Any = None) -> None:
    """Send all logs to `stream` (standard error): as lines of JSON, or in colours on a terminal."""
    out = stream or sys.stderr
    handler = logging.StreamHandler(out)
    handler.addFilter(_keep_own_or_warning)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_common_processors(),
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(out)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    _quiet_other_loggers()
    # Libraries warn at import of what no operator can act on, and one of Rasa's turns warnings on again.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_common_processors(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def drop_foreign_arguments(_: Any, __: str, event: EventDict) -> EventDict:
    """Keep of another library's log only what was said, not with which values."""
    if _is_own(str(event.get("logger"))):
        return event
    record = event.get("_record")
    said = record.msg if record is not None else event.get("event")
    return {"event": _first_line(said), **{key: event[key] for key in _KEPT_OF_OTHERS if key in event}}


def describe_exception(_: Any, __: str, event: EventDict) -> EventDict:
    """Say which exception it was and where; its message only if the assistant raised it itself."""
    error = _exception_of(event.pop("exc_info", None))
    event.pop("stack_info", None)
    if error is not None:
        event["exception"] = _described(error)
    if event.get("level") == "exception":
        event["level"] = "error"
    return event


def mask_numbers(_: Any, __: str, event: EventDict) -> EventDict:
    """Mask whatever looks like a personal number: the last net, not the rule."""
    return {key: value if key.startswith("_") else _masked(value) for key, value in event.items()}


def _common_processors() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        drop_foreign_arguments,
        describe_exception,
        mask_numbers,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _renderer(out: Any) -> Processor:
    if out.isatty():
        return structlog.dev.ConsoleRenderer()
    return structlog.processors.JSONRenderer(ensure_ascii=False, default=lambda value: type(value).__name__)


def _keep_own_or_warning(record: logging.LogRecord) -> bool:
    """Checked at the handler, so that no later change of a logger's level lets anything through."""
    return record.levelno >= logging.WARNING or _is_own(record.name)


def _quiet_other_loggers() -> None:
    """Take away other libraries' own handlers and spare them the work of what would not be kept."""
    for name in _OTHER_LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(logging.WARNING)


def _is_own(logger_name: str) -> bool:
    return logger_name.partition(".")[0] in OWN_LOGGERS


def _first_line(said: Any) -> str:
    """What follows the first line is detail: asyncio, for one, prints the values of a failed task there."""
    if not isinstance(said, str):
        return type(said).__name__
    return said.strip().partition("\n")[0]


def _exception_of(exc_info: Any) -> BaseException | None:
    found = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    if isinstance(found, BaseException):
        return found
    return sys.exc_info()[1] if found else None


def _described(error: BaseException) -> dict[str, Any]:
    description: dict[str, Any] = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": [_place(frame) for frame in traceback.extract_tb(error.__traceback__)],
    }
    if isinstance(error, JmoError):
        description["message"] = str(error)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        description["cause"] = _described(cause)
    return description


def _place(frame: traceback.FrameSummary) -> str:
    return f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return _NUMBER.sub(MASK, value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if len(str(abs(value))) <= _SHORT_NUMBER else MASK
    if isinstance(value, float):
        return value
    if isinstance(value, MutableMapping):
        return {_masked(key): _masked(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_masked(item) for item in value]
    return _NUMBER.sub(MASK, str(value))
