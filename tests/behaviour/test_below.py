"""What hangs off an item, by name: notes, financial information, components, software, what is there and what not."""

from __future__ import annotations

import re
import warnings

import pytest

from glpi_utils import (
    F,
    GlpiAPIError,
    GlpiNotFoundError,
    GlpiPermissionError,
    GlpiUnsupportedError,
    GlpiValidationError,
    GlpiWarning,
)
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import troubles
from glpi_utils.testing.world.rights import SYSTEM
from tests.behaviour.places import Place, only

HL = only("hl", because="a matter of the High-Level API's paths")
EMBEDDED = only(where="embedded", because="looks at what the server was asked, or changes what it tells")


async def _computer(place: Place, api: AsyncClient) -> int:
    return int((await api.computer.create({"name": place.name()}))["id"])


async def test_notes_by_any_of_their_names(place: Place) -> None:
    api = place.client()
    computer = await _computer(place, api)
    made = await api.computer.add_sub_item(computer, "note", {"content": "A first note"})
    for name in ("Note", "notepad", "NOTE", "Notepad"):
        (found,) = await api.computer.get_sub_items(computer, name)
        assert (found["id"], found["content"]) == (made["id"], "A first note")
    await api.computer.update_sub_item(computer, "Note", {"id": made["id"], "content": "Changed"})
    assert (await api.computer.get_sub_items(computer, "Note"))[0]["content"] == "Changed"
    other = await _computer(place, api)
    with pytest.raises(GlpiNotFoundError):
        await api.computer.delete_sub_item(other, "Note", made["id"])
    await api.computer.delete_sub_item(computer, "notepad", made["id"])
    assert await api.computer.get_sub_items(computer, "Note") == []


async def test_what_there_is_one_of(place: Place) -> None:
    api = place.client()
    computer = await _computer(place, api)
    assert await api.computer.get_sub_items(computer, "Infocom") == []
    for ask in (
        api.computer.update_sub_item(computer, "Infocom", {"order_number": "x"}),
        api.computer.delete_sub_item(computer, "Infocom"),
    ):
        with pytest.raises(GlpiNotFoundError, match="has no Infocom"):
            await ask
    made = await api.computer.add_sub_item(computer, "infocom", {"order_number": "O-1", "value": 100.5})
    (found,) = await api.computer.get_sub_items(computer, "INFOCOM")
    assert (found["id"], found["order_number"], float(found["value"])) == (made["id"], "O-1", 100.5)
    await api.computer.update_sub_item(computer, "Infocom", {"order_number": "O-2"})
    await api.computer.update_sub_item(computer, "Infocom", {"id": made["id"], "value": 7})
    (found,) = await api.computer.get_sub_items(computer, "Infocom")
    assert (found["order_number"], float(found["value"])) == ("O-2", 7.0)
    with pytest.raises(GlpiNotFoundError):
        await api.computer.update_sub_item(computer, "Infocom", {"id": made["id"] + 999, "value": 7})
    await api.computer.delete_sub_item(computer, "Infocom")
    assert await api.computer.get_sub_items(computer, "Infocom") == []
    with pytest.raises(GlpiNotFoundError):
        await api.computer.get_sub_items(99999999, "Infocom")


async def test_software_its_versions_and_where_they_are_installed(place: Place) -> None:
    api = place.client()
    software = (await api.software.create({"name": place.name()}))["id"]
    version = (await api.software.add_sub_item(software, "Version", {"name": "1.0"}))["id"]
    assert [row["name"] for row in await api.software.get_sub_items(software, "SoftwareVersion")] == ["1.0"]
    computer = await _computer(place, api)
    where = {"softwareversion": {"id": version}} if place.hl else {"softwareversions_id": version}
    made = await api.computer.add_sub_item(computer, "SoftwareInstallation", where)
    (found,) = await api.computer.get_sub_items(computer, "Item_SoftwareVersion")
    assert found["id"] == made["id"]


async def test_components_by_kind_and_all_together(place: Place) -> None:
    api = place.client()
    computer = await _computer(place, api)
    for name in ("Component/Memory", "Memory", "DeviceMemory", "Item_DeviceMemory"):
        assert await api.computer.get_sub_items(computer, name) == []
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        found = await api.computer.get_sub_items(computer, "Components")
    assert found == []
    assert found.complete == (not told)
    assert all("SIMCard" in str(each.message) for each in told)  # an 11.0.6 stumbles over them


