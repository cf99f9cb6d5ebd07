"""Creating, changing and deleting: one row or many, what each answers, and when many are partly refused."""

from __future__ import annotations

from typing import Any, cast

from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.legacy import deprecated, inputs, php, quirks, rendering, replies, sessions, uploads
from glpi_utils.testing.legacy.errors import NO_RIGHT, NOT_FOUND, Fatal, Refused, bad_array
from glpi_utils.testing.legacy.parameters import Parameters
from glpi_utils.testing.legacy.target import Target
from glpi_utils.testing.world import settled
from glpi_utils.testing.world.credentials import LegacySession
from glpi_utils.testing.world.rights import Right, may
from glpi_utils.testing.world.values import Refusal
from glpi_utils.testing.world.world import World

Result = dict[str, Any]


def add(world: World, req: Req, session: LegacySession, parameters: Parameters, target: Target) -> Answer:
    """`POST /Ticket`: 201 with `location` for an object, with `link` for a list."""
    given = parameters.get("input")
    single = php.is_object(given)
    if not single and not php.is_array(given):
        raise bad_array()
    results = [_added(world, req, session, parameters, target.itemtype, one) for one in _each(given)]
    failed = sum(1 for result in results if result["id"] is False)
    _raise_if_refused("ADD", results, failed, single=single)
    root = f"{quirks.links_name_the_other_address(req.base, world.version)}/{target.itemtype}"
    if single:
        return replies.as_json(req, results[0], 201, (("location", f"{root}/{results[0]['id']}"),))
    link = ",".join(f"{root}/{result['id']}" for result in results)
    return replies.as_json(req, results, 201, (("link", link),))


def _each(given: Any) -> list[Any]:
    return [given] if php.is_object(given) else php.values(given)


def _raise_if_refused(verb: str, results: list[Any], failed: int, *, single: bool, many: int | None = None) -> None:
    """`many` counts the input where not every row of it has a result."""
    if single and failed:
        raise Refused(400, f"ERROR_GLPI_{verb}", results[0]["message"] if results else None)
    if single:
        return
    if failed == (len(results) if many is None else many):
        raise Refused(400, f"ERROR_GLPI_{verb}", results)
    if failed:
        raise Refused(207, f"ERROR_GLPI_PARTIAL_{verb}", results)


def _added(world: World, req: Req, session: LegacySession, parameters: Parameters, spelt: str, given: Any) -> Result:
    former = deprecated.current(spelt, world.version)
    itemtype = former.itemtype if former else spelt
    values = _plain(given)
    if former:
        values = deprecated.to_current(former, values)
    result = _inserted(
        world, req, session, itemtype, inputs.for_add(world, session, itemtype, values, parameters.files)
    )
    if parameters.files:
        result["upload_result"] = inputs.upload_result(req, parameters.files, world.version)
    return result


def _plain(given: Any) -> dict[str, Any]:
    return cast("dict[str, Any]", given) if isinstance(given, dict) else {}


def _inserted(world: World, req: Req, session: LegacySession, itemtype: str, values: dict[str, Any]) -> Result:
    who = sessions.who(session)
    if itemtype == "Entity" and not inputs.entity_is_in_view(session, values):
        return {"id": False, "message": NO_RIGHT}
    if not inputs.parent_is_there(world, session, itemtype, values) or not may(world, who, "create", itemtype, values):
        return {"id": False, "message": NO_RIGHT}
    try:
        new = world.insert(itemtype, settled.created(itemtype, values), who)
        if itemtype == "Document":
            uploads.link(world, session, new, values)
    except Refusal as refusal:
        return {"id": False, "message": _refusal(world, refusal, inputs.statement(world, itemtype, values))}
    sanitised = rendering.show(req, Parameters({}), itemtype).sanitised
    return {"id": new, "message": _message(world, itemtype, new, sanitised=sanitised)}


def _message(world: World, itemtype: str, id: int, *, sanitised: bool) -> str:
    if itemtype in inputs.SILENT:
        return ""
    name = rendering.message_name(world, itemtype, world.get(itemtype, id) or {"id": id})
    text = f"Item successfully added: {quirks.messages_are_escaped(name, world.version)}"
    return quirks.sanitised(text) if sanitised and quirks.texts_are_sanitised(world.version) else text


