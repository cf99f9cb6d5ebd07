"""The items of one type as checkers see them: what reads take, what rows and writes hold. At run time they are plain proxies."""

from __future__ import annotations

from glpi_utils._reading import (
    HighLevelGet,
    HighLevelList,
    HighLevelSearch,
    HighLevelSubItems,
    LegacyGet,
    LegacyList,
    LegacySearch,
)
from glpi_utils.types._async_high_level_items import AsyncHighLevelItems
from glpi_utils.types._async_items import AsyncItems, Untyped
from glpi_utils.types._async_legacy_items import AsyncLegacyItems
from glpi_utils.types._blocking_items import HighLevelItems, Items, LegacyItems

__all__ = [
    "AsyncHighLevelItems",
    "AsyncItems",
    "AsyncLegacyItems",
    "HighLevelGet",
    "HighLevelItems",
    "HighLevelList",
    "HighLevelSearch",
    "HighLevelSubItems",
    "Items",
    "LegacyGet",
    "LegacyItems",
    "LegacyList",
    "LegacySearch",
    "Untyped",
]