@HL
@EMBEDDED
async def test_components_of_a_kind_that_the_server_can_not_list(place: Place) -> None:
    api = place.client()
    rows = [{"id": 5, "itemtype": "Computer", "items_id": 1}]
    place.glpi.faults.add(troubles.status(500, path="/Component/SIMCard"))
    place.glpi.faults.add(troubles.status(200, rows, path="/Component/Memory"))
    with pytest.warns(GlpiWarning, match="Component/SIMCard"):
        found = await place.client(retries=0).computer.get_sub_items(1, "components")
    assert (found, found.total, found.complete) == ([{"type": "Memory", "item": rows[0]}], None, False)
    with pytest.warns(GlpiWarning):
        assert await place.client(retries=0).computer.get_sub_items(1, "Component", unwrap=True) == rows
    with pytest.raises(GlpiAPIError):
        await place.client(retries=0).computer.get_sub_items(1, "SIMCard")
    assert api is not None


async def test_comments_of_an_article(place: Place) -> None:
    api = place.client()
    text = "content" if place.hl else "answer"
    article = (await api.knowledgebase.create({"name": place.name(), text: "How to"}))["id"]
    if await api.get_version() < "11":
        with pytest.raises(GlpiAPIError, match="have permission"):  # GLPI 10 names no right to comments: nobody has it
            await api.knowledgebase.add_sub_item(article, "Comment", {"comment": "Thanks"})
        with pytest.raises(GlpiPermissionError, match="have permission"):
            await api.knowledgebase.get_sub_items(article, "comment")
        return
    await api.knowledgebase.add_sub_item(article, "Comment", {"comment": "Thanks"})
    for name in ("comment", "KnowbaseItem_Comment", "KBArticleComment"):
        assert [row["comment"] for row in await api.knowledgebase.get_sub_items(article, name)] == ["Thanks"]
    assert isinstance(await api.knowledgebase.get_sub_items(article, "Revision"), list)


