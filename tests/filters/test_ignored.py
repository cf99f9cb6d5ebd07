"""Where GLPI reads no filter and no order, none is sent; where it answers every order with 500, neither."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from glpi_utils import F, GlpiAPIError, GlpiOAuthClient, GlpiValidationError
from glpi_utils._knowledge.relations import unfilterable
from glpi_utils._knowledge.routes import all_routes
from glpi_utils.testing import GlpiServer
from tests.live.making import highlevel

BLIND = [
    "Administration/User/Me/Email",
    "Assistance/Stat",
    "Rule/Collection/Ticket/ActionField",
    "Rule/Collection/Asset/CriteriaCondition",
]


@pytest.fixture(scope="module")
def api() -> Iterator[GlpiOAuthClient]:
    with GlpiServer() as glpi, highlevel(glpi, scope="api user") as made:
        yield made


@pytest.mark.parametrize("path", BLIND)
def test_a_filter_that_would_be_ignored(api: GlpiOAuthClient, path: str) -> None:
    every = api.item(path).get_all()
    for word, value in (("filter", "nosuch==1"), ("sort", "nosuch")):
        assert api.request("GET", f"/{path}", params={word: value}) == every
    for given in ({"filter": F.name == "x"}, {"filter": "name==x"}):
        with pytest.raises(GlpiValidationError, match=f"{path} takes no filter: GLPI ignores it and gives every row"):
            api.item(path).get_all(**given)
    with pytest.raises(GlpiValidationError, match="takes no sort"):
        api.item(path).get_all(sort="-name")


def test_which_are_known() -> None:
    blind = {route.path for route in all_routes() if route.blind}
    assert set(BLIND) < blind
    assert len(blind) == 55
    assert not blind & {"Setup/Config", "Assets/Global", "Rule/Collection/Ticket/Rule"}


def test_all_assets_are_sorted_by_id_alone(api: GlpiOAuthClient) -> None:
    assets = api.item("Assets/Global")
    with pytest.raises(GlpiAPIError) as broken:
        api.with_options(retries=0).request("GET", "/Assets/Global", params={"sort": "name"})
    assert broken.value.status_code == 500
    with pytest.raises(GlpiValidationError, match=r"Assets/Global is sorted by id alone"):
        assets.get_all(sort="name")
    assert len(assets.get_all(sort="id", limit=200)) == len(assets.get_all(limit=200))


def test_entity_0_has_children(api: GlpiOAuthClient) -> None:
    found = api.entity.get_all(filter=F.parent == 0)
    assert found
    assert {row["parent"] and row["parent"]["id"] for row in found} == {0}
    with pytest.raises(GlpiValidationError, match="GLPI has no 0 there"):
        api.computer.get_all(filter=F.location == 0)


@pytest.mark.parametrize(
    ("schema", "name"),
    [("User", "password2"), ("LDAPDirectory", "rootdn_password"), ("State", "visibilities.computer")],
)
def test_what_is_not_filtered_or_sorted_by(api: GlpiOAuthClient, schema: str, name: str) -> None:
    assert unfilterable(schema, tuple(name.split(".")))
    with pytest.raises(GlpiValidationError, match="cannot be asked of the server exactly"):
        api.item(schema).get_all(filter=F[name].not_null())
    with pytest.raises(GlpiValidationError, match=f"{schema} cannot be sorted by '{name}'"):
        api.item(schema).get_all(sort=name)
