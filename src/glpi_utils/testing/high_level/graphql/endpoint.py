"""`/GraphQL`: broken on a stock 11.0.6, where the first call kills the PHP worker; later it reads, in its own ways."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import orjson

from glpi_utils.testing.high_level import answers, quirks, reading, row_pages, schemas
from glpi_utils.testing.high_level.api_call import Call
from glpi_utils.testing.high_level.graphql import graphql_types
from glpi_utils.testing.high_level.graphql.graphql_language import GraphqlError, Operation, Selected, parse
from glpi_utils.testing.high_level.schemas import Property, Schema
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world import knowledge
from glpi_utils.testing.world.store import quoted

Row = dict[str, Any]
INTERNAL = "Internal server error"
NO_TABLE = "Schema does not define a table or itemtype to query."


def query(call: Call) -> Answer:
    """Answer a query: always 200; what went wrong stands in `errors`."""
    if quirks.graphql_kills_the_worker(call.version):
        raise answers.Stop(answers.nginx(502, "Bad Gateway"))
    try:
        operation = _operation(_text(call))
    except GraphqlError as error:
        return answers.json({"errors": [error.body]})
    if wrong := graphql_types.check(operation):
        return answers.json({"errors": [error.body for error in wrong]})
    return _Run(call).answer(operation)


def _text(call: Call) -> str:
    """Return the query: of JSON its `query`, if the Content-Type is that alone; else the body itself."""
    if call.req.headers.get("content-type", "") != "application/json":
        return call.req.body.decode("utf-8", "replace")
    try:
        body = orjson.loads(call.req.body)
    except orjson.JSONDecodeError:
        return ""
    text = cast("Row", body).get("query") if isinstance(body, dict) else None
    return text if isinstance(text, str) else ""


def _operation(text: str) -> Operation:
    operations = parse(text)
    if len(operations) > 1:
        raise GraphqlError("Must provide operation name if query contains multiple operations.")
    if operations[0].kind != "query":
        raise GraphqlError(f"Schema is not configured for {operations[0].kind}s.", operations[0].at)
    return operations[0]


class _Run:
    """One query on its way: what it found, what went wrong, how much there was."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.errors: list[Row] = []
        self.pages: dict[str, Row] = {}

    def answer(self, operation: Operation) -> Answer:
        """Return the data of all lists, then the errors."""
        data = {one.alias: self.root(one) for one in operation.fields}
        body: Row = {"errors": self.errors} if self.errors else {}
        body["data"] = data
        if self.pages:
            body["extensions"] = {"pagination": self.pages}
        headers: answers.Headers = ()
        if len(operation.fields) == 1 and (page := next(iter(self.pages.values()), None)):
            end = max(0, page["start"] + page["limit"] - 1)
            headers = (("Content-Range", f"{page['start']}-{end}/{page['total_count']}"),)
        return answers.json(body, headers=headers)

    def root(self, selected: Selected) -> Any:
        """Return one list; older versions of the API know no types."""
        if selected.name.startswith("__"):
            return _introspected(selected)
        schema = schemas.schema(selected.name, graphql_types.NEWEST)
        if not self.call.api.startswith("2.3") or any(one.name == "team" for one in selected.inner or ()):
            return self.failed(selected)
        try:
            rows = self.rows(schema, selected)
        except answers.Stop:
            return self.failed(selected)
        return [self.object(schema, row, selected, [selected.alias, n]) for n, row in enumerate(rows)]

    def failed(self, selected: Selected) -> None:
        """Add an error that does not say why."""
        self.errors.append({**GraphqlError(INTERNAL, selected.at).body, "path": [selected.alias]})

    def no_table(self, selected: Selected, path: list[Any]) -> None:
        """Add an error for a status: its table is not there. Only the first row has it."""
        error = {**GraphqlError(NO_TABLE, selected.at).body, "path": path}
        if not any(one["locations"] == error["locations"] for one in self.errors if "locations" in one):
            self.errors.append(error)

    def rows(self, schema: Schema, selected: Selected) -> list[Row]:
        """Return the rows of a list; the total is right without a filter and from the first row on alone."""
        arguments = selected.arguments
        limit, start = arguments.get("limit"), arguments.get("start") or 0
        only = f"id=={arguments['id']}" if arguments.get("id") is not None else None
        params: Row = {"filter": only or arguments.get("filter") or "", "sort": arguments.get("sort"), "start": start}
        params["limit"] = limit if limit is not None else 0
        if not self.call.may("read", schema.itemtype):
            rows, total = [], 0
        else:
            page = row_pages.search(self.call, _wide(schema), params, lenient=True)
            rows, total = page.rows, page.total
            total = 0 if start else len(rows) if params["filter"] else total
        shown = limit if limit is not None else len(rows) if only else total
        self.pages[selected.alias] = {"start": start, "limit": shown, "total_count": total}
        return rows

    def object(self, schema: Schema, row: Row, selected: Selected, path: list[Any]) -> Row:
        """Return the fields of one row that are asked for."""
        return {one.alias: self.value(schema, row, one, [*path, one.alias]) for one in selected.inner or ()}

    def value(self, schema: Schema, row: Row, selected: Selected, path: list[Any]) -> Any:
        """Return a plain value, or what another table holds."""
        if selected.name == "__typename":
            return schema.name
        entry = schema.fields[selected.name]
        if entry.read == "status":
            self.no_table(selected, path)
            return None
        kind = graphql_types.type_of(schema.name, entry)
        held = row.get(selected.name)
        if kind is None or held is None:
            return held
        inner = schemas.schema(kind, graphql_types.NEWEST)
        several: list[Row] = list(cast("Any", held)) if isinstance(held, list) else [held]
        whole = reading.rows(self.call.world, inner, [one["id"] for one in several])
        made = [self.object(inner, one, selected, path) for one in whole]
        return made if isinstance(held, list) else next(iter(made), None)


def _wide(schema: Schema) -> Schema:
    """Return the schema with what is inside its joined rows, which this API can filter by."""
    more: dict[str, Property] = {}
    for entry in schema.of("join", "children", "linked", "groups"):
        kind = graphql_types.type_of(schema.name, entry)
        for one in schemas.schema(kind, graphql_types.NEWEST).of("column") if kind else ():
            sql = f"{quoted(entry.name)}.{quoted(one.column)}"
            more[f"{entry.name}.{one.name}"] = Property(sql, one.kind, entry.name)
    return replace(schema, properties={**more, **schema.properties})


def _introspected(selected: Selected) -> Any:
    """Return what the server says of itself: its types and their fields by name."""
    if selected.name == "__typename":
        return "Query"
    kinds = sorted(knowledge.schemas())
    if selected.name == "__schema":
        known: Row = {"queryType": {"name": "Query"}, "mutationType": None, "types": [{"name": one} for one in kinds]}
    else:
        name = selected.arguments.get("name")
        if name not in {*kinds, "Query"}:
            return None
        known = {"name": name, "kind": "OBJECT", "fields": [{"name": one} for one in graphql_types.fields_of(name)]}
    return {one.alias: known.get(one.name) for one in selected.inner or ()}


ROUTES = (("/GraphQL", {"POST": query}),)
