"""A number that has names takes both."""

from glpi_utils import GlpiOAuthClient
from glpi_utils.enums import Urgency


def create_with_enum(api: GlpiOAuthClient) -> None:
    api.ticket.create({"name": "a", "content": "b", "urgency": Urgency.HIGH, "impact": 3}, key="a-1")
