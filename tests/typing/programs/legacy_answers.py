"""The legacy API answers otherwise."""

from glpi_utils import GlpiAPI


def legacy_answers(api: GlpiAPI) -> int:
    said = api.ticket.update({"id": 1, "urgency": 4}) + api.ticket.delete(5) + api.ticket.restore(5)
    return len(said) + api.ticket.search(criteria=[{"field": 1, "value": "a"}], forcedisplay=[2])["totalcount"]
