"""Single rows: `GET /Ticket/1`, `getMultipleItems`."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from email.utils import format_datetime
from typing import Any

from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.legacy import attached, deprecated, php, quirks, rendering, replies, sessions, target, uploads
from glpi_utils.testing.legacy.errors import Fatal, bad_array, not_found, right_missing
from glpi_utils.testing.legacy.parameters import Parameters
from glpi_utils.testing.world.credentials import LegacySession
from glpi_utils.testing.world.rights import may
from glpi_utils.testing.world.world import World


def answer(world: World, req: Req, session: LegacySession, parameters: Parameters, spelt: str, id: int) -> Answer:
    """`GET /Ticket/1`."""
    if spelt == "Document" and uploads.wanted(req, parameters):
        return uploads.download(world, req, session, id)
    shown = read(world, req, session, parameters, spelt, id)
    return replies.as_json(req, shown, extra=last_modified(shown, world.zone))


def read(world: World, req: Req, session: LegacySession, parameters: Parameters, spelt: str, id: int) -> Any:
    """One row as the caller wants it shown; with get_sha1 only its footprint."""
    if spelt in target.ABSTRACT:
        raise Fatal if quirks.abstract_class_is_fatal(world.version) else not_found()
    former = deprecated.current(spelt, world.version)
    itemtype = former.itemtype if former else spelt
    how = rendering.show(req, parameters, spelt)
    row = readable(world, session, itemtype, id)
    fields = rendering.fields_of(world, itemtype, row)
    fields |= rendering.groups_of_asset(world, itemtype, id)
    fields |= attached.options(world, parameters, itemtype, id)
    shown = rendering.dressed(world, itemtype, fields, how)
    if parameters.on("get_sha1"):
        if how.keys:
            raise Fatal  # names can not be added to a text
        return rendering.sha1(shown)
    if how.keys:
        shown["_keys_names"] = rendering.keys_names(world, itemtype, fields, how)
    return rendering.as_former(world, rendering.finished(world, shown, how), how)


def readable(world: World, session: LegacySession, itemtype: str, id: int) -> dict[str, Any]:
    """A row that exists (404) and may be read (403)."""
    row = world.get(itemtype, id)
    if row is None:
        raise not_found()
    if not may(world, sessions.who(session), "read", itemtype, row):
        raise right_missing()
    return row


def last_modified(shown: Any, zone: tzinfo) -> tuple[tuple[str, str], ...]:
    """The header that `date_mod` makes."""
    changed = shown.get("date_mod") if php.is_named(shown) else None
    if not changed:
        return ()
    when = datetime.fromisoformat(changed).replace(tzinfo=zone).astimezone(UTC)
    return (("Last-Modified", format_datetime(when, usegmt=True)),)


def several(world: World, req: Req, session: LegacySession, parameters: Parameters) -> list[Any]:
    """`getMultipleItems`: one row that is missing refuses the whole call."""
    wanted = parameters.get("items")
    if not php.is_array(wanted):
        raise bad_array()
    found: list[Any] = []
    for line in php.values(wanted):
        if php.is_object(line) or not php.is_named(line):
            raise Fatal  # objects of a JSON body are no arrays
        if "items_id" not in line and "itemtype" not in line:
            raise bad_array()
        name = target.itemtype_named(world, str(line.get("itemtype", "")))
        if name is None:
            raise Fatal if quirks.is_ten(world.version) else not_found()
        found.append(read(world, req, session, parameters, name, php.intval(line.get("items_id", 0))))
    return found
