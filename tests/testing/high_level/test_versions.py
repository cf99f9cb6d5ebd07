from __future__ import annotations

import pytest

from glpi_utils.testing.high_level import api_versions, quirks, route_table, schemas


@pytest.mark.parametrize(
    ("path", "version", "rest"),
    [
        ("/Assistance/Ticket/2", "2.2.0", "/Assistance/Ticket/2"),
        ("/v2/Assistance/Ticket", "2.2.0", "/Assistance/Ticket"),
        ("/v2.0/x", "2.0.0", "/x"),
        ("/v2.1.0/x", "2.1.0", "/x"),
        ("/V2.2/x", "2.2.0", "/x"),
        ("/v2.3/x", "2.2.0", "/x"),  # unlisted: silently the newest
        ("/v3/x", "2.2.0", "/x"),
        ("/v0/x", "2.2.0", "/x"),
        ("/vfoo/x", "2.2.0", "/vfoo/x"),
        ("/v2", "2.2.0", "/v2"),  # not the root page
        ("/v2/", "2.2.0", "/v2/"),
        ("/", "2.2.0", "/"),
    ],
)
def test_prefix(path: str, version: str, rest: str) -> None:
    assert api_versions.resolve(path, "11.0.6") == (version, rest)


@pytest.mark.parametrize(
    ("glpi", "path", "version"),
    [
        ("11.0.11", "/x", "2.3.0"),
        ("11.0.11", "/v2.2/x", "2.2.0"),
        ("11.0.11", "/v2/x", "2.3.0"),
        ("11.0.11", "/v2.9/x", "2.3.0"),
        ("12.0.0", "/x", "3.0.0"),
        ("12.0.0", "/v2.3/x", "2.3.0"),
        ("12.0.0", "/v2/x", "2.3.0"),
        ("12.0.0", "/v2.2/x", "3.0.0"),  # unlisted: silently the newest
        ("12.0.0", "/v3/x", "3.0.0"),
    ],
)
def test_newer_servers_offer_other_versions(glpi: str, path: str, version: str) -> None:
    assert api_versions.resolve(path, glpi)[0] == version


def test_versions_are_compared_by_their_numbers() -> None:
    assert quirks.listed_versions("11.0.7") == quirks.listed_versions("11.0.11") != quirks.listed_versions("11.0.6")


def test_at_least() -> None:
    assert api_versions.at_least("2.1.0", "2.0")
    assert not api_versions.at_least("2.0.0", "2.1")


@pytest.mark.parametrize(
    ("path", "verb", "since"),
    [
        ("Dropdowns/Location", "GET", "2.0"),
        ("Dropdowns/ITILCategory", "GET", "2.2"),
        ("Setup/LDAPDirectory", "GET", "2.0"),
        ("Setup/Config", "GET", "2.1"),
        ("Tools", "GET", "2.1"),
        ("Management/DatabaseInstance", "POST", "2.2"),
        ("Assets/Computer/1/Infocom", "GET", "2.0"),
        ("Assets/Computer/1/Infocom", "POST", "2.2"),
    ],
)
def test_routes_came_with_a_version(path: str, verb: str, since: str) -> None:
    known = [
        version
        for version in ("2.0", "2.1", "2.2")
        if any(verb in found.route.handlers for found in route_table.find(f"/{path}", f"{version}.0"))
    ]
    assert known[0] == since
    assert known[-1] == "2.2"


def test_fields_came_with_a_version() -> None:
    assert "code" not in schemas.schema("ITILCategory", "2.1.0").fields
    assert "level" not in schemas.schema("ITILCategory", "2.0.0").fields
    assert "date_mod" in schemas.schema("Followup", "2.0.0").fields
