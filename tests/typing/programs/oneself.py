"""A user may be named by "me", and what was read, or a list of ids, fits too."""

from glpi_utils import GlpiAPI, GlpiOAuthClient


def oneself(api: GlpiOAuthClient, legacy: GlpiAPI, users: list[int]) -> None:
    api.computer.create({"name": "a", "user": "me", "user_tech": api.computer.get(1)["user"]})
    legacy.ticket.create({"name": "a", "content": "b", "_users_id_assign": ["me", 4], "_users_id_observer": users})
    legacy.computer.update({"id": 1, "users_id_tech": "me", "name": "me"})
