"""Accounts: what a user may do where, groups, mail addresses; made with the user, added and taken away afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from glpi_utils import (
    GlpiNotAppliedError,
    GlpiNotFoundError,
    GlpiPermissionError,
    GlpiUnsupportedError,
    GlpiValidationError,
)
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import troubles
from tests.behaviour.places import Place, one_server, unsent

TECHNICIAN, OBSERVER = 6, 2


def _login(place: Place) -> str:
    return place.name("user").replace(" ", "-").replace(":", "")


def _fields(place: Place, **more: Any) -> dict[str, Any]:
    return {"username" if place.hl else "name": _login(place), "realname": "Otto", **more}


@asynccontextmanager
async def _group(place: Place, api: AsyncClient) -> AsyncIterator[int]:
    yield (await api.group.create({"name": place.name("group")}))["id"]


async def _short(api: AsyncClient, user: int) -> list[tuple[int, int, bool]]:
    rows = await api.user.authorizations(user)
    assert rows.complete
    return [(row["profile"]["id"], row["entity"]["id"], row["recursive"]) for row in rows]


async def test_a_user_is_made_with_all_that_belongs_to_the_account_once(place: Place) -> None:
    api = place.client()
    async with _group(place, api) as group:
        asked = _fields(place, emails=["a@x.org", "B@x.org"])
        words: dict[str, Any] = {"profile": TECHNICIAN, "entity": 0, "recursive": True, "groups": [group]}
        made = await api.user.create(asked, **words)
        try:
            assert made["existing"] is False
            assert (made["emails"], made["groups"], made["profile"]["existing"]) == (
                ["a@x.org", "B@x.org"],
                [group],
                False,
            )
            assert await _short(api, made["id"]) == [(TECHNICIAN, 0, True)], "as asked, and nothing else"
            (shown,) = await api.user.authorizations(made["id"])
            assert (shown["profile"]["name"], shown["dynamic"]) == ("Technician", False)
            assert await api.user.emails(made["id"]) == ["a@x.org", "B@x.org"]
            before = len(place.sent)
            again = await api.user.create(asked, **words)
            assert (again["id"], again["existing"], again["profile"]["existing"]) == (made["id"], True, True)
            assert {each.method for each in place.sent[before:]} == {"GET"}, "a second run changes nothing"
            assert (await api.user.add_to_group(made["id"], group))["existing"] is True
        finally:
            await api.user.delete(made["id"], force_purge=True)


async def test_what_is_granted_is_there_once_and_can_be_revoked(place: Place) -> None:
    api = place.client()
    user = (await api.user.create(_fields(place)))["id"]
    try:
        first = await _short(api, user)
        granted = await api.user.grant(_login(place), "observer", 0)
        assert (granted["profile"]["id"], granted["recursive"], granted["existing"]) == (OBSERVER, False, False)
        assert (await api.user.grant(user, OBSERVER, 0, recursive=True))["existing"] is True
        assert await _short(api, user) == [*first, (OBSERVER, 0, True)], "the one that is there was changed"
        async with _group(place, api) as group:
            for existing in (False, True):
                assert (await api.user.add_to_group(user, group))["existing"] is existing
            for _ in range(2):
                await api.user.remove_from_group(user, place.name("group"))
            assert (await api.user.add_to_group(user, group))["existing"] is False
        (gone,) = await api.user.revoke(user, OBSERVER)
        assert (gone["id"], gone["entity"]["id"]) == (granted["id"], 0)
        assert await api.user.revoke(user, OBSERVER, 0) == []
        assert await _short(api, user) == first
    finally:
        await api.user.delete(user, force_purge=True)


async def test_an_update_sets_addresses_and_groups(place: Place) -> None:
    api = place.client()
    user = (await api.user.create(_fields(place), emails=["a@x.org", "b@x.org"]))["id"]
    try:
        for _ in range(2):
            await api.user.update({"id": user, "emails": ["b@x.org", "c@x.org"], "groups": []})
            assert await api.user.emails(user) == ["b@x.org", "c@x.org"]
        await api.user.update({"id": user, "realname": "Ottilie"}, emails="d@x.org")
        assert await api.user.emails(user) == ["d@x.org"]
        assert (await api.user.get(user))["realname"] == "Ottilie"
        row = await api.user.get(user)
        before = len(place.sent)
        await api.user.update({**row, "realname": "Otto"})
        assert not [each for each in place.sent[before:] if "UserEmail" in each.url], (
            "what was read and is written back"
        )
        await api.user.update({"id": user, "emails": []})
        assert await api.user.emails(user) == []
    finally:
        await api.user.delete(user, force_purge=True)


async def test_nothing_is_given_to_nobody(place: Place) -> None:
    """GLPI adds authorisations and groups to users that are not there without a word."""
    api = place.client()
    for call in (
        api.user.grant("nobody.at.all", OBSERVER, 0),
        api.user.grant(2, "no such profile", 0),
        api.user.grant(999999, OBSERVER, 0),
        api.user.add_to_group(999999, 1),
        api.user.emails(999999),
    ):
        with pytest.raises(GlpiNotFoundError):
            await call
    assert {each.method for each in place.sent if "/token" not in each.url} <= {"GET"}


@unsent
async def test_what_is_wrong_with_an_account_is_refused_before_anything_is_sent(place: Place) -> None:
    api = place.client()
    for words, message in (
        ({"emails": ["no address"]}, "is no mail address"),
        ({"profile": 6}, "needs entity="),
        ({"recursive": True}, "belongs to profile="),
        ({"profile": 6, "entity": 0, "recursive": "yes"}, "recursive must be True or False"),
    ):
        with pytest.raises(GlpiValidationError, match=message):
            await api.user.create(_fields(place), **words)
    with pytest.raises(GlpiValidationError, match="in the dict and as a keyword"):
        await api.user.create(_fields(place, emails=["a@x.org"]), emails=["b@x.org"])
    with pytest.raises(GlpiUnsupportedError, match="User"):
        await api.ticket.grant(1, 6, 0)


@one_server(because="a write is lost by the embedded server alone, whatever its version")
async def test_an_account_that_is_made_in_part_says_what_is_missing(place: Place) -> None:
    api = place.client(retries=0)
    await api.whoami()
    place.glpi.faults.add(troubles.status(403, {"error": "no"}, path="/Group_User", times=1))
    with pytest.raises(
        GlpiNotAppliedError, match=r"was created, but not its groups: .* Do not create it again"
    ) as caught:
        await api.user.create(_fields(place), emails=["a@x.org"], groups=[1])
    error = caught.value
    assert (error.applied["emails"], list(error.ignored)) == (["a@x.org"], ["groups"])
    assert f"add_to_group({error.id}, group)" in str(error)
    again = await api.user.create(_fields(place), emails=["a@x.org"], groups=[1])
    assert (again["id"], again["existing"], again["groups"]) == (error.id, True, [1])


@one_server(because="it is refused here")
async def test_a_read_only_client_touches_no_account(place: Place) -> None:
    api = place.client(read_only=True)
    for call in (
        api.user.create(_fields(place), emails=["a@x.org"]),
        api.user.update({"id": 2, "groups": [1]}),
        api.user.grant(2, OBSERVER, 0),
        api.user.revoke(2, 4),
        api.user.add_to_group(2, 1),
    ):
        with pytest.raises(GlpiPermissionError):
            await call
    sent = [each for each in place.sent if not each.url.endswith(("/token", "Session"))]
    assert {each.method for each in sent} == {"GET"}
