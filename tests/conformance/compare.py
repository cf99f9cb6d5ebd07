"""Whether a got answer is alike a recorded one: status, headers, body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from tests.conformance import ranges
from tests.conformance.recording import MORE_ROWS, Answer, Exchange
from tests.conformance.shape import RECORDED_HOST, Alike, Difference, kind, pattern_of

HEADERS = ("content-type", "location", "link", "allow", "www-authenticate", "accept-range", "last-modified")

NOT_RECORDED = ("accept-range", "link", "set-cookie", "www-authenticate")
"""What the recorder of 11.0.8 kept of no answer."""


def differences(api: str, exchange: Exchange, got: Answer, base: str, free: Sequence[str] = ()) -> list[Difference]:
    """Everything in which `got` is not alike; empty: alike. `base` is the double's own address."""
    return [
        *_status(exchange.answer, got),
        *_headers(exchange.answer, got, base, () if api != "11.0.8" else NOT_RECORDED),
        *_content_range(api, exchange, got),
        *_body(exchange.answer, got, Alike(base, free)),
    ]


def _status(recorded: Answer, got: Answer) -> Iterator[Difference]:
    if recorded.status != got.status:
        yield Difference("status", str(recorded.status), str(got.status))


def _headers(recorded: Answer, got: Answer, base: str, not_recorded: tuple[str, ...]) -> Iterator[Difference]:
    for name in HEADERS:
        if name in not_recorded:
            continue
        one, other = _header(recorded, name), _header(got, name).replace(base, RECORDED_HOST)
        other = other.replace(quote(base, safe=""), quote(RECORDED_HOST, safe=""))
        if not pattern_of(one).fullmatch(other):
            yield Difference(name, one or "absent", other or "absent")
    if "set-cookie" not in not_recorded and "set-cookie" in got.headers and "set-cookie" not in recorded.headers:
        yield Difference("set-cookie", "absent", "present")


def _header(answer: Answer, name: str) -> str:
    value = answer.headers.get(name, "").strip()
    if name == "content-type":
        return re.sub(r"\s*;\s*", "; ", value).lower()
    if name in {"allow", "link"}:
        return re.sub(r"\s*,\s*", ", ", value)
    return value


def _content_range(api: str, exchange: Exchange, got: Answer) -> Iterator[Difference]:
    recorded_text, got_text = (one.headers.get("content-range", "") for one in (exchange.answer, got))
    recorded, served = ranges.parse(recorded_text), ranges.parse(got_text)
    if recorded is None or served is None:
        if recorded_text != got_text:
            yield Difference("content-range", recorded_text or "absent", got_text or "absent")
        return
    path = exchange.request.path
    if ranges.expected(api, path, recorded.total)[0] != recorded:  # an odd request that the formula does not cover
        if recorded_text != got_text:
            yield Difference("content-range", recorded_text, got_text)
        return
    told, rows = ranges.expected(api, path, served.total)
    if told != served:
        yield Difference("content-range", f"{told} by the formula", got_text)
    if served.total != recorded.total and recorded.total <= ranges.SERVER_SIZED:
        yield Difference("content-range", f"a total of {recorded.total}", got_text)
    if isinstance(got.json, list) and rows is not None and len(got.json) != rows:
        yield Difference("content-range", f"{rows} rows for {got_text}", f"{len(got.json)} rows")


def _body(recorded: Answer, got: Answer, alike: Alike) -> Iterator[Difference]:
    if recorded.is_json and got.is_json:
        yield from alike.value("body", recorded.json, got.json)
    elif recorded.is_json != got.is_json:
        yield Difference("body", _describe(recorded), _describe(got))
    elif "text/html" in recorded.headers.get("content-type", ""):
        one, other = _page(recorded.text), _page(got.text)
        if one != other:
            yield Difference("page", one, other)
    else:
        yield from alike.text("body", recorded.text, got.text)


def _page(text: str) -> str:
    """A page is alike by its title; no page is not alike an untitled one."""
    found = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    if found:
        return f"titled {found[1].strip()!r}"
    return "untitled" if text.strip() else "empty"


def _describe(answer: Answer) -> str:
    if answer.is_json:
        rows = answer.json
        return f"JSON {kind(rows)}" + (" with rows" if isinstance(rows, list) and rows and rows != [MORE_ROWS] else "")
    return f"text {answer.text[:80]!r}" if answer.text else "empty"
