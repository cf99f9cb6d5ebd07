"""Counting a legacy list again by the ids that GLPI's search engine knows: the proof that nothing was skipped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..._wire import ItemList
from ...exceptions import (
    GlpiAPIError,
    GlpiNotFoundError,
    GlpiPermissionError,
    GlpiUnsupportedError,
    GlpiValidationError,
)
from .walks import search_ids

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core
    from .walk import Walk

_SHAPES = frozenset({"get_hateoas", "expand_dropdowns", "add_keys_names"})
_WHOLE = _SHAPES | {"range", "start", "limit", "include_deleted", "params"}


async def audit_ids(
    core: Core, resource: Resource, rows: ItemList, query: Mapping[str, Any], *, required: bool
) -> None:
    """Add rows that the search engine knows and the list skipped; ``required``: raise an error if that cannot be done."""
    narrowed = set(query) - _WHOLE
    engine = core.dialect.search_engine
    if engine is None or (narrowed and not required):  # an API without one counts each window
        return
    if narrowed:
        raise GlpiValidationError(f"id_audit=True counts whole lists: leave out {', '.join(sorted(narrowed))}")
    ids = await search_ids(core, engine, resource)
    try:
        missing = [] if ids is None else await _missing(ids, {row["id"] for row in rows if "id" in row})
    except GlpiAPIError as error:
        if required or error.error_code is None:
            raise
        return  # a type that the search engine does not know: the overlap has to do
    if required and rows and (ids is None or not ids.read):
        raise GlpiUnsupportedError(f"GLPI's search engine gives no ids of {resource.name}: leave id_audit=True out")
    shape = {word: value for word, value in query.items() if word in _SHAPES}
    for number in missing:
        try:
            rows.append(await core.do(core.dialect.get(resource, number, {**shape, "include_deleted": False})))
        except (GlpiNotFoundError, GlpiPermissionError):
            continue
    if missing:
        rows.sort(key=lambda row: row["id"])
        rows.total = max(rows.total or 0, len(rows))


async def _missing(ids: Walk, known: set[int]) -> list[int]:
    """Return the ids that are not known; some of them may have been born after the list was read."""
    missing: list[int] = []
    while (rows := await ids.next()) is not None:
        missing += [row["id"] for row in rows if row["id"] not in known]
    return missing
