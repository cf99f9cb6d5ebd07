"""After a login as another user nothing of the first user's is used: document, version, zone, columns, checked scope."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest

from glpi_utils import GlpiPermissionError, GlpiValidationError
from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, highlevel_async, legacy, legacy_async

SECOND = ("tech", "tech")


def asked(glpi: GlpiServer, part: str, work: Callable[[], Any]) -> int:
    """Return how many requests with this in their path the work makes."""
    glpi.requests.clear()
    work()
    return sum(part in seen.path for seen in glpi.requests)


def test_the_document_is_read_for_each_user(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        assert asked(glpi, "doc.json", api.itemtypes) == 1
        assert asked(glpi, "doc.json", api.itemtypes) == 0
        api.authenticate(*SECOND)
        assert asked(glpi, "doc.json", api.itemtypes) == 1
        assert asked(glpi, "doc.json", lambda: api.with_options(timeout=5).itemtypes()) == 0


def test_the_same_user_once_more_asks_nothing_again(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        api.itemtypes()
        api.authenticate()
        api.authenticate(glpi.username, glpi.password)
        assert asked(glpi, "doc.json", api.itemtypes) == 0


@pytest.mark.parametrize("make", [highlevel, legacy])
def test_the_version_is_read_for_each_user_and_once_for_all_derived_clients(glpi: GlpiServer, make: Any) -> None:
    part = "/Config/core/version" if make is highlevel else "getGlpiConfig"
    with make(glpi) as api:
        derived = api.with_options(timeout=5)
        assert asked(glpi, part, api.get_version) == 1
        assert asked(glpi, part, derived.get_version) == 0
        api.authenticate(*SECOND)
        if make is highlevel:
            with pytest.raises(GlpiPermissionError):
                api.get_version()
        else:
            assert asked(glpi, part, derived.get_version) == 1
            assert asked(glpi, part, api.get_version) == 0


@pytest.mark.parametrize("make", [highlevel, legacy])
def test_the_zone_is_learnt_for_each_user(glpi: GlpiServer, make: Any) -> None:
    part = "Config/core/timezone" if make is highlevel else "getGlpiConfig"

    def write() -> None:
        row = {"name": "z", "content": "x", "date": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)}
        with suppress(GlpiValidationError):  # where no zone is named: what counts is who was asked
            api.ticket.create(row)

    with make(glpi) as api:
        assert asked(glpi, part, write) == 1
        assert asked(glpi, part, write) == 0
        api.authenticate(*SECOND)
        assert asked(glpi, part, write) == 1


def test_columns_are_read_for_each_user(glpi: GlpiServer) -> None:
    with legacy(glpi) as api:
        assert asked(glpi, "listSearchOptions", api.ticket.search_options) >= 1
        assert asked(glpi, "listSearchOptions", api.ticket.search_options) == 0
        api.login(*SECOND)
        assert asked(glpi, "listSearchOptions", api.ticket.search_options) >= 1


def test_what_the_first_user_may_is_not_taken_for_what_the_second_may(glpi: GlpiServer) -> None:
    """The scope of a derived client is checked anew: the first user's profile is not the second's."""
    with highlevel(glpi) as api:
        profile = api.get_active_profile()["id"]
        derived = api.with_options(profile=profile)
        derived.ticket.get(1)
        api.authenticate(*SECOND)
        with pytest.raises(GlpiPermissionError):
            derived.ticket.get(1)


def test_the_awaited_clients_do_the_same(glpi: GlpiServer) -> None:
    async def story() -> None:
        for make, part in ((highlevel_async, "doc.json"), (legacy_async, "listSearchOptions")):
            async with make(glpi) as api:
                for user in (None, SECOND):
                    if user is not None:
                        await api.authenticate(*user)
                    glpi.requests.clear()
                    await (api.itemtypes() if part == "doc.json" else api.ticket.search_options())
                    await (api.itemtypes() if part == "doc.json" else api.ticket.search_options())
                    assert 1 <= sum(part in seen.path for seen in glpi.requests) <= 2

    asyncio.run(story())
