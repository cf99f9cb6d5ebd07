"""A refusal's traceback shows the call and where the error was raised; faults of programs show every frame."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import glpi_utils
from glpi_utils import GlpiAPIError, GlpiNotFoundError, GlpiValidationError
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils._engine.verbs.items import AsyncItemProxy
from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, highlevel_async, legacy, legacy_async

PACKAGE = str(Path(glpi_utils.__file__).parent)
NOWHERE = 999999
CALLS: dict[str, Callable[[Any], Any]] = {
    "get": lambda api: api.ticket.get(NOWHERE),
    "get_item": lambda api: api.get_item("Ticket", NOWHERE),
    "update": lambda api: api.ticket.update({"id": NOWHERE, "name": "a"}),
    "update and verify": lambda api: api.ticket.update({"id": NOWHERE, "name": "a"}, verify=True),
    "restore": lambda api: api.ticket.restore(NOWHERE),
    "sub-items": lambda api: api.ticket.get_sub_items(NOWHERE, "ITILFollowup"),
    "add with a key": lambda api: api.ticket.add_sub_item(NOWHERE, "ITILFollowup", {"content": "a"}, key="k"),
    "change below": lambda api: api.ticket.update_sub_item(1, "ITILFollowup", {"id": NOWHERE, "content": "a"}),
    "delete below": lambda api: api.ticket.delete_sub_item(1, "ITILFollowup", NOWHERE),
    "team": lambda api: api.ticket.team(NOWHERE),
    "add to the team": lambda api: api.ticket.add_team_member(1, NOWHERE, "assigned"),
    "picture": lambda api: api.user.picture(NOWHERE),
}


def ours(error: BaseException) -> list[str]:
    """The frames of the library that a traceback prints, those of what it comes from too."""
    lines = "".join(traceback.format_exception(error)).splitlines()
    return [line for line in lines if line.lstrip().startswith(f'File "{PACKAGE}')]


def raised(make: Callable[[GlpiServer], Any], glpi: GlpiServer, call: Callable[[Any], Any], kind: Any) -> Any:
    """What a call raises; a walk is read to its end."""

    async def waited() -> None:
        async with make(glpi) as api:
            answer = call(api)
            if hasattr(answer, "__aiter__"):
                async for _ in answer:
                    pass
            else:
                await answer

    with pytest.raises(kind) as caught:
        if make in (highlevel_async, legacy_async):
            asyncio.run(waited())
        else:
            with make(glpi) as api:
                for _ in call(api):
                    pass
    return caught.value


@pytest.mark.parametrize("make", [highlevel, highlevel_async, legacy, legacy_async])
def test_of_a_404_at_most_four_frames_are_ours(make: Callable[[GlpiServer], Any], glpi: GlpiServer) -> None:
    for name, call in CALLS.items():
        frames = ours(raised(make, glpi, call, GlpiNotFoundError))
        assert 1 <= len(frames) <= 4, (name, frames)


@pytest.mark.parametrize("make", [highlevel, highlevel_async])
@pytest.mark.parametrize("verb", ["get_all", "get_all_pages", "iter_pages", "iter_items", "count", "first"])
def test_of_a_list_that_is_nowhere(make: Callable[[GlpiServer], Any], verb: str, glpi: GlpiServer) -> None:
    error = raised(make, glpi, lambda api: getattr(api.item("Assets/Custom/Nothing"), verb)(), GlpiNotFoundError)
    assert 1 <= len(ours(error)) <= 4


@pytest.mark.parametrize("make", [highlevel, highlevel_async])
def test_what_an_error_comes_from_stays(make: Callable[[GlpiServer], Any], glpi: GlpiServer) -> None:
    error = raised(make, glpi, CALLS["add to the team"], GlpiNotFoundError)
    assert isinstance(error.__cause__, GlpiAPIError)
    assert error.__cause__.__traceback__ is not None
    assert "The above exception was the direct cause" in "".join(traceback.format_exception(error))


@pytest.mark.parametrize("make", [highlevel, highlevel_async])
def test_it_says_where_it_was_raised(make: Callable[[GlpiServer], Any], glpi: GlpiServer) -> None:
    error = raised(make, glpi, lambda api: api.ticket.get_all(fliter=1), GlpiValidationError)
    names = [frame.name for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(PACKAGE)]
    assert "get_all" in names
    assert names[-1] != "get_all"


@pytest.mark.parametrize("make", [highlevel, highlevel_async])
def test_a_fault_of_the_program_shows_every_frame(make: Callable[[GlpiServer], Any], glpi: GlpiServer) -> None:
    def wrong(_: object) -> None:
        raise ZeroDivisionError

    error = raised(make, glpi, lambda api: api.ticket.get_all_pages(on_page=wrong), ZeroDivisionError)
    names = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    assert len(ours(error)) > 4
    assert names[-1] == "wrong"


def test_development_mode_shows_every_frame(glpi: GlpiServer) -> None:
    program = "import sys\nfrom glpi_utils import GlpiOAuthClient\nGlpiOAuthClient(*sys.argv[1:]).ticket.get(999999)"
    login = [glpi.url, glpi.client_id, glpi.client_secret, glpi.username, glpi.password]
    counts = []
    for options in ([], ["-X", "dev"]):
        command = [sys.executable, *options, "-W", "ignore", "-c", program, *login]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "GlpiNotFoundError" in done.stderr
        counts.append(done.stderr.count(f'File "{PACKAGE}'))
    assert counts[0] <= 4 < counts[1]


def test_coroutines_of_verbs_keep_their_names_and_signatures() -> None:
    for owner in (AsyncClient, AsyncItemProxy):
        for name, verb in inspect.getmembers(owner, inspect.iscoroutinefunction):
            if not name.startswith("_"):
                assert verb.__name__ == name
                assert "args" not in inspect.signature(verb).parameters
                assert "return" in get_type_hints(verb)
                assert inspect.getdoc(verb)
