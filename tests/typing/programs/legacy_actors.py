"""What the legacy API takes beside columns is known."""

from glpi_utils import GlpiAPI
from glpi_utils.enums import TicketType


def legacy_actors(api: GlpiAPI) -> None:
    api.ticket.create({"name": "a", "content": "b", "type": TicketType.REQUEST, "_users_id_assign": [2, 4]})
    api.ticket.create({"name": "a", "content": "b", "category": "Network", "location": {"id": 3}, "external_id": "x-1"})
