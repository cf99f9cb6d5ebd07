"""Itemtypes that the legacy API alone has, from a client of the High-Level API: the rows and writes are the legacy API's."""

from __future__ import annotations

import asyncio

import pytest

from glpi_utils import GlpiAPIError, GlpiAuthError, GlpiPermissionError, GlpiUnsupportedError
from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, highlevel_async, legacy


def test_they_are_read_and_written_by_the_legacy_api(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api, legacy(glpi) as other:
        costs = api.item("TicketCost")
        assert costs is api.item("TicketCost")
        assert glpi.requests == []
        new = costs.create({"tickets_id": 1, "name": "Spare part", "cost_material": 12})
        assert costs.get(new["id"]) == other.item("TicketCost").get(new["id"])
        costs.update({"id": new["id"], "name": "Two spare parts"})
        assert glpi.rows("TicketCost", id=new["id"])[0]["name"] == "Two spare parts"
        assert costs.get_all() == other.item("TicketCost").get_all()
        assert costs.count() == len(costs.get_all_pages()) == len(list(costs.iter_items()))
        assert api.get_item("ticket_cost", new["id"])["tickets_id"] == 1
        costs.delete(new["id"])
        assert api.log.get_all(limit=2) == other.log.get_all(limit=2)
        assert api.followup.get_all(limit=2) == other.followup.get_all(limit=2)
        assert glpi.count(path="initSession") == 2


def test_asynchronously(glpi: GlpiServer) -> None:
    async def story() -> None:
        async with highlevel_async(glpi) as api:
            first, *_ = await asyncio.gather(*(api.log.get_all(limit=1) for _ in range(5)))
            assert [row async for row in api.log.iter_items(limit=1)] == first
            assert glpi.count(path="initSession") == 1

    asyncio.run(story())


def test_a_plugins_type_is_asked_of_the_legacy_api(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        with pytest.raises(GlpiAPIError) as unknown:
            api.item("PluginFooBar").get(1)
        assert unknown.value.error_code == "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM"
        assert api.with_options(legacy="never").item("PluginFooBar") is not api.item("PluginFooBar")


def test_never(glpi: GlpiServer) -> None:
    with highlevel(glpi, legacy="never") as api, pytest.raises(GlpiUnsupportedError, match="GlpiAPI"):
        api.item("TicketCost").create({"tickets_id": 1, "name": "x"})
    assert glpi.count(path="initSession") == glpi.count("POST", "Cost") == 0


def test_a_read_only_client_reads_them_and_sends_no_write(glpi: GlpiServer) -> None:
    with highlevel(glpi, read_only=True) as api:
        for call in (
            lambda: api.item("TicketCost").create({"tickets_id": 1, "name": "x"}),
            lambda: api.item("TicketCost").delete(1),
        ):
            with pytest.raises(GlpiPermissionError, match="read-only"):
                call()
        assert glpi.requests == []
        assert api.item("TicketCost").get_all(limit=1) is not None


def test_a_refused_session_says_what_wanted_it(glpi: GlpiServer) -> None:
    glpi.set_legacy_api(credentials=False)
    with highlevel(glpi) as api:
        for call in (lambda: api.item("TicketCost").get_all(), lambda: list(api.item("TicketCost").iter_pages())):
            with pytest.raises(
                GlpiAuthError, match=r"^TicketCost needs a legacy session .* has no TicketCost by itself.*'user_token'"
            ):
                call()
        with pytest.raises(GlpiAuthError, match="Log needs"):
            api.log.count()
        glpi.set_legacy_api()
        api.log.count()
