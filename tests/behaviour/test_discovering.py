"""What a server tells of itself: its itemtypes, and the fields of their rows."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import GlpiUnsupportedError, GlpiValidationError
from tests.behaviour.places import Place, only

KEYS = {"itemtype", "name", "path", "schema", "verbs", "custom", "plugin"}


async def test_itemtypes_are_named_as_item_takes_them(place: Place) -> None:
    api = place.client()
    found = {each["itemtype"]: each for each in await api.itemtypes()}
    assert all(set(each) == KEYS for each in found.values())
    assert {"Ticket", "Computer", "Monitor", "Software"} <= set(found)
    ticket = found["Ticket"]
    assert (ticket["name"], ticket["custom"], ticket["plugin"]) == ("Ticket", False, None)
    if place.hl:
        assert (ticket["path"], ticket["schema"]) == ("Assistance/Ticket", "Ticket")
        assert ticket["verbs"] == ["list", "get", "create", "update", "delete"]
    else:
        assert (ticket["path"], ticket["schema"], ticket["verbs"]) == (None, None, None)
    for name in ("Computer", "Printer", "Monitor"):
        assert isinstance(await api.item(found[name]["name"]).get_all(limit=1), list)
    assert await api.list_item_types() == [each["name"] for each in await api.itemtypes()]


@only("hl", because="the legacy API has no paths")
@only(where="embedded", because="a real server has custom assets of its own, or none")
async def test_custom_assets_are_told_and_reached(place: Place) -> None:
    api = place.client()
    (mine,) = [each for each in await api.itemtypes() if each["path"] == "Assets/Custom/MyType"]
    assert mine["verbs"] == ["list", "get", "create", "update", "delete"]
    new = await api.item(mine["name"]).create({"name": place.name()})
    fields = await api.schema(mine["name"])
    assert fields == await api.schema("MyType")
    assert fields["name"] == {"type": "string"}
    assert set(await api.item(mine["name"]).get(new["id"])) <= set(fields)


@only("hl", because="the legacy API has no schemas")
@pytest.mark.parametrize("name", ["Ticket", "ticket", "Assistance/Ticket", "/assistance/ticket/"])
async def test_a_schema_tells_the_fields_of_the_rows(place: Place, name: str) -> None:
    api = place.client()
    fields = await api.schema(name)
    assert fields["urgency"]["type"] == "integer"
    assert fields["id"]["readOnly"] is True
    assert fields["category"]["itemtype"] == "ITILCategory"
    assert set(fields["status"]["properties"]) == {"id", "name"}
    assert "description" not in str(fields)
    (number,) = await place.tickets(api, 1)
    assert set(await api.ticket.get(number)) <= set(fields)


@only("hl", because="the legacy API has no schemas")
async def test_a_schema_is_the_callers_own(place: Place) -> None:
    api = place.client()
    (await api.schema("Ticket"))["status"]["properties"].clear()
    assert (await api.schema("Ticket"))["status"]["properties"]
    assert await api.itemtypes()
    assert len(place.told("doc.json")) == 1


@only("hl", because="the legacy API has no schemas")
async def test_it_is_the_schema_of_the_version_in_use(place: Place) -> None:
    fields = await place.client().schema("Ticket")
    assert "date_solve" in fields
    if place.cell.embedded and place.oldest == "v2.0":
        assert "date_solve" not in await place.client(api_version="2.0").schema("Ticket")


@only("hl", because="the legacy API has no schemas")
async def test_what_the_server_does_not_tell_of(place: Place) -> None:
    api = place.client()
    with pytest.raises(GlpiUnsupportedError, match=r"'Tickett': did you mean 'Ticket'"):
        await api.schema("Tickett")


@only("hl", because="the legacy API has no schemas")
@pytest.mark.parametrize("name", ["", " / ", None, 5])
async def test_a_name_that_is_none_is_refused_before_anything_is_sent(place: Place, name: Any) -> None:
    api = place.client()
    with pytest.raises(GlpiValidationError, match="must be text"):
        await api.schema(name)
    assert place.sent == []
