"""Replays one recording on a fresh double and compares every answer."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from urllib.parse import quote

from tests.conformance.compare import differences
from tests.conformance.play import RECORDED, Play
from tests.conformance.recording import Answer, Exchange, Recording, Request
from tests.conformance.scene import Cue, Scene, Token
from tests.conformance.shape import Difference
from tests.conformance.wire import Outgoing, send

SUB_ITEMS = {
    "Followup": "ITILFollowup",
    "Task": "TicketTask",
    "Solution": "ITILSolution",
    "Validation": "TicketValidation",
    "Article": "KnowbaseItem",
    "Email": "UserEmail",
    "HlThing": "Glpi\\CustomAsset\\MyTypeAsset",
    "Memory": "DeviceMemory",
    "Note": "Notepad",
    "Socket": "Glpi\\Socket",
    "SoftwareInstallation": "Item_SoftwareVersion",
    "SLALevel": "SlaLevel",
    "OLALevel": "OlaLevel",
    "Version": "SoftwareVersion",
}
"""The last word of a created item's address, where it is not the itemtype."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one exchange came to; alike when there are no differences."""

    exchange: Exchange
    sent: Outgoing
    got: Answer
    differences: list[Difference]

    @property
    def alike(self) -> bool:
        """Nothing differs."""
        return not self.differences

    def __str__(self) -> str:
        shown = json.dumps(self.got.json, ensure_ascii=False) if self.got.is_json else self.got.text
        body = (self.sent.body or b"")[:200].decode(errors="replace")
        lines = [
            f"#{self.exchange.number} {self.exchange.note!r}",
            f"  sent {self.sent.method} {self.sent.path[:200]} {body}",
            f"  got  {self.got.status} {shown[:400]}",
            *(f"  unlike in {each}" for each in self.differences),
        ]
        return "\n".join(lines)


def scene_of(recording: Recording) -> Scene:
    """The scenario file of a topic."""
    name = re.sub(r"\W", "_", f"{recording.api}_{recording.topic}")
    scene: Scene = import_module(f"tests.conformance.scenarios.{'v' if name[0].isdigit() else ''}{name}").SCENE
    return scene


def replay(recording: Recording) -> list[Result]:
    """Every exchange in order, on one double of the recorded version."""
    from glpi_utils.testing import GlpiServer

    scene = scene_of(recording)
    server = GlpiServer(version=recording.version, tickets=scene.tickets).start()
    try:
        play = Play(server, scene.when or RECORDED)
        scene.prepare(play)
        return _all(recording, scene, play)
    finally:
        server.close()  # an error inside the double shows in the answer; the other exchanges are compared all the same


def _all(recording: Recording, scene: Scene, play: Play) -> list[Result]:
    met: Counter[str] = Counter()
    results: list[Result] = []
    for exchange in recording.exchanges:
        met[exchange.note] += 1
        try:
            cue = scene.cue(exchange.note, met[exchange.note])
            results.append(_one(recording.api, exchange, cue, play, scene.spelt))
        except Exception as trouble:
            out = Outgoing(exchange.request.method, exchange.request.path)
            results.append(Result(exchange, out, Answer(0), [Difference("scene", "plays", repr(trouble))]))
    return results


def _one(api: str, exchange: Exchange, cue: Cue, play: Play, spelt: Mapping[str, str]) -> Result:
    if cue.before is not None:
        cue.before(play)
    for itemtype, first in created(exchange):
        play.wind(itemtype, first)
    out = outgoing(exchange.request, cue, play)
    if cue.edit is not None:
        cue.edit(play, out)
    for name, own in spelt.items():
        out.path = out.path.replace(name, own)
        out.body = None if out.body is None else out.body.replace(name.encode(), own.encode())
    got = _as_recorded(send(play.server.url, out), spelt)
    play.learn(got)
    return Result(exchange, out, got, differences(api, exchange, got, play.server.url, cue.free))


def _as_recorded(got: Answer, spelt: Mapping[str, str]) -> Answer:
    """The answer with the recorded server's names."""
    if not spelt:
        return got
    headers, body = json.dumps(got.headers), json.dumps(got.json)
    for name, own in spelt.items():
        headers, body = headers.replace(own, name), body.replace(own, name)
    return replace(got, headers=json.loads(headers), json=json.loads(body))


def created(exchange: Exchange) -> list[tuple[str, int]]:
    """The itemtype and first id of what the recorded answer says it created."""
    if exchange.request.method != "POST" or exchange.answer.status not in {200, 201, 207, 302}:
        return []
    headers = exchange.answer.headers
    where = headers.get("location", "") or headers.get("link", "").split(",")[0]
    found = re.search(r"/([A-Za-z_]+)/(\d+)$", where)
    if found:
        return [(SUB_ITEMS.get(found[1], found[1]), int(found[2]))]
    added = re.search(r'"id": (\d+), "message"', json.dumps(exchange.answer.json))
    itemtype = exchange.request.path.rstrip("/").rsplit("/", 1)[-1]
    return [(itemtype, int(added[1]))] if added else []


def outgoing(request: Request, cue: Cue, play: Play) -> Outgoing:
    """The recorded request with every placeholder filled in."""
    body = request.text
    if request.json is not None:
        body = json.dumps(request.json, ensure_ascii=False)
    form = "x-www-form-urlencoded" in request.headers.get("Content-Type", "")
    headers = {name: _fill(value, cue, play) for name, value in request.headers.items()}
    filled = None if body is None else _fill(body, cue, play, quoted=form)
    path = _fill(request.path, cue, play, quoted=True)
    return Outgoing(request.method, path, headers, None if filled is None else filled.encode())


def _fill(text: str, cue: Cue, play: Play, *, quoted: bool = False) -> str:
    def value(found: re.Match[str]) -> str:
        made = _stands_for(found[1], cue, play)
        return quote(made, safe="") if quoted else made

    text = re.sub(r"(.)<\.\.\.(\d+) chars>", lambda found: found[1] * int(found[2]), text)
    text = re.sub(r"<(client_id|client_secret|token|refresh_token|session_token|app_token)>", value, text)
    return re.sub(r"<base64\((.*?)\)>", lambda found: base64.b64encode(found[1].encode()).decode(), text)


def _stands_for(name: str, cue: Cue, play: Play) -> str:
    server = play.server
    if name == "token":
        return _made(cue.token, play, play.token)
    if name == "session_token":
        return _made(cue.session, play, play.session)
    if name == "refresh_token":
        return _made(cue.refresh if cue.refresh is not None else play.pairs[-1].refresh, play, str)
    known = {"client_id": server.client_id, "client_secret": server.client_secret, "app_token": play.app_token}
    return known[name]


def _made(token: Token, play: Play, by_name: Callable[[str], str]) -> str:
    return by_name(token) if isinstance(token, str) else token(play)
