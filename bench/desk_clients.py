"""Officers and participants as their pages behave, without browsers: streams, what they fetch, what they send."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from html import unescape
from itertools import count
from uuid import uuid4

from aiohttp import ClientResponse, ClientSession, ClientTimeout, CookieJar

from bench.workshop import BenchmarkFailed

ARRIVES_WITHIN_SECONDS = 20.0
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_CURSOR = re.compile(r'class="entry [^>]*data-at="(\d+)"')
_HANDOFF = re.compile(r'data-handoff="(\d+)"')
_CHAT_CURSOR = re.compile(r'"cursor": ?(\d+)')
_numbers = count(1)


def new_words() -> str:
    """Words that are found again wherever they arrive, without anything that looks like a personal number."""
    return f"pesan {''.join(chr(97 + int(digit)) for digit in str(next(_numbers)))} selesai"


class _Client:
    """One browser: its cookies, its stream, and what it waits to see."""

    def __init__(self, http: ClientSession, url: str) -> None:
        self._http = http
        self._url = url
        self._expected: dict[str, asyncio.Future[float]] = {}

    async def sees(self, words: str) -> float:
        """When the words were on the page, by `time.perf_counter`. Raises `BenchmarkFailed`."""
        try:
            async with asyncio.timeout(ARRIVES_WITHIN_SECONDS):
                return await self._expected.setdefault(words, asyncio.get_running_loop().create_future())
        except TimeoutError:
            raise BenchmarkFailed(f"a message did not reach {type(self).__name__}") from None

    def expect(self, words: str) -> None:
        """Look for words from now on."""
        self._expected[words] = asyncio.get_running_loop().create_future()

    def _look_at(self, shown: str) -> None:
        for words in [words for words in self._expected if words in shown]:
            if not self._expected[words].done():
                self._expected[words].set_result(time.perf_counter())

    async def _get(self, path: str) -> str:
        async with self._http.get(self._url + path) as answer:
            return await _read(answer)

    async def _events(self, path: str) -> AsyncIterator[tuple[str, str]]:
        """Name and data of each event, from one stream after another."""
        while True:
            async with self._http.get(self._url + path, timeout=ClientTimeout()) as stream:
                name = ""
                async for line in stream.content:
                    field, _, value = line.decode().rstrip("\n").partition(": ")
                    if field == "event":
                        name = value
                    elif field == "data":
                        yield name, value


class OfficerPage(_Client):
    """A conversation that is open at the desk."""

    _csrf = ""
    _path = ""
    _cursor = "1"

    async def sign_in(self, username: str, password: str) -> None:
        form = {"username": username, "password": password}
        async with self._http.post(f"{self._url}/petugas/masuk", data=form, allow_redirects=False) as answer:
            if answer.status != 303:
                raise BenchmarkFailed(f"an officer was not let in: {answer.status}")

    async def queue(self) -> str:
        """The page of the queue."""
        return await self._get("/petugas")

    async def takes_newest(self) -> None:
        """Take the general conversation that came last, and open it."""
        shown = await self._get("/petugas?topic=general")
        self._path = f"/petugas/percakapan/{max(map(int, _HANDOFF.findall(shown)))}"
        self._csrf = unescape(_CSRF.findall(shown)[0])
        await self._post("/ambil")
        self._note(await self._get(self._path))

    async def says(self, text: str) -> None:
        await self._post("/kirim", text=text)

    async def listens(self, connected: asyncio.Event) -> None:
        """Do what the page does at every event, until cancelled."""
        talk = _Refresher(self._fetch_news)
        cases = _Refresher(lambda: self._get("/petugas/antrean/ringkas"))
        heard = {"connected": (talk, cases), "talk": (talk,), "queue": (cases,)}
        async with asyncio.TaskGroup() as group:
            async for name, _ in self._events(f"/petugas/peristiwa?percakapan={self._path.rpartition('/')[2]}"):
                connected.set()
                for refresher in heard.get(name, ()):
                    refresher.ask(group)

    async def _fetch_news(self) -> str:
        news = await self._get(f"{self._path}/baru?sesudah={self._cursor}")
        self._note(news)
        return news

    def _note(self, shown: str) -> None:
        self._cursor = max([self._cursor, *_CURSOR.findall(shown)], key=int)
        self._look_at(shown)

    async def _post(self, path: str, **fields: str) -> None:
        headers = {"X-CSRF": self._csrf}
        async with self._http.post(self._url + self._path + path, data=fields, headers=headers) as answer:
            await _read(answer)


class ParticipantPage(_Client):
    """The web chat of one participant."""

    _cursor = 0

    async def says(self, text: str) -> None:
        content = {"key": uuid4().hex, "text": text}
        async with self._http.post(f"{self._url}/chat/messages", json=content, headers={"X-Chat": "1"}) as answer:
            await _read(answer)

    async def asks_for_a_person(self) -> None:
        """Come into the queue."""
        await self.says("/petugas")
        async with asyncio.timeout(ARRIVES_WITHIN_SECONDS):
            while "JMO-" not in (shown := await self._get("/chat/history")):
                await asyncio.sleep(0.02)
        self._cursor = max(map(int, _CHAT_CURSOR.findall(shown)))

    async def listens(self, connected: asyncio.Event) -> None:
        """Read the stream of the chat until cancelled."""
        connected.set()
        async for _, data in self._events(f"/chat/events?after={self._cursor}"):
            self._look_at(data)


class _Refresher:
    """One fetch at a time; what changes meanwhile is fetched right after."""

    def __init__(self, fetch: Callable[[], Awaitable[str]]) -> None:
        self._fetch = fetch
        self._running = self._again = False

    def ask(self, group: asyncio.TaskGroup) -> None:
        if self._running:
            self._again = True
        else:
            self._running = True
            group.create_task(self._run())

    async def _run(self) -> None:
        self._again = True
        while self._again:
            self._again = False
            await self._fetch()
        self._running = False


@asynccontextmanager
async def browser() -> AsyncIterator[ClientSession]:
    """Cookies and connections of one person."""
    # Cookies of a server that is named by its address are kept only on demand.
    async with ClientSession(cookie_jar=CookieJar(unsafe=True), headers={"Accept": "text/html"}) as http:
        yield http


async def _read(answer: ClientResponse) -> str:
    content = await answer.text()
    if answer.status >= 400:
        raise BenchmarkFailed(f"a page answered {answer.status} to {answer.method} {answer.url.path}")
    return content
