"""The trash, where the High-Level API keeps one and does not show it: what can be asked, and from which version on."""

from __future__ import annotations

from collections.abc import Callable

from ..._knowledge.routes import Route
from ..._knowledge.versions import KNOWN, numbers
from ..._wire import Check, Response
from ...exceptions import GlpiUnsupportedError
from ..shared.shapes import Item
from . import answers
from .availability import version_check


def trash_check(route: Route, verb: str) -> Check | None:
    """Return what refuses a version that is known not to show the trash, or does not have the route or the verb."""
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
        found = answers.item(response)
        if found.get("is_deleted") is not False:
            raise GlpiUnsupportedError(
                f"the server took no notice: it does not tell which {route.itemtype} are in the trash; GlpiAPI does"
            )
        return found

    return read
