"""An update needs the id."""

from glpi_utils import GlpiOAuthClient


def update_one(api: GlpiOAuthClient) -> None:
    api.ticket.update({"id": 1, "status": {"id": 4}})
