"""A walk gives pages of rows."""

from glpi_utils import GlpiOAuthClient


def pages_of_rows(api: GlpiOAuthClient) -> int:
    return sum(row["urgency"] for page in api.problem.iter_pages() for row in page)
