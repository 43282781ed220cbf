"""The same messages by REST, to either server."""

import json
import time
from collections import defaultdict
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import Any, Self
from urllib.parse import urlsplit

from bench.statistics import Durations
from bench.workshop import BenchmarkFailed

START_SECONDS = 60.0
ANSWER_SECONDS = 60.0
LOOK_AGAIN_SECONDS = 0.02
INFORMATION = "apa itu jht"
SCRIPT = (
    ("button", "/menu"),
    ("information", INFORMATION),
    ("form begins", "mau simulasi jht dong"),
    ("form step", "5jt"),
    ("form step", "5 tahun"),
)


class RestClient:
    """Somebody who writes to a server on this machine, over one connection: the least that a client can cost."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def says(self, sender: str, text: str) -> list[dict[str, Any]]:
        """Send one message and take its answers."""
        body = json.dumps({"sender": sender, "message": text})
        answers: list[dict[str, Any]] = json.loads(self._request("POST", "/webhooks/rest/webhook", body))
        return answers

    def timed(self, sender: str, text: str) -> float:
        """Seconds until one message is answered; raises `BenchmarkFailed` when nothing is said."""
        started = time.perf_counter()
        answers = self.says(sender, text)
        seconds = time.perf_counter() - started
        if not answers:
            raise BenchmarkFailed(f"{text!r} was not answered")
        return seconds

    def fetches_picture(self, url: str) -> None:
        """Have a picture drawn."""
        self._request("GET", urlsplit(url).path)

    def waits_until_answered(self) -> None:
        """Ask until the server that is starting answers for the first time."""
        deadline = time.perf_counter() + START_SECONDS
        while time.perf_counter() < deadline:
            try:
                if self.says("first", "/menu"):
                    return
            except (OSError, HTTPException):
                self._connection.close()
                time.sleep(LOOK_AGAIN_SECONDS)
        raise BenchmarkFailed(f"a server didn't answer within {START_SECONDS:g} seconds")

    def _request(self, method: str, path: str, body: str | None = None) -> bytes:
        self._connection.request(method, path, body, {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        content = response.read()
        if response.status != HTTPStatus.OK:
            raise BenchmarkFailed(f"a server answered {response.status} to {method} {path}")
        return content


def short_chats(client: RestClient, name: str, chats: int) -> Mapping[str, Durations]:
    """Each kind of turn in chats of five turns, where every server is at its quickest."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for chat in range(chats):
        for kind, text in SCRIPT:
            seconds[kind].append(client.timed(f"{name} {chat}", text))
    return {kind: Durations(tuple(values)) for kind, values in seconds.items()}


def long_chat(client: RestClient, turns: int, most_seconds: float) -> Durations:
    """One chat of up to `turns` turns, given up after `most_seconds`."""
    seconds: list[float] = []
    while len(seconds) < turns and sum(seconds) < most_seconds:
        seconds.append(client.timed("long", INFORMATION))
    return Durations(tuple(seconds))
