"""The repository keeps its own promises. Every test also says that it looked at something."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
import yaml

from bot.conversation.messages import BUTTON_PAYLOAD_LIMIT
from bot.settings import Settings
from bot.texts import LANGUAGES, LIGHT, texts

ROOT = Path(__file__).parent.parent
BOT = ROOT / "bot"
MODULES = sorted(BOT.rglob("*.py"))
LONGEST_MODULE = 450

ANYWHERE = {"clock", "errors"}
ROOMS: dict[str, set[str]] = {
    "benefits": set(),
    "parsing": set(),
    "texts": set(),
    "privacy": ANYWHERE | {"database"},
    "register": ANYWHERE | {"benefits", "database", "privacy"},
    "identity": ANYWHERE
    | {"conversation.messages", "conversation.models", "database", "privacy", "register.core_system", "texts"},
    "photos": ANYWHERE | {"conversation.files", "texts"},
    "pictures": ANYWHERE | {"conversation.messages", "formatting", "texts"},
    "channels": ANYWHERE | {"conversation", "database", "metrics", "pictures", "privacy", "settings", "texts"},
    "conversation": ANYWHERE
    | {
        "database",
        "formatting",
        "identity",
        "learning",
        "metrics",
        "parsing",
        "privacy",
        "register",
        "services",
        "settings",
    }
    | {"texts"},
    "troubleshooting": {"register.core_system", "texts"},
    "actions": ANYWHERE
    | {"benefits", "conversation", "formatting", "identity", "parsing", "privacy", "register", "services", "texts"}
    | {"branches", "card_check", "cases", "faq", "handoff", "learning", "photos", "troubleshooting"},
    "branches": ANYWHERE,
    "learning": ANYWHERE | {"conversation", "database", "parsing", "privacy"},
    "faq": ANYWHERE | {"benefits", "formatting", "texts"},
    "cases": ANYWHERE
    | {
        "benefits",
        "conversation.messages",
        "conversation.models",
        "conversation.outbox",
        "conversation.wakeups",
        "database",
        "formatting",
        "privacy",
    }
    | {"register.core_system", "texts"},
    "card_check": ANYWHERE | {"formatting", "parsing", "privacy", "register.core_system", "texts"},
    "desk": ANYWHERE
    | {
        "benefits",
        "cases",
        "channels",
        "conversation",
        "database",
        "faq",
        "formatting",
        "handoff",
        "identity",
        "learning",
    }
    | {"parsing", "pictures", "privacy", "register", "services", "settings", "texts", "troubleshooting.catalogue"},
    "handoff": ANYWHERE
    | {
        "branches.hours",
        "cases",
        "conversation",
        "database",
        "formatting",
        "parsing",
        "privacy",
        "register.core_system",
    }
    | {"texts"},
}
"""What each folder of `bot` may import from the rest of it; a folder that is missing here may import anything."""

SAID_BY_PROVIDERS = {"verification.sms"}
"""Offered to whoever connects a provider of text messages; the gateways in the repository send none."""

INDONESIAN = set(
    "anda yang untuk dengan tidak sudah belum silakan mohon adalah atau bisa kami saya harus dari pada akan".split()
)
WIDELY_USED = 20


def path_of(module: Path) -> str:
    return str(module.relative_to(ROOT))


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    for module in MODULES:
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield f"{path_of(module)}:{node.lineno}", node


def literals(node: ast.expr) -> list[str]:
    """What a string expression can be, as far as it is written down; `*` stands for what is filled in."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=yes, orelse=no):
            return literals(yes) + literals(no)
        case ast.JoinedStr(values=parts):
            return ["".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in parts)]
    return []


@cache
def strings() -> frozenset[str]:
    """Every string in the code, docstrings left out."""
    found: set[str] = set()
    for module in MODULES:
        documentation = {id(node.value) for node in ast.walk(tree(module)) if isinstance(node, ast.Expr)}
        parts = {id(part) for node in ast.walk(tree(module)) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.expr) and id(node) not in documentation | parts:
                found.update(literals(node))
    return frozenset(found)


