"""What a version of the High-Level API has at a route, and in which it shows the trash: the rest is refused unasked."""

from __future__ import annotations

from collections.abc import Callable

from ..._knowledge.aliases import class_name, close_names, resolve
from ..._knowledge.children import legacy_sub
from ..._knowledge.link_rows import hangs_off, links_between
from ..._knowledge.routes import Route, find
from ..._knowledge.subs import Sub
from ..._knowledge.versions import KNOWN, numbers
from ..._spelling import did_you_mean
from ..._wire import Check, Response
from ...exceptions import GlpiUnsupportedError, GlpiValidationError
from ..shared.shapes import Item
from . import answers

_WITHOUT_SLM = ("Setup/SLA", "Setup/OLA")
_LEGACY = "; GlpiAPI (the legacy API) may have it"
NO_DOCUMENT = (
    "the High-Level API attaches no document to a {itemtype} (GLPI refuses it to everybody); "
    'GlpiAPI (the legacy API) does: add_sub_item(5, "Document_Item", {{"documents_id": 12}})'
)
_SUBS = {
    "list": "get_sub_items()",
    "get": "get_sub_items()",
    "create": "add_sub_item()",
    "update": "update_sub_item()",
    "delete": "delete_sub_item()",
}
_WORDS = {"list": "get_all()", "get": "get()", "create": "create()", "update": "update()", "delete": "delete()"}


def version_check(route: Route, verb: str) -> Check | None:
    """Return the check that refuses a version without the route or the verb; None where every version has both."""
    missing = bool(route.verbs) and verb not in route.verbs
    itemtype = None if route.verbs or "/" in route.path else resolve(route.path)
    if not missing and route.since == "2.0" and not route.until and itemtype is None:
        return None

    def check(prefix: str) -> None:
        spoken = numbers(prefix)
        if spoken < numbers(route.since) or (route.until and spoken >= numbers(route.until)):
            raise GlpiUnsupportedError(_no_route(route, prefix))
        if itemtype is not None and spoken <= numbers(KNOWN):
            raise GlpiUnsupportedError(_not_by_itself(itemtype, prefix))
        if missing and spoken <= numbers(KNOWN):
            has = ", ".join(word for each, word in _WORDS.items() if each in route.verbs)
            raise GlpiUnsupportedError(
                f"the High-Level API {prefix} has no {_WORDS[verb]} for {route.itemtype} ({route.path}); it has {has}"
                + _elsewhere(route)
            )

    return check


def advice(path: str, status: int | None, prefix: str) -> str:
    """Return the known reason of a refusal at a path; "" where none is known."""
    name = path.strip("/0123456789")
    if status == 404 and "/" not in name and find(name.lower()) is None:
        return _no_such(name, prefix)
    if status == 404 and name.lower().startswith("assets/custom/") and path.strip("/") == name:
        return "itemtypes() lists the custom assets that there are"
    if status == 404 and name.count("/") == 1 and path.strip("/") == name and find(name.lower()) is None:
        return did_you_mean([each for each in close_names(name.rpartition("/")[2]) if _has(each, prefix)])
    route = find(path.lower()) or find(path.rpartition("/")[0].lower())
    if status == 403 and path in _WITHOUT_SLM:
        return "GLPI answers so as well where slm, the agreement that it is a part of, is left out (11.0.8)"
    if status == 500 and route is not None and route.broken and numbers(prefix) <= numbers(KNOWN):
        return f"GLPI 11 answers so to every read of {route.path} (seen up to 11.0.8)" + (
            _LEGACY if route.in_legacy else ""
        )
    return ""


def _no_such(name: str, prefix: str) -> str:
    """Return suggestions for an unknown name: only routes that this version of the API has."""
    itemtype = resolve(name)
    if itemtype is not None:
        return _not_by_itself(itemtype, prefix) if numbers(prefix) <= numbers(KNOWN) else ""
    near = [each for each in close_names(name) if _has(each, prefix)]
    meant = did_you_mean(near, before="; ") or ";"
    return f"no {name!r:.60} is known{meant} a custom asset is api.custom({name!r:.60})"


