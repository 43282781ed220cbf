"""Slash commands, the same in every channel."""

import re

COMMANDS = {
    "start": "/greet",
    "menu": "/menu",
    "saldo": "/check_balance",
    "simulasi": "/simulate_jht",
    "klaim": "/claim_how",
    "status": "/claim_status",
    "petugas": "/human",
    "bantuan": "/help",
    "help": "/help",
    "bahasa": "/change_language",
    "hemat": "/light_mode",
    "datasaya": "/my_data",
    "hapus": "/delete_my_data",
    "keluar": "/logout",
}
"""What each command asks for, as the payload of a button."""

SHOWN_COMMANDS = tuple(name for name in COMMANDS if name not in ("start", "help"))
"""Commands for a platform's menu, in its order; the others are what people type out of habit."""

_COMMAND = re.compile(r"/(\w+)(?:@\w+)?(?=\s|$)")


def command_to_payload(text: str) -> str:
    """Turn a typed command such as `/saldo@JmoBot` into its payload `/check_balance`.

    Any other text comes back without leading slashes, so that nobody can type a payload:
    the result begins with a slash if and only if the text was a known command.
    """
    stripped = text.strip()
    found = _COMMAND.match(stripped)
    if found and found[1].lower() in COMMANDS:
        return COMMANDS[found[1].lower()]
    return stripped.lstrip("/ ") if stripped.startswith("/") else text
