"""How items are named, and how clients show and give themselves: aliases, dir, repr, copy, pickle."""

from __future__ import annotations

import copy
import logging
import pickle
from typing import Any

import pytest

from glpi_utils import GlpiError, GlpiUnsupportedError, GlpiValidationError
from glpi_utils._knowledge.aliases import ALIASES
from glpi_utils._runtimes.blocking import run
from tests.behaviour.adapter import bare
from tests.behaviour.places import Place, only, unsent

SUB_ONLY = {"followup", "solution", "task", "validation", "log"}
"""Not to be had from HL by themselves."""


@unsent
@pytest.mark.parametrize("alias", sorted(ALIASES))
async def test_an_alias_in_any_case(place: Place, alias: str) -> None:
    api = bare(place.client())
    proxy = getattr(api, alias)
    assert proxy is getattr(api, alias.upper()) is getattr(api, alias.title()) is getattr(api, alias)
    assert f"(itemtype={ALIASES[alias]!r})" in repr(proxy)


async def test_an_alias_is_read_from_its_place(place: Place) -> None:
    api = place.client()
    for alias, itemtype in ALIASES.items():
        found = await getattr(api, alias).get_all(limit=1)
        assert len(found) <= 1, itemtype
    if place.hl:
        assert len(place.told("initSession")) == 1  # what HL has only below an item comes from the legacy API
        alone = place.client(legacy="never")
        for alias in SUB_ONLY:
            with pytest.raises(GlpiUnsupportedError, match="GlpiAPI"):
                await getattr(alone, alias).get_all(limit=1)


@unsent
async def test_repr_of_items_tells_the_itemtype(place: Place) -> None:
    api = bare(place.client())
    kind = "ItemProxy" if place.cell.kind == "sync" else "AsyncItemProxy"
    assert repr(api.ticket) == f"{kind}(itemtype='Ticket')"
    assert repr(api.knowledgebase) == f"{kind}(itemtype='KnowbaseItem')"


@unsent
async def test_which_items_are_the_same_object(place: Place) -> None:
    api = bare(place.client())
    assert api.ticket is api.Ticket is api.TICKET
    assert api.item("Ticket") is api.item("Ticket")
    assert api.item("Ticket") is not api.ticket
    assert api.item("Ticket") is not api.item("ticket")
    assert api.NetworkEquipment is api.networkequipment
    assert api.with_options(timeout=9).ticket is not api.ticket


@unsent
@pytest.mark.parametrize(
    "name", ["tickets", "compter", "no_such_thing", "foo", "_ticket", "__wrapped__", "_repr_html_"]
)
async def test_what_is_no_name(place: Place, name: str) -> None:
    api = bare(place.client())
    with pytest.raises(AttributeError):
        getattr(api, name)
    assert not hasattr(api, name)
    assert place.sent == []


@unsent
async def test_a_misspelt_name_is_told_what_was_meant(place: Place) -> None:
    api = bare(place.client())
    with pytest.raises(AttributeError, match=r"Did you mean ticket.*api\.item\('tickets'\)"):
        _ = api.tickets
    with pytest.raises(AttributeError, match="computer"):
        _ = api.compter


@unsent
async def test_names_beyond_the_aliases(place: Place) -> None:
    api = bare(place.client())
    for name in ("phone", "Phone", "network_equipment", "TicketTask", "ITILFollowup", "state"):
        assert getattr(api, name) is not None
    assert api.phone is api.Phone


async def test_items_by_name_or_path(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    names = ["Ticket", "ticket"]
    names += ["Assistance/Ticket", "/Assistance/Ticket", "assistance/ticket"] if place.hl else []
    for name in names:
        assert (await api.item(name).get(id))["id"] == id, name


async def test_an_itemtype_that_is_not_there(place: Place) -> None:
    api = place.client()
    with pytest.raises(GlpiError):
        await api.item("NoSuchThing").get_all()


@unsent
async def test_dir_shows_methods_and_itemtypes(place: Place) -> None:
    names = dir(bare(place.client()))
    assert {"ticket", "computer", "knowledgebase", "whoami", "with_options", "item"} <= set(names)
    assert names == sorted(names)
    assert place.sent == []


@unsent
async def test_looking_at_every_name_sends_nothing(place: Place) -> None:
    api = bare(place.client())
    for name in dir(api):
        if name != "version":  # of the legacy client: it reads it from the server, as it always has
            getattr(api, name)
    assert place.sent == []


@unsent
async def test_pickling_is_refused_with_the_way_that_works(place: Place) -> None:
    api = bare(place.client())
    with pytest.raises(TypeError, match="in each process"):
        pickle.dumps(api)
    for items in (api.ticket, api.item("Ticket")):
        with pytest.raises(TypeError, match="in each process"):
            pickle.dumps(items)


@unsent
async def test_copying_is_refused_like_pickling(place: Place) -> None:
    api = bare(place.client())
    for copied in (copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="in each process"):
            copied(api)


def _secrets(place: Place) -> list[str]:
    if place.server:
        return [place.server.client_secret, "no-such-password", "no-such-token"]
    return ["no-such-password", "no-such-token"]


async def test_nothing_shows_a_secret(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    words: dict[str, Any] = {"username": "glpi", "password": "no-such-password"}
    if not place.hl:
        words["app_token"] = "no-such-token"
    api = place.client(**words)
    with pytest.raises(GlpiError) as told:
        await api.ticket.get(1)
    inner = bare(api)
    shown = [
        repr(inner),
        str(inner),
        repr(inner.ticket),
        repr(vars(inner)),
        repr(told.value),
        str(told.value),
        caplog.text,
    ]
    shown += [repr(each) for each in place.sent]
    for text in shown:
        for secret in _secrets(place):
            assert secret not in text


@unsent
async def test_credentials_in_the_address_are_refused_and_not_shown(place: Place) -> None:
    with pytest.raises(GlpiValidationError) as told:
        place.client("https://someone:no-such-word@glpi.example.com")
    assert "no-such-word" not in repr(told.value)


@unsent
async def test_repr_of_a_client_names_the_server(place: Place) -> None:
    assert repr(bare(place.client())).endswith(f"({place.url!r})")


@only(where="embedded", because="looks at the log of a whole call")
async def test_the_log_tells_of_each_request(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="glpi_utils")
    api = place.client()
    await api.ticket.get(1)
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("glpi_utils")]
    assert len(lines) == len(place.sent)
    assert all(part in lines[-1] for part in ("GET", "Ticket/1", "200", "bytes", "ms", "attempt 1"))
    token = place.glpi.requests[-1].headers
    secret = token.get("authorization", "").removeprefix("Bearer ") or token.get("session-token", "")
    assert secret
    assert secret not in caplog.text


async def test_hooks_are_told_of_each_attempt(place: Place) -> None:
    answers: list[Any] = []
    api = place.client(on_response=answers.append)
    await api.ticket.get_all(limit=1)
    assert len(answers) == len(place.sent)
    assert [(each.method, each.url) for each in answers] == [(each.method, each.url) for each in place.sent]
    assert answers[-1].status in (200, 206)
    assert answers[-1].size > 0


@unsent
async def test_the_blocking_client_needs_no_loop(place: Place) -> None:
    """The driver of these tests proves it; here that `run` refuses what would need one."""
    if place.cell.kind == "sync":

        async def waits() -> None:
            import asyncio

            await asyncio.sleep(0)

        with pytest.raises(RuntimeError, match="waits"):
            run(waits())
