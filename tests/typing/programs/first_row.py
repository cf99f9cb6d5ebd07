"""There may be no first row."""

from glpi_utils import GlpiOAuthClient


def first_row(api: GlpiOAuthClient) -> int:
    group = api.group.first(sort="id")
    return 0 if group is None else group["id"]
