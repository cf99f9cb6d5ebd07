"""The embedded GLPI without a socket, whose lists are bent: what a broken server, proxy, cache or replica may answer."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import orjson

from glpi_utils import Retry
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils._factory import settings
from glpi_utils._factory.high_level import make_highlevel
from glpi_utils._factory.legacy import make_legacy
from glpi_utils._factory.options import ClientOptions
from glpi_utils._wire import Response, WireRequest
from glpi_utils.testing import high_level, legacy
from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.world.world import World
from tests.engine.fakes import Told

What = Literal["empty", "cut", "holes", "repeated", "reversed", "refused", "uncounted", "one", "junk"]
Count = Literal["true", "low", "high", "fits", "zero"]
When = Literal["once", "now and then", "from then on", "at random"]
MOST = 600
"""Requests that a read may take, whatever it is answered."""


@dataclass(frozen=True)
class Bend:
    """What becomes of which answers: of the ``first`` list (from 1), of each ``first``-th, of all from then on, or of one in so many."""

    what: What
    count: Count
    when: When
    first: int
    seed: int = 0
    searches: bool = False
    """Whether what the search engine answers is bent too."""

    def strikes(self, number: int) -> bool:
        """Whether the list of this number is bent."""
        if self.when == "at random":
            return random.Random(f"{self.seed}.{number}").random() * self.first < 1
        if self.when == "once":
            return number == self.first
        return number % self.first == 0 if self.when == "now and then" else number >= self.first

    @property
    def undetectable(self) -> bool:
        """Whether the server says from the first answer on that there is nothing, so that nobody can know better."""
        nothing = self.what == "empty" and self.count in ("fits", "zero")
        return nothing and self.when != "once" and self.first == 1


Asked = tuple[str, str, str, tuple[tuple[str, str], ...], bytes]
_KEPT: WeakKeyDictionary[World, dict[Asked, Answer]] = WeakKeyDictionary()


def never_changed(world: World) -> None:
    """Promise that nothing is written any more: the same request, with the same token, is then answered once."""
    _KEPT[world] = {}


def answered(world: World, req: Req) -> Answer:
    """Return what the embedded GLPI answers, or has answered."""
    door = legacy.answer if "apirest.php" in req.path else high_level.answer
    kept = _KEPT.get(world)
    if kept is None:
        return door(world, req)
    assert req.method == "GET" or req.path.endswith("/token"), f"it may write: {req.method} {req.path}"
    asked = (req.method, req.path, req.query, tuple(req.headers.items()), req.body)
    if asked not in kept:
        kept[asked] = door(world, req)
    return kept[asked]


@dataclass
class Server:
    """Answers requests out of a world; ``bend`` is done to lists."""

    world: World
    bend: Bend | None = None
    lists: int = 0
    bent: list[bool] = field(default_factory=list[bool])
    """Of each list that was answered, whether it was bent."""
    first: tuple[int, int | None, int] | None = None
    """Of the first list: its rows, how many it counts from where it begins, and how many rows were asked for."""
    asked: list[str] = field(default_factory=list[str])
    _last: list[Any] = field(default_factory=list[Any])

    def __call__(self, sending: WireRequest) -> Response:
        parts = urlsplit(sending.url)
        assert isinstance(sending.body, bytes)
        self.asked.append(f"{parts.path}?{parts.query}")
        assert len(self.asked) <= MOST, f"endless: {self.asked[-4:]}"
        headers = {name.lower(): value for name, value in sending.headers.items()}
        req = Req(sending.method, parts.path, parts.query, headers, sending.body, base="http://127.0.0.1")
        answer = answered(self.world, req)
        if self.bend is not None and self._is_list(answer, parts.path):
            self.lists += 1
            self.bent.append(self.bend.strikes(self.lists))
            if self.bent[-1]:
                answer = self._bent(answer, self.bend)
            self.first = self.first or _seen(answer, parts.query)
        return Response(answer.status, {name.lower(): value for name, value in answer.headers}, answer.body)

    def _is_list(self, answer: Answer, path: str) -> bool:
        if answer.status not in (200, 206) or not answer.body or self.bend is None:
            return False
        if "/search/" in path:
            return self.bend.searches
        return isinstance(orjson.loads(answer.body), list)

    def _bent(self, answer: Answer, bend: Bend) -> Answer:
        if bend.what == "refused":
            refusal = ["ERROR_RANGE_EXCEED_TOTAL", "Provided range exceed total count of data"]
            return Answer(400, answer.headers, orjson.dumps(refusal))
        told: Any = orjson.loads(answer.body)
        search = "totalcount" in told
        rows: list[Any] = told.get("data", []) if search else told
        kept = self._rows(bend.what, rows)
        self._last = rows
        found = re.fullmatch(r"(\d+)-(-?\d+)/(\d+)", answer.header("content-range") or "")
        start, total = (int(found[1]), int(found[3])) if found else (0, len(rows))
        fits = start + len(kept)
        total = {"true": total, "low": total // 2, "high": total * 2 + 3, "fits": fits, "zero": 0}[bend.count]
        kept_headers = tuple(each for each in answer.headers if each[0].lower() != "content-range")
        if bend.what != "uncounted":
            kept_headers += (("Content-Range", f"{start}-{max(0, start + len(kept) - 1)}/{total}"),)
        if search:
            told = {**told, "data": kept, "count": len(kept), "totalcount": total}
        return Answer(answer.status, kept_headers, orjson.dumps(told if search else kept))

    def _rows(self, what: What, rows: list[Any]) -> list[Any]:
        return {
            "empty": [],
            "cut": rows[: len(rows) // 2],
            "holes": rows[::2],
            "one": rows[:1],
            "junk": [False for _ in rows],
            "repeated": self._last or rows,
            "reversed": rows[::-1],
            "refused": rows,
            "uncounted": rows,
        }[what]


def _seen(answer: Answer, query: str) -> tuple[int, int | None, int]:
    """Return how many rows an answer holds, how many it counts from where it begins, and how many were asked for."""
    rows: Any = orjson.loads(answer.body)
    counted = re.search(r"/(\d+)$", answer.header("content-range") or "")
    limit, start = (re.search(rf"(?:^|&)(?:{word})=(\d+)", query) for word in ("limit", "start|range"))
    behind = max(0, int(counted[1]) - (int(start[1]) if start else 0)) if counted else None
    return len(rows), behind, int(limit[1]) if limit else 0


class Runtime(Told):
    """A runtime that asks such a server; nothing takes time."""

    def __init__(self, server: Callable[[WireRequest], Response]) -> None:
        super().__init__()
        self._server = server

    async def open(self, sending: WireRequest) -> Any:
        self.answers = [self._server(sending)]
        return await super().open(sending)


def client(api: str, server: Server, username: str = "glpi", password: str = "glpi") -> AsyncClient:
    """A client whose requests go there."""
    extras = ClientOptions(retries=Retry(attempts=4))
    if api == "legacy":
        told = settings.legacy("http://127.0.0.1/apirest.php", None)
        who = settings.login(username, password, None)
        return AsyncClient(make_legacy(lambda _: Runtime(server), told, who, True, 30.0, extras))
    said = settings.highlevel("http://127.0.0.1/api.php", "my-app", "my-secret", username, password, None)
    return AsyncClient(make_highlevel(lambda _: Runtime(server), said, "api", True, 30.0, extras))
