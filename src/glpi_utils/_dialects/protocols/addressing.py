"""Addresses, refusals and names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from ..._wire import Operation, Request, Response
from ...exceptions import GlpiAPIError
from ..shared.shapes import Keywords

if TYPE_CHECKING:
    from ..shared.keyed_creates import Sub
    from ..shared.resource import Resource


class Addressing(Protocol):
    """How a request is addressed, and what a refusal says."""

    has_versions: bool
    """Whether the version of the API stands in every path, and the server lists those that it has."""
    describes_itself: bool
    """Whether the server has a document of what it has."""

    def url(self, request: Request, prefix: str) -> str: ...
    def headers(self) -> Mapping[str, str]: ...
    def refused(self, response: Response) -> GlpiAPIError: ...
    def lapsed(self, response: Response) -> bool: ...
    def advice(self, request: Request, error: GlpiAPIError, prefix: str, newer: bool) -> str:
        """Return what else may be behind a refusal, mostly nothing; ``newer``: of GLPI 11.0.7 or later."""
        ...

    def raw(self, method: str, path: str, params: Keywords | None, json: Any) -> Operation[Any]: ...


class Names(Protocol):
    """What a name stands for, and of what its fields are."""

    times_have_offsets: bool
    """Whether rows tell times with their offset from UTC."""
    login_field: str
    """The field of a user that holds the login."""

    def resource(self, name: str) -> Resource:
        """Return what a name stands for; `GlpiValidationError` or `GlpiUnsupportedError` where that is nothing here."""
        ...

    def only_elsewhere(self, name: object) -> str:
        """Return why the other API alone has what a name stands for; "" where this one has it, or nobody knows it."""
        ...

    def custom(self, name: str, part: str) -> str:
        """Return what ``item()`` takes for a custom asset."""
        ...

    def itemtype_below(self, resource: Resource, sub: Sub | None) -> str:
        """Return the itemtype of the rows of a type (``sub`` None), or of what hangs off them, as fields are known by it."""
        ...

    def dates(self, resource: Resource, sub: str | None) -> Sequence[str] | None:
        """Name the fields of rows that hold dates; None where the type is not known."""
        ...

    def may_be_date(self, resource: Resource, sub: str | None) -> Callable[[tuple[str, ...]], bool]:
        """Return what says whether a date may stand at a path of the rows of a list, or of what hangs off an item."""
        ...

    def is_user(self, resource: Resource, sub: str | None, path: tuple[str, ...]) -> bool:
        """Check whether the id of a user stands at a path of the rows of a type, or of what hangs off them."""
        ...
