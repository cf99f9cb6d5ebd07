"""What a real server was asked and what it said: the trimmed recordings as values."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "recordings"
VERSIONS = {"hl": ("11.0.6",), "hybrid": ("11.0.11",), "legacy": ("10.0.17", "11.0.6"), "11.0.8": ("11.0.8",)}
"""By folder. `hybrid`: an 11.0.6 with some lines of its high-level API retyped to do what later versions do."""
MORE_ROWS = "<more rows>"
MORE_KEYS = "<more keys>"
MORE_TEXT = "<more text>"


@dataclass(frozen=True, slots=True)
class Request:
    """A recorded request; `json` is None when it had no JSON body, `text` when it had no other."""

    method: str
    path: str
    headers: dict[str, str]
    json: Any = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, recorded or got: repeated headers are joined, names are in lower case."""

    status: int
    headers: dict[str, str] = field(default_factory=dict[str, str])
    json: Any = None
    text: str = ""
    """Whatever is not JSON; "" with `is_json` false: no body."""
    is_json: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """One recorded pair. `number` is its place in the file: it does not change with the version."""

    number: int
    note: str
    request: Request
    answer: Answer


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """The exchanges of one topic as one version of GLPI answered them."""

    api: str
    topic: str
    version: str
    exchanges: tuple[Exchange, ...]

    @property
    def name(self) -> str:
        """`hl/ticket_crud`, `legacy/session-10.0.17`."""
        return f"{self.api}/{self.topic}" + (f"-{self.version}" if self.api == "legacy" else "")


def load(api: str, topic: str, version: str) -> Recording:
    """Read one topic; exchanges of other versions are left out."""
    whole = json.loads((FOLDER / api / f"{topic}.json").read_text("utf-8"))
    exchanges = [
        Exchange(number, one["note"], _request(one["request"]), _answer(one["response"]))
        for number, one in enumerate(whole["exchanges"])
        if version in one["versions"]
    ]
    return Recording(api, topic, version, tuple(exchanges))


def _request(one: dict[str, Any]) -> Request:
    return Request(one["method"], one["path"], one["headers"], one.get("body"), one.get("text"))


def _answer(one: dict[str, Any]) -> Answer:
    headers = {name.lower(): value for name, value in one["headers"].items()}
    return Answer(one["status"], headers, one.get("body"), one.get("text", ""), "body" in one)


@cache
def recordings() -> list[Recording]:
    """Every topic in every version that it was recorded on, in a fixed order; the same objects every time."""
    found: list[Recording] = []
    for path in sorted(FOLDER.glob("*/*.json")):
        found += [load(path.parent.name, path.stem, version) for version in VERSIONS[path.parent.name]]
    return found
