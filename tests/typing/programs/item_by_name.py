"""A literal name is as good as an attribute; another gives plain dicts."""

from glpi_utils import GlpiOAuthClient


def item_by_name(api: GlpiOAuthClient, name: str) -> str:
    api.item(name).update({"id": 1, "anything": 2})
    api.item("Assets/Custom/Drone").create({"anything": 1})
    return api.item("Ticket").get(1)["content"]
