"""Creating, changing and deleting: one row or many, what each answers, and when many are partly refused."""

from __future__ import annotations

from typing import Any, cast

from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.legacy import (
    attached_files,
    deprecated,
    document_files,
    inputs,
    php,
    profiles,
    quirks,
    rendering,
    replies,
)
from glpi_utils.testing.legacy.refusals import NO_RIGHT, NOT_FOUND, Fatal, Refused, bad_array
from glpi_utils.testing.legacy.session_call import Call
from glpi_utils.testing.legacy.target import Target
from glpi_utils.testing.world import settled
from glpi_utils.testing.world.column_values import Refusal, Row

Result = dict[str, Any]


def add(call: Call, target: Target) -> Answer:
    """Answer `POST /Ticket`: 201 with `location` for an object, with `link` for a list."""
    single, rows = _rows(call.parameters.get("input"))
    results = [_added(call, target.itemtype, row) for row in rows]
    failed = sum(1 for result in results if result["id"] is False)
    _raise_if_refused("ADD", results, failed, single=single)
    links = [f"{call.root}/{target.itemtype}/{result['id']}" for result in results]
    if single:
        return replies.as_json(call.req, results[0], 201, (("location", links[0]),))
    return replies.as_json(call.req, results, 201, (("link", ",".join(links)),))


def _rows(value: Any) -> tuple[bool, list[Row]]:
    """Return whether the input is one object, and its rows; what is no object counts as an empty one."""
    single = php.is_object(value)
    if not single and not php.is_array(value):
        raise bad_array()
    rows = [value] if single else php.values(value)
    return single, [cast("Row", row) if isinstance(row, dict) else {} for row in rows]


def _raise_if_refused(verb: str, results: list[Any], failed: int, *, single: bool, many: int | None = None) -> None:
    """Raise the refusal that the results make; `many` counts the input where not every row of it has a result."""
    if single and failed:
        raise Refused(400, f"ERROR_GLPI_{verb}", results[0]["message"] if results else None)
    if single:
        return
    if failed == (len(results) if many is None else many):
        raise Refused(400, f"ERROR_GLPI_{verb}", results)
    if failed:
        raise Refused(207, f"ERROR_GLPI_PARTIAL_{verb}", results)


def _added(call: Call, spelt: str, values: Row) -> Result:
    former = deprecated.current(spelt, call.version)
    itemtype = former.itemtype if former else spelt
    if former:
        values = deprecated.to_current(former, values)
    result = _inserted(call, itemtype, inputs.for_add(call, itemtype, values))
    if call.parameters.files:
        result["upload_result"] = inputs.upload_result(call)
    return result


def _inserted(call: Call, itemtype: str, values: Row) -> Result:
    hidden = itemtype == "Entity" and not inputs.entity_is_in_view(call.session, values)
    if hidden or not inputs.parent_is_there(call, itemtype, values) or not call.may("create", itemtype, values):
        return {"id": False, "message": NO_RIGHT}
    on_solution = itemtype == "Document" and values.get("itemtype") == "ITILSolution"
    if on_solution and quirks.document_of_a_solution_is_fatal(call.version):
        raise Fatal
    try:
        if itemtype == "Document" and call.parameters.files:
            values = document_files.keep(call, values)
        fatal = quirks.link_is_fatal(call.world, itemtype, values)
        if fatal and itemtype != "User" and not quirks.is_ten(call.version):
            raise Fatal
        new = call.world.insert(itemtype, settled.created(itemtype, values), call.who)
        if fatal:
            raise Fatal
        if itemtype == "Entity":
            profiles.enter_new(call, new)
        if itemtype == "Document":
            document_files.link(call, new, values)
        files = attached_files.attach(call, itemtype, new, values) if itemtype in attached_files.TAKERS else ""
    except Refusal as refusal:
        return {"id": False, "message": _refusal(call, refusal, inputs.statement(call.world, itemtype, values))}
    return {"id": new, "message": _message(call, itemtype, new) or files}


