"""How the High-Level API is addressed, what its refusals say, and what its names stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from ..._knowledge.aliases import hl_path, only_in_legacy
from ..._knowledge.customs import custom_path
from ..._knowledge.fields import fields_of
from ..._knowledge.relations import rows_at
from ..._wire import Request
from ...exceptions import GlpiAPIError
from ..shared.raw import raw
from ..shared.resource import Resource
from ..shared.values import DATES
from . import answers
from .availability import NO_DOCUMENT, advice
from .filter_values import is_moment
from .high_level_sub_items import schema_below

if TYPE_CHECKING:
    from ..shared.keyed_creates import Sub

_ASSIGN = (
    "from GLPI 11.0.7 on it takes the right to assign here, which stock technicians lack, even to add oneself; "
    "GlpiAPI (the legacy API) may still do it"
)


class Addressing:
    """The part of the dialect that concerns addresses, refusals and names."""

    has_versions = describes_itself = times_have_offsets = True
    login_field = "username"
    refused, lapsed, raw = staticmethod(answers.refused), staticmethod(answers.lapsed), staticmethod(raw)

    def __init__(self, root: str) -> None:
        self._root = root

    def url(self, request: Request, prefix: str) -> str:
        """Return the address; every path but the token's and the version list's carries the full version prefix."""
        base = f"{self._root}/{prefix}/" if request.versioned else f"{self._root}/"
        return f"{base}{request.path}{'?' if request.query else ''}{request.query}"

    def headers(self) -> Mapping[str, str]:
        """Return the headers of every request."""
        return {"Accept": "application/json"}

    def advice(self, request: Request, error: GlpiAPIError, prefix: str, newer: bool) -> str:
        """Name what is known of the route, what a misspelt property looks like, and the bug of 11.0.5 in deletes."""
        if error.status_code == 404 and error.error_code is None:
            return ""  # a page: GLPI's API was not reached, whatever the path
        if known := advice(request.path, error.status_code, prefix):
            return known
        if error.status_code == 500 and error.message.startswith("An error occurred"):
            has_filter = "filter=" in request.query or (isinstance(request.body, bytes) and b'"filter"' in request.body)
            if has_filter and "custom_fields." in request.query:
                return "GLPI 11.0.6 finds by one custom field at a time, joined to the rest by & alone, never by |"
            return (
                "a filter that names a property which this itemtype does not have gives this answer"
                if has_filter
                else ""
            )
        if newer and request.path.endswith("/TeamMember") and request.method in ("POST", "DELETE"):
            return _ASSIGN if error.error_code == "ERROR_RIGHT_MISSING" else ""
        if error.error_code == "ERROR_RIGHT_MISSING" and request.path.endswith("/Timeline/Document"):
            return NO_DOCUMENT.format(itemtype=request.path.split("/")[1]) if request.method == "POST" else ""
        concerned = request.method == "DELETE" or "/Timeline/" in request.path
        if error.error_code != "ERROR_RIGHT_MISSING" or not concerned or newer:
            return ""
        return (
            "GLPI 11.0.5 answers so whatever the rights are; that was fixed in GLPI 11.0.6: upgrade if yours is older"
        )

    def resource(self, name: str) -> Resource:
        """Return what a name or a path stands for; refuse what is no name."""
        route = hl_path(name)
        return Resource(name, route.itemtype, route.path, route, rows_at(route))

    def only_elsewhere(self, name: object) -> str:
        """Return why the legacy API alone has such items."""
        return f"the High-Level API has no {str(name).strip()} by itself" if only_in_legacy(name) else ""

    def itemtype_below(self, resource: Resource, sub: Sub | None) -> str:
        """Name the schema of the rows of a type, or of what hangs off them."""
        from .high_level_writes import schema_of

        return schema_of(resource.route, sub)

    def dates(self, resource: Resource, sub: str | None) -> Sequence[str] | None:
        """Name the fields of rows that hold dates; the entries of a whole timeline are of several kinds."""
        from .high_level_writes import schema_of

        if sub is not None and sub.strip("/").lower() == "timeline":
            return None
        return _dates(schema_of(resource.route, None if sub is None else (1, sub)))

    def may_be_date(self, resource: Resource, sub: str | None) -> Callable[[tuple[str, ...]], bool]:
        """Return what says whether a date stands at a path."""
        return partial(is_moment, schema_below(resource, sub))

    def custom(self, name: str, part: str) -> str:
        """Return the path of a custom asset."""
        return custom_path(name, part)


@cache
def _dates(schema: str) -> tuple[str, ...] | None:
    known = fields_of(schema, "2.99")
    return None if known is None else tuple(name for name, field in known.items() if field.kind in DATES)
