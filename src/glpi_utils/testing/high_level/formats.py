"""Rows as CSV or XML, for who asks for exactly that: always 200, and without a range."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, cast
from xml.sax.saxutils import escape

import orjson

from glpi_utils.testing.http.wire import Answer


def formatted(made: Answer, accept: str) -> Answer:
    """Return the answer in the format that is wanted; what is no data stays as it is."""
    if made.status not in {200, 206} or made.header("Content-Type") != "application/json":
        return made
    if accept == "text/csv":
        return _as(made, "text/csv; charset=UTF-8", _csv(_rows(made)))
    if accept == "application/xml":
        body = "".join(f"<row>{_xml(row)}</row>" for row in _rows(made))
        return _as(made, "application/xml", f'<?xml version="1.0"?>\n<root>{body}</root>\n')
    return made


def _rows(made: Answer) -> list[dict[str, Any]]:
    data = orjson.loads(made.body)
    rows: list[Any] = list(cast("Any", data)) if isinstance(data, list) else [data]
    return [row for row in rows if isinstance(row, dict)]


def _as(made: Answer, kind: str, text: str) -> Answer:
    kept = [header for header in made.headers if header[0].lower() not in {"content-type", "content-range"}]
    return Answer(200, (("Content-Type", kind), *kept), text.encode())


def _csv(rows: list[dict[str, Any]]) -> str:
    """Return CSV: names of what is inside are dotted, later rows are not filled up to the first."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    flat = [dict(_flat("", row)) for row in rows]
    if flat:
        writer.writerow(flat[0])
    writer.writerows(row.values() for row in flat)
    return text.getvalue()


def _flat(before: str, value: Any) -> Iterator[tuple[str, str]]:
    inner = value
    if isinstance(value, dict | list):
        for name, one in inner.items() if isinstance(value, dict) else enumerate(inner):
            yield from _flat(f"{before}.{name}" if before else str(name), one)
    else:
        yield before, _plain(value)


def _xml(value: Any) -> str:
    if isinstance(value, dict):
        named = cast("dict[str, Any]", value)
        return "".join(f"<{name}>{_xml(one)}</{name}>" for name, one in named.items())
    if isinstance(value, list):
        several: list[Any] = list(cast("Any", value))
        return "".join(f"<row>{_xml(one)}</row>" for one in several)
    return escape(_plain(value))


def _plain(value: Any) -> str:
    """Return the text that PHP makes of a value."""
    if isinstance(value, bool):
        return "1" if value else ""
    return "" if value is None else str(value)
