"""A date may be a datetime, text or, to clear it, None."""

from datetime import datetime, timedelta

from glpi_utils import GlpiOAuthClient


def create_with_date(api: GlpiOAuthClient, now: datetime, later: timedelta) -> None:
    api.ticket.create({"name": "a", "content": "b", "date": now + later, "date_solve": None})
