"""One client, both APIs: what one of them lacks is done all the same, by the same lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from glpi_utils import GlpiPermissionError, GlpiUnsupportedError, GlpiValidationError
from tests.behaviour.places import Place, only

HL = only("hl", because="the legacy API has it all by itself")


async def test_what_hangs_off_an_item_in_the_legacy_api_alone(place: Place) -> None:
    api = place.client()
    computer = (await api.computer.create({"name": place.name("host")}))["id"]
    port = {"name": place.name("eth0"), "instantiation_type": "NetworkPortEthernet"}
    assert await api.computer.get_sub_items(computer, "NetworkPort") == []
    new = await api.computer.add_sub_item(computer, "NetworkPort", port)
    again = await api.computer.add_sub_item(computer, "NetworkPort", port, unique_by=("name",))
    assert (again["id"], again["existing"]) == (new["id"], True)
    await api.computer.update_sub_item(computer, "network_port", {"id": new["id"], "logical_number": 7})
    (row,) = await api.computer.get_sub_items(computer, "NetworkPort")
    assert (row["id"], row["logical_number"], row["itemtype"]) == (new["id"], 7, "Computer")
    assert (await api.network_port.get(new["id"]))["items_id"] == computer
    await api.computer.delete_sub_item(computer, "NetworkPort", new["id"])
    assert await api.computer.get_sub_items(computer, "NetworkPort") == []
    if place.hl:
        assert len(place.told("initSession")) == 1
    await api.computer.delete({"id": computer}, force_purge=True)


async def test_a_document_is_hung_on_a_ticket(place: Place) -> None:
    api = place.client()
    (ticket,) = await place.tickets(api, 1)
    document = (await api.document.create({"name": place.name("paper")}))["id"]
    new = await api.ticket.add_sub_item(ticket, "Document", {"documents_id": document})
    rows = await api.ticket.get_sub_items(ticket, "Document", unwrap=True)
    assert [row["documents_id"] for row in rows] == [document]
    assert new["id"] > 0


@HL
async def test_alone_it_is_refused_with_nothing_sent_to_the_legacy_api(place: Place) -> None:
    for api, error in (
        (place.client(legacy="never"), (GlpiUnsupportedError, GlpiValidationError)),
        (place.client(read_only=True), (GlpiPermissionError,)),
    ):
        for items, sub, fields in (
            (api.computer, "NetworkPort", {"name": "eth0"}),
            (api.user, "UserEmail", {"email": "a@example.org"}),
            (api.ticket, "Document_Item", {"documents_id": 1}),
        ):
            with pytest.raises(error):
                await items.add_sub_item(2, sub, fields)
    assert place.told("/v1/") == []
    assert all(each.method == "GET" or "token" in each.url for each in place.sent)


async def test_a_file_is_uploaded_and_what_the_session_tells_is_read(place: Place, tmp_path: Path) -> None:
    api = place.client()
    file = tmp_path / "plan.txt"
    file.write_text("Third floor", encoding="utf-8")
    new = await api.upload_document(file, place.name("plan"))
    assert (await api.document.get(new["id"]))["name"] == place.name("plan")
    assert await api.document.download(new["id"]) == b"Third floor"
    assert (await api.get_glpi_config())["cfg_glpi"]["version"] == str(await api.get_version())
    assert 0 in [entity["id"] for entity in await api.get_my_entities()]
