"""A page of rows: filter, restriction, sort, window, total."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from glpi_utils.testing.high_level import answers, quirks, reading
from glpi_utils.testing.high_level.api_call import LARGEST, Call
from glpi_utils.testing.high_level.rsql_lexer import RsqlError
from glpi_utils.testing.high_level.rsql_sql import BrokenFilter, Condition, compiled
from glpi_utils.testing.high_level.schemas import Schema
from glpi_utils.testing.http import quirks as server_quirks
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world import rights
from glpi_utils.testing.world.rights import Who
from glpi_utils.testing.world.store import quoted
from glpi_utils.testing.world.world import World

DEFAULT_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Page:
    """What a list request found."""

    rows: list[dict[str, Any]]
    start: int
    limit: int
    total: int

    def answer(self) -> Answer:
        """Return 206 when more follows; the end of the range is wrong at the edges, only the total holds."""
        end = max(0, self.start + self.limit - 1)
        if end > self.total:
            end = self.total - 1
        status = 206 if self.start + self.limit < self.total else 200
        return answers.json(self.rows, status, (("Content-Range", f"{self.start}-{end}/{self.total}"),))


def search(call: Call, schema: Schema, params: dict[str, Any], *, lenient: bool = False) -> Page:
    """Return the rows that a request asks for; ends the request where GLPI refuses.

    `lenient`: what is not understood of a filter is dropped without a word, as GraphQL does.
    """
    call.require("read", schema.itemtype)
    try:
        if quirks.cannot_be_read(call.version, schema.name):
            raise BrokenFilter("Unknown column in 'WHERE' (1054)")
        return _search(call.world, call.who, schema, params, lenient=lenient)
    except RsqlError as error:
        refused = answers.error(400, "ERROR_INVALID_PARAMETER", error.title, error.detail)
        raise answers.Stop(refused) from None
    except (BrokenFilter, sqlite3.Error) as error:
        raise answers.Stop(answers.trouble(), why=f"MySQL query error: {error}") from None


def one(call: Call, schema: str, *only: str, filtered: bool = True) -> dict[str, Any]:
    """Return the first row that the conditions leave, and the filter of the request where the row is `filtered`.

    A top-level OR in the filter leaves others than the one asked for.
    """
    texts = [*texts_of(call.params), *only] if filtered else list(only)
    rows = search(call, call.schema(schema), {"filter": texts, "limit": 1}).rows
    if not rows:
        raise answers.Stop(answers.not_found())
    return rows[0]


def listed(call: Call, schema: str, *only: str) -> Answer:
    """Return the page that a request asks for, of the rows that more conditions leave."""
    return search(call, call.schema(schema), {**call.params, "filter": [*texts_of(call.params), *only]}).answer()


def read(call: Call, schema: str, *only: str, filtered: bool = True) -> Answer:
    """Return one row as the answer; see `one`."""
    return answers.json(one(call, schema, *only, filtered=filtered))


def only_ids(ids: Iterable[int]) -> str:
    """Return the condition that leaves the rows with these ids."""
    return f"id=in=({','.join(map(str, ids)) or '0'})"


def texts_of(params: dict[str, Any]) -> list[str]:
    """Return the filters of a request."""
    filters = params.get("filter") or ""
    if isinstance(filters, list):
        parts: list[Any] = list(cast("Any", filters))
        return [str(part) for part in parts]
    return [filters] if filters and isinstance(filters, str) else []


def text_of(params: dict[str, Any]) -> str:
    """Return the filter of a request; several are joined by AND."""
    return ";".join(texts_of(params))


def _search(world: World, who: Who, schema: Schema, params: dict[str, Any], *, lenient: bool) -> Page:
    """Read in GLPI's three moments: the ids of the page, the rows of these ids, the count. Others write in between."""
    condition = _condition(world, schema, params, lenient=lenient)
    if params.get("sort") == "" and quirks.empty_order_is_an_error(world.version):
        raise BrokenFilter("You have an error in your SQL syntax (1064)")
    order, order_joins = _order(schema, params.get("sort"))
    restricted, args = rights.visible(world, who, schema.itemtype)
    _restrict(condition, schema, restricted, list(args), joined=bool(condition.joins | order_joins))
    start, limit = whole(params.get("start", 0)) or 0, whole(params.get("limit", DEFAULT_LIMIT))
    if limit is None or limit <= 0:
        limit = -1
    ids = _ids(world, schema, condition, order_joins, f"{order} LIMIT {limit} OFFSET {max(start, 0)}")
    if quirks.page_needs_too_much_memory(len(ids), heavy=bool(schema.of("team"))):
        raise answers.Stop(server_quirks.memory_exhausted(world.version, "/api.php", answers.empty(500)))
    world.between(len(ids))
    rows = _narrowed(world, schema, condition, reading.rows(world, schema, ids))
    world.between(len(ids))
    total = _count(world, schema, condition)
    return Page(rows, start, total if limit < 0 else limit, total)


