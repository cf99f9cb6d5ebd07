"""What is asked of the High-Level API to move assets to another entity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..._spelling import did_you_mean, near_names
from ..._wire import Kind, Operation, Request
from ...exceptions import GlpiValidationError
from ..shared.body import JSON_TYPE, dumped
from ..shared.shapes import Item
from . import answers

_KEPT: Final = (
    *("reservation", "history", "device", "infocom", "dc_monitor", "dc_phone", "dc_peripheral", "dc_printer"),
    *("supplier", "contact", "contract", "disk", "software", "document", "cartridgeitem", "cartridge", "consumable"),
    *("certificate", "location"),
)
_CLEANED: Final = (
    *("dc_monitor", "dc_phone", "dc_peripheral", "dc_printer", "supplier", "contact", "contract", "software"),
    *("document", "cartridgeitem", "certificate"),
)
_DEFAULTS: Final[dict[str, int]] = {
    "keep_ticket": 2,
    "keep_networklink": 2,
    **{f"keep_{each}": 1 for each in _KEPT},
    **{f"clean_{each}": 0 for each in _CLEANED},
}
"""Everything stays. (What GLPI is not asked to keep it deletes: the defaults of its own are all "delete".)"""


class TransferRequests:
    """The part of the dialect that concerns moving to another entity."""

    def transfer_options(self, options: Mapping[str, Any]) -> Item:
        """Return what GLPI is to do with what is linked: keep it, but for what a caller wants otherwise."""
        for name, value in options.items():
            if name not in _DEFAULTS and name != "lock_updated_fields":
                if near := near_names(name, tuple(_DEFAULTS), most=2):
                    raise GlpiValidationError(f"a transfer has no option {name!r:.60}; {did_you_mean(near)}")
                if not name.startswith(("keep_", "clean_")):
                    raise GlpiValidationError(f"a transfer has no option {name!r:.60}: they are keep_… and clean_…")
            if not isinstance(value, int) or not 0 <= value <= 2:
                raise GlpiValidationError(f"{name} is 0, 1 or 2, not {value!r:.40}")
        return {**_DEFAULTS, **options}

    def transfer(self, itemtype: str, numbers: Sequence[int], entity: int, options: Item) -> Operation[None]:
        """Build the request that moves items; 200 and an empty body, 202 where the entity is not one's own."""
        record = {"itemtype": itemtype, "entity": entity, "options": options}
        body = dumped([{**record, "items_id": number} for number in numbers])
        return Operation(Request("POST", "Transfer", headers=JSON_TYPE, body=body, kind=Kind.CREATE), answers.nothing)
