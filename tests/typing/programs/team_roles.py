"""A team is a list of members."""

from glpi_utils import GlpiOAuthClient


def team_roles(api: GlpiOAuthClient) -> set[str]:
    return {member["role"] for member in api.change.get(1)["team"]}
