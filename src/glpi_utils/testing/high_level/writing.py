"""What a body says, turned into columns, and what the world makes of it."""

from __future__ import annotations

import json
import re
from typing import Any, cast

from glpi_utils.testing.high_level import answers, limits, php_dates, quirks, reading
from glpi_utils.testing.high_level.api_call import Call
from glpi_utils.testing.high_level.schemas import Field, Schema
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world import rights, settled
from glpi_utils.testing.world.column_values import ZERO, Refusal
from glpi_utils.testing.world.world import World

Row = dict[str, Any]
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CHECKED_DATES = frozenset({"date", "solvedate", "closedate"})
_KEPT_AS_JSON = frozenset(("OAuthClient", name) for name in ("redirect_uri", "grants", "scopes"))
WRONG_DATE = "Incorrect value for date field."


class WrongDate(Exception):
    """A ticket's date that GLPI itself refuses, with a message."""


def create(call: Call, schema: Schema, fixed: dict[str, Any] | None = None) -> int:
    """Add a row; what the server does not understand is dropped, so that an empty item may come of it."""
    values = _columns(call, schema, "create", fixed or {}) | (fixed or {})
    if not _may_steer(call, schema):
        values.pop("priority", None)
    if "entities_id" in _all_columns(call, schema) and "entities_id" not in values and call.identity is not None:
        values["entities_id"] = call.identity.entity
    call.require("create", schema.itemtype, values)
    try:
        made = call.world.insert(schema.itemtype, settled.created(schema.itemtype, values), call.who)
        _write_arrays(call, schema, made)
    except Refusal as refusal:
        raise answers.Stop(refused(refusal, "create")) from None
    return made


def update(call: Call, schema: Schema, id: int, row: dict[str, Any], *, own: bool = False) -> Answer:
    """Change a row and return it whole; the id of the path wins over one in the body. `own`: it needs no right."""
    if not own:
        call.require("update", schema.itemtype, row)
    values = _columns(call, schema, "update")
    if ({"priority", "is_deleted"} & values.keys()) and not _may_steer(call, schema):
        raise answers.Stop(answers.failed("update"))
    try:
        call.world.update(schema.itemtype, id, settled.changed(schema.itemtype, values, call.version), call.who)
        _write_arrays(call, schema, id)
    except Refusal as refusal:
        raise answers.Stop(refused(refusal, "update")) from None
    if quirks.cannot_be_read(call.version, schema.name):
        return answers.trouble()
    return answers.json(reading.rows(call.world, schema, [id])[0])


def _may_steer(call: Call, schema: Schema) -> bool:
    """Check whether someone may set a priority, or trash by an update: from 11.0.8 on that needs a right of its own."""
    if schema.itemtype not in rights.ITIL or not quirks.steering_needs_a_right(call.version):
        return True
    return call.who.profile in {rights.ADMIN, rights.SUPER_ADMIN, rights.SUPERVISOR}


def delete(call: Call, schema: Schema, id: int, row: dict[str, Any]) -> Answer:
    """Trash a row; purge it when forced, or where there is no trash."""
    world, itemtype = call.world, schema.itemtype
    purge = not world.itemtype(itemtype).trash or quirks.any_text_purges(world.version, call.params.get("force"))
    call.require("purge" if purge else "delete", itemtype, row)
    try:
        (world.purge if purge else world.trash)(itemtype, id, call.who)
    except Refusal as refusal:
        raise answers.Stop(refused(refusal, "delete")) from None
    return answers.empty(204, typed=False)


def created(call: Call, href: str, id: int) -> Answer:
    """Return the answer to a create; neither Location nor href has `/api.php` in it."""
    body = {"id": id, "href": href}
    return answers.json(body, quirks.status_of_a_create(call.version), (("Location", href),))


def refused(refusal: Refusal, action: str) -> Answer:
    """Return a refusal of the world in the API's words; what the database refuses is an empty 500."""
    match refusal.kind:
        case "right":
            return answers.forbidden()
        case "sql" | "itemtype":
            return answers.crashed()
        case "missing":
            return answers.not_found()
        case _:
            return answers.failed(action, [_escaped(refusal.message)] if refusal.message else [])


def _escaped(message: str) -> str:
    """Return a message as web pages show it."""
    return message.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#039;").replace('"', "&quot;")


def _all_columns(call: Call, schema: Schema) -> dict[str, Any]:
    return call.world.columns(schema.itemtype) or {}


def _columns(call: Call, schema: Schema, action: str, fixed: Row | None = None) -> Row:
    """Return the columns that a body changes: known, writable fields only; null never changes anything."""
    values: Row = {}
    _check(call, schema, () if fixed is None else _needed(schema, fixed))
    for entry in schema.of("custom"):
        values |= _customs(call, schema, entry)
    for entry in schema.of("column", "join", "status", "hidden"):
        value = call.params.get(entry.name)
        if isinstance(value, dict):
            value = cast("dict[str, Any]", value).get("id", cast("Any", value))
        if value is None or entry.name == "id" or (entry.readonly and entry.read in {"column", "hidden"}):
            continue
        if (schema.itemtype, entry.column) in _KEPT_AS_JSON:
            values[entry.column] = value
            continue
        try:
            kept, stored = _taken(call.world, entry, value)
        except WrongDate:
            raise answers.Stop(answers.failed(action, [WRONG_DATE])) from None
        if kept:
            values[entry.column] = stored
    return values


