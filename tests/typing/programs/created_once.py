"""With a key the answer of a create says whether the item was there before."""

from glpi_utils import GlpiOAuthClient


def created_once(api: GlpiOAuthClient) -> bool:
    ticket = api.ticket.create({"name": "Disk full", "content": "db3"}, key="alert:db3")
    note = api.ticket.add_sub_item(ticket["id"], "Followup", {"content": "See the graph"}, key="graph:db3")
    return ticket["existing"] and note["existing"]
