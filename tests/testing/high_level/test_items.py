"""Every collection: list, create, read, update, trash, restore, purge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from glpi_utils.testing.high_level import schemas
from glpi_utils.testing.world import knowledge
from glpi_utils.testing.world.rights import SYSTEM
from tests.testing.high_level.conftest import Desk

ROUTES = knowledge.routes()
BY_INVENTORY = "Assets/Unmanaged"
UNREADABLE = ("Assets/Cartridge", "Assets/Consumable")
WITHOUT_TEXTS = ("Dropdowns/CalendarTimeRange", "Dropdowns/Item_Plug", "Setup/QueuedWebhook")
WRITABLE = sorted(
    path
    for path, entry in ROUTES.items()
    if "POST" in entry["list"] and "PATCH" in entry["item"] and path not in {BY_INVENTORY, *UNREADABLE, *WITHOUT_TEXTS}
)
# What a create cannot do without.
NEEDED: dict[str, dict[str, Any]] = {
    "Administration/User": {"username": "someone-new"},
    "Project/Task": {"project": {"id": 1}},
    "Dropdowns/ApprovalStep": {"min_required_approval_percent": 50},
    "Dropdowns/PCIVendor": {"vendorid": "10de"},
    "Dropdowns/USBVendor": {"vendorid": "046d"},
    "Tools/RSSFeed": {"url": "https://example.org/feed"},
    "Dropdowns/Item_Plug": {"plug": 1, "itemtype": "PDU", "items_id": 1, "number_plugs": 2},
    "Dropdowns/Stencil": {"itemtype": "Rack", "items_id": 1},
    "Dropdowns/NetworkPortType": {"iftype": 6},
    "Inventory/SNMPCredential": {"snmp_version": "2"},
    **{key: {"slm": 1} for key in ("Setup/SLA", "Setup/OLA")},
}


def text_field(path: str) -> str:
    """A text of the schema that can be changed and found again."""
    fields = schemas.schema(ROUTES[path]["schema"], "2.3.0").fields
    wanted = ("name", "designation", "comment", "realname", "content", "zones", "field", "url", "itemtype")
    return next(name for name in wanted if name in fields and not fields[name].readonly)


def desk_with_a_sample(version: str, api: str) -> Desk:
    from glpi_utils.testing.sample import service_desk
    from glpi_utils.testing.world.world import World

    world = World(version)
    service_desk.fill(world, 10)
    made = Desk(world, api=api)
    made.token = made.log_in()["access_token"]
    return made


@pytest.fixture(scope="module")
def busy() -> Iterator[Desk]:
    """One desk for all collections up to 2.2: each leaves it as it was."""
    made = desk_with_a_sample("11.0.6", "v2.2")
    yield made
    made.world.close()


@pytest.fixture(scope="module")
def newer() -> Iterator[Desk]:
    """Another one for those that came with 2.3."""
    made = desk_with_a_sample("11.0.8", "v2.3")
    yield made
    made.world.close()


def is_new(path: str) -> bool:
    return bool(ROUTES[path]["since"] == "2.3")


@pytest.mark.parametrize("path", sorted(set(ROUTES) - set(UNREADABLE)))
def test_every_collection_has_rows_to_show(busy: Desk, newer: Desk, path: str) -> None:
    desk = newer if is_new(path) else busy
    said = desk.ask("GET", f"{path}?limit=3")
    if "GET" not in ROUTES[path]["list"]:
        assert said.status == 404
        return
    assert said.status in {200, 206}, said.body
    assert said.body, "the sample has a row on every route"
    assert desk.ask("GET", f"{path}/{said.body[0]['id']}").status == 200 or path in {"Setup/Config", "Setup/Plugin"}


@pytest.mark.parametrize("path", WRITABLE)
def test_the_life_of_an_item(busy: Desk, newer: Desk, path: str) -> None:
    desk, field = newer if is_new(path) else busy, text_field(path)
    made = desk.ask("POST", path, {field: "first", **NEEDED.get(path, {})})
    assert made.status == (201 if is_new(path) else 302), made.body
    number = made.body["id"]
    assert made.header("Location") == made.body["href"] == f"/{path}/{number}"
    read = desk.ask("GET", f"{path}/{number}").body
    assert read[field] == "first"
    changed = desk.ask("PATCH", f"{path}/{number}", {field: "second", "nosuch": 1, "id": 1})
    assert (changed.status, changed.body[field], changed.body["id"]) == (200, "second", number)
    trashed = desk.ask("DELETE", f"{path}/{number}")
    assert (trashed.status, trashed.answer.body, trashed.header("Content-Type")) == (204, b"", None)
    if "is_deleted" in (desk.world.columns(ROUTES[path]["itemtype"]) or {}):
        if "is_deleted" in read:
            assert desk.ask("GET", f"{path}/{number}").body["is_deleted"] is True
            restored = desk.ask("PATCH", f"{path}/{number}", {"is_deleted": False})
            assert restored.body["is_deleted"] is False
        assert desk.ask("DELETE", f"{path}/{number}?force=true").status == 204
    assert desk.ask("GET", f"{path}/{number}").status == 404
    unknown = ROUTES[path]["unknown"]
    assert desk.ask("PATCH", f"{path}/{number}", {field: "x"}).status == unknown
    assert desk.ask("DELETE", f"{path}/{number}").status == unknown


@pytest.mark.parametrize("path", UNREADABLE)
def test_models_that_can_be_written_but_not_read(busy: Desk, path: str) -> None:
    number = busy.ask("POST", path, {"name": "first"}).body["id"]
    assert [busy.ask("GET", one).status for one in (path, f"{path}/{number}", f"{path}/99999")] == [500] * 3
    assert busy.ask("PATCH", f"{path}/{number}", {"name": "second"}).status == 500
    itemtype = ROUTES[path]["itemtype"]
    assert (busy.world.get(itemtype, number) or {})["name"] == "second", "it was changed all the same"
    column = f"{itemtype.lower()}s_id"
    one = busy.ask("POST", f"{path}/{number}", {column: number})
    assert one.header("Location") == f"/{path}/{number}/{one.body['id']}"
    assert busy.ask("POST", f"{path}/{number}", {column: {"id": number}}).body["href"] == "/"
    assert busy.ask("POST", f"{path}/{number}", {}).status == 403, "the path alone says nothing"
    assert busy.ask("GET", one.body["href"][1:]).body[column] == {"id": number, "name": "second"}
    assert busy.ask("DELETE", one.body["href"][1:]).status == 204
    assert busy.ask("DELETE", f"{path}/{number}").status == busy.ask("DELETE", f"{path}/{number}?force=1").status == 204
    assert busy.ask("DELETE", f"{path}/{number}").status == 403


def test_what_can_not_be_made(busy: Desk) -> None:
    assert busy.ask("POST", BY_INVENTORY, {"name": "found by nobody"}).status == 403
    assert busy.ask("POST", "Project/Task", {"name": "of no project"}).status == 403
    assert busy.ask("POST", "Project/Task", {"name": "of none", "project": {"id": 999}}).status == 403


def test_fields_of_the_versions(desk: Desk) -> None:
    counts = {v: len(desk.ask("GET", f"/api.php/{v}/Assistance/Ticket/1").body) for v in ("v2.0", "v2.1", "v2.2", "v2")}
    assert counts == {"v2.0": 19, "v2.1": 43, "v2.2": 43, "v2": 43}
    assert desk.ask("GET", "/api.php/v2.1/Knowledgebase/Article").status == 404
    assert desk.ask("GET", "/api.php/v2.2/Knowledgebase/Article").status in {200, 206}
    assert desk.ask("GET", "/api.php/v2.0/Setup/Config/core/version").status == 404


def test_indexes(desk: Desk) -> None:
    assets = desk.ask("GET", "Assets").body
    assert {"itemtype": "NetworkEquipment", "name": "Network device", "href": "/Assets/NetworkEquipment"} in assets
    assert {row["href"] for row in desk.ask("GET", "Management").body} == {"/"}
    assert desk.ask("GET", "Dropdowns").body
    assert desk.ask("GET", "Assets/Custom").body == [
        {"itemtype": "MyType", "name": "My type", "href": "/Assets/Custom/MyType"}
    ]
    assert desk.ask("GET", "Assistance").status == desk.ask("GET", "Administration").status == 404


def test_all_assets_in_one_list(desk: Desk) -> None:
    said = desk.ask("GET", "Assets/Global?limit=2")
    assert said.status == 206
    assert said.body[0]["_itemtype"] == "Computer"
    assert said.header("Content-Range") == f"0-1/{(said.header('Content-Range') or '').split('/')[1]}"


def test_below_an_item(desk: Desk) -> None:
    made = desk.ask("POST", "Computer/1/Note", {"content": "n"})
    assert made.header("Location") == f"/Computer/1/Note/{made.body['id']}"
    assert desk.ask("GET", "Computer/1/Note").body[-1]["content"] == "n"
    assert desk.ask("POST", "Assets/Computer/1/Note", {"content": "n"}).status == 404
    assert desk.ask("GET", f"Computer/2/Note/{made.body['id']}").status == 404
    software = desk.ask("POST", "Assets/Software", {"name": "s"}).body["id"]
    version = desk.ask("POST", f"Assets/Software/{software}/Version", {"name": "1.0"}).body["id"]
    installed = desk.ask("POST", "Assets/Computer/1/SoftwareInstallation", {"softwareversion": {"id": version}})
    assert installed.status == 302
    shown = desk.ask("GET", "Assets/Computer/1/SoftwareInstallation").body[-1]
    assert shown["softwareversion"] == {"id": version, "name": "1.0"}


def test_one_infocom_at_most(desk: Desk) -> None:
    computer = desk.ask("POST", "Assets/Computer", {"name": "pc"}).body["id"]
    path = f"Assets/Computer/{computer}/Infocom"
    assert desk.ask("GET", path).status == 404
    made = desk.ask("POST", path, {"value": 100.5, "purchase_date": "2026-01-01", "date_buy": "2026-02-01"})
    assert made.header("Location") == f"/{path}"
    shown = desk.ask("GET", path).body
    assert (shown["value"], shown["date_buy"], shown["items_id"]) == (100.5, "2026-02-01", computer)
    assert desk.ask("POST", path, {"value": 1}).status == 500
    assert desk.ask("PATCH", path, {"order_number": "O2"}).body["order_number"] == "O2"
    assert desk.ask("DELETE", path).status == 204


def test_components(desk: Desk) -> None:
    memory = desk.ask("POST", "Components/Memory", {"designation": "DDR"}).body["id"]
    path = f"Components/Memory/{memory}/Items"
    assert (desk.ask("GET", path).body, desk.ask("GET", path).header("Content-Range")) == ([], "0--1/0")
    values = {"itemtype": "Computer", "items_id": 1, "devicememories_id": memory, "size": 1024}
    built_in = desk.world.insert("Item_DeviceMemory", values, SYSTEM)
    assert [row["id"] for row in desk.ask("GET", path).body] == [built_in]
    assert desk.ask("GET", "Components/Memory/99999/Items").body == desk.ask("GET", path).body, "whatever the model"
    assert built_in in [row["id"] for row in desk.ask("GET", "Assets/Computer/1/Component/Memory").body]
    assert desk.ask("GET", f"Components/Memory/Items/{built_in}").body["memory"]["id"] == memory
    assert desk.ask("GET", "Assets/Computer/1/Component").status == 404
    assert desk.ask("GET", "Assets/Computer/99999/Component/Memory").status == 404
    assert desk.ask("GET", "Assets/Computer/1/Component/SIMCard").status == 500


def test_groups_of_an_asset_are_dropped(desk: Desk) -> None:
    """Up to 11.0.8."""
    computer = desk.ask("POST", "Assets/Computer", {"name": "pc", "group": 1, "group_tech": [{"id": 1}]}).body["id"]
    assert desk.ask("GET", f"Assets/Computer/{computer}").body["group"] == []
    changed = desk.ask("PATCH", f"Assets/Computer/{computer}", {"group": [1], "name": "b"})
    assert (changed.status, changed.body["group"], changed.body["name"]) == (200, [], "b")


def test_users(desk: Desk) -> None:
    assert desk.ask("GET", "Administration/User/username/tech").body["id"] == 4
    assert desk.ask("GET", "Administration/User/username/post-only").status == 404, "a dash: no such route"
    assert desk.ask("GET", "Administration/User/username/nosuch").status == 404
    assert desk.ask("GET", "Administration/User/Me").body["id"] == 2
    assert desk.ask("PATCH", "Administration/User/Me", {"phone": "1"}).status == 404
    assert desk.ask("PATCH", "Administration/User/username/tech", {"phone": "1"}).body["phone"] == "1"
    twice = desk.ask("POST", "Administration/User", {"username": "tech"})
    assert twice.body["additional_messages"][0]["message"] == "Unable to add. The user already exists."
    picture = desk.ask("GET", "Administration/User/Me/Picture")
    assert (picture.status, picture.answer.body) == (500, b"")
    assert "password" not in desk.ask("GET", "Administration/User/4").body


def test_emails_of_oneself(desk: Desk) -> None:
    path = "Administration/User/Me/Email"
    made = desk.ask("POST", path, {"email": "a@example.org", "is_default": True})
    again = desk.ask("POST", path, {"email": "a@example.org"})
    assert (again.status, again.body["status"]) == (409, "ERROR_ALREADY_EXISTS")
    assert again.header("Location") == made.header("Location")
    assert desk.ask("POST", path, {"email": "nope"}).status == 400
    assert desk.ask("GET", "Administration/User/Me/Emails/Default").body["email"] == "a@example.org"
    assert desk.ask("DELETE", f"{path}/{made.body['id']}").status == 404


def test_settings(desk: Desk) -> None:
    assert desk.ask("GET", "Setup/Config/core/version").body == {
        "context": "core",
        "name": "version",
        "value": "11.0.6",
    }
    assert desk.ask("GET", "Setup/Config/core/smtp_passwd").status == 403
    assert desk.ask("GET", "Setup/Config/core/nosuch").status == 404
    assert desk.as_user("tech").ask("GET", "Setup/Config/core/version").status == 403


def test_settings_can_be_set(desk: Desk) -> None:
    path = "Setup/Config/core/my_own"
    assert desk.ask("PATCH", path, {"value": "1"}).body == {"context": "core", "name": "my_own", "value": "1"}
    assert desk.ask("PATCH", path, {"value": "2"}).body["value"] == desk.ask("GET", path).body["value"] == "2"
    assert [desk.ask("DELETE", path).status for _ in range(2)] == [204, 404]
    secret = desk.ask("PATCH", "Setup/Config/core/smtp_passwd", {"value": "x"})
    assert (secret.status, secret.answer.body) == (204, b"")
    assert desk.as_user("tech").ask("PATCH", path, {"value": "1"}).status == 403


def test_documents(desk: Desk) -> None:
    desk.world.files["abc"] = b"hello"
    number = desk.ask("POST", "Management/Document", {"name": "d"}).body["id"]
    assert desk.ask("GET", f"Management/Document/{number}/Download").status == 500, "no file"
    desk.world.store.change("Document", number, {"sha1sum": "abc", "filename": "hé.txt", "mime": "text/plain"})
    said = desk.ask("GET", f"Management/Document/{number}/Download")
    assert (said.status, said.answer.body) == (200, b"hello")
    tag = said.header("etag") or ""
    assert desk.ask("GET", f"Management/Document/{number}/Download", if_none_match=tag).status == 304


def test_a_transfer(desk: Desk) -> None:
    record = {"itemtype": "Computer", "items_id": 1, "entity": 1}
    assert desk.ask("POST", "Transfer", [record]).status == 200
    assert desk.ask("GET", "Assets/Computer/1").body["entity"]["id"] == 1
    assert desk.ask("POST", "Transfer", [{**record, "entity": 9999}]).status == 202
    assert desk.ask("POST", "Transfer", [{**record, "items_id": 999_999}]).status == 200
