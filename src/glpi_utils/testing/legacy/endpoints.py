"""From a request to its answer: the endpoints of the legacy API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from glpi_utils.testing.http.quirks import not_an_api
from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.legacy import (
    config,
    option_lists,
    parameters,
    php_sessions,
    profiles,
    quirks,
    replies,
    row_ranges,
    row_writes,
    search_engine,
    single_rows,
    target,
)
from glpi_utils.testing.legacy.refusals import Fatal, Refused, SqlFailed, bad_request
from glpi_utils.testing.legacy.session_call import Call
from glpi_utils.testing.world.world import World

ENDPOINTS: dict[str, Callable[[Call], Any]] = {
    "getMyProfiles": lambda call: {"myprofiles": profiles.my_profiles(call.world, call.session)},
    "getActiveProfile": lambda call: {"active_profile": profiles.active_profile(call.world, call.session)},
    "changeActiveProfile": profiles.change_profile,
    "getMyEntities": lambda call: {"myentities": profiles.my_entities(call)},
    "getActiveEntities": lambda call: {"active_entity": profiles.active_entities(call.session)},
    "changeActiveEntities": profiles.change_entities,
    "getFullSession": lambda call: {"session": config.full_session(call.world, call.session)},
    "getGlpiConfig": lambda call: {"cfg_glpi": config.glpi_config(call.world, call.req.base)},
    "getMultipleItems": single_rows.several,
}
"""Endpoints that answer any verb with a JSON value. Verbs are heeded only where an itemtype stands in the path."""

_WRITES = {"POST": row_writes.add, "PUT": row_writes.update, "PATCH": row_writes.update, "DELETE": row_writes.delete}


def answer(world: World, req: Req) -> Answer:
    """Return what the legacy API answers."""
    parts = target.elements(req.path, world.version)
    if parts is None:
        return not_an_api(world.version)
    if req.method == "OPTIONS":
        return replies.options(req)
    try:
        made = _called(world, req, parts)
    except Refused as refused:
        made = replies.refused(req, refused, world.version)
    except SqlFailed as failed:
        made = replies.sql_failed(req, failed)
    except Fatal as fatal:
        made = replies.fatal(req, fatal, world.version)
    if req.method == "HEAD":
        return Answer(200, (replies.HTML,)) if quirks.head_is_empty(world.version) else replace(made, body=b"")
    return made


def _called(world: World, req: Req, parts: list[str]) -> Answer:
    endpoint = parts[0].strip()
    params = parameters.read(req, world.version)
    if not endpoint or endpoint == "api":
        asks_for_json = "application/json" in req.headers.get("content-type", "")
        return replies.plain_page(req, "") if asks_for_json else replies.html_page(req, "API Documentation - GLPI")
    if endpoint == "lostPassword":
        raise bad_request(_no_password(req))
    php_sessions.check_api(world)
    php_sessions.check_app_token(world, params, req.remote)
    if endpoint == "initSession":
        return _opened(world, req, params)
    session = php_sessions.current(world, params, req)
    if endpoint == "killSession":
        php_sessions.kill(world, session)
        return replies.as_json(req, True)
    made = _endpoint(Call(world, req, session, params), parts)
    return replies.debugged(req, made) if "debug" in params.bag else made


def _opened(world: World, req: Req, login: parameters.Parameters) -> Answer:
    session = php_sessions.open_session(world, login, req)
    body: dict[str, Any] = {"session_token": session.token}
    if login.on("get_full_session"):
        body["session"] = config.full_session(world, session)
    return replies.as_json(req, body)


def _no_password(req: Req) -> str:
    if req.method not in ("PUT", "PATCH"):
        return "Only HTTP verb PUT is allowed"
    return "Email notifications are disabled"


def _endpoint(call: Call, parts: list[str]) -> Answer:
    endpoint = parts[0].strip()
    if value_of := ENDPOINTS.get(endpoint):
        return replies.as_json(call.req, value_of(call))
    if endpoint == "listSearchOptions":
        itemtype = target.itemtype_at(call.world, parts, 1).itemtype
        return replies.as_json(call.req, option_lists.listed(call.world, itemtype, raw="raw" in call.parameters.bag))
    if endpoint == "search":
        return search_engine.answer(call, target.itemtype_at(call.world, parts, 1, all_assets=True).itemtype)
    if (user := single_rows.pictured_user("/".join(parts))) is not None:
        return single_rows.picture(call.world, call.req, user)
    return _rows(call, target.item(call.world, parts))


def _rows(call: Call, item: target.Target) -> Answer:
    write = _WRITES.get(call.req.method)
    if write is None:  # an unknown verb is a GET
        return _read(call, item)
    if item.itemtype in target.ABSTRACT:
        raise Fatal
    return write(call, item)


def _read(call: Call, item: target.Target) -> Answer:
    if item.id is not None and (
        item.id > 0 or (item.id == 0 and item.itemtype == "Entity") or quirks.ids_below_one_are_ids(call.version)
    ):
        return single_rows.answer(call, item.itemtype, item.id)
    return row_ranges.answer(call, item)
