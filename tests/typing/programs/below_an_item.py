"""What hangs off an item: keywords and answers."""

from glpi_utils import GlpiOAuthClient


def below_an_item(api: GlpiOAuthClient) -> int:
    rows = api.ticket.get_sub_items(1, "ITILFollowup", unwrap=True, client_side=True)
    return api.ticket.add_sub_item(1, "ITILFollowup", {"content": "a"})["id"] + len(rows)
