"""How the tests of this folder make clients."""

from __future__ import annotations

from typing import Any

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiOAuthClient
from glpi_utils.testing import GlpiServer


def highlevel(glpi: GlpiServer, **further: Any) -> GlpiOAuthClient:
    return GlpiOAuthClient(glpi.url, glpi.client_id, glpi.client_secret, glpi.username, glpi.password, **further)


def highlevel_async(glpi: GlpiServer, **further: Any) -> AsyncGlpiOAuthClient:
    return AsyncGlpiOAuthClient(glpi.url, glpi.client_id, glpi.client_secret, glpi.username, glpi.password, **further)


def legacy(glpi: GlpiServer, **further: Any) -> GlpiAPI:
    return GlpiAPI(glpi.url, username=glpi.username, password=glpi.password, **further)


def legacy_async(glpi: GlpiServer, **further: Any) -> AsyncGlpiAPI:
    return AsyncGlpiAPI(glpi.url, username=glpi.username, password=glpi.password, **further)
