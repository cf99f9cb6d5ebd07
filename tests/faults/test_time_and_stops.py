"""Time that runs out, connections that died unseen, and whoever stops a write half-way."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

from glpi_utils import GlpiConnectionError, Retry
from glpi_utils._engine.request import call
from glpi_utils.testing import Fault, troubles
from tests.faults.patience import Turned, arrived, closed, holding, interrupting
from tests.faults.places import Place, ours, outcome

T = troubles
ONCE: dict[str, Any] = {"times": 1}
PATIENT = Retry(attempts=50, pause=0.05, factor=1, longest=0.05)


# time


@pytest.mark.parametrize(
    ("strike", "said", "verb"),
    [
        (lambda: T.status(502, html="x"), "API", "read"),
        (T.too_many, "RateLimit", "create"),
        (lambda: T.too_many(3600), "RateLimit", "create"),
        (T.drop_before, "Connection", "delete"),
        (T.hang, "Timeout", "update"),
        (lambda: T.latency(600), "Timeout", "read"),
    ],
    ids=["502", "429", "429, Retry-After", "reset", "hang", "slow"],
)
def test_no_repeat_outlives_max_time(
    place: Place, strike: Callable[[], Fault], said: str, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        api = await place.ready(timeout=5, retries=PATIENT)
        place.glpi.faults.add(strike())
        clock = Turned(monkeypatch, api, hangs=said == "Timeout")
        began = clock.at
        ended, error = await outcome(place.call(api.with_options(max_time=0.2), verb))
        assert ended == said, error
        assert clock.at - began <= 0.2 + 1e-9
        await arrived(place.kind, lambda: place.seen() >= len(place.sent))
        assert 1 <= place.seen() <= 9, "pauses of half to whole of 0.05 s"

    place.play(story())


@pytest.mark.parametrize("asked", [30, 3600, "inf"])
def test_no_pause_that_a_server_asks_for_holds_a_walk_beyond_max_time(place: Place, asked: Any) -> None:
    async def story() -> None:
        api = await place.ready(timeout=5, retries=Retry(attempts=3, pause=0.01))
        place.glpi.faults.add(T.too_many(asked))
        ended, error = await outcome(api.with_options(max_time=2).ticket.get_all_pages())
        assert ended == "RateLimit", error

    place.play(story())


def test_waiting_for_a_login_counts_too(place: Place) -> None:
    async def story() -> None:
        api = place.client(timeout=60)
        hang = place.glpi.faults.add(T.hang(path="/token" if place.hl else "initSession"))
        began = time.monotonic()
        ended, error = await outcome(place.call(api.with_options(max_time=0.3), "create"))
        assert (ended, place.done("create")) == ("Timeout", 0)
        assert "login is still under way" in str(error)
        assert time.monotonic() - began < 30, "half of what the login may take"
        place.glpi.faults.remove(hang)

    place.play(story())


# connections that died unseen


@pytest.mark.parametrize("verb", ["read", "update", "delete"])
def test_a_stale_connection_costs_one_repeat(place: Place, verb: str) -> None:
    async def story() -> None:
        api = await place.ready()
        place.glpi.faults.add(T.stale_keep_alive(**ONCE))
        await place.call(api, "read")
        said, value = await outcome(place.call(api, verb))
        assert (said, place.seen(), place.done(verb)) == ("done", 2, int(verb != "read")), value

    place.play(story())


def test_a_create_does_not_try_a_connection_that_idled(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        api = await place.ready()
        monkeypatch.setattr(call, "_MAX_IDLE_FOR_A_CREATE", 0.05)
        place.glpi.faults.add(T.stale_keep_alive(**ONCE))
        await place.call(api, "read")
        (await asyncio.sleep(0.1)) if place.kind == "async" else time.sleep(0.1)
        said, value = await outcome(place.call(api, "create"))
        assert (said, place.done("create")) == ("done", 1), value

    place.play(story())


def test_on_one_that_did_not_idle_its_outcome_is_unknown(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        api = await place.ready()
        monkeypatch.setattr(call, "_MAX_IDLE_FOR_A_CREATE", 600)
        place.glpi.faults.add(T.stale_keep_alive(**ONCE))
        await place.call(api, "read")
        said, value = await outcome(place.call(api, "create"))
        assert (said, place.done("create")) == ("UnknownOutcome", 0), value

    place.play(story())


@pytest.mark.parametrize("verb", ["read", "create"])
def test_a_connection_whose_end_was_seen_is_not_used(place: Place, verb: str) -> None:
    async def story() -> None:
        api = await place.ready()
        place.glpi.faults.add(T.stale_keep_alive(idle=0.02, **ONCE))
        await place.call(api, "read")
        await arrived(place.kind, closed(place.glpi, place.glpi.requests[-1].connection))
        (await asyncio.sleep(0.05)) if place.kind == "async" else time.sleep(0.05)
        said, value = await outcome(place.call(api, verb))
        assert (said, place.seen()) == ("done", 2), value

    place.play(story())


# whoever stops a write


METHODS = {
    "create": "POST",
    "followup": "POST",
    "delete": "DELETE",
}


def told(place: Place, verb: str) -> str:
    method = METHODS.get(verb, "PATCH" if place.hl else "PUT")
    return f"{method} /"


def warned(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.levelname == "WARNING"]


@pytest.mark.parametrize("way", ["cancel", "timeout", "wait_for"])
@pytest.mark.parametrize("place", [("hl", "async"), ("legacy", "async")], ids=["hl", "legacy"], indirect=True)
@pytest.mark.parametrize("verb", ["create", "update", "delete", "followup", "read"])
def test_a_cancelled_task(place: Place, verb: str, way: str, caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        api = await place.ready()
        hang = place.glpi.faults.add(T.hang(executed=True, **ONCE))
        stop: BaseException
        task = asyncio.create_task(place.call(api, verb))
        await arrived(place.kind, holding(hang, place.glpi))
        if way == "cancel":
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            stop = caught.value
        else:
            with pytest.raises(TimeoutError) as late:
                if way == "timeout":
                    async with asyncio.timeout(0.01):
                        await task
                else:
                    await asyncio.wait_for(task, 0.01)
            assert isinstance(late.value.__cause__, asyncio.CancelledError)
            stop = late.value.__cause__
        _noted(place, verb, stop, caplog)
        assert place.done(verb) == int(verb != "read"), "GLPI finishes what it has begun"
        place.glpi.faults.clear()
        assert (await api.user.get(2))["id"] == 2, "the client goes on"

    with caplog.at_level(logging.WARNING, "glpi_utils"):
        place.play(story())


def _noted(place: Place, verb: str, stop: BaseException, caplog: pytest.LogCaptureFixture) -> None:
    notes: list[str] = getattr(stop, "__notes__", [])
    if verb == "read":
        assert (notes, warned(caplog)) == ([], [])
        return
    assert len(notes) == 1
    assert notes[0].startswith(told(place, verb))
    assert notes[0].endswith("was sent, its outcome is unknown")
    assert warned(caplog) == notes


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="no way to send a signal to a thread")
@pytest.mark.parametrize("verb", ["create", "update", "delete", "followup", "read"])
def test_ctrl_c(place: Place, verb: str, caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        api = await place.ready()
        hang = place.glpi.faults.add(T.hang(executed=True, **ONCE))
        interrupting(place.glpi, hang).start()
        stop: BaseException | None = None
        try:
            await place.call(api, verb)
        except (KeyboardInterrupt, asyncio.CancelledError) as caught:
            stop = caught
        assert isinstance(stop, KeyboardInterrupt if place.kind == "sync" else asyncio.CancelledError)
        _noted(place, verb, stop, caplog)
        assert place.done(verb) == int(verb != "read")
        if place.kind == "sync":
            place.glpi.faults.clear()
            assert (await api.user.get(2))["id"] == 2
        else:
            raise stop

    with caplog.at_level(logging.WARNING, "glpi_utils"):
        if place.kind == "sync":
            place.play(story())
            return
        with pytest.raises(KeyboardInterrupt):  # asyncio.run turns the cancelled main task into that
            place.play(story())


def test_errors_hold_nothing_foreign_even_while_another_is_handled(place: Place) -> None:
    async def story() -> None:
        api = await place.ready()
        place.glpi.faults.add(T.drop_before())
        mine = KeyError("mine")
        with pytest.raises(GlpiConnectionError) as caught:
            try:
                raise mine
            except KeyError:
                await place.call(api, "read")
        assert caught.value.__context__ is mine, "the caller's own stays where Python puts it"
        caught.value.__context__ = None
        ours(caught.value)

    place.play(story())
