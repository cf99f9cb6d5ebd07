"""The trash, where the High-Level API keeps one and does not show it: what can be asked, and from which version on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ..._knowledge.routes import Route
from ..._knowledge.versions import KNOWN, numbers
from ..._wire import Operation, Response
from ...exceptions import GlpiUnsupportedError
from ..shared.shapes import Item
from . import answers

T = TypeVar("T")


def out_of_sight(operation: Operation[T], route: Route) -> Operation[T]:
    """Return an ask about the trash that is refused where the version in use is known not to show it."""
    shown = route.hl_is_deleted_field
    if route.verbs and route.trash and not (shown and route.shown_since == "2.0"):
        before = operation.check

        def check(prefix: str) -> None:
            if before is not None:
                before(prefix)
            spoken = numbers(prefix)
            if spoken < numbers(route.shown_since) or (not shown and spoken <= numbers(KNOWN)):
                raise GlpiUnsupportedError(
                    f"the High-Level API {prefix} does not tell which {route.itemtype} are in the trash; GlpiAPI does"
                )

        operation.check = check
    return operation


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
