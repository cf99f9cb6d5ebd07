"""Clients for these tests, and what is inside of them."""

from __future__ import annotations

import warnings
from typing import Any, cast

from glpi_utils import GlpiOAuthClient
from glpi_utils._engine.request.core import Core
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import GlpiServer


def highlevel(glpi: GlpiServer, **options: Any) -> GlpiOAuthClient:
    """A blocking client for an embedded server."""
    given = {"username": glpi.username, "password": glpi.password, **options}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return GlpiOAuthClient(glpi.url, glpi.client_id, glpi.client_secret, **given)


def core_of(api: object) -> Core:
    """The core of a client of either kind."""
    inner = cast("AsyncClient", getattr(api, "_inner", api))
    return inner._core
