"""A relation is written by id or as a dict, which what was read is too."""

from glpi_utils import GlpiOAuthClient


def relate(api: GlpiOAuthClient) -> None:
    api.monitor.create({"name": "a", "location": 3, "manufacturer": {"id": 4}})
    api.monitor.create({"name": "b", "entity": api.entity.get(0)["id"], "user": None})
