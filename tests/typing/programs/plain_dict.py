"""A dict of anything is taken as it is, with plain dicts in lists too."""

from typing import Any

from glpi_utils import GlpiOAuthClient


def plain_dict(api: GlpiOAuthClient, row: dict[str, Any], texts: dict[str, str]) -> int:
    api.software.create(row)
    api.software.create([row, row])
    return len(texts)
