"""The people of an item have types of their own."""

from glpi_utils import GlpiOAuthClient


def team_of(api: GlpiOAuthClient) -> bool:
    names = [member["display_name"] for member in api.ticket.team(1)]
    return api.ticket.add_team_member(1, 4, "assigned")["existing"] and bool(names)


def joined_by_name(api: GlpiOAuthClient) -> list[int]:
    made = api.ticket.add_team_member(1, ["tech", {"type": "Group", "id": 3}], "assigned")
    return [member["id"] for member in made] + [api.ticket.add_team_member(1, "group:Network", "observer")["id"]]
