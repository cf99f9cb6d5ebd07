"""The error of a name that several items have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ._errors import GlpiError

__all__ = ["GlpiAmbiguousNameError"]


class GlpiAmbiguousNameError(GlpiError):
    """Several items have the name that stands in place of an id. Nothing was written.

    Attributes:
        candidates: The items, each a dict with its ``id``, its full ``name`` and its ``entity``.

    >>> from glpi_utils import GlpiAmbiguousNameError
    >>> try:
    ...     room = api.location.get("Server room")
    ... except GlpiAmbiguousNameError as error:
    ...     print([each["name"] for each in error.candidates])
    ['Berlin > Server room', 'Lyon > Server room']
    """

    __module__ = "glpi_utils.exceptions"  # where people import it from

    def __init__(
        self,
        message: str = "",
        status_code: int | None = None,
        error_code: str | None = None,
        *,
        candidates: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(message, status_code, error_code)
        self.candidates = [dict(each) for each in candidates]
