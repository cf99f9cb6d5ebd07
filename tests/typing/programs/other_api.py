"""What only the other API takes is an error here."""

from glpi_utils import GlpiOAuthClient


def other_api(api: GlpiOAuthClient) -> int:
    return api.ticket.count(include_deleted=False) + sum(len(page) for page in api.ticket.iter_pages(client_side=True))