def _not_by_itself(itemtype: str, prefix: str) -> str:
    return f"the High-Level API {prefix} has no {itemtype} by itself{_LEGACY}"


def _has(name: str, prefix: str) -> bool:
    """Check whether this version of the API has a route for a name."""
    route = find((resolve(name) or name).lower().rpartition("\\")[2].replace("_", ""))
    spoken = numbers(prefix)
    return route is not None and numbers(route.since) <= spoken and not (route.until and spoken >= numbers(route.until))


def sub_version_check(route: Route, sub: Sub, verb: str) -> Check | None:
    """Return the check that refuses a version without the sub-item or the verb; the server decides about unknown sub-items."""
    later, version = sub.later
    missing = bool(sub.verbs) and verb not in sub.verbs
    if not missing and sub.since == "2.0" and verb not in later:
        return None

    def check(prefix: str) -> None:
        spoken, what = numbers(prefix), f"{sub.name} of {route.itemtype}"
        first = version if verb in later else sub.since
        if sub.verbs and spoken < numbers(first):
            raise GlpiUnsupportedError(
                f"the High-Level API has {_SUBS[verb]} for {what} from {first} on, and this server is spoken to "
                f"in {prefix}{below_in_legacy(route.itemtype, sub.name)}"
            )
        if missing and spoken <= numbers(KNOWN):
            own = {**_SUBS, "get": _SUBS["get"] if sub.one else f"request('GET', '{sub.path.replace('{}', '1')}/2')"}
            own = {"get": "picture()"} if sub.name == "Picture" else own
            has = ", ".join(dict.fromkeys(word for each, word in own.items() if each in sub.verbs))
            raise GlpiUnsupportedError(
                f"the High-Level API {prefix} has no {_SUBS[verb]} for {what}; it has {has}"
                + below_in_legacy(route.itemtype, sub.name)
            )

    return check


def below_in_legacy(itemtype: str, sub: str) -> str:
    """Return the hint that the legacy API has such sub-items, or that it may have them where that is not known."""
    try:
        parent = class_name(itemtype)
        child = legacy_sub(parent, sub)
    except (GlpiUnsupportedError, GlpiValidationError):
        return ""
    hangs = hangs_off(parent, child)
    if hangs:
        return f"; GlpiAPI (the legacy API) has it as {child}"
    if hangs is None:
        return _LEGACY if resolve(child) is not None else ""
    links = links_between(parent, child)
    return f"; GlpiAPI (the legacy API) links the two by {' and '.join(links)}" if links else ""


def _no_route(route: Route, prefix: str) -> str:
    span = (
        f"until {route.until}" if route.until and numbers(prefix) >= numbers(route.until) else f"from {route.since} on"
    )
    return (
        f"the High-Level API has {route.itemtype} ({route.path}) {span}, and this server is spoken to in {prefix}"
        + _elsewhere(route)
    )


def _elsewhere(route: Route) -> str:
    return _LEGACY if route.in_legacy else ""


def trash_check(route: Route, verb: str) -> Check | None:
    """Return the check that refuses a version without the trash, the route or the verb."""
    before, shown = version_check(route, verb), route.hl_is_deleted_field
    if not route.verbs or not route.trash or (shown and route.shown_since == "2.0"):
        return before

    def check(prefix: str) -> None:
        if before is not None:
            before(prefix)
        spoken = numbers(prefix)
        if spoken < numbers(route.shown_since) or (not shown and spoken <= numbers(KNOWN)):
            raise GlpiUnsupportedError(
                f"the High-Level API {prefix} does not tell which {route.itemtype} are in the trash; GlpiAPI does"
            )

    return check


def back(route: Route) -> Callable[[Response], Item]:
    """Read the answer to a restore: a server that knows no `is_deleted` there answers 200 and does nothing."""

    def read(response: Response) -> Item:
        row = answers.item(response)
        if row.get("is_deleted") is not False:
            raise GlpiUnsupportedError(
                f"the server took no notice: it does not tell which {route.itemtype} are in the trash; GlpiAPI does"
            )
        return row

    return read
