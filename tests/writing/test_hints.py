"""A hint names what would be accepted in its place: every hint that the tables can give is tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from glpi_utils import F, GlpiAPIError, GlpiError, GlpiPermissionError, GlpiValidationError
from glpi_utils._dialects.dialect import Dialect
from glpi_utils._dialects.high_level import availability as having
from glpi_utils._dialects.high_level import property_names as naming
from glpi_utils._dialects.high_level.filtering import narrowed
from glpi_utils._dialects.high_level.requests import HighLevel
from glpi_utils._dialects.legacy.advice import advice
from glpi_utils._dialects.shared.write_rules import Rules
from glpi_utils._knowledge import aliases, children, fields, legacy_columns, routes, versions
from glpi_utils._knowledge.relations import by_id, unfilterable
from glpi_utils._knowledge.subs import subs_of
from glpi_utils._wire import Request
from tests.engine.fakes import HL, LEGACY

UNKNOWN = "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM"
ROUTES = sorted({each.path: each for name in aliases.names() if (each := routes.find(name.replace("_", "")))}.items())
MEANT = re.compile(r"did you mean (.*?)\?|here it is '(\w+)'|column is '(\w+)'")


def hinted(text: str) -> Iterator[str]:
    for many, here, column in MEANT.findall(text):
        yield from (many or here or column).split(" or ")


def messages(dialect: Dialect, name: str, field: str, verb: str) -> str:
    """What is said of a field that the type lacks."""
    row = {"id": 1, field: 1} if verb == "update" else {field: 1}
    try:
        found = dialect.checked(dialect.resource(name), None, row, {}, verb, Rules(version=versions.KNOWN))
    except GlpiValidationError as error:
        return str(error)
    return " ".join([*found.warnings, *(doubt.message for doubt in found.doubts)])


def refused_as_read_only(dialect: Dialect, name: str, field: str, verb: str) -> bool:
    """Whether a field that was hinted at is refused whatever its value is."""
    row = {"id": 1, field: "x"} if verb == "update" else {field: "x"}
    try:
        dialect.checked(dialect.resource(name), None, row, {}, verb, Rules(version=versions.KNOWN))
    except GlpiError as error:
        return bool(re.search(r"has no field|read-only|sets it by itself|tells it, whatever", str(error)))
    return False


def refused(path: str, code: str, query: str = "") -> str:
    """What is said where the legacy API refuses to read at a path."""
    return advice(Request("GET", path, query), GlpiAPIError("no", 400, code))


def misspelt(names: Iterator[str] | list[str]) -> Iterator[str]:
    """Names that look like those of a type, and those of the other API."""
    for name in names:
        yield f"{name}x" if len(name) % 2 else name[:-1]


@pytest.mark.parametrize("verb", ["create", "update"])
def test_of_fields_on_the_high_level_api(verb: str) -> None:
    tried = 0
    for path, route in ROUTES:
        known = fields.fields_of(route.schema, versions.KNOWN) if route.schema else None
        if known is None or verb not in route.verbs:
            continue
        columns = legacy_columns.columns_of(route.itemtype) or {}
        for name in {*misspelt(list(known)), *columns} - set(known):
            for hint in hinted(messages(HL, path, name, verb)):
                tried += 1
                assert hint != name
                assert not refused_as_read_only(HL, path, hint, verb), (path, name, hint)
    assert tried > 2_000


@pytest.mark.parametrize("verb", ["create", "update"])
def test_of_columns_on_the_legacy_api(verb: str) -> None:
    tried = 0
    for _, route in ROUTES:
        columns = legacy_columns.columns_of(route.itemtype) if route.in_legacy else None
        if columns is None:
            continue
        known = (fields.fields_of(route.schema, versions.KNOWN) if route.schema else None) or {}
        for name in {*misspelt(list(columns)), *known} - set(columns):
            for hint in hinted(messages(LEGACY, route.itemtype, name, verb)):
                tried += 1
                assert hint != name
                assert hint in columns or legacy_columns.column_for(route.itemtype, hint) in columns, (name, hint)
                assert not refused_as_read_only(LEGACY, route.itemtype, hint, verb), (route.itemtype, name, hint)
    assert tried > 2_000


def test_a_document_that_is_sent_unchecked_is_refused_with_the_client_that_attaches_it() -> None:
    request, error = (
        Request("POST", "Assistance/Ticket/5/Timeline/Document"),
        GlpiPermissionError("no", 403, "ERROR_RIGHT_MISSING"),
    )
    for newer in (False, True):
        assert "GlpiAPI (the legacy API) does" in HighLevel("").advice(request, error, "v2.2", newer)


def test_of_itemtypes_on_the_high_level_api() -> None:
    for known in aliases.names():
        for name in (known, f"{known}x", known[:-1]):
            if routes.find(name) is not None:
                continue
            text = having.advice(name, 404, "v2.2")
            for hint in hinted(text):
                route = aliases.hl_path(aliases.resolve(hint) or hint)
                assert route.verbs, (name, hint)
                assert hint.replace("_", "") != name.replace("_", ""), text
            if aliases.resolve(name) is not None and routes.find(str(aliases.resolve(name)).lower()) is None:
                assert "GlpiAPI (the legacy API)" in text


def test_of_itemtypes_on_the_legacy_api() -> None:
    tried = 0
    for known in aliases.names():
        for name in (known, f"Glpi\\{known}x"):
            if routes.known_class(name.replace("_", "")) is not None:
                continue
            text = refused(quote(name, safe=""), UNKNOWN)
            hints = list(hinted(text))
            assert len(set(hints)) == len(hints), text
            for hint in hints:
                tried += 1
                assert hint != name
                assert aliases.class_name(hint) == hint, (name, hint)
    assert tried > 400


@pytest.mark.parametrize(
    "path", ["Compter", "Compter/5", "search/Compter", "listSearchOptions/Compter", "Glpi%5CCompter"]
)
def test_of_an_itemtype_wherever_a_request_has_it(path: str) -> None:
    assert refused(path, UNKNOWN).startswith("did you mean Computer or ")


def test_of_columns_that_a_legacy_list_is_narrowed_or_sorted_by() -> None:
    tried = 0
    for _, route in ROUTES:
        columns = legacy_columns.columns_of(route.itemtype) if route.in_legacy else None
        if columns is None:
            continue
        known = (fields.fields_of(route.schema, versions.KNOWN) if route.schema else None) or {}
        for name in {*misspelt(list(columns)[-3:]), *known} - set(columns):
            text = refused(quote(route.itemtype, safe=""), "ERROR", f"sort={name}&order=ASC")
            assert repr(name) in text
            for hint in hinted(text):
                tried += 1
                assert hint in columns, (route.itemtype, name, hint)
    assert tried > 1_000


@pytest.mark.parametrize("path", ["Ticket", "User/2/Ticket"])
def test_of_a_column_of_what_hangs_off_an_item_too(path: str) -> None:
    assert refused(path, "ERROR", "sort=nam") == "Ticket has no column 'nam': did you mean name?"
    narrowed = refused(path, "ERROR_FIELD_NOT_FOUND", "searchText%5Bnam%5D=x&searchText%5Bid%5D=%5E5%24&sort=id")
    assert narrowed == "Ticket has no column 'nam': did you mean name?"
    assert refused(path, "ERROR", "sort=name&searchText%5Bname%5D=x") == ""
    assert refused("PluginFoo", "ERROR", "sort=nam") == ""


@pytest.mark.parametrize("version", ["v2.0", "v2.2", "v2.3"])
def test_of_properties_that_a_list_is_filtered_or_sorted_by(version: str) -> None:
    tried = 0
    for schema in fields.schemas():
        known = naming.known(schema, version)
        if known is None:
            continue
        columns = legacy_columns.columns_of(fields.itemtype_of(schema) or "") or {}
        for name in sorted({*misspelt(sorted(known.names)[-2:]), *list(columns)[-8:], "nam", "team.nme"} - known.names):
            if name.partition(".")[0] in known.open:
                continue
            text = str(naming.refuse(schema, version, name, known))
            compared = re.findall(r"calls it (\S+)$|object: (.*) is compared", text)
            for hint in [*hinted(text), *(each for one, many in compared for each in (one or many).split(" or "))]:
                tried += 1
                assert hint in known.names, (schema, name, hint)
                assert not unfilterable(schema, tuple(hint.split("."))), (schema, name, hint)
    assert tried > 500


@pytest.mark.parametrize("version", ["2.0", "2.1", "2.2", "2.3"])
def test_of_what_an_object_is_compared_by_where_its_id_is_no_id(version: str) -> None:
    tried = named = 0
    for schema in fields.schemas():
        known = naming.known(schema, version)
        for name in fields.fields_of(schema, version) or {}:
            if known is None or name == "status" or not by_id(schema, name) or unfilterable(schema, (name,)):
                continue
            with pytest.raises(GlpiValidationError, match="an id is compared here, not 'x'") as caught:
                narrowed(F[name] == "x", schema, client_side=False)
            tried += 1
            for since, hint in re.findall(r"by name(?: from API (\S+) on)?: F\.(\S+)$", str(caught.value)):
                named += 1
                assert hint in known.names, (schema, hint)
                assert not unfilterable(schema, tuple(hint.split("."))), (schema, hint)
                assert not since or versions.numbers(since) <= versions.numbers(version)
    assert tried - 50 < named < tried, "some objects have no name, most do"
    assert named > 200


def test_of_an_object_that_a_version_lacks_it_is_told_since_when_it_has_a_name() -> None:
    later = [
        (schema, name)
        for schema in fields.schemas()
        for name in (fields.fields_of(schema, "2.3") or {}).keys() - (fields.fields_of(schema, "2.2") or {}).keys()
        if by_id(schema, name) and f"{name}.name" in (naming.known(schema, "2.3") or naming.Leaves(frozenset())).names
    ]
    assert len(later) > 20
    for schema, name in later:
        with pytest.raises(GlpiValidationError, match=rf"by name from API 2\.3 on: F\.{name}\.name$"):
            narrowed(F[name] == "x", schema, client_side=False)


def test_of_a_name_that_looks_like_none_the_schema_that_can_be_asked_for_is_named() -> None:
    text = str(naming.refuse("Document_Item", "v2.2", "nam", naming.Leaves(frozenset({"id", "documents_id"}))))
    assert text.endswith("api.schema('Document_Item') tells what it has")


def test_of_what_hangs_off_items_on_the_legacy_api() -> None:
    for _, route in ROUTES:
        for sub in subs_of(route):
            part = sub.name.rpartition("/")[2]
            for name in (f"{part}x", part[:-1], part):
                for hint in children.close_subs(route.itemtype, name):
                    assert children.legacy_sub(route.itemtype, hint) == hint, (route.itemtype, name, hint)
                    assert fields.itemtype_of(hint) != "", (route.itemtype, name, hint)


def test_of_what_hangs_off_an_item_wherever_the_legacy_api_has_it_in_no_path() -> None:
    ticket = LEGACY.resource("Ticket")
    operations = [
        LEGACY.sub_item(ticket, 5, "Followupp", 1),
        LEGACY.add_sub_item(ticket, 5, "Followupp", {"content": "x"}, {}),
    ]
    for operation in operations:
        assert advice(operation.request, GlpiAPIError("no", 400, UNKNOWN)) == "did you mean ITILFollowup?"
    for parent, name, meant in (
        ("Computer", "Noet", "Notepad"),
        ("Ticket", "Taks", "TicketTask"),
        ("Computer", "Meomry", "Item_DeviceMemory"),
    ):
        asked = LEGACY.sub_item(LEGACY.resource(parent), 5, name, 1).request
        assert advice(asked, GlpiAPIError("no", 400, UNKNOWN)).startswith(f"did you mean {meant}")
    like_none = LEGACY.add_sub_item(ticket, 5, "Zzz", {"content": "x"}, {}).request
    text = advice(like_none, GlpiAPIError("no", 400, UNKNOWN))
    assert text.startswith("a Ticket has ")
    names = text.removeprefix("a Ticket has ").split(", ")
    assert {"ITILFollowup", "ITILSolution", "TicketTask", "TicketValidation"} <= set(names)
    assert [children.legacy_sub("Ticket", name) for name in names] == names


def test_of_assets_that_are_not_there() -> None:
    assert refused("Glpi%5CCustomAsset%5CDronAsset", UNKNOWN) == "itemtypes() lists the custom assets that there are"
    assert having.advice("Assets/Custom/Dron", 404, "v2.2") == "itemtypes() lists the custom assets that there are"
    assert having.advice("Assets/Sokcet", 404, "v2.2").startswith("did you mean socket")
    for path in ("Assets/Custom/Drone/5", "Assets/Socket/5", "Assets/Socket"):
        assert having.advice(path, 404, "v2.2") == ""
