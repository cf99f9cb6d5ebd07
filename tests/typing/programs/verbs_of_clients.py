"""The verbs of clients that name an itemtype take the keywords of their API too."""

from glpi_utils import GlpiOAuthClient


def verbs_of_clients(api: GlpiOAuthClient) -> int:
    pages = api.iter_pages("Ticket", 10, filter="status.id==1")
    rows = api.get_all_items("Ticket", sort="-date", limit=5)
    return len(rows) + sum(len(page) for page in pages) + len(api.get_item("Ticket", 1, include_deleted=False))
