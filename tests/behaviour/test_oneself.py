"""Oneself and users: "me", addresses, preferences, pictures, and the tree of entities."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import GlpiAPIError, GlpiNotFoundError, GlpiUnsupportedError, GlpiValidationError
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import troubles
from glpi_utils.testing.faults import making
from glpi_utils.testing.http.wire import Answer
from tests.behaviour.places import Place, one_server, only

HL = only("hl", because="a matter of the High-Level API's paths")
LEGACY = only("legacy", because="there GLPI takes any row for what hangs off an item")
FOUR = one_server(because="no server makes a difference: it is refused before it is asked")
EMBEDDED = only(where="embedded", because="looks at what the server was asked, or changes what it tells")


async def test_oneself(place: Place) -> None:
    api = place.client()
    who = (await api.whoami())["user"]["id"]
    assert (await api.user.get("me"))["id"] == int(who)
    assert (await api.get_item("User", "ME"))["id"] == int(who)
    with pytest.raises(GlpiValidationError, match="positive integer"):
        await api.computer.get("me")
    with pytest.raises(GlpiValidationError, match="positive integer"):
        await api.ticket.get_sub_items("me", "ITILFollowup")
    if not place.hl:
        return
    mine = place.client(scope="api user")
    place.sent.clear()
    assert (await mine.user.get("me"))["id"] == int(who)
    assert len(place.told("Administration/User/Me")) == 1


async def test_addresses_of_a_user(place: Place) -> None:
    api = place.client()
    login = "".join(sign for sign in place.name("user") if sign.isalnum())
    user = (await api.user.create({"username" if place.hl else "name": login}))["id"]
    assert await api.user.get_sub_items(user, "Email") == []
    if place.hl:
        alone = place.client(legacy="never")
        with pytest.raises(GlpiUnsupportedError, match=r"GlpiAPI.*UserEmail"):
            await alone.user.add_sub_item(user, "Email", {"email": "a@example.org"})
        with pytest.raises(GlpiUnsupportedError, match="oneself alone"):
            await alone.user.add_sub_item("me", "Email", {"email": "a@example.org"})
    new = await api.user.add_sub_item(user, "Email", {"email": "a@example.org"})
    for name in ("Email", "UserEmail", "emails"):
        assert [row["email"] for row in await api.user.get_sub_items(user, name)] == ["a@example.org"]
    await api.user.update_sub_item(user, "Email", {"id": new["id"], "email": "b@example.org"})
    assert [row["email"] for row in await api.user.get_sub_items(user, "Email")] == ["b@example.org"]
    await api.user.delete_sub_item(user, "Email", new["id"])
    assert await api.user.get_sub_items(user, "Email") == []
    await api.user.delete({"id": user}, force_purge=True)


@HL
@EMBEDDED
async def test_an_address_of_ones_own(place: Place) -> None:
    api = place.client(scope="api user")
    address = f"x{len(place.mark)}-{place.cell.kind}@example.org"
    made = await api.user.add_sub_item("me", "Email", {"email": address})
    for name in ("Email", "useremail"):
        found = await api.user.get_sub_items("me", name)
        assert made["id"] in [row["id"] for row in found]
    who = (await api.whoami())["user"]["id"]
    assert address in [row["email"] for row in await api.user.get_sub_items(who, "Email")]


WRITES = ("add_sub_item", "update_sub_item", "delete_sub_item")


async def _write(api: AsyncClient, verb: str, owner: int | str, sub: str) -> None:
    if verb == "delete_sub_item":
        await api.user.delete_sub_item(owner, sub, 99_999_999)
    elif verb == "update_sub_item":
        await api.user.update_sub_item(owner, sub, {"id": 99_999_999})
    else:
        await api.user.add_sub_item(owner, sub, {"comment": "x"})


@FOUR
@HL
@pytest.mark.parametrize("owner", ["me", 2])
@pytest.mark.parametrize("name", ["Email", "UserEmail", "emails"])
@pytest.mark.parametrize("verb", ["update_sub_item", "delete_sub_item"])
async def test_addresses_are_changed_and_removed_by_the_legacy_api(
    place: Place, verb: str, name: str, owner: int | str
) -> None:
    api = place.client(legacy="never")
    place.sent.clear()
    with pytest.raises(GlpiUnsupportedError, match=rf'GlpiAPI does: {verb}\(5, "UserEmail", '):
        await _write(api, verb, owner, name)
    assert place.told("Administration/User") == []


@FOUR
@HL
@pytest.mark.parametrize("verb", WRITES)
@pytest.mark.parametrize(
    ("name", "elsewhere"),
    [
        *(("Note", "GlpiAPI (the legacy API) has it as Notepad"), ("Document", "has it as Document_Item")),
        *(("Group", "GlpiAPI (the legacy API) links the two by Group_User"), ("Profile", "by Profile_User")),
        *(("Group_User", "has it as Group_User"), ("UsedItem", ""), ("NeverHeardOf", "")),
    ],
)
async def test_what_the_high_level_api_lacks_below_oneself(place: Place, verb: str, name: str, elsewhere: str) -> None:
    with pytest.raises((GlpiUnsupportedError, GlpiValidationError)) as caught:
        await _write(place.client(legacy="never"), verb, "me", name)
    assert elsewhere in str(caught.value)
    assert ("GlpiAPI" in str(caught.value)) == bool(elsewhere)


@FOUR
@pytest.mark.parametrize("verb", [*WRITES, "get_sub_items"])
async def test_a_picture_is_no_item_below_oneself(place: Place, verb: str) -> None:
    api = place.client()
    with pytest.raises(GlpiUnsupportedError, match=r"picture\("):
        await (
            api.user.get_sub_items("me", "Picture") if verb == "get_sub_items" else _write(api, verb, "me", "Picture")
        )


@FOUR
@LEGACY
@pytest.mark.parametrize("verb", WRITES)
@pytest.mark.parametrize(
    ("name", "instead"), [("Group", "rows of Group_User link the two"), ("Location", r"api.item('Location')")]
)
async def test_what_names_no_user_is_not_changed_as_if_it_hung_off_one(
    place: Place, verb: str, name: str, instead: str
) -> None:
    """GLPI would change, or purge, any group: it does not look at the parent."""
    api = place.client()
    place.sent.clear()
    with pytest.raises(GlpiUnsupportedError, match="does not hang off a User, none of its columns names one") as caught:
        await _write(api, verb, "me", name)
    assert instead in str(caught.value)
    assert place.told(f"/{name}") == []


async def test_preferences(place: Place) -> None:
    api = place.client()
    if not place.hl:
        with pytest.raises(GlpiUnsupportedError, match="fields of the user"):
            await api.user.get_sub_items("me", "Preference")
        return
    (before,) = await api.user.get_sub_items("me", "Preference")
    await api.user.update_sub_item("me", "preference", {"list_limit": before["list_limit"] or 20})
    (after,) = await api.user.get_sub_items("me", "UserPreferences")
    assert after["list_limit"] == (before["list_limit"] or 20)


async def test_no_picture(place: Place) -> None:
    api = place.client()
    assert await api.user.picture(2) is None
    assert await api.user.picture("me") is None
    with pytest.raises(GlpiNotFoundError):
        await api.user.picture(99999999)
    with pytest.raises(GlpiUnsupportedError, match=r"api\.user\.picture"):
        await api.computer.picture(1)


@EMBEDDED
@pytest.mark.parametrize("kind", ["image/png", "text/html"])
async def test_a_picture_is_bytes(place: Place, kind: str) -> None:
    api = place.client(retries=0)
    row = await api.user.get(2)
    content = b"\x89PNG\r\n\x1a\n\x00\xff"
    place.glpi.faults.add(troubles.status(200, {**row, "picture": "x.png"}, path="/User/2", times=1))
    answer = Answer(200, (("Content-Type", kind),), content)
    place.glpi.faults.add(making.replaced("picture", answer, executed=False, path="/Picture"))
    if kind == "image/png":
        assert await api.user.picture(2) == content
        return
    with pytest.raises(GlpiAPIError):
        await api.user.picture(2)


async def test_the_tree_of_entities(place: Place) -> None:
    api = place.client()
    (root,) = await api.get_entity_tree()
    assert set(root) == {"id", "name", "children"}
    assert root["id"] == 0

    def ids(of: list[dict[str, Any]]) -> set[int]:
        return {each["id"] for each in of} | {found for each in of for found in ids(each["children"])}

    assert ids([root]) == {row["id"] for row in await api.entity.get_all_pages()}
    if place.cell.embedded:
        above = {"parent": {"id": 0}} if place.hl else {"entities_id": 0}
        made = (await api.entity.create({"name": place.name(), **above}))["id"]
        (root,) = await place.client().get_entity_tree()
        assert made in ids(root["children"])


@HL
@EMBEDDED
async def test_the_tree_came_with_2_2(place: Place) -> None:
    if place.oldest == "v2.0":
        with pytest.raises(GlpiUnsupportedError, match=r"from 2\.2 on"):
            await place.client(api_version="2.1").get_entity_tree()
