"""A misspelt keyword is named together with the one that was probably meant."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiOAuthClient

CLIENTS = [GlpiOAuthClient, AsyncGlpiOAuthClient, GlpiAPI, AsyncGlpiAPI]


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [("timeut", "timeout"), ("max_tme", "max_time"), ("user_name", "username"), ("readonly", "read_only")],
)
def test_of_a_constructor(client: Any, misspelt: str, meant: str) -> None:
    with pytest.raises(
        TypeError, match=rf"{client.__name__}\(\) got an unexpected .*'{misspelt}'; did you mean .*'{meant}'"
    ):
        client("https://glpi.example.com", **{misspelt: 3})


@pytest.mark.parametrize("client", CLIENTS)
def test_of_with_options(client: Any) -> None:
    api = client("https://glpi.example.com")
    with pytest.raises(TypeError, match=r"with_options\(\) got an unexpected .*'timeot'; did you mean 'timeout'"):
        api.with_options(timeot=3)
    with pytest.raises(TypeError, match=r"'xyz'; it takes concurrency, dates"):
        api.with_options(xyz=3)