def text_keys() -> Iterator[tuple[str, str, ast.Call]]:
    """Where a text is said, its key (with `*` for what is filled in), and the call."""
    for place, call in calls("say", "button"):
        prefix = "general.button_" if getattr(call.func, "id", "") == "button" else ""
        for key in literals(call.args[0]) if call.args else ():
            yield place, prefix + key, call


def as_pattern(key: str) -> re.Pattern[str]:
    return re.compile("([a-z0-9_]+)".join(map(re.escape, key.split("*"))))


@cache
def intents() -> frozenset[str]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return frozenset(name if isinstance(name, str) else next(iter(name)) for name in domain["intents"])


def without_light(key: str) -> str:
    """A short text is said where its long one is."""
    return key.removesuffix(LIGHT)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def said_by_the_web_chat() -> set[str]:
    """Keys of the page's placeholders, and of what the script says, which knows them without their beginning."""
    page, script = ((BOT / "channels/webchat/page" / name).read_text("utf-8") for name in ("index.html", "chat.js"))
    in_page = set(re.findall(r"\{\{([a-z_]+\.[a-z_]+)\}\}", page))
    in_script = {f"web.script_{name}" for name in (*re.findall(r"[a-z_]+", script), *strings())}
    assert in_page
    return in_page | in_script


def said_at_the_desk() -> set[str]:
    """What the desk's templates say: `t("name")`, or `t("prefix_" ~ value)`; and its scripts, `text("name")`."""
    pages = "".join(page.read_text("utf-8") for page in sorted((BOT / "desk/templates").glob("*.html")))
    scripts = "".join(script.read_text("utf-8") for script in sorted((BOT / "desk/static").glob("*.js")))
    whole = set(re.findall(r't\("([\w.]+)"[,)]', pages)) | set(re.findall(r'text\("([\w.]+)"', scripts))
    filled = {f"{prefix}*" for prefix in re.findall(r't\("([\w.]+[_.])" ~', pages)}
    return {f"desk_{name}" if "." in name else f"desk.{name}" for name in whole | filled}


def test_both_languages_have_the_same_texts() -> None:
    assert len(texts("id")) > WIDELY_USED
    for language in LANGUAGES:
        assert set(texts(language)) == set(texts("id")), language


def test_both_languages_fill_the_same_places() -> None:
    filled = {key: placeholders(text) for key, text in texts("id").items()}
    assert sum(map(bool, filled.values())) > WIDELY_USED
    for language in LANGUAGES:
        assert {key: placeholders(text) for key, text in texts(language).items()} == filled, language


def test_every_text_that_is_said_exists() -> None:
    said = list(text_keys())
    missing = [f"{place} says {key}" for place, key, _ in said if not any(map(as_pattern(key).fullmatch, texts("id")))]
    assert len(said) > WIDELY_USED
    assert missing == []


def test_every_text_gets_the_values_it_has_places_for() -> None:
    looked_at, wrong = 0, []
    for place, key, call in text_keys():
        if key in texts("id") and all(given.arg for given in call.keywords):
            looked_at += 1
            lacking = placeholders(texts("id")[key]) - {given.arg or "" for given in call.keywords}
            wrong += [f"{place} says {key} without {name}" for name in sorted(lacking)]
    assert looked_at > WIDELY_USED
    assert wrong == []


def test_every_text_is_said_somewhere() -> None:
    """A key whose last part is filled in counts as said only if that part is written in the code or the domain."""
    domain = (ROOT / "domain.yml").read_text(encoding="utf-8")
    words = {text.lower() for text in strings()} | set(re.findall(r"[a-z0-9_]+", domain))
    written = strings() | {key for _, key, _ in text_keys()} | said_by_the_web_chat() | said_at_the_desk()
    written |= SAID_BY_PROVIDERS
    exact = {key for key in written if "*" not in key}
    filled = [as_pattern(key) for key in written if "*" in key and "." in key]
    unsaid = [
        key
        for key in map(without_light, texts("id"))
        if key not in exact
        and not any(
            found and all(part in words for part in found.groups())
            for found in (pattern.fullmatch(key) for pattern in filled)
        )
    ]
    assert len(exact & set(texts("id"))) > WIDELY_USED
    assert unsaid == []


