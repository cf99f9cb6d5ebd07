"""A name means what the rule says, and nothing else: the exact full path, the exact name, then both without case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glpi_utils import GlpiAmbiguousNameError, GlpiNotFoundError
from glpi_utils.testing import GlpiServer
from glpi_utils.testing.world.column_values import Refusal
from glpi_utils.testing.world.rights import SYSTEM
from glpi_utils.testing.world.world import World
from tests.faces.clients import highlevel, legacy

WORDS = [
    "Hall",
    "hall",
    "HALL",
    "Été",
    "été",
    "Ete",
    "Straße",
    "STRASSE",
    "R&D",
    "a_b",
    "a%b",
    "x y",
    "A",
    "a",
    "ä",
    "Ω 1",
]
FORMS: list[Callable[[str], str]] = [
    str,
    str.upper,
    str.lower,
    str.swapcase,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: f" {text} ",
]
AROUND = [" > ", ">", "  >", "> "]


class Place(NamedTuple):
    """A location, as it stands in the table."""

    id: int
    name: str
    path: str


class Row(NamedTuple):
    """What is to be made: a name, below which of those before it (None: none), in which entity."""

    name: str
    below: int | None
    entity: int


rows = st.lists(
    st.builds(Row, st.sampled_from(WORDS), st.none() | st.integers(0, 4), st.sampled_from([0, 0, 1])),
    min_size=1,
    max_size=8,
)


def meant(text: str, places: list[Place]) -> list[int]:
    """The rule, read off the documentation."""

    def plain(one: str) -> str:
        return unicodedata.normalize("NFC", one.strip())

    def path(one: str) -> str:
        return re.sub(r"\s*>\s*", " > ", plain(one))

    def folded(one: str) -> str:
        return unicodedata.normalize("NFC", one.casefold())

    rules: tuple[Callable[[Place], bool], ...] = (
        lambda place: path(place.path) == path(text),
        lambda place: plain(place.name) == plain(text),
        lambda place: folded(path(place.path)) == folded(path(text)),
        lambda place: folded(plain(place.name)) == folded(plain(text)),
    )
    for alike in rules:
        if found := [place.id for place in places if alike(place)]:
            return found
    return []


def planted(world: World, wanted: list[Row]) -> list[Place]:
    """Make them, but for the twins that GLPI refuses."""
    world.store.remove("Location", "id>0", ())
    made: list[Place] = []
    for row in wanted:
        parent = made[row.below % len(made)].id if row.below is not None and made else 0
        fields = {"name": row.name, "locations_id": parent, "entities_id": row.entity, "is_recursive": 1}
        try:
            new = world.insert("Location", fields, SYSTEM)
        except Refusal:
            continue
        stored: Any = world.get("Location", new)
        made.append(Place(new, stored["name"], stored["completename"]))
    return made


@st.composite
def texts(draw: st.DrawFn, places: list[Place]) -> str:
    """The name or the path of one of them, written in some way, or another word."""
    place = draw(st.sampled_from(places))
    text = draw(st.sampled_from([place.name, place.path, place.path, *WORDS]))
    text = draw(st.sampled_from(AROUND)).join(re.split(r"\s*>\s*", text))
    return str(draw(st.sampled_from(FORMS))(text))


@pytest.fixture(scope="module")
def clients() -> Iterator[tuple[GlpiServer, list[Any]]]:
    with GlpiServer(version="11.0.6") as glpi, highlevel(glpi) as one, legacy(glpi) as other:
        yield glpi, [one, other]


def compare(apis: list[Any], text: str, places: list[Place]) -> None:
    """Look it up by both APIs; hold what comes against the rule."""
    expected = meant(text, places)
    for api in apis:
        found: list[int] = []
        try:
            found = [api.location.get(text)["id"]]
        except GlpiAmbiguousNameError as error:
            found = [each["id"] for each in error.candidates]
        except GlpiNotFoundError:
            pass
        assert sorted(found) == sorted(expected), (type(api).__name__, text, places)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=st.data(), wanted=rows)
def test_a_name_means_what_the_rule_says(
    clients: tuple[GlpiServer, list[Any]], data: st.DataObject, wanted: list[Row]
) -> None:
    glpi, apis = clients
    places = glpi.do(lambda world: planted(world, wanted))
    for _ in range(3):
        compare(apis, data.draw(texts(places)), places)


def test_twins(clients: tuple[GlpiServer, list[Any]]) -> None:
    """Names that differ in case alone, in two branches; a name that is another one's path; a name in two entities."""
    glpi, apis = clients
    wanted = [
        Row("A", None, 0),
        Row("B", None, 0),
        Row("Hall", 0, 0),
        Row("hall", 1, 0),
        Row("A > Hall", 1, 0),
        Row("B", 0, 1),
    ]
    places = glpi.do(lambda world: planted(world, wanted))
    assert len(places) == len(wanted)
    counts = {"Hall": 1, "hall": 1, "HALL": 2, "A>Hall": 1, "a > hall": 1, "B": 1, "b": 1, "C": 0}
    for text, count in counts.items():
        assert len(meant(text, places)) == count, text
        compare(apis, text, places)
