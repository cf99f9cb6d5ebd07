"""What the clients make of the routes that they know: what a route has not is refused before it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from glpi_utils import GlpiAPI, GlpiAPIError, GlpiOAuthClient, GlpiUnsupportedError, GlpiValidationError
from glpi_utils._dialects.high_level.availability import advice, version_check
from glpi_utils._knowledge.aliases import hl_path
from glpi_utils._knowledge.routes import Route, all_routes
from glpi_utils._knowledge.versions import numbers
from glpi_utils.exceptions import GlpiNotFoundError
from glpi_utils.testing import GlpiServer

ROUTES = tuple(all_routes())
KNOWN = [route for route in ROUTES if route.verbs]


@pytest.fixture(scope="module")
def server() -> Iterator[GlpiServer]:
    with GlpiServer() as running:
        yield running


@pytest.fixture
def api(server: GlpiServer) -> Iterator[GlpiOAuthClient]:
    with GlpiOAuthClient(
        server.url, server.client_id, server.client_secret, server.username, server.password
    ) as client:
        yield client


def api_requests(server: GlpiServer) -> list[str]:
    """What came, but for the login and the list of versions."""
    return [request.path for request in server.requests if "/v2" in request.path]


WITHOUT_IDS = [route.itemtype for route in KNOWN if not route.has_id and not route.second]


@pytest.mark.parametrize("name", WITHOUT_IDS)
def test_a_route_without_ids_has_no_items_to_name(api: GlpiOAuthClient, server: GlpiServer, name: str) -> None:
    before = len(server.requests)
    items = api.item(name)
    for call in (
        lambda: items.get(1),
        lambda: items.update({"id": 1, "name": "x"}),
        lambda: items.delete({"id": 1}),
        lambda: items.delete({"id": 1}, force_purge=True),
    ):
        with pytest.raises(GlpiValidationError, match=r"has no ids.*get_all\(\)"):
            call()
    assert len(server.requests) == before


LACKING = {
    "EventLog": ("create", "update", "delete"),
    "ApprovalSubstitute": ("update",),
    "CommonAsset": ("get", "create", "update", "delete"),
    "StatReport": ("create",),
    "Config": ("create",),
    "BatteryItem": ("list", "create", "update", "delete"),
}


def ask(api: GlpiOAuthClient, name: str, verb: str) -> Any:
    items = api.item(name)
    match verb:
        case "list":
            return items.get_all(limit=1)
        case "get":
            return items.get(1)
        case "create":
            return items.create({"name": "x"})
        case "update":
            return items.update({"id": 1, "name": "x"})
        case _:
            return items.delete({"id": 1})


@pytest.mark.parametrize(("name", "verb"), [(name, verb) for name, verbs in LACKING.items() for verb in verbs])
def test_a_verb_that_a_route_lacks(api: GlpiOAuthClient, server: GlpiServer, name: str, verb: str) -> None:
    with pytest.raises(GlpiUnsupportedError, match=r"v2\.2 has no") as caught:
        ask(api, name, verb)
    has = str(caught.value).partition("it has ")[2]
    assert {word for word in ("create", "update", "delete") if word in has} == hl_path(name).verbs - {"list", "get"}
    asked = hl_path(name).path.lower()
    assert not [path for path in api_requests(server) if path.lower().endswith((f"/{asked}", f"/{asked}/1"))]


@pytest.mark.parametrize("verb", ["search", "walk"])
def test_other_ways_to_a_list_that_is_none(api: GlpiOAuthClient, verb: str) -> None:
    with pytest.raises(GlpiUnsupportedError, match=r"BatteryItem|Item_DeviceBattery"):
        api.item("BatteryItem").search() if verb == "search" else api.item("BatteryItem").get_all_pages()


def checked(route: Route, verb: str, prefix: str) -> bool:
    """Whether a version would be asked."""
    check = version_check(route, verb)
    try:
        if check is not None:
            check(prefix)
    except GlpiUnsupportedError:
        return False
    return True


@pytest.mark.parametrize("prefix", ["v2.3", "v2.4", "v2.10", "v3.0", "v4.1"])
def test_newer_servers_are_asked_for_all_that_is_not_known_to_be_gone(prefix: str) -> None:
    for route in ROUTES:
        gone = bool(route.until) and numbers(prefix) >= numbers(route.until)
        for verb in ("list", "get", "create", "update", "delete"):
            lacks = prefix == "v2.3" and verb not in route.verbs
            assert checked(route, verb, prefix) is not (gone or lacks)
    assert checked(hl_path("Setup/NeverHeardOf"), "create", prefix)
    assert checked(hl_path("NeverHeardOf"), "delete", prefix)


def test_every_verb_that_the_document_has_may_be_asked() -> None:
    for version in ("2.2", "2.3"):
        for route in KNOWN:
            verbs = route.verbs if numbers(route.since) <= numbers(version) else frozenset()
            may = {
                verb for verb in ("list", "get", "create", "update", "delete") if checked(route, verb, f"v{version}")
            }
            assert may == verbs, (route, version)


@pytest.mark.parametrize(
    ("name", "prefix", "asked"),
    [
        *(("KnowbaseItem", "v2.1", False), ("KnowbaseItem", "v2.2", True), ("Reminder", "v2.0", False)),
        *(("Reminder", "v2.1", True), ("SLA", "v2.2", False), ("SLA", "v2.3", True), ("ComputerModel", "v2.2", False)),
        *(("Setup/AutomaticAction", "v2.3", False), ("PendingReason", "v2.3", True), ("Webhook", "v2.2", False)),
        *(
            ("Assets/SoftwareLicense", "v2.3", True),
            ("Assets/SoftwareLicense", "v3.0", False),
            ("License", "v3.0", True),
        ),
    ],
)
def test_a_route_is_there_in_its_versions(name: str, prefix: str, asked: bool) -> None:
    assert checked(hl_path(name), "list", prefix) is asked


def test_a_version_without_the_route_is_told_and_not_asked(server: GlpiServer) -> None:
    with GlpiOAuthClient(
        server.url, server.client_id, server.client_secret, server.username, server.password, api_version="2.1"
    ) as old:
        with pytest.raises(GlpiUnsupportedError, match=r"from 2\.2 on.*v2\.1"):
            old.knowledgebase.get_all()
        assert old.ticket.get(1)["id"] == 1
    assert not [path for path in api_requests(server) if "v2.1/Knowledgebase" in path]


@pytest.mark.filterwarnings("ignore:version 3.0")
@pytest.mark.parametrize("pin", ["2.3", "3.0"])
def test_a_newer_server_is_asked_for_what_an_older_one_lacks(pin: str) -> None:
    with (
        GlpiServer(version="12.0.0") as newer,
        GlpiOAuthClient(
            newer.url, newer.client_id, newer.client_secret, newer.username, newer.password, api_version=pin
        ) as api,
    ):
        with pytest.raises(GlpiUnsupportedError if pin == "2.3" else GlpiAPIError):
            ask(api, "EventLog", "create")
        sent = [seen.method for seen in newer.requests if seen.path.endswith("/Administration/EventLog")]
        assert sent == ([] if pin == "2.3" else ["POST"])
        if pin == "2.3":
            assert isinstance(api.item("KBCategory").get_all(), list)
        else:
            with pytest.raises(GlpiUnsupportedError, match=r"until 3\.0"):
                api.item("KBCategory").get_all()


def test_custom_assets_on_both_apis(server: GlpiServer, api: GlpiOAuthClient) -> None:
    new = api.custom("MyType").create({"name": "one of ours"})["id"]
    assert api.custom("MyType").get(new)["name"] == "one of ours"
    with GlpiAPI(server.url, user_token=server.user_token) as legacy:
        assert legacy.custom("MyType").get(new)["name"] == "one of ours"
        assert repr(legacy.custom("MyType", "model")).endswith("(itemtype='Glpi\\\\CustomAsset\\\\MyTypeAssetModel')")
    model = api.custom("MyType", "model").create({"name": "a model"})["id"]
    assert api.item("Assets/Custom/MyTypeModel").get(model)["name"] == "a model"
    assert api.item("Glpi\\CustomAsset\\MyTypeAsset").get(new)["id"] == new
    with pytest.raises(GlpiNotFoundError):
        api.custom("Nowhere").get_all()


@pytest.mark.parametrize(
    ("name", "part"),
    [("", ""), ("a/b", ""), ("a b", ""), ("../x", ""), (None, ""), (7, ""), ("MyType", "x"), ("A", None)],
)
def test_what_is_no_custom_asset(api: GlpiOAuthClient, server: GlpiServer, name: Any, part: Any) -> None:
    before = len(server.requests)
    with pytest.raises(GlpiValidationError):
        api.custom(name, part)
    assert len(server.requests) == before


def test_an_unknown_attribute_names_close_ones(api: GlpiOAuthClient) -> None:
    with pytest.raises(AttributeError, match=r"Did you mean network_equipment|networkequipment"):
        _ = api.network_equipement  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match=r"rule_ticket.*api\.custom\('rule_tickets'\)"):
        _ = api.rule_tickets  # type: ignore[attr-defined]


def test_a_class_that_has_no_route_is_said_to_be_in_the_legacy_api(api: GlpiOAuthClient) -> None:
    api = api.with_options(legacy="never")
    for call in (api.network_port.get_all, lambda: api.network_port.get(1)):
        with pytest.raises(GlpiUnsupportedError, match=r"no NetworkPort by itself; GlpiAPI"):
            call()
    with pytest.raises(GlpiUnsupportedError, match=r"no Group_User by itself; GlpiAPI"):
        api.item("group_user").create({"users_id": 4, "groups_id": 1})
    with pytest.raises(GlpiNotFoundError) as caught:
        api.item("NeverHeardOf").get_all()
    assert "GlpiAPI" not in str(caught.value)
    assert "did you mean" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "meant"), [("Tikcet", "ticket"), ("Compuuter", "computer"), ("RuleTicke", "rule_ticket")]
)
def test_a_misspelt_name_is_refused_with_what_may_be_meant(api: GlpiOAuthClient, name: str, meant: str) -> None:
    for call in (lambda: api.item(name).get(1), lambda: api.item(name).get_all(limit=1)):
        with pytest.raises(GlpiNotFoundError, match=rf"did you mean .*{meant}"):
            call()


def test_reads_that_always_fail_are_explained(api: GlpiOAuthClient) -> None:
    for call in (api.cartridge.get_all, lambda: api.cartridge.get(1)):
        with pytest.raises(
            GlpiAPIError, match=r"answers so to every read of Assets/Cartridge \(seen up to 11\.0\.8\); GlpiAPI"
        ):
            call()


@pytest.mark.parametrize("prefix", ["v2.4", "v3.0"])
def test_newer_servers_are_not_explained_by_what_an_old_one_does(prefix: str) -> None:
    assert advice("Assets/Cartridge", 500, "v2.2")
    assert advice("Assets/Cartridge", 500, "v2.3")
    assert not advice("Assets/Cartridge", 500, prefix)
    assert not advice("NetworkPort", 404, prefix)


def test_all_names_are_offered(api: GlpiOAuthClient) -> None:
    offered = set(dir(api))
    assert {"network_equipment", "sim_card", "rule_ticket", "software_license", "itil_category", "custom"} <= offered
    for name in offered:
        if not name.startswith("_"):
            assert getattr(api, name) is not None or "version" in name