def _customs(call: Call, schema: Schema, entry: Field) -> Row:
    """Return the column of custom fields: those of the body change, the others stay; all become texts."""
    values = call.params.get(entry.name)
    if not isinstance(values, dict):
        return {}
    row = call.world.get(schema.itemtype, call.id) if "id" in call.attributes else None
    kept: Row = json.loads((row or {}).get(entry.column) or "{}")
    for name, value in cast("Row", values).items():
        if name in entry.columns and value is not None:
            kept[name] = str(int(value)) if isinstance(value, bool) else str(value)
    return {entry.column: json.dumps(kept)}


def _needed(schema: Schema, fixed: Row) -> list[str]:
    """Return what a new row must have and the path does not say."""
    return [name for name in schema.required if schema.fields[name].column not in fixed]


def _check(call: Call, schema: Schema, needed: list[str] | tuple[()]) -> None:
    """End the request where the schema does not allow a value."""
    if not quirks.schemas_are_checked(call.version):
        return
    try:
        wrong = limits.complaints(schema, call.params, needed)
    except limits.BrokenPattern:
        raise answers.Stop(answers.crashed()) from None
    if wrong:
        raise answers.Stop(answers.error(400, "ERROR_INVALID_PARAMETER", "Invalid input parameters", wrong))


def _taken(world: World, entry: Field, value: Any) -> tuple[bool, Any]:
    """Check whether a value changes anything, and what is stored."""
    if isinstance(value, list | dict):
        if entry.kind == "text" and quirks.lists_become_a_word(world.version):
            return True, "Array"
        raise answers.Stop(answers.crashed())
    match entry.kind:
        case "bool":
            return True, _switch(world.version, value)
        case "datetime":
            if quirks.zones_are_refused(world.version):
                return _moment(entry, value)
            return _read(world, entry, value)
        case "date":
            return _date(value)
        case "text":
            if value == "NULL" and entry.column == "content" and quirks.zones_are_refused(world.version):
                raise answers.Stop(answers.crashed())
            return True, value
        case "decimal" if value == "null":
            return True, 0
        case _:
            return True, value if value == "NULL" else _number(value)


def _switch(version: str, value: Any) -> int:
    """Return a boolean as a column stores it."""
    if str(value) not in {"0", "1", "True", "False"} and not quirks.words_mean_no(version):
        raise answers.Stop(answers.crashed())
    return int(str(value) in {"1", "True"})


def _number(value: Any) -> Any:
    """Return a number. Texts that are none crash the server, and so does what no column holds."""
    try:
        fits = abs(float(value)) < 2**63
    except ValueError:
        fits = False
    if not fits:
        raise answers.Stop(answers.crashed())
    return value


def _read(world: World, entry: Field, value: Any) -> tuple[bool, Any]:
    """Return a moment as PHP reads it. What PHP cannot read crashes the server; GLPI itself looks at zeros."""
    if value == ZERO:
        if entry.column == "date":
            raise WrongDate
        return False, None
    read = php_dates.read(value, world.clock())
    if read is None:
        raise answers.Stop(answers.crashed())
    return True, read


def _moment(entry: Field, value: Any) -> tuple[bool, Any]:
    """Return a moment as it is written: `NULL` clears it, ISO 8601 is refused."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return True, value
    if value == "NULL":  # the world keeps an opening date from None, not from this text
        return True, value if entry.column == "date" else None
    if entry.column in _CHECKED_DATES:
        if value in {"", 0} or (value == "null" and entry.column != "date"):
            return False, None
        raise WrongDate
    if value == "null":
        return True, None
    raise answers.Stop(answers.crashed())


def _date(value: Any) -> tuple[bool, Any]:
    """Return a date without a time; the empty text clears it as well."""
    if value in {"", "NULL"}:
        return True, None
    if not isinstance(value, str) or not _DAY.match(value):
        return False, None
    return True, value if _MOMENT.fullmatch(value) or len(value) == len("2026-01-31") else _badly_written()


def _badly_written() -> Any:
    raise answers.Stop(answers.crashed())


def _write_arrays(call: Call, schema: Schema, id: int) -> None:
    """Replace what a list holds by what the body says, where this version does so."""
    for entry in schema.of("groups", "linked"):
        value = call.params.get(entry.name)
        if value is not None and not quirks.lists_are_dropped(call.version, entry.read):
            _replace(call, schema, entry, id, _ids(value))


def _ids(value: Any) -> list[int]:
    """Return the ids of 5, {"id": 5} or a list of either; 0 stands for none."""
    several: list[Any] = list(cast("Any", value)) if isinstance(value, list) else [value]
    ids: list[int] = []
    for one in several:
        plain: Any = cast("dict[str, Any]", one).get("id") if isinstance(one, dict) else one
        try:
            ids.append(int(plain))
        except (TypeError, ValueError):
            raise answers.Stop(answers.crashed()) from None
    return [one for one in ids if one > 0]


def _replace(call: Call, schema: Schema, entry: Field, id: int, ids: list[int]) -> None:
    if entry.read == "groups":
        there = "groups_id"
        fixed: dict[str, Any] = {"itemtype": schema.itemtype, "items_id": id, "type": entry.type}
    else:
        there = entry.there
        fixed = {entry.here: id}
    where = " AND ".join(f'"{name}" = ?' for name in fixed)
    for row in call.world.select(entry.link, where, list(fixed.values())):
        call.world.purge(entry.link, row["id"], call.who)
    for one in ids:
        call.world.insert(entry.link, {**fixed, there: one}, call.who)
