"""How the legacy API is addressed, what its refusals say, and what its names stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..._knowledge.aliases import class_name
from ..._knowledge.children import legacy_sub
from ..._knowledge.customs import custom_class
from ..._knowledge.legacy_columns import column_for, columns_of
from ..._knowledge.routes import Route
from ..._secret import Secret
from ..._wire import Request
from ...exceptions import GlpiAPIError
from ..shared.raw import raw
from ..shared.resource import Resource
from ..shared.values import DATES
from . import answers

if TYPE_CHECKING:
    from ..shared.keyed_creates import Sub


class Addressing:
    """The part of the dialect that concerns addresses, refusals and names."""

    has_versions = describes_itself = times_have_offsets = False
    login_field = "name"
    refused, lapsed, raw = staticmethod(answers.refused), staticmethod(answers.lapsed), staticmethod(raw)

    def __init__(self, root: str, app_token: Secret | None = None) -> None:
        self._root = root
        self._app_token = app_token

    def url(self, request: Request, prefix: str) -> str:
        """Return the address."""
        return f"{self._root}/{request.path}{'?' if request.query else ''}{request.query}"

    def headers(self) -> Mapping[str, str]:
        """Return the headers of every request; GLPI 10 sends ``&#60;`` for ``<`` unless told not to."""
        base = {"Accept": "application/json", "X-GLPI-Sanitized-Content": "false"}
        return base if self._app_token is None else {**base, "App-Token": self._app_token.reveal()}

    def advice(self, request: Request, error: GlpiAPIError, prefix: str, newer: bool) -> str:
        """Return what may have been meant by a name that GLPI does not know."""
        from .advice import advice

        return advice(request, error)

    def resource(self, name: str) -> Resource:
        """Return the class that a name stands for; refuse what is no name."""
        return resource_of(name)

    def only_elsewhere(self, name: object) -> str:
        """Return nothing: what this API lacks is refused, since no session of it leads to the other."""
        return ""

    def itemtype_below(self, resource: Resource, sub: Sub | None) -> str:
        """Name the class of the rows of a type, or of what hangs off them."""
        return resource.itemtype if sub is None else legacy_sub(resource.itemtype, sub[1])

    def dates(self, resource: Resource, sub: str | None) -> Sequence[str] | None:
        """Name the columns that hold dates."""
        return _dates(_class_below(resource, sub))

    def may_be_date(self, resource: Resource, sub: str | None) -> Callable[[tuple[str, ...]], bool]:
        """Return the check whether a path may lead to a date; a name that is no column may."""
        itemtype = _class_below(resource, sub)
        columns = columns_of(itemtype) or {}

        def may(path: tuple[str, ...]) -> bool:
            column = column_for(itemtype, path[0])
            return column not in columns or columns[column].kind in DATES

        return may

    def custom(self, name: str, part: str) -> str:
        """Return the class of a custom asset."""
        return custom_class(name, part)


def resource_of(name: str) -> Resource:
    """Return what a name stands for on the legacy API."""
    itemtype = class_name(name)
    path = quote(itemtype, safe="")
    return Resource(name, itemtype, path, Route(itemtype, path), itemtype)


def _class_below(resource: Resource, sub: str | None) -> str:
    itemtype = resource.itemtype
    return itemtype if sub is None else legacy_sub(itemtype, sub)


@cache
def _dates(itemtype: str) -> tuple[str, ...] | None:
    known = columns_of(itemtype)
    return None if known is None else tuple(name for name, column in known.items() if column.kind in DATES)
