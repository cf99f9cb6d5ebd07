"""A create takes known fields."""

from glpi_utils import GlpiOAuthClient


def create_one(api: GlpiOAuthClient) -> int:
    return api.ticket.create({"name": "Printer on fire", "content": "Third floor"})["id"]
