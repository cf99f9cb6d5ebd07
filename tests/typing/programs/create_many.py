"""A create takes a list, and gives one."""

from glpi_utils import GlpiOAuthClient


def create_many(api: GlpiOAuthClient) -> list[int]:
    done = api.location.create([{"name": f"Room {number}"} for number in range(3)])
    return [each["id"] for each in done]
