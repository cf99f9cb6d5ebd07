"""The columns of GLPI's search engine, by itemtype."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...exceptions import GlpiAPIError

if TYPE_CHECKING:
    from ..._dialects.legacy.search_options import Options
    from ..request.core import Core


async def search_columns(core: Core, itemtype: str) -> Options:
    """Return the columns that GLPI's search engine knows of an itemtype, asked for once in a session."""
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
    found: Options = kept[itemtype]
    return found