def _condition(world: World, schema: Schema, params: dict[str, Any], *, lenient: bool) -> Condition:
    """Return all filters as one; 12 keeps each in parentheses of its own."""
    version, newer = world.version, world.newer_lexer
    if quirks.or_escapes_the_scope(version):
        return compiled(text_of(params), schema.properties, version, newer=newer, lenient=lenient)
    whole = Condition()
    for text in texts_of(params):
        part = compiled(text, schema.properties, version, newer=newer, lenient=lenient)
        if part.sql:
            whole.sql += f"{' AND ' if whole.sql else ''}({part.sql})"
        whole.args.extend(part.args)
        whole.joins |= part.joins
    return whole


def _restrict(condition: Condition, schema: Schema, restricted: str, args: list[Any], *, joined: bool) -> None:
    """Add the restriction behind the filter, without parentheses: leading OR branches of the filter escape it."""
    if not restricted:
        return
    inner = restricted
    if joined:  # its names would mean columns of several tables
        inner = f"EXISTS (SELECT 1 FROM {quoted(schema.itemtype)} AS seen WHERE seen.id = _.id AND ({restricted}))"
    condition.sql = f"{condition.sql} AND ({inner})" if condition.sql else inner
    condition.args.extend(args)


def _from(schema: Schema, condition: Condition, more: set[str]) -> str:
    joins = " ".join(schema.joins[name] for name in sorted(condition.joins | more))
    where = f" WHERE {condition.sql}" if condition.sql else ""
    return f"FROM {quoted(schema.itemtype)} AS _ {joins}{where}"


def _count(world: World, schema: Schema, condition: Condition) -> int:
    counted = "COUNT(DISTINCT _.id)" if condition.joins & schema.many else "COUNT(*)"
    return int(world.sql(f"SELECT {counted} AS n {_from(schema, condition, set())}", condition.args)[0]["n"])


def _ids(world: World, schema: Schema, condition: Condition, joins: set[str], tail: str) -> list[int]:
    grouped = " GROUP BY _.id" if (condition.joins | joins) & schema.many else ""
    text = f"SELECT _.id AS id {_from(schema, condition, joins)}{grouped} ORDER BY {tail}"
    return [row["id"] for row in world.sql(text, condition.args)]


def _narrowed(world: World, schema: Schema, condition: Condition, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows whose lists hold only what the filter meets: `costs.id==1` shows no other cost."""
    for name in sorted(condition.joins & schema.many):
        text = f"SELECT _.id AS owner, {quoted(name)}.id AS id {_from(schema, condition, set())}"
        kept = {(row["owner"], row["id"]) for row in world.sql(text, condition.args)}
        for row in rows:
            row[name] = [inner for inner in row.get(name) or () if (row["id"], inner.get("id")) in kept]
    return rows


def _order(schema: Schema, sort: Any) -> tuple[str, set[str]]:
    parts: list[str] = []
    joins: set[str] = set()
    for part in str(sort or "").split(","):
        name, _, direction = part.strip().partition(":")
        if not name:
            continue
        prop = schema.properties.get(name)
        if prop is None:
            raise answers.Stop(answers.error(400, "ERROR", f"Invalid property for sorting: {name}"))
        if prop.state not in {"plain", "computed"}:
            raise BrokenFilter(f"Unknown column '_.{name}' in 'ORDER BY' (1054)")
        parts.append(f"{prop.sql} {'DESC' if direction.upper() == 'DESC' else 'ASC'}")
        if prop.join:
            joins.add(prop.join)
    return ", ".join([*parts, "_.id"]), joins


def whole(value: Any) -> int | None:
    """Return a number that may come as a text; None when it is none: no limit then."""
    try:
        return max(-LARGEST, min(int(float(value)), LARGEST))
    except (TypeError, ValueError, OverflowError):
        return None
