from __future__ import annotations

import pytest

from glpi_utils.testing.highlevel import quirks, versions


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
    assert versions.resolve(path, "11.0.6") == (version, rest)


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
    assert versions.resolve(path, glpi)[0] == version


def test_versions_are_compared_by_their_numbers() -> None:
    assert quirks.listed_versions("11.0.7") == quirks.listed_versions("11.0.11") != quirks.listed_versions("11.0.6")


def test_at_least() -> None:
    assert versions.at_least("2.1.0", "2.0")
    assert not versions.at_least("2.0.0", "2.1")