def _message(call: Call, itemtype: str, id: int) -> str:
    if itemtype in inputs.SILENT:
        return ""
    row = call.world.get(itemtype, id) or {"id": id}
    name = quirks.messages_are_escaped(rendering.message_name(call.world, itemtype, row), call.version)
    text = f"Item successfully added: {name}"
    if itemtype == "NetworkPort":
        return f"Item successfully added: {rendering.message_name(call.world, itemtype, row)}"
    sanitised = rendering.wants_sanitised(call) and quirks.texts_are_sanitised(call.version)
    return quirks.sanitised(text) if sanitised else text


def _refusal(call: Call, refusal: Refusal, statement: str) -> str:
    if refusal.kind == "right":
        return NO_RIGHT
    if refusal.kind == "sql":
        return quirks.sql_error(refusal.message, refusal.code, statement, call.version)
    return quirks.messages_are_escaped(refusal.message, call.version)


# ------------------------------------------------------------------------------------------------------------- change
def update(call: Call, target: Target) -> Answer:
    """Answer `PUT /Ticket/1`: always a list; an `id` in the input wins over the path's; without any nothing happens."""
    value = call.parameters.get("input")
    if value is not None and target.id is not None and (target.id > 0 or target.itemtype == "Entity"):
        value = _with_id(call, value, target.id)
    single, rows = _rows(value)
    outcomes = [_updated(call, target.itemtype, row) for row in rows]
    results = [result for result, _ in outcomes if result is not None]
    failed = sum(1 for _, done in outcomes if not done)
    _raise_if_refused("UPDATE", results, failed, single=single, many=len(rows))
    return replies.as_json(call.req, results)


def _with_id(call: Call, value: Any, id: int) -> Any:
    if php.is_object(value):
        return {"id": id, **value}
    if quirks.list_with_path_id_is_fatal(call.version):
        raise Fatal
    return value


def _updated(call: Call, spelt: str, row_input: Row) -> tuple[Any, bool]:
    """Return the row's result (None: it has none) and whether it is no failure."""
    former = deprecated.current(spelt, call.version)
    itemtype = former.itemtype if former else spelt
    values = deprecated.to_current(former, row_input) if former else row_input
    if values.get("id") is None:
        return [], True
    key = php.intval(values["id"])
    row = call.world.get(itemtype, key)
    if row is None:
        return None, False
    if not call.may("update", itemtype, row):
        return {str(values["id"]): False, "message": NO_RIGHT}, False
    changes = inputs.for_update(call.world, itemtype, {key: value for key, value in values.items() if key != "id"})
    call.world.told.clear()
    try:
        call.world.update(itemtype, key, settled.changed(itemtype, changes, call.version), call.who)
    except Refusal as refusal:
        text = _refusal(call, refusal, inputs.statement(call.world, itemtype, changes, key))
        return {str(key): False, "message": text}, False
    told = "\n".join(quirks.messages_are_escaped(text, call.version) for text in call.world.told)
    return {str(key): True, "message": told}, True


# ------------------------------------------------------------------------------------------------------------- delete
def delete(call: Call, target: Target) -> Answer:
    """Answer `DELETE /Ticket/1`: the path's id wins over the body; into the trash where there is one."""
    single, rows = _rows(call.parameters.get("input") if target.id is None else {"id": target.id})
    results: list[Any] = []
    force = php.flag(str(call.parameters.get("force_purge", False)))
    for row in rows:
        if row.get("id") is not None:
            result, force = _deleted(
                call, deprecated.itemtype_of(target.itemtype, call.version), row["id"], force=force
            )
            results.append(result)
    failed = sum(1 for result in results if False in result.values())
    _raise_if_refused("DELETE", results, failed, single=single, many=len(rows))
    return replies.as_json(call.req, results)


def _deleted(call: Call, itemtype: str, id: Any, *, force: bool) -> tuple[Result, bool]:
    """Return the row's result, and whether the rows after it are purged too: once forced, always forced."""
    key, row_id = str(id), php.intval(id)
    row = call.world.get(itemtype, row_id)
    if row is None:
        return {key: False, "message": NOT_FOUND}, force
    force = force or bool(row.get("is_template")) or "is_deleted" not in row
    if not call.may("purge" if force else "delete", itemtype, row):
        return {key: False, "message": NO_RIGHT}, force
    try:
        (call.world.purge if force else call.world.trash)(itemtype, row_id, call.who)
    except Refusal as refusal:
        return {key: False, "message": _refusal(call, refusal, "")}, force
    return {key: True, "message": ""}, force
