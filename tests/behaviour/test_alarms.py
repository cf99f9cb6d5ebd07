"""The same alarm again: one ticket, and what becomes of it as the caller says."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from glpi_utils import GlpiWarning, html_to_text
from glpi_utils.testing import troubles
from tests.behaviour.places import Place, one_server


def _key(place: Place) -> str:
    return place.name("alarm").replace(" ", "-")


async def _raised(place: Place, text: str, **how: Any) -> dict[str, Any]:
    made: dict[str, Any] = await place.client().ticket.create(place.ticket(content=text), key=_key(place), **how)
    return made


async def test_an_alarm_that_is_raised_again(place: Place) -> None:
    api = place.client()
    first = await _raised(place, "91 % full", on_existing="reopen")
    assert (first["existing"], "followup" in first) == (False, False)
    second = await _raised(place, "95 % full", on_existing="followup")
    assert (second["id"], second["existing"], second["followup"] > 0) == (first["id"], True, True)
    await api.ticket.solve(first["id"], "Cleaned up")
    third = await _raised(place, "97 % full", on_existing="reopen", assigned="me")
    assert (third["id"], third["reopened"]) == (first["id"], True)
    assert third["missing"]["assigned"]
    assert (await api.ticket.reopen(first["id"]))["unchanged"] is True
    texts = [
        html_to_text(each["content"]) for each in await api.ticket.timeline(first["id"]) if each["type"] == "Followup"
    ]
    assert sorted(texts) == ["95 % full", "97 % full"]


async def test_a_ticket_that_is_over_is_kept_and_warned_of(place: Place) -> None:
    api = place.client()
    first = await _raised(place, "91 % full")
    await api.ticket.close(first["id"])
    with pytest.warns(GlpiWarning, match=rf"Ticket {first['id']} is there already and is closed: on_existing='reopen'"):
        again = await _raised(place, "91 % full")
    assert (again["id"], again["existing"]) == (first["id"], True)
    assert await api.ticket.timeline(first["id"]) == []
    await api.ticket.delete(first["id"])
    reopened = await _raised(place, "99 % full", on_existing="reopen")
    row = await api.ticket.get(first["id"])
    assert (reopened["id"], bool(row["is_deleted"])) == (first["id"], False)


@one_server(because="an answer is lost by the embedded server alone, whatever its version")
async def test_a_lost_answer_is_no_reason_for_a_followup(place: Place) -> None:
    api = place.client(retries=0)
    await api.whoami()
    place.glpi.faults.add(troubles.drop_after(method="POST", path="/Ticket", times=1))
    with warnings.catch_warnings():
        warnings.simplefilter("error", GlpiWarning)
        made = await api.ticket.create(place.ticket(), key=_key(place), on_existing="reopen")
    assert (made["existing"], "followup" in made) == (False, False)
    assert await api.ticket.timeline(made["id"]) == []
