"""The kinds of trouble with lists: pages that lack rows, lie about the count, repeat themselves, drop the filter.

All but `range_exceeded` answer 200 or 206 with sound JSON: nothing but the rows and the count can tell. A fault that
meets an answer which is no list lets it be, and does not count it as struck.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal, Unpack, cast
from urllib.parse import parse_qsl, urlencode

import orjson

from glpi_utils.testing.faults.fault import Fault, Place, When
from glpi_utils.testing.http.quirks import is_legacy
from glpi_utils.testing.http.wire import Answer

Count = Literal["true", "fits", "none"] | int
"""What a page says of the count: what is so; what fits its own rows, as if the list ended with them; nothing; a number."""
_RANGE = re.compile(r"(\d+)-(-?\d+)/(\d+)")


def other_rows(change: Callable[[list[Any]], list[Any]], count: Count = "true", **when: Unpack[When]) -> Fault:
    """The rows of a page are others: cut, with holes, doubled, reversed, none.

    Args:
        change: Called with the rows of a page; what it returns is sent.
        count: What the page says of the count: "true" what is so, "fits" what fits its own rows, "none" nothing, or
            a number.
        **when: Which requests it strikes, and when, see `Fault`.
    """

    def alter(_place: Place, answer: Answer) -> Answer | None:
        rows = rows_in(answer)
        return None if rows is None else with_rows(answer, change(rows), count)

    return Fault("other rows", "after", following=alter, **when)


def cut_list(keep: float = 0.5, count: Count = "fits", **when: Unpack[When]) -> Fault:
    """A page has only the first part of its rows, and the count is cut alike: the answer is consistent in itself.

    Args:
        keep: The part of the rows that comes, from 0 to 1.
        count: As in `other_rows`.
        **when: Which requests it strikes, and when, see `Fault`.
    """
    fault = other_rows(lambda rows: rows[: int(len(rows) * keep)], count, **when)
    fault.name = "cut list"
    return fault


def empty_list(count: Count = "fits", **when: Unpack[When]) -> Fault:
    """A page is empty.

    Args:
        count: As in `other_rows`: ``Content-Range: 0-0/0`` (fits), none, or with the true count.
        **when: Which requests it strikes, and when, see `Fault`.
    """
    fault = other_rows(lambda _rows: [], count, **when)
    fault.name = "empty list"
    return fault


def false_rows(number: int | None = None, value: Any = False, **when: Unpack[When]) -> Fault:
    """The first rows of a page are no objects: ``[false, false]``.

    Args:
        number: How many. None: all.
        value: What stands in place of each.
        **when: Which requests it strikes, and when, see `Fault`.
    """
    fault = other_rows(lambda rows: [value for _ in rows[:number]] + rows[len(rows[:number]) :], **when)
    fault.name = "false rows"
    return fault


def repeated_page(**when: Unpack[When]) -> Fault:
    """Whatever a path is asked for after its first page, it gives that page again.

    Args:
        **when: Which requests it strikes, and when, see `Fault`.
    """
    first: dict[str, Answer] = {}

    def again(place: Place, answer: Answer) -> Answer | None:
        path = place.req.path
        if rows_in(answer) is None:
            return None
        if path not in first:
            first[path] = answer
            return None
        return first[path]

    return Fault("repeated page", "after", following=again, **when)


def range_exceeded(**when: Unpack[When]) -> Fault:
    """A list of the legacy API is refused: the range begins beyond the count, 400 ERROR_RANGE_EXCEED_TOTAL.

    Args:
        **when: Which requests it strikes, and when, see `Fault`.
    """

    def refuse(place: Place, answer: Answer) -> Answer | None:
        from glpi_utils.testing.legacy import refusals, replies

        if not is_legacy(place.req.path) or rows_in(answer) is None:
            return None
        counted = _RANGE.fullmatch(answer.header("Content-Range") or "")
        refusal = refusals.range_exceeded(int(counted[3]) if counted else 0)
        return replies.refused(place.req, refusal, place.world.version)

    return Fault("range exceeded", "after", following=refuse, **when)


def filter_dropped(condition: str = "", **when: Unpack[When]) -> Fault:
    """The high-level API drops the filter and gives the whole list.

    Args:
        condition: Only conditions that begin so are ignored, such as ``id=gt=``. Empty: the whole filter.
        **when: Which requests it strikes, and when, see `Fault`.
    """
    ignored = re.compile(re.escape(condition) + r"[^;,()]*")

    def shortened(text: str) -> str | None:
        return ignored.sub("id=ge=0", text) if condition else None

    def drop(place: Place) -> None:
        req = place.req
        fields = [
            (name, value if name.partition("[")[0] != "filter" else shortened(value))
            for name, value in parse_qsl(req.query, keep_blank_values=True)
        ]
        body = req.body
        if body.startswith(b"{") and b'"filter"' in body:
            fields_of_body: dict[str, Any] = orjson.loads(body)
            kept = shortened(fields_of_body.pop("filter")) if isinstance(fields_of_body["filter"], str) else None
            body = orjson.dumps(fields_of_body if kept is None else fields_of_body | {"filter": kept})
        query = urlencode([(name, value) for name, value in fields if value is not None])
        place.req = replace(req, query=query, body=body)

    def filtered(req: Any) -> bool:
        there = b"filter" in req.body or "filter" in req.query
        wanted = condition in "".join(value for _, value in parse_qsl(req.query)) + req.body.decode("utf-8", "replace")
        return there and wanted and (when_given is None or bool(when_given(req)))

    when_given = when.get("when")
    when["when"] = filtered
    return Fault("filter dropped", "beside", before=drop, **when)


def byte_order_mark(**when: Unpack[When]) -> Fault:
    """A byte order mark stands before the body, as where one PHP file was saved with it.

    Args:
        **when: Which requests it strikes, and when, see `Fault`.
    """

    def mark(_place: Place, answer: Answer) -> Answer | None:
        return replace(answer, body=b"\xef\xbb\xbf" + answer.body) if answer.body else None

    return Fault("byte order mark", "beside", following=mark, **when)


# -------------------------------------------------------------------------------------------------------- helping hands


def rows_in(answer: Answer) -> list[Any] | None:
    """Return the rows of an answer of either API, or of a search; None: it is no list."""
    if answer.status not in (200, 206) or answer.body[:1] not in (b"[", b"{"):
        return None
    try:
        body: Any = orjson.loads(answer.body)
    except ValueError:  # another fault has spoilt it already
        return None
    if isinstance(body, dict):
        answered = cast("dict[str, Any]", body)
        return (
            list(answered.get("data", []))
            if "totalcount" in answered and isinstance(answered.get("data", []), list)
            else None
        )
    return cast("list[Any]", body)


def with_rows(answer: Answer, rows: list[Any], count: Count) -> Answer:
    """Return the same page with other rows and the count that it then names."""
    body: Any = orjson.loads(answer.body)
    ranged, total = _ranged(answer.header("Content-Range"), len(rows), count)
    headers = tuple(line for line in answer.headers if line[0].lower() != "content-range")
    if ranged is not None:
        headers += (("Content-Range", ranged),)
    if isinstance(body, dict):
        answered = cast("dict[str, Any]", body)
        replaced: dict[str, Any] = {"data": rows} if rows else {}
        number = answered["totalcount"] if total is None else total
        rest = {name: value for name, value in answered.items() if name not in ("data", "content-range")}
        replaced |= {} if ranged is None else {"content-range": ranged}
        changed: Any = {**rest, "totalcount": number, "count": len(rows), **replaced}
    else:
        changed = rows
    status = 200 if count in ("fits", "none") else answer.status
    return Answer(status, headers, orjson.dumps(changed))


def _ranged(header: str | None, number: int, count: Count) -> tuple[str | None, int | None]:
    """Return the Content-Range of a page that has so many rows now, and the count in it; None: it has none."""
    known = _RANGE.fullmatch(header or "")
    if count == "true":
        return header, int(known[3]) if known else None
    if count == "none" or known is None:
        return None, None
    if count != "fits":
        return f"{known[1]}-{known[2]}/{count}", count
    total = int(known[1]) + number if number else 0
    return (f"{known[1]}-{total - 1}/{total}" if number else "0-0/0"), total
