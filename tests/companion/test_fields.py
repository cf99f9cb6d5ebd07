"""Fields that an HL client writes through the legacy session: refused before anything is written, or told truly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from glpi_utils import (
    GlpiAuthError,
    GlpiNotAppliedError,
    GlpiPermissionError,
    GlpiValidationError,
)
from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel

TICKET: dict[str, Any] = {"name": "x", "content": "y"}
DUE: dict[str, Any] = {"resolution_date": "2031-01-02 10:00:00"}


def writes(glpi: GlpiServer) -> int:
    return sum(seen.method in ("POST", "PUT", "PATCH") and "/token" not in seen.path for seen in glpi.requests)


def test_what_will_be_refused_is_refused_before_the_item_is_written(glpi: GlpiServer) -> None:
    glpi.set_legacy_api(on=False)
    with highlevel(glpi) as client:
        api: Any = client
        calls: list[Callable[[], Any]] = [
            lambda: api.ticket.create({**TICKET, **DUE}),
            lambda: api.ticket.create([TICKET, {**TICKET, **DUE}]),
            lambda: api.ticket.update({"id": 1, "urgency": 5, **DUE}),
        ]
        for call in calls:
            with pytest.raises(
                Exception, match=r"^resolution_date needs a legacy session .* takes it from 2\.3 on.*switch on"
            ):
                call()
        glpi.set_legacy_api(credentials=False)
        with pytest.raises(GlpiAuthError, match="group needs"):
            api.computer.create({"name": "x", "group": [1]})
        glpi.set_legacy_api()
        with pytest.raises(GlpiValidationError, match="time_to_resolve"):
            api.ticket.create({**TICKET, "resolution_date": "tomorrow"})
        with pytest.raises(GlpiValidationError, match="urgency"):
            api.ticket.update({"id": 1, "urgency": 9, **DUE})
        with pytest.raises(GlpiValidationError, match="resolution_date"):
            api.with_options(legacy="never").ticket.create({**TICKET, **DUE})
        with pytest.raises(GlpiPermissionError, match="read-only"):
            api.with_options(read_only=True).ticket.create({**TICKET, **DUE})
    assert writes(glpi) == 0


def test_what_fails_afterwards_is_told_with_what_was_done(glpi: GlpiServer) -> None:
    with highlevel(glpi, retries=0) as client:
        api: Any = client
        glpi.faults.status(502, path="/v1/Ticket", method="PUT", times=2)
        with pytest.raises(
            GlpiNotAppliedError, match=r"was created, but not its resolution_date.*Do not create it again"
        ) as error:
            api.ticket.create({**TICKET, **DUE})
        assert list(error.value.ignored) == ["resolution_date"]
        assert glpi.rows("Ticket", id=error.value.id)[0]["time_to_resolve"] is None
        with pytest.raises(GlpiNotAppliedError, match=r"was updated, but not its resolution_date.*Repeat it"):
            api.ticket.update({"id": error.value.id, "urgency": 5, **DUE})
        assert api.ticket.update({"id": error.value.id, **DUE})["urgency"] == 5
        assert glpi.rows("Ticket", id=error.value.id)[0]["time_to_resolve"] == DUE["resolution_date"]


def test_a_lost_answer_of_the_second_write_is_sent_again(glpi: GlpiServer) -> None:
    with highlevel(glpi) as client:
        api: Any = client
        glpi.faults.drop_after(path="/v1/Ticket", method="PUT", times=1)
        new = api.ticket.create({**TICKET, **DUE}, key="alarm-1")
        assert glpi.rows("Ticket", id=new["id"])[0]["time_to_resolve"] == DUE["resolution_date"]
        before = writes(glpi)
        assert api.ticket.create({**TICKET, "resolution_date": "2032-01-01"}, key="alarm-1")["existing"] is True
        assert writes(glpi) == before
