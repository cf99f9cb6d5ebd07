"""Every fault of the table, in every verb, on every client: the error, the requests, the rows."""

from __future__ import annotations

from math import inf

import pytest

from tests.faults.patience import arrived, first, impatient
from tests.faults.places import VERBS, Place, outcome
from tests.faults.table import STRIKES, TIMES_OUT, cells, expected


@pytest.mark.parametrize(("strike", "verb", "cell"), cells())
def test_what_becomes_of_a_call(
    place: Place, strike: str, verb: str, cell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        api = await place.ready()
        faults = STRIKES[strike](place)
        if strike.startswith(TIMES_OUT):
            api = impatient(monkeypatch, api, first(faults[0].times or inf))
        for fault in faults:
            place.glpi.faults.add(fault)
        said, value = await outcome(place.call(api, verb))
        place.glpi.settle()
        await arrived(place.kind, lambda: place.seen() >= len(place.sent) or not strike.startswith(TIMES_OUT))
        assert f"{said} {place.seen()} {place.done(verb)}" == expected(cell, place.api), value
        if said == "UnknownOutcome":
            assert "look on the server" in str(value)
        elif said == "done" and verb in {"create", "followup"}:
            assert value["id"] > 0

    place.play(story())


def test_the_table_is_whole() -> None:
    """Each fault strikes each verb; none is described and never played."""
    told = [(strike, verb) for strike, verb, _ in cells()]
    assert len(told) == len(set(told))
    assert set(told) == {(strike, verb) for strike in STRIKES for verb in VERBS}
