"""`/GraphQL`: broken on a stock 11.0.6, the first call kills the PHP worker."""

from __future__ import annotations

from glpi_utils.testing.highlevel import answers
from glpi_utils.testing.highlevel.call import Call
from glpi_utils.testing.wire import Answer


def query(_: Call) -> Answer:
    """What nginx says when the worker is gone."""
    raise answers.Stop(answers.nginx(502, "Bad Gateway"))


ROUTES = (("/GraphQL", {"POST": query}),)
