"""A name stands wherever an id of another item is meant, and for the item itself."""

from glpi_utils import GlpiAPI, GlpiOAuthClient


def named(api: GlpiOAuthClient, legacy: GlpiAPI) -> str | None:
    api.ticket.create({"name": "a", "content": "b", "category": "Hardware > Printer", "location": {"name": "2026"}})
    legacy.ticket.create({"name": "a", "itilcategories_id": "Hardware", "_groups_id_assign": ["Network", 3]})
    api.computer.update({"id": "pc-003", "user_tech": "tech"})
    legacy.computer.update({"id": "serial:SN-1", "locations_id": {"id": 5}, "groups_id_tech": ["Network"]})
    api.computer.delete("pc-003")
    legacy.computer.restore("pc-003")
    legacy.user.get_sub_items("tech", "UserEmail")
    return api.location.get("HQ > Floor 3")["name"]
