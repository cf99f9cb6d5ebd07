"""The names by which a list may be filtered and sorted, checked before it is read; for searches GLPI's columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...exceptions import GlpiAPIError
from ..request.server_document import document_or_none

if TYPE_CHECKING:
    from ..._dialects.legacy.search_options import Options
    from ..._dialects.shared.query import Listing
    from ..request.core import Core


async def require_known_fields(core: Core, listing: Listing, *, sorts: bool = True) -> None:
    """Refuse a name that neither is known nor stands in the server's own document, which is read on first doubt.

    Where there is no document, or it does not say, the server decides. But GLPI 11.0.7 and later gives every row for a
    name that it does not have, so there the name is refused. ``sorts``: the server sorts the rows.
    """
    if not listing.names:
        return
    from ..._dialects.high_level.property_names import check_order, of_document, refuse, unsettled, unverified

    if sorts:
        check_order(listing)
    version = await core.session.prefix(core.options.longest)
    open_names = unverified(listing.schema, version, listing.names)
    if not open_names:
        return
    document = await document_or_none(core)
    properties = None if document is None else document.properties(listing.schema)
    if properties is None:
        if core.session.newer:
            raise unsettled(listing.schema, open_names)
        return
    leaves = of_document(properties)
    for name in open_names:
        if leaves.have(name) is False:
            raise refuse(listing.schema, version, name, leaves)


async def search_columns(core: Core, itemtype: str) -> Options:
    """Return the columns that GLPI's search engine knows of an itemtype, which are read once in a session."""
    from ..._dialects.legacy import search
    from ..._dialects.legacy.search_options import options_of

    kept = core.session.view.kept  # another dict once it is forgotten, so that nothing old is put into the new
    if itemtype not in kept:
        listed = await core.do(search.options(itemtype, raw=False))
        try:
            raw = await core.do(search.options(itemtype, raw=True))
        except GlpiAPIError:
            raw = {}
        kept[itemtype] = options_of(itemtype, listed, raw)
    columns: Options = kept[itemtype]
    return columns
