"""What hangs on items, and what it cannot be made without, as an 11.0.6 was seen to answer."""

from __future__ import annotations

import pytest

from tests.testing.high_level.conftest import Desk


def made(desk: Desk, path: str, **values: object) -> int:
    return int(desk.ask("POST", path, {"name": "x", **values}).body["id"])


def test_software_on_a_machine(desk: Desk) -> None:
    version = made(desk, f"Assets/Software/{made(desk, 'Assets/Software')}/Version")
    path = f"Assets/Computer/{made(desk, 'Assets/Computer')}/SoftwareInstallation"
    said = {"softwareversion": {"id": version}}
    assert [desk.ask("POST", path, body).status for body in ({}, {"softwareversion": {"id": 99999}})] == [403, 403]
    one = desk.ask("POST", path, said)
    assert desk.ask("POST", path, said).status == 500, "not twice"
    assert desk.ask("DELETE", one.body["href"][1:]).status == 204
    assert desk.ask("GET", one.body["href"][1:]).status == 404, "gone at once"


@pytest.mark.parametrize("asset", ["Computer", "Rack"])
def test_the_operating_system_of_a_machine(desk: Desk, asset: str) -> None:
    path = f"Assets/{asset}/{made(desk, f'Assets/{asset}')}/OSInstallation"
    one = desk.ask("POST", path, {"license_number": "L"})
    assert one.status == 302
    twice = desk.ask("POST", path, {"license_number": "L"})
    assert (twice.status, twice.answer.body) == (500, b"")
    assert desk.ask("POST", f"Assets/{asset}/99999/OSInstallation", {}).status == 500
    assert desk.ask("DELETE", one.body["href"][1:]).status == 204
    assert desk.ask("GET", path).body == []


def test_what_is_in_a_rack(desk: Desk) -> None:
    rack, computer = made(desk, "Assets/Rack", number_units=10), made(desk, "Assets/Computer")
    path = f"Assets/Rack/{rack}/Item"
    place = {"itemtype": "Computer", "items_id": computer}
    assert desk.ask("POST", path, {**place, "itemtype": "Phone"}).status == 400
    assert desk.ask("POST", path, {**place, "position": 11}).status == 500
    assert desk.ask("POST", path, {**place, "position": 1}).status == 302
    full = desk.ask("POST", path, {**place, "items_id": 1, "position": 1})
    assert full.body["additional_messages"][0]["message"] == "Not enough space available to place item"
    assert desk.ask("GET", f"Assets/Rack/{rack}").body["items"][0]["items_id"] == computer


def test_the_tasks_of_a_project(desk: Desk) -> None:
    path = f"Project/{made(desk, 'Project')}/Task"
    one = desk.ask("POST", path, {"name": "t"})
    assert one.body["href"] == f"/Project/Task/{one.body['id']}"
    assert [row["name"] for row in desk.ask("GET", path).body] == ["t"]
    assert desk.ask("GET", f"{path}/{one.body['id']}").status == 404, "no such path"


def test_notes_ask_neither_for_the_item_nor_for_a_right_that_is_not(desk: Desk) -> None:
    assert desk.ask("POST", "Computer/99999/Note", {"content": "n"}).status == 302
    assert desk.ask("POST", "Rack/1/Note", {"content": "n"}).status == 403
    assert desk.ask("GET", "Rack/1/Note").body == []


def test_what_belongs_to_nobody(desk: Desk) -> None:
    assert desk.ask("POST", "Assets/Computer/99999/Infocom", {}).status == 404
    base = "Administration/User"
    asked = [
        ("PATCH", f"{base}/username/nope"),
        ("DELETE", f"{base}/username/nope"),
        ("PATCH", f"{base}/nope/Preference"),
    ]
    assert [desk.ask(verb, path, {}).status for verb, path in asked] == [500] * 3
    assert desk.ask("GET", f"{base}/nope/Preference").status == 400
    assert desk.ask("GET", f"{base}/username/nope/UsedItem").status == 500


@pytest.mark.parametrize("parent", ["Change", "Problem"])
def test_what_is_not_a_ticket_is_solved_without_asking(desk: Desk, parent: str) -> None:
    path = f"Assistance/{parent}/{made(desk, f'Assistance/{parent}', content='c')}/Timeline"
    task = desk.ask("POST", f"{path}/Task", {"content": "t"}).body["id"]
    assert desk.ask("GET", f"{path}/Task/{task}").body["state"] == 0
    solution = desk.ask("POST", f"{path}/Solution", {"content": "s"}).body["id"]
    shown = desk.ask("PATCH", f"{path}/Solution/{solution}", {"content": "t"}).body
    assert (shown["status"], shown["approver"]["id"], shown["user_editor"]) == (3, 2, None)


@pytest.mark.parametrize(
    ("path", "values", "status"),
    [
        ("Dropdowns/PCIVendor", {}, 500),
        ("Dropdowns/PCIVendor", {"vendorid": "10de"}, 302),
        ("Dropdowns/ApprovalStep", {}, 500),
        ("Tools/RSSFeed", {}, 500),
        ("Administration/ApprovalSubstitute", {"user": 4, "substitute": 2}, 403),
        ("Administration/ApprovalSubstitute", {"user": 2, "substitute": 4}, 302),
    ],
)
def test_what_can_not_be_left_out(desk: Desk, path: str, values: dict[str, object], status: int) -> None:
    assert desk.ask("POST", path, {"name": "x", **values}).status == status


def test_events_and_reminders_have_a_key_a_date_and_an_owner(desk: Desk) -> None:
    for path in ("Assistance/ExternalEvent", "Tools/Reminder"):
        shown = desk.ask("GET", f"{path}/{made(desk, path)}").body
        assert shown["uuid"]
        assert shown["date"]
        assert shown["user"] == {"id": 2, "name": "glpi"}
        assert (
            desk.ask("GET", f"{path}/{made(desk, path, date_begin='2026-01-02 03:04:05')}").body["date_begin"] is None
        )


def test_a_column_without_a_time_of_day_shows_midnight(desk: Desk) -> None:
    moment = "2026-01-02 03:04:05"
    closed = made(desk, "Dropdowns/CloseTime", date_begin=moment, date_end=moment)
    assert desk.ask("GET", f"Dropdowns/CloseTime/{closed}").body["date_begin"] == "2026-01-02T00:00:00+00:00"
    budget = made(desk, "Management/Budget", value=2.5)
    assert desk.ask("GET", f"Management/Budget/{budget}").body["value"] == 2.5


def test_both_apis_name_the_same_columns(desk: Desk) -> None:
    rack = made(desk, "Assets/Rack", measured_power=7)
    assert (desk.world.get("Rack", rack) or {})["mesured_power"] == 7
    memory = desk.ask("POST", "Components/Memory", {"designation": "m", "frequency": "2400"}).body["id"]
    assert (desk.world.get("DeviceMemory", memory) or {})["frequence"] == "2400"