def _refusal(world: World, refusal: Refusal, statement: str) -> str:
    if refusal.kind == "right":
        return NO_RIGHT
    if refusal.kind == "sql":
        return quirks.sql_error(refusal.message, refusal.code, statement, world.version)
    return quirks.messages_are_escaped(refusal.message, world.version)


# ------------------------------------------------------------------------------------------------------------- change
def update(world: World, req: Req, session: LegacySession, parameters: Parameters, target: Target) -> Answer:
    """`PUT /Ticket/1`: always a list; an `id` in the input wins over the path's; without any nothing happens."""
    given = parameters.get("input")
    if given is None:
        raise bad_array()
    if target.id is not None and (target.id > 0 or target.itemtype == "Entity"):
        given = _with_id(world, given, target.id)
    single = php.is_object(given)
    if not single and not php.is_array(given):
        raise bad_array()
    rows = _each(given)
    outcomes = [_updated(world, session, target.itemtype, _plain(one)) for one in rows]
    results = [result for result, _ in outcomes if result is not None]
    failed = sum(1 for _, done in outcomes if not done)
    _raise_if_refused("UPDATE", results, failed, single=single, many=len(rows))
    return replies.as_json(req, results)


def _with_id(world: World, given: Any, id: int) -> Any:
    if php.is_object(given):
        return {"id": id, **given}
    if quirks.list_with_path_id_is_fatal(world.version):
        raise Fatal
    return given


def _updated(world: World, session: LegacySession, spelt: str, given: dict[str, Any]) -> tuple[Any, bool]:
    """The row's result (None: it has none) and whether it is no failure."""
    former = deprecated.current(spelt, world.version)
    itemtype = former.itemtype if former else spelt
    values = deprecated.to_current(former, given) if former else given
    if values.get("id") is None:
        return [], True
    key = php.intval(values["id"])
    row = world.get(itemtype, key)
    if row is None:
        return None, False
    who = sessions.who(session)
    if not may(world, who, "update", itemtype, row):
        return {str(values["id"]): False, "message": NO_RIGHT}, False
    changes = inputs.for_update(world, itemtype, {key: value for key, value in values.items() if key != "id"})
    try:
        world.update(itemtype, key, settled.changed(itemtype, changes, world.version), who)
    except Refusal as refusal:
        text = _refusal(world, refusal, inputs.statement(world, itemtype, changes, key))
        return {str(key): False, "message": text}, False
    return {str(key): True, "message": ""}, True


# ------------------------------------------------------------------------------------------------------------- delete
def delete(world: World, req: Req, session: LegacySession, parameters: Parameters, target: Target) -> Answer:
    """`DELETE /Ticket/1`: the path's id wins over the body; into the trash where there is one."""
    given = parameters.get("input") if target.id is None else {"id": target.id}
    single = php.is_object(given)
    if not single and not php.is_array(given):
        raise bad_array()
    rows = [_plain(one) for one in _each(given)]
    results: list[Any] = []
    force = php.flag(str(parameters.get("force_purge", False)))
    for row in rows:
        if row.get("id") is not None:
            result, force = _deleted(world, session, target.itemtype, row["id"], force=force)
            results.append(result)
    failed = sum(1 for result in results if False in result.values())
    _raise_if_refused("DELETE", results, failed, single=single, many=len(rows))
    return replies.as_json(req, results)


def _deleted(world: World, session: LegacySession, spelt: str, given: Any, *, force: bool) -> tuple[Result, bool]:
    """The row's result, and whether the rows after it are purged too: once forced, always forced."""
    former = deprecated.current(spelt, world.version)
    itemtype = former.itemtype if former else spelt
    key, row_id = str(given), php.intval(given)
    row = world.get(itemtype, row_id)
    if row is None:
        return {key: False, "message": NOT_FOUND}, force
    force = force or bool(row.get("is_template")) or "is_deleted" not in row
    right: Right = "purge" if force else "delete"
    who = sessions.who(session)
    if not may(world, who, right, itemtype, row):
        return {key: False, "message": NO_RIGHT}, force
    try:
        (world.purge if force else world.trash)(itemtype, row_id, who)
    except Refusal as refusal:
        return {key: False, "message": _refusal(world, refusal, "")}, force
    return {key: True, "message": ""}, force