@HL
@EMBEDDED
async def test_more_notes_than_one_page(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from glpi_utils._dialects.high_level import high_level_sub_items

    monkeypatch.setattr(high_level_sub_items, "_CUT", 2)
    api = place.client()
    computer = await _computer(place, api)
    for number in range(5):
        await api.computer.add_sub_item(computer, "Note", {"content": f"Note {number}"})
    found = await api.computer.get_sub_items(computer, "Note")
    assert ([row["content"] for row in found], found.total, found.complete) == (
        [f"Note {n}" for n in range(5)],
        5,
        True,
    )
    some = await api.computer.get_sub_items(computer, "Note", filter=F.content != "Note 3")
    assert [row["content"] for row in some] == ["Note 0", "Note 1", "Note 2", "Note 4"]


@HL
@EMBEDDED
async def test_beyond_the_hundred_that_come_unasked(place: Place) -> None:
    api = place.client()
    computer = await _computer(place, api)
    for number in range(101):
        await api.computer.add_sub_item(computer, "Note", {"content": f"Note {number}"}, validate="off")
    assert len(await api.computer.get_sub_items(computer, "Note")) == 101


@HL
@pytest.mark.parametrize(
    ("itemtype", "name", "meant"),
    [
        ("Computer", "Infocomm", "did you mean Infocom"),
        ("Computer", "SoftwareInstalation", "did you mean SoftwareInstallation"),
        ("Computer", "Component/Memry", "did you mean Component/Memory"),
        ("Ticket", "Folowup", "did you mean Timeline/Followup"),
        ("Ticket", "Infocom", "a Ticket has no 'Infocom'.*It has .*Timeline/Solution"),
        ("Location", "Note", "a Location has no 'Note': It has none"),
    ],
)
async def test_what_is_not_there_is_refused_with_what_is(place: Place, itemtype: str, name: str, meant: str) -> None:
    api = place.client()
    items = api.item(itemtype)
    for ask in (
        items.get_sub_items(1, name),
        items.add_sub_item(1, name, {"name": "x"}),
        items.update_sub_item(1, name, {"id": 1, "name": "x"}),
        items.delete_sub_item(1, name, 1),
    ):
        with pytest.raises(GlpiValidationError, match=meant):
            await ask
    assert [info for info in place.sent if f"/{itemtype}/" in info.url] == []


@only("legacy", because="the server itself knows its classes there")
@pytest.mark.parametrize(("name", "meant"), [("Infocomm", "Infocom"), ("Notepads", "Notepad")])
async def test_a_class_that_the_legacy_api_does_not_know(place: Place, name: str, meant: str) -> None:
    api = place.client()
    with pytest.raises(GlpiAPIError, match=f"did you mean {meant}"):
        await api.computer.get_sub_items(await _computer(place, api), name)


@HL
@EMBEDDED
async def test_what_only_the_server_knows_is_asked_for(place: Place) -> None:
    told = {
        "info": {"version": "2.9.0"},
        "paths": {
            "/Assets/Computer/{id}/Firewall": {"get": {}},
            "/Assets/Computer/{id}/Firewall/{sub_id}": {"get": {}},
            "/Assets/Custom/{itemtype}/{id}/Contract": {"get": {}},
        },
        "components": {"schemas": {"Firewall": {"properties": {"name": {"type": "string"}}}}},
    }
    place.glpi.faults.add(troubles.status(200, told, path="doc.json"))
    place.glpi.faults.add(troubles.status(200, [{"id": 3, "name": "Clam"}], path=re.compile("(?i)/firewall")))
    place.glpi.faults.add(troubles.status(200, [], path="Contract"))
    api = place.client()
    assert await api.computer.get_sub_items(1, "firewall") == [{"id": 3, "name": "Clam"}]
    assert await api.item("Assets/Custom/MyType").get_sub_items(1, "Contract", params={"x": 1}) == []
    with pytest.raises(GlpiValidationError, match="did you mean Firewall"):
        await api.computer.get_sub_items(1, "Firewal")
    with pytest.raises(GlpiValidationError) as refused:
        await api.computer.get_sub_items(1, "Antivirs")
    assert ("Antivirus" in str(refused.value).partition("has no")[2].replace("'Antivirs'", "")) is (
        api.api_version != "v2.2"
    )


@HL
@EMBEDDED
async def test_without_the_document_the_server_decides(place: Place) -> None:
    place.glpi.faults.add(troubles.status(403, {"status": "ERROR_RIGHT_MISSING"}, path="doc.json"))
    with pytest.raises(GlpiNotFoundError):
        await place.client().computer.get_sub_items(1, "Firewall")
    assert place.told("/Firewall")


@HL
async def test_what_can_not_be_done_with_it(place: Place) -> None:
    api = place.client(legacy="never")
    if place.cell.embedded and place.newest != "v2.2":
        return  # what newer ones can do is theirs to say
    with pytest.raises(
        GlpiUnsupportedError, match=r"no update_sub_item\(\) for Component/Memory.*it has get_sub_items"
    ):
        await api.computer.update_sub_item(1, "Memory", {"id": 1, "size": 5})
    with pytest.raises(GlpiUnsupportedError, match=r"no add_sub_item\(\) for UsedItem"):
        await api.user.add_sub_item(2, "UsedItem", {"name": "x"})
    assert place.told("/Component/") == []


@HL
@EMBEDDED
async def test_what_came_with_a_later_version(place: Place) -> None:
    if place.oldest != "v2.0":
        return
    api = place.client(api_version="2.1", legacy="never")
    with pytest.raises(GlpiUnsupportedError, match=r"Note of Computer from 2\.2 on.*v2\.1"):
        await api.computer.get_sub_items(1, "Note")
    with pytest.raises(GlpiUnsupportedError, match=r"add_sub_item\(\) for Infocom of Computer from 2\.2 on"):
        await api.computer.add_sub_item(1, "Infocom", {"value": 5})
    assert isinstance(await api.computer.get_sub_items(1, "Infocom"), list)


async def test_nothing_is_hung_on_what_is_not_there(place: Place) -> None:
    api = place.client()
    names = ["Note"] if place.hl else ["Notepad", "Item_DeviceMemory"]
    for name in names:
        fields = {"content": "Lost"} if name.startswith("Note") else {"devicememories_id": 1}
        with pytest.raises(GlpiNotFoundError):
            await api.computer.add_sub_item(99999999, name, fields)
    if not place.hl:
        with pytest.raises(GlpiNotFoundError):
            await api.ticket.add_sub_item(99999999, "ITILSolution", {"content": "Lost"})


@EMBEDDED
async def test_a_component_lists_where_it_is_built_in_and_no_other(place: Place) -> None:
    api = place.client()
    computer = await _computer(place, api)
    made: dict[int, int] = {}
    for _ in range(2):
        memory = int((await api.item("DeviceMemory").create({"designation": place.name()}))["id"])
        row = {"itemtype": "Computer", "items_id": computer, "devicememories_id": memory}
        made[memory] = place.glpi.world.insert("Item_DeviceMemory", row, SYSTEM)
    for memory, built_in in made.items():
        found = await api.item("DeviceMemory").get_sub_items(memory, "Items")
        assert [row["id"] for row in found] == [built_in]
    with pytest.raises(GlpiNotFoundError):
        await api.item("DeviceMemory").get_sub_items(99999999, "Items")
