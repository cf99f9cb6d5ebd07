"""Where a secret could come to light, and the search for it there."""

from __future__ import annotations

import base64
import html
import json
import logging
import pprint
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, quote_plus

from glpi_utils import GlpiError

LIBRARIES = ("glpi_utils", "urllib3", "aiohttp", "asyncio")
OURS = "glpi_utils"


def forms(secret: str, login: str = "") -> Iterator[str]:
    """Every way in which it may be written, also together with its login."""
    yield secret
    yield from (quote(secret), quote(secret, safe=""), quote_plus(secret), quote(quote(secret, safe=""), safe=""))
    for written in (json.dumps(secret), json.dumps(secret, ensure_ascii=False)):
        yield from (written[1:-1], written[1:-1].replace("/", "\\/"), repr(written)[2:-2])
    yield from (repr(secret)[1:-1], ascii(secret)[1:-1], repr(secret.encode())[2:-1], html.escape(secret))
    if secret.startswith("eyJ"):  # a JWT
        yield from secret.split(".")
    if login:
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(f"{login}:{secret}".encode()).decode().rstrip("=")


@dataclass
class Sinks:
    """What came out, by the place where it did."""

    texts: dict[str, list[str]] = field(default_factory=dict)

    def add(self, place: str, *things: object) -> None:
        self.texts.setdefault(place, []).extend(str(thing) for thing in things)

    def found(self, wanted: Iterable[str]) -> list[tuple[str, str]]:
        """Each leak: the place and the form. What is shorter than 6 characters proves nothing."""
        long = {form for form in wanted if len(form) >= 6}
        return sorted(
            {(place, form) for place, texts in self.texts.items() for form in long if form in "\n".join(texts)}
        )

    def error(self, error: BaseException) -> None:
        """All that an exception shows, with those behind it."""
        todo: list[Any] = [error]
        seen: set[int] = set()
        while todo:
            one = todo.pop()
            if not isinstance(one, BaseException) or id(one) in seen:
                continue
            seen.add(id(one))
            self.add("str", str(one))
            self.add("repr", repr(one))
            self.add("args", repr(one.args))
            self.add("notes", getattr(one, "__notes__", ""))
            self.add("attributes", pprint.pformat(vars(one)))
            if isinstance(one, GlpiError) and one.response is not None:
                self.add("request and response", repr((one.request, one.response.headers, one.response.body)))
                self.add("text of the response", one.response.text)
            todo += [one.__cause__, one.__context__, *getattr(one, "results", ())]
        self.add("traceback", *traceback.format_exception(error))

    def look(self, client: object) -> None:
        """What `repr`, `str`, `dir` and `vars` show of a client and of all parts of it that are ours."""
        todo: list[Any] = [client]
        seen: set[int] = set()
        while todo:
            one = todo.pop()
            if id(one) in seen:
                continue
            seen.add(id(one))
            self.add("look", repr(one))
            if isinstance(one, dict):
                todo += [*one.keys(), *one.values()]
            elif type(one) in (list, tuple, set):  # a named tuple of ours shows what its repr shows
                todo += list(one)
            elif type(one).__module__.partition(".")[0] == OURS and hasattr(one, "__dict__"):
                self.add("look", str(one), f"{one}", pprint.pformat(vars(one)))
                todo += list(vars(one).values())

    @contextmanager
    def logs(self) -> Iterator[None]:
        """All that is logged meanwhile, by whomever, at every level."""
        handler = logging.Handler()

        def keep(record: logging.LogRecord) -> None:
            said = logging.Formatter().format(record)
            self.add(f"log of {record.name.partition('.')[0]}", said, repr(record.args), repr(vars(record)))

        handler.emit = keep  # type: ignore[method-assign]
        loggers = [logging.getLogger(), *map(logging.getLogger, LIBRARIES)]
        before = [each.level for each in loggers]
        loggers[0].addHandler(handler)
        for each in loggers:
            each.setLevel(logging.DEBUG)
        try:
            yield
        finally:
            loggers[0].removeHandler(handler)
            for each, level in zip(loggers, before, strict=True):
                each.setLevel(level)
