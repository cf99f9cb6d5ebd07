"""The legacy API has columns."""

from glpi_utils import GlpiAPI


def legacy_row(api: GlpiAPI) -> int:
    api.computer.update({"id": 5, "serial": None, "states_id": 2})
    return api.ticket.get(1)["itilcategories_id"]
