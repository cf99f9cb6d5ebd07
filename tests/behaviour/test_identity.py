"""Who one is to the server, and what the server is."""

from __future__ import annotations

import re

import pytest

from glpi_utils import GlpiPermissionError, GlpiUnsupportedError, GlpiValidationError, GLPIVersion
from tests.behaviour.places import Call, Place, only, told


async def test_whoami(place: Place) -> None:
    api = place.client()
    said = await api.whoami()
    assert set(said) == {"user", "profile", "entity", "scopes", "versions"}
    assert said["user"]["name"] == (place.glpi.username if place.server else told("USERNAME"))
    assert isinstance(said["user"]["id"], int)
    assert set(said["profile"]) == {"id", "name"}
    assert set(said["entity"]) == {"id", "name", "recursive"}
    assert said["versions"]["glpi"] == str(await api.get_version())
    if place.hl:
        assert said["scopes"] == ["api"]
        assert said["versions"]["api"] == api.api_version
        assert said["versions"]["listed"]
    else:
        assert (said["scopes"], said["versions"]["api"], said["versions"]["listed"]) == ([], None, [])


@only(where="embedded", because="needs a user without rights")
async def test_whoami_of_a_user_with_few_rights(place: Place) -> None:
    said = await place.client(username="post-only", password="postonly").whoami()
    assert (said["user"]["name"], said["profile"]["id"]) == ("post-only", 1)
    assert said["versions"]["glpi"] == (None if place.hl else place.cell.where)


async def test_the_version(place: Place) -> None:
    api = place.client()
    if place.hl or place.cell.kind == "async":
        assert api.version is None
    version = await api.get_version()
    assert isinstance(version, GLPIVersion)
    assert version >= "10"
    if place.server:
        assert str(version) == place.cell.where
    before = len(place.sent)
    assert api.version == version == await api.get_version()
    assert len(place.sent) == before, "it is read once"


@only("legacy", because="HL's property reads nothing")
async def test_the_legacy_property_reads_the_version(place: Place) -> None:
    api = place.client()
    if place.cell.kind == "sync":
        assert isinstance(api.version, GLPIVersion)
        assert place.told("getGlpiConfig")
    else:
        assert api.version is None
        assert place.sent == []


@only("hl", because="the legacy API tells it to everyone")
@only(where="embedded", because="needs a user without rights")
async def test_a_version_that_one_may_not_know(place: Place) -> None:
    with pytest.raises(GlpiPermissionError, match=rf"{re.escape(place.newest)}$"):
        await place.client(username="post-only", password="postonly").get_version()


async def test_the_versions_of_the_api(place: Place) -> None:
    api = place.client()
    if not place.hl:
        with pytest.raises(GlpiUnsupportedError, match="GlpiOAuthClient"):
            await api.get_api_versions()
        assert api.api_version is None
        return
    listed = await api.get_api_versions()
    assert all(each["version"] and each["endpoint"] for each in listed)
    assert str(api.api_version).removeprefix("v") in ".".join(each["version"] for each in listed)
    assert len(place.sent) == 1, "the list is public"


@only("hl", because="the legacy API has no versions")
async def test_the_list_of_versions_is_read_once(place: Place) -> None:
    api = place.client()
    assert api.api_version is None
    await api.ticket.get_all(limit=1)
    await api.ticket.get_all(limit=1)
    await api.get_api_versions()
    await api.with_options(timeout=9).whoami()
    assert len([each for each in place.sent if each.url.endswith("api.php/")]) == 1


@only("hl", because="the legacy API has no versions")
@only(where="embedded", because="which versions there are differs")
@pytest.mark.parametrize(
    ("pin", "used"),
    [
        (None, "newest"),
        ("2", "newest"),
        ("v2", "newest"),
        (2, "newest"),
        ("oldest without v", "oldest"),
        ("oldest", "oldest"),
        (2.1, "oldest"),
        ("oldest and a patch", "oldest"),
    ],
)
async def test_pins(place: Place, pin: object, used: str) -> None:
    number = place.oldest.removeprefix("v")
    spelt = {
        "oldest without v": number,
        "oldest": place.oldest,
        "oldest and a patch": f"{number}.0",
        2.1: float(number),
    }
    used = getattr(place, used)
    api = place.client(api_version=spelt.get(pin, pin))
    await api.ticket.get(1)
    versioned = {seen.path.split("/")[2] for seen in place.glpi.seen(path="Assistance")}
    assert {each[:4] for each in versioned} == {used}
    assert str(api.api_version)[:4] == used


@only("hl", because="the legacy API has no versions")
@only(where="embedded", because="which versions there are differs")
@pytest.mark.parametrize("pin", ["2.4", "4", "2.9.9"])
async def test_a_pin_that_the_server_does_not_list(place: Place, pin: str) -> None:
    api = place.client(api_version=pin)
    with pytest.raises(GlpiUnsupportedError, match=re.escape(place.newest.removeprefix("v"))):
        await api.ticket.get(1)
    assert place.glpi.seen(path="Assistance") == []


@only("hl", because="the legacy API has no versions")
@pytest.mark.parametrize("pin", ["1", "v1", "1.0", "abc", "", "2.x", "-2"])
async def test_a_pin_that_is_none(place: Place, pin: str) -> None:
    if pin:
        with pytest.raises(GlpiValidationError):
            place.client(api_version=pin)
    else:
        assert place.client(api_version=pin).api_version is None


async def test_my_profiles_and_the_active_one(place: Place) -> None:
    api = place.client()
    mine, active = await api.get_my_profiles(), await api.get_active_profile()
    assert active["id"] in [each["id"] for each in mine]
    assert all({"id", "name", "entities"} <= set(each) for each in mine)
    assert (active["id"], active["name"]) == tuple((await api.whoami())["profile"].values())


async def test_the_active_entities(place: Place) -> None:
    active = await place.client().get_active_entities()
    assert active["id"] in [each["id"] for each in active["active_entities"]]


async def test_the_whole_session(place: Place) -> None:
    api = place.client()
    said, me = await api.get_full_session(), (await api.whoami())["user"]
    assert said["user_id" if place.hl else "glpiID"] == me["id"]


async def test_what_one_api_lacks_names_the_client_that_has_it(place: Place) -> None:
    api = place.client(**({"legacy": "never"} if place.hl else {}))
    calls: list[Call] = [api.get_api_versions, lambda: api.schema("Ticket")]
    if place.hl:
        calls = [
            lambda: api.set_active_profile(4),
            lambda: api.set_active_entity(0),
            api.get_my_entities,
            api.get_glpi_config,
            lambda: api.upload_document("a.txt"),
            lambda: api.login(user_token="x"),
        ]
    for call in calls:
        with pytest.raises(GlpiUnsupportedError, match="GlpiAPI" if place.hl else "GlpiOAuthClient"):
            await call()
    assert place.sent == []
