"""Notes: below the itemtype itself, without the group that its other paths have."""

from __future__ import annotations

from glpi_utils.testing.high_level import answers
from glpi_utils.testing.high_level.call import Call
from glpi_utils.testing.high_level.handlers.sub_items import Below, Entry
from glpi_utils.testing.http.wire import Answer

_NOTED = (
    "Appliance Budget CartridgeItem Certificate Change Cluster Computer ConsumableItem Contact Database DatabaseInstance "
    "DCRoom Domain DomainRecord Enclosure Entity Group Line Monitor NetworkEquipment Peripheral Phone Printer Problem "
    "Project ProjectTask Rack Software SoftwareLicense Supplier"
).split()
_WITHOUT_THE_RIGHT = frozenset(
    "Appliance Cluster DCRoom Database DatabaseInstance Domain DomainRecord Enclosure Rack".split()
)
"""GLPI has no right to write notes there, so not even a super-admin has it."""


class Notes(Below):
    """The notes of one itemtype; whether the item is there is not looked at."""

    def create(self, call: Call) -> Answer:
        """POST on the collection."""
        return answers.forbidden() if self.owner in _WITHOUT_THE_RIGHT else self.made(call)


ROUTES: tuple[Entry, ...] = tuple(
    entry
    for noted in _NOTED
    for entry in Notes(f"/{noted}/{{owner}}/Note", noted, "Note", {"itemtype": noted, "items_id": None}).routes("2.2")
)
