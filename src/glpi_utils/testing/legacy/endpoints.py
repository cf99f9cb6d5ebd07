"""The legacy API, `/apirest.php` (on 11 also `/api.php/v1`): from a request to its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from glpi_utils.testing.http.quirks import not_an_api
from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.legacy import (
    config,
    pictures,
    profiles,
    quirks,
    replies,
    search_engine,
    search_options,
    sessions,
    single_rows,
    target,
    windows,
    writes,
)
from glpi_utils.testing.legacy import parameters as reading
from glpi_utils.testing.legacy.errors import Fatal, Refused, SqlFailed, bad_request
from glpi_utils.testing.legacy.parameters import Parameters
from glpi_utils.testing.world.credentials import LegacySession
from glpi_utils.testing.world.world import World

__all__ = ["answer"]

Spoken = Callable[[World, Req, LegacySession, Parameters], Any]

ENDPOINTS: dict[str, Spoken] = {
    "getMyProfiles": lambda world, _req, session, _: {"myprofiles": profiles.my_profiles(world, session)},
    "getActiveProfile": lambda world, _req, session, _: {"active_profile": profiles.active_profile(world, session)},
    "changeActiveProfile": lambda world, _req, session, given: profiles.change_profile(world, session, given),
    "getMyEntities": lambda world, _req, session, given: {"myentities": profiles.my_entities(world, session, given)},
    "getActiveEntities": lambda _world, _req, session, _: {"active_entity": profiles.active_entities(session)},
    "changeActiveEntities": lambda world, _req, session, given: profiles.change_entities(world, session, given),
    "getFullSession": lambda world, _req, session, _: {"session": config.full_session(world, session)},
    "getGlpiConfig": lambda world, req, _session, _: {"cfg_glpi": config.glpi_config(world, req.base)},
    "getMultipleItems": single_rows.several,
}
"""Endpoints that answer any verb with a JSON value. Verbs are heeded only where an itemtype stands in the path."""


def answer(world: World, req: Req) -> Answer:
    """What the legacy API answers."""
    parts = target.elements(req.path, world.version)
    if parts is None:
        return not_an_api(world.version)
    if req.method == "OPTIONS":
        return replies.options(req)
    try:
        given = _called(world, req, parts)
    except Refused as refused:
        given = replies.refused(req, refused, world.version)
    except SqlFailed as failed:
        given = replies.sql_failed(req, failed)
    except Fatal as fatal:
        given = replies.fatal(req, fatal, world.version)
    if req.method == "HEAD":
        return Answer(200, (replies.HTML,)) if quirks.head_is_empty(world.version) else replace(given, body=b"")
    return given


def _called(world: World, req: Req, parts: list[str]) -> Answer:
    endpoint = parts[0].strip()
    given = reading.read(req, world.version)
    if not endpoint or endpoint == "api":
        asks_for_json = "application/json" in req.headers.get("content-type", "")
        return replies.plain_page(req, "") if asks_for_json else replies.html_page(req, "API Documentation - GLPI")
    if endpoint == "lostPassword":
        raise bad_request(_no_password(req))
    sessions.check_app_token(world, given, req.remote)
    if endpoint == "initSession":
        return _opened(world, req, given)
    session = sessions.current(world, given, req)
    if endpoint == "killSession":
        sessions.kill(world, session)
        return replies.as_json(req, True)
    called = _endpoint(world, req, session, given, parts)
    return replies.debugged(req, called) if "debug" in given.bag else called


def _opened(world: World, req: Req, given: Parameters) -> Answer:
    session = sessions.open_session(world, given, req)
    body: dict[str, Any] = {"session_token": session.token}
    if given.on("get_full_session"):
        body["session"] = config.full_session(world, session)
    return replies.as_json(req, body)


def _no_password(req: Req) -> str:
    if req.method not in ("PUT", "PATCH"):
        return "Only HTTP verb PUT is allowed"
    return "Email notifications are disabled"


def _endpoint(world: World, req: Req, session: LegacySession, given: Parameters, parts: list[str]) -> Answer:
    endpoint = parts[0].strip()
    if spoken := ENDPOINTS.get(endpoint):
        return replies.as_json(req, spoken(world, req, session, given))
    if endpoint == "listSearchOptions":
        found = target.itemtype_at(world, parts, 1)
        return replies.as_json(req, search_options.listed(world, found.itemtype, raw="raw" in given.bag))
    if endpoint == "search":
        found = target.itemtype_at(world, parts, 1, all_assets=True)
        return search_engine.answer(world, req, session, given, found.itemtype)
    if (user := pictures.user_named("/".join(parts))) is not None:
        return pictures.answer(world, req, user)
    return _rows(world, req, session, given, target.item(world, parts))


def _rows(world: World, req: Req, session: LegacySession, given: Parameters, found: target.Target) -> Answer:
    if found.itemtype in target.ABSTRACT and req.method in ("POST", "PUT", "PATCH", "DELETE"):
        raise Fatal
    match req.method:
        case "POST":
            return writes.add(world, req, session, given, found)
        case "PUT" | "PATCH":
            return writes.update(world, req, session, given, found)
        case "DELETE":
            return writes.delete(world, req, session, given, found)
        case _:  # an unknown verb is a GET
            return _read(world, req, session, given, found)


def _read(world: World, req: Req, session: LegacySession, given: Parameters, found: target.Target) -> Answer:
    wanted = found.id is not None and (
        found.id > 0 or (found.id == 0 and found.itemtype == "Entity") or quirks.ids_below_one_are_ids(world.version)
    )
    if found.id is not None and wanted:
        return single_rows.answer(world, req, session, given, found.itemtype, found.id)
    return windows.answer(world, req, session, given, found)