def test_no_sentence_for_participants_stands_in_the_code() -> None:
    assert len(strings()) > WIDELY_USED
    sentences = [
        text
        for text in strings()
        # A pattern holds what people write, not what they read.
        if not re.search(r"\\b|\(\?:", text)
        and re.search(r"[A-Z.?!]", text)
        and len(INDONESIAN & set(re.findall(r"[a-z]+", text.lower()))) >= 2
    ]
    assert sentences == []


def test_every_button_leads_to_an_intent_and_fits_into_telegram() -> None:
    tables = {"PAYLOADS", "COMMANDS"}
    payloads = {text for _, call in calls("button", "Button") for text in map_literals(call.args[1:2])}
    for module in MODULES:
        for node in ast.walk(tree(module)):
            named = {getattr(target, "id", "") for target in getattr(node, "targets", [])}
            if isinstance(node, ast.Assign) and named & tables and isinstance(node.value, ast.Dict):
                payloads.update(map_literals(node.value.values))
    assert len(payloads) > WIDELY_USED
    for payload in payloads - {"/*"}:
        intent = re.match(r"/([a-z_]+)(?:\{.*\})?$", payload)
        assert intent, payload
        assert intent[1] in intents(), payload
        assert len(payload.encode()) <= BUTTON_PAYLOAD_LIMIT, payload


def map_literals(nodes: list[ast.expr]) -> list[str]:
    return [text for node in nodes for text in literals(node)]


def test_every_setting_is_explained() -> None:
    operating = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    names = [
        str(setting.validation_alias or f"JMO_{field.upper()}") for field, setting in Settings.model_fields.items()
    ]
    assert len(names) > 10
    assert [name for name in names if f"`{name}`" not in operating] == []


def test_every_module_says_what_it_is_for() -> None:
    with_code = [module for module in MODULES if tree(module).body]
    assert len(with_code) > WIDELY_USED
    assert [path_of(module) for module in with_code if not ast.get_docstring(tree(module))] == []


def test_no_module_is_long() -> None:
    lengths = {path_of(module): len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert max(lengths.values()) > 100
    assert [module for module, length in lengths.items() if length > LONGEST_MODULE] == []


def imports(module: Path) -> set[str]:
    """What a module takes from `bot`, such as `conversation.messages`."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "bot":
            found.update(f"bot.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return {name.removeprefix("bot.") for name in found if name.startswith("bot.")}


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_take_only_what_they_may(room: str) -> None:
    modules = sorted((BOT / room).rglob("*.py"))
    assert modules, f"bot/{room} has no modules"
    allowed = ROOMS[room] | {room}
    wrong = [
        f"{path_of(module)} imports bot.{name}"
        for module in modules
        for name in sorted(imports(module))
        if not any(name == door or name.startswith(f"{door}.") for door in allowed)
    ]
    assert wrong == []


def test_only_the_clock_knows_the_time() -> None:
    now = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|datetime\.today)\(")
    found = [path_of(module) for module in MODULES if now.search(module.read_text(encoding="utf-8"))]
    assert found == ["bot/clock.py"]


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error"]) + r")\b")
    files = [file for folder in ("bot", "nlu", "tests", "scripts", "docs") for file in (ROOT / folder).rglob("*.*")]
    readable = [file for file in files if file.suffix in {".py", ".yml", ".sh", ".md", ".js", ".css", ".html"}]
    assert len(readable) > 100
    assert [path_of(file) for file in readable if marks.search(file.read_text(encoding="utf-8"))] == []
