"""An entity tells its whole name."""

from glpi_utils import GlpiOAuthClient


def entity_path(api: GlpiOAuthClient) -> str:
    return api.computer.get(1)["entity"]["completename"]
