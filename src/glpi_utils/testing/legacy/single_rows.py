"""Single rows: `GET /Ticket/1`, `getMultipleItems`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from email.utils import format_datetime
from typing import Any

from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.legacy import attached, deprecated, document_files, php, quirks, rendering, replies, target
from glpi_utils.testing.legacy.refusals import Fatal, bad_array, bad_request, not_found, right_missing
from glpi_utils.testing.legacy.session_call import Call
from glpi_utils.testing.world.world import World


def answer(call: Call, spelt: str, id: int) -> Answer:
    """Answer `GET /Ticket/1`."""
    if spelt == "Document" and document_files.wanted(call):
        return document_files.download(call, id)
    shown = read(call, spelt, id)
    return replies.as_json(call.req, shown, extra=last_modified(shown, call.world.zone))


def read(call: Call, spelt: str, id: int) -> Any:
    """Return one row as the caller wants it shown; with get_sha1 only its footprint."""
    if spelt in target.ABSTRACT:
        raise Fatal if quirks.abstract_class_is_fatal(call.version) else not_found()
    itemtype = deprecated.itemtype_of(spelt, call.version)
    how = rendering.show(call, spelt)
    row = readable(call, itemtype, id)
    fields = rendering.fields_of(call.world, itemtype, row)
    fields |= rendering.groups_of_asset(call.world, itemtype, id)
    fields |= attached.options(call, itemtype, id)
    shown = rendering.dressed(call.world, itemtype, fields, how)
    if call.parameters.on("get_sha1"):
        if how.keys:
            raise Fatal  # names cannot be added to a text
        return rendering.sha1(shown)
    if how.keys:
        shown["_keys_names"] = rendering.keys_names(call.world, itemtype, fields, how)
    return rendering.as_former(call.world, rendering.finished(call.world, shown, how), how)


def readable(call: Call, itemtype: str, id: int) -> dict[str, Any]:
    """Return a row that exists (404) and may be read (403)."""
    row = call.world.get(itemtype, id)
    if row is None:
        raise not_found()
    if not call.may("read", itemtype, row):
        raise right_missing()
    return row


def last_modified(shown: Any, zone: tzinfo) -> tuple[tuple[str, str], ...]:
    """Return the header that `date_mod` makes."""
    changed = shown.get("date_mod") if php.is_named(shown) else None
    if not changed:
        return ()
    when = datetime.fromisoformat(changed).replace(tzinfo=zone).astimezone(UTC)
    return (("Last-Modified", format_datetime(when, usegmt=True)),)


def several(call: Call) -> list[Any]:
    """Answer `getMultipleItems`: one row that is missing refuses the whole call."""
    wanted = call.parameters.get("items")
    if not php.is_array(wanted):
        raise bad_array()
    rows: list[Any] = []
    for line in php.values(wanted):
        if php.is_object(line) or not php.is_named(line):
            raise Fatal  # objects of a JSON body are no arrays
        if "items_id" not in line and "itemtype" not in line:
            raise bad_array()
        name = target.itemtype_named(call.world, str(line.get("itemtype", "")))
        if name is None:
            raise Fatal if quirks.is_ten(call.version) else not_found()
        rows.append(read(call, name, php.intval(line.get("items_id", 0))))
    return rows


def pictured_user(path: str) -> int | None:
    """Return the user whose picture a path asks for."""
    match = re.search(r"(?i)user/(\d+)/picture", path)
    return int(match.group(1)) if match else None


def picture(world: World, req: Req, id: int) -> Answer:
    """Answer `/User/2/Picture`: 204, or 400 where there is no such user."""
    if world.get("User", id) is None:
        raise bad_request(f"Bad request: user with id '{id}' not found")
    return Answer(204, (*replies.cors(req), *replies.SESSION_STARTED, replies.HTML))
