"""What belongs to a user: preferences, addresses shown raw."""

from __future__ import annotations

from glpi_utils.testing.world.rights import SYSTEM
from tests.testing.high_level.conftest import Desk

BASE = "Administration/User"


def test_preferences_can_be_chosen(desk: Desk) -> None:
    said = desk.ask("PATCH", f"{BASE}/Me/Preference", {"list_limit": 30, "is_ids_visible": True, "name_format": 1})
    assert said.status == 200
    assert {name: said.body[name] for name in ("id", "list_limit", "is_ids_visible", "name_format", "language")} == {
        "id": 2, "list_limit": 30, "is_ids_visible": True, "name_format": "1", "language": None
    }  # fmt: skip
    assert desk.ask("GET", f"{BASE}/2/Preference").body == said.body
    assert desk.ask("GET", f"{BASE}/tech/Preference").body["list_limit"] is None


def test_others_preferences_need_the_right(desk: Desk) -> None:
    assert desk.ask("PATCH", f"{BASE}/tech/Preference", {"language": "fr_FR"}).body["language"] == "fr_FR"
    tech = desk.as_user("tech")
    assert tech.ask("PATCH", f"{BASE}/Me/Preference", {"language": "de_DE"}).body["language"] == "de_DE"
    assert tech.ask("PATCH", f"{BASE}/2/Preference", {"language": "de_DE"}).status == 403


def test_preferences_of_nobody(desk: Desk) -> None:
    assert desk.ask("GET", f"{BASE}/99999/Preference").status == 404
    assert desk.ask("PATCH", f"{BASE}/99999/Preference", {"list_limit": 30}).status == 403
    assert desk.ask("PATCH", f"{BASE}/2/Preference", {"list_limit": "many"}).status == 500


def test_preferences_came_with_2_1(desk: Desk) -> None:
    assert desk.ask("GET", f"/api.php/v2.0/{BASE}/Me/Preference").status == 404
    assert desk.ask("GET", f"/api.php/v2.1/{BASE}/Me/Preference").status == 200


def test_rows_inside_rows_are_as_the_database_has_them(desk: Desk) -> None:
    desk.world.insert("UserEmail", {"users_id": 4, "email": "t@example.org", "is_default": 1}, SYSTEM)
    (email,) = desk.ask("GET", f"{BASE}/4").body["emails"]
    assert (email["email"], email["is_default"], type(email["is_default"])) == ("t@example.org", 1, int)
