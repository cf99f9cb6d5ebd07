"""The mails that GLPI would send: rows of its queue, where notifications are switched on."""

from __future__ import annotations

from typing import Final

from glpi_utils.testing.world.column_values import Row
from glpi_utils.testing.world.rights import SYSTEM
from glpi_utils.testing.world.ruled_writes import Writes

_TO: Final = ("administrator", "requester")


def queue_mails(world: Writes, itemtype: str, id: int, event: str, values: Row) -> None:
    """Queue the mails of something new, unless its writer said that none be sent: solutions do not heed that.

    Of a ticket with one requester GLPI queues two, of a change or a problem one, and none of their followups (10.0.14).
    """
    heeds = event != "solved"
    if world.setting("use_notifications") != "1" or (heeds and values.get("_disablenotif")):
        return
    for recipient in _TO if itemtype == "Ticket" else _TO[:1] if event != "add_followup" else ():
        mail = {"itemtype": itemtype, "items_id": id, "event": event, "mode": "mailing", "recipient_name": recipient}
        world.insert("QueuedNotification", {**mail, "create_time": world.now(), "send_time": world.now()}, SYSTEM)
