from __future__ import annotations

import pytest

from glpi_utils.testing.highlevel import versions


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
    assert versions.resolve(path) == (version, rest)


def test_at_least() -> None:
    assert versions.at_least("2.1.0", "2.0")
    assert not versions.at_least("2.0.0", "2.1")
