"""What hangs off an item and goes by the legacy API alone: what the High-Level API lacks, in the version in use or at all."""

from __future__ import annotations

from collections.abc import Callable

from ..._knowledge.aliases import class_name, only_in_legacy
from ..._knowledge.capabilities import has_verb
from ..._knowledge.children import EMAILS, ITIL, foreign_key, legacy_sub, sub_at, sub_name, timeline_kind
from ..._knowledge.legacy_columns import columns_of
from ..._knowledge.link_rows import hangs_off
from ..._knowledge.routes import find
from ..._knowledge.subs import sub_named
from ..._knowledge.versions import KNOWN, numbers
from ...exceptions import GlpiUnsupportedError, GlpiValidationError
from ..shared.ids import ME
from ..shared.resource import Resource

Why = Callable[[str], str]
"""Gives the reason in a version of the API; "" where that has it."""


def sub_elsewhere(resource: Resource, id: object, sub: str, verb: str) -> Why | None:
    """Return what says why a verb of a sub-item needs the legacy API; None where every version of this one has it."""
    route = resource.route
    kind = timeline_kind(sub_name(sub))
    no_timeline = kind not in (None, "Document") and route.itemtype not in (*ITIL, "Project")
    if no_timeline or not in_legacy(route.itemtype, sub):
        return None
    if route.itemtype == "User" and sub_name(sub).strip("/").lower().replace("_", "") in EMAILS:
        mine = isinstance(id, str) and id.lower() == ME
        writes = verb != "list" and not (verb == "create" and mine)
        return (lambda _prefix: "the High-Level API takes no mail addresses of users") if writes else None
    try:
        known = sub_at(route, sub)
    except GlpiUnsupportedError as lacking:
        text = lacking.message
        return lambda _prefix: text
    if known.schema == "Document_Item" and verb == "create":
        return lambda _prefix: "the High-Level API attaches no document (GLPI refuses it to everybody)"
    if not known.verbs:
        return lambda prefix: f"the High-Level API {prefix} has no {sub} of {route.itemtype}"
    later, version = known.later
    first = version if verb in later else known.since
    reads = verb == "list" and known.one and "get" in known.verbs
    missing = verb not in known.verbs and not reads
    if not missing and first == "2.0":
        return None

    def why(prefix: str) -> str:
        spoken = numbers(prefix)
        if spoken < numbers(first):
            return f"the High-Level API has it from {first} on, and this server is spoken to in {prefix}"
        if missing and spoken <= numbers(KNOWN):
            return f"the High-Level API {prefix} cannot {verb} {known.name} of {route.itemtype}"
        return ""

    return why


def in_legacy(itemtype: str, sub: str) -> bool:
    """Check whether the legacy API has rows of this name below such items; for a plugin's it is taken for granted.

    Rows that name their item by itemtype and items_id may hang off anything: they count where the High-Level API has them
    too, for assets, and for what GLPI gives documents.
    """
    if only_in_legacy(sub) and sub.strip().startswith(("Plugin", "GlpiPlugin")):
        return True
    try:
        parent = class_name(itemtype)
        child = legacy_sub(parent, sub)
    except (GlpiUnsupportedError, GlpiValidationError):
        return False
    if not hangs_off(parent, child):
        return False
    columns = columns_of(child) or {}
    if any(name in columns for name in (foreign_key(parent), f"{foreign_key(parent)}_1")) or child == "Log":
        return True
    if child == "Document_Item":
        return has_verb(parent, "documents") is True
    route = find(parent.lower().rpartition("\\")[2].replace("_", ""))
    return has_verb(parent, "transfer") is True or (route is not None and sub_named(route, sub) is not None)
