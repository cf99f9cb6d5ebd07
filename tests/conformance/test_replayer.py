"""The replayer notices when the double changes: answers altered on the way are found unlike, each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.conformance import replay as replayer
from tests.conformance.play import Play
from tests.conformance.recording import Answer, load
from tests.conformance.scene import Cue
from tests.conformance.wire import Outgoing, send

TOPIC = load("hl", "oauth_expired_and_races", "11.0.6")


@pytest.mark.parametrize(
    ("alter", "where"),
    [
        (lambda got: replace(got, status=401), "status"),
        (lambda got: replace(got, json=got.json | {"title": "Bad token"}), "body.title"),
        (lambda got: replace(got, json={"status": got.json["status"]}), "body keys"),
        (lambda got: replace(got, headers=got.headers | {"set-cookie": "glpi=1"}), "set-cookie"),
        (lambda got: replace(got, headers=got.headers | {"content-type": "text/html"}), "content-type"),
    ],
)
def test_altered_answers_are_unlike(
    alter: Callable[[Answer], Answer], where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replayer, "send", lambda base, out: alter(send(base, out)))
    results = replayer.replay(TOPIC)
    assert results
    assert all(where in [each.where for each in result.differences] for result in results)


def test_a_scene_that_can_not_be_played_is_a_mismatch(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Answer:
        raise ConnectionResetError("the double hung up")

    monkeypatch.setattr(replayer, "send", broken)
    assert [result.alike for result in replayer.replay(TOPIC)] == [False] * len(TOPIC.exchanges)


def test_placeholders_are_filled_in_and_nothing_else_changes() -> None:
    from glpi_utils.testing import GlpiServer

    request = load("hl", "oauth_token", "11.0.6").exchanges[10].request
    with GlpiServer(tickets=0) as server:
        out = replayer.outgoing(request, Cue(), Play(server))
        assert out.headers["Authorization"] == "Basic bXktYXBwOm15LXNlY3JldA=="
        assert out.body == b"grant_type=password&username=glpi&password=glpi&scope=api"
        assert (out.method, out.path) == ("POST", "/api.php/token")


def test_the_wire_adds_only_what_http_needs() -> None:
    from glpi_utils.testing import GlpiServer

    with GlpiServer(tickets=0) as server:
        send(server.url, Outgoing("POST", "/api.php/token", {"X-Odd": "é".encode().decode("latin-1")}, b"\xff"))
        (seen,) = server.seen()
        assert seen.body == b"\xff"
        assert set(seen.headers) == {"host", "x-odd", "content-length", "connection"}
