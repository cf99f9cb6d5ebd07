"""A status has an id and a name."""

from glpi_utils import GlpiOAuthClient


def status_name(api: GlpiOAuthClient) -> str:
    return api.ticket.get(1)["status"]["name"]
