"""How many, by month and by what."""

from __future__ import annotations

from tests.testing.high_level.conftest import Desk

BASE = "Assistance/Stat"


def test_what_there_is(desk: Desk) -> None:
    found = [(one["assistance_type"], one["report_type"]) for one in desk.ask("GET", BASE).body]
    assert len(found) == 12
    assert ("Ticket", "Global") in found


def test_by_month(desk: Desk) -> None:
    whole = desk.ask("GET", f"{BASE}/Ticket/Global").body
    assert len(whole["sample_dates"]) == len(whole["number_open"]) == 13
    ever = desk.ask("GET", f"{BASE}/Ticket/Global?date_start=2000-01-01").body
    assert sum(ever["number_open"]) == desk.world.count("Ticket", "is_deleted = 0")
    short = desk.ask("GET", f"{BASE}/Ticket/Global?date_start=2026-10-01&date_end=2026-11-24").body
    assert short["sample_dates"] == ["2026-10", "2026-11"]


def test_by_field(desk: Desk) -> None:
    rows = desk.ask("GET", f"{BASE}/Ticket/Characteristics?field=urgency").body
    assert sum(row["number_open"] for row in rows) == desk.world.count("Ticket", "is_deleted = 0")
    assert {"id": 3, "name": "Medium"} in [row["item"] for row in rows]
    missing = desk.ask("GET", f"{BASE}/Ticket/Characteristics")
    assert missing.body["additional_messages"][0]["message"] == "Missing parameter: field"
    assert desk.ask("GET", f"{BASE}/Ticket/Characteristics?field=nope").status == 500


def test_by_asset(desk: Desk) -> None:
    assert desk.ask("GET", f"{BASE}/Ticket/Asset").body == []
    (row, *_) = desk.ask("GET", f"{BASE}/Ticket/AssetCharacteristics?field=ComputerType").body
    assert row["item"]["itemtype"] == "ComputerType"
    assert desk.ask("GET", f"{BASE}/Ticket/Asset/Export").status == 500
    export = desk.ask("GET", f"{BASE}/Ticket/Characteristics/Export?field=urgency")
    assert export.header("Content-Type") == "application/pdf"
