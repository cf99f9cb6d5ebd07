"""What hangs off a ticket has a shape where its name is written out."""

from glpi_utils import GlpiOAuthClient


def timeline(api: GlpiOAuthClient) -> list[str | None]:
    tasks = api.ticket.get_sub_items(1, "TicketTask")
    texts = [task["item"]["content"] for task in tasks]
    return [row["content"] for row in api.ticket.get_sub_items(1, "ITILFollowup", unwrap=True)] + texts
