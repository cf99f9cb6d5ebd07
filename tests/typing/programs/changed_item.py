"""An update gives the item, a search rows, a delete nothing."""

from glpi_utils import GlpiOAuthClient


def changed_item(api: GlpiOAuthClient) -> list[str | None]:
    several = api.ticket.update([{"id": 2, "urgency": 4}])
    rows = api.ticket.search("name=ilike=*a*", limit=5)
    return [api.ticket.update({"id": 1, "urgency": 4})["name"], several[0]["name"], rows[0]["name"]]
