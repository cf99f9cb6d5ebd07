"""The verbs on the accounts of users: what they may do where, their groups, their mail addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..._wire import ItemList
from ..names.resolving import item_id
from .of_one_type import OfOneType

if TYPE_CHECKING:
    from .account_rows import AccountRows, Link

Item = dict[str, Any]


class AsyncAccounts(OfOneType):
    """The part of the items' verbs that concerns accounts. GLPI has it on the legacy API alone."""

    async def authorizations(self, id: int | str) -> ItemList[Item]:
        """Read what a user may do where: an authorisation is a profile in an entity.

        Args:
            id: The id of the user, the login, or "me".

        Returns:
            An `ItemList` of dicts with ``id``, ``profile`` and ``entity`` (each with ``id`` and ``name``),
                ``recursive`` (it holds for the entities below too) and ``dynamic`` (a rule of GLPI's made it).

        Raises:
            GlpiNotFoundError: There is no such user, or you may not see it.
            GlpiUnsupportedError: Items of this type have no authorisations.

        >>> [each["profile"]["name"] for each in api.user.authorizations("glpi")]
        ['Super-Admin']
        """
        from .account_rows import AUTHORIZATION, authorization

        self._require("authorizations")
        rows = await self._account_rows("authorizations", id, AUTHORIZATION)
        shown = [authorization(row) for row in await rows.read()]
        return ItemList(shown, len(shown), complete=True)

    async def grant(self, id: int | str, profile: int | str, entity: int | str, recursive: bool = False) -> Item:
        """Authorise a user for a profile in an entity. A second call changes nothing.

        Args:
            id: As in `authorizations`.
            profile: The id or the name of the profile.
            entity: The id, the name or the path of the entity.
            recursive: True: it holds for the entities below too. An authorisation that is there already is changed.

        Returns:
            The authorisation, as in `authorizations`, with ``existing``: True where it was there already.

        Raises:
            GlpiNotFoundError: There is no such user, profile or entity. Nothing was changed.
            GlpiPermissionError: You may not authorise, or not for a profile that may do more than yours.
            GlpiUnknownOutcomeError: The answer was lost, and the authorisation is not there yet.

        >>> new = api.user.create({"realname": "Otto", "username": "otto"})
        >>> [api.user.grant("otto", "Technician", 0)["existing"] for _ in range(2)]
        [False, True]
        """
        from .account_parts import Authorization

        self._require("grant")
        part = Authorization(self._core, profile, entity, recursive)
        user = await self._user("grant", id)
        await part.prepare(user)
        return await part.apply(user, "existing")

    async def revoke(self, id: int | str, profile: int | str, entity: int | str | None = None) -> list[Item]:
        """Take an authorisation from a user. One that is not there is no error.

        Args:
            id: As in `authorizations`.
            profile: The id or the name of the profile.
            entity: The id, the name or the path of the entity. None: in all entities.

        Returns:
            The authorisations that were removed, as in `authorizations`.

        Raises:
            GlpiNotFoundError: There is no such user, profile or entity. Nothing was changed.
            GlpiPermissionError: You may not take it.

        >>> api.user.revoke("glpi", "Technician")
        []
        """
        from .account_parts import ids_of
        from .account_rows import AUTHORIZATION, authorization

        self._require("revoke")
        rows = await self._account_rows("revoke", id, AUTHORIZATION)
        core = await self._core.legacy_core("revoke")
        wanted = await ids_of(core, [("Profile", profile), *([] if entity is None else [("Entity", entity)])])
        gone = [
            row
            for row in await rows.read()
            if row["profiles_id"] == wanted[0] and (entity is None or row["entities_id"] == wanted[1])
        ]
        await rows.remove(gone)
        return [authorization(row) for row in gone]

    async def add_to_group(self, id: int | str, group: int | str) -> Item:
        """Add a user to a group. A second call changes nothing.

        Args:
            id: As in `authorizations`.
            group: The id, the name or the path of the group.

        Returns:
            ``{"id": 5, "existing": False}``: the id of the membership. ``existing`` is True where it was there already.

        Raises:
            GlpiNotFoundError: There is no such user or group. Nothing was changed.
            GlpiUnknownOutcomeError: The answer was lost, and the membership is not there yet.

        >>> api.user.add_to_group("glpi", 1)["existing"]
        False
        """
        from .account_parts import ids_of
        from .account_rows import MEMBERSHIP

        self._require("add_to_group")
        rows = await self._account_rows("add_to_group", id, MEMBERSHIP)
        (number,) = await ids_of(await self._core.legacy_core("add_to_group"), [("Group", group)])
        made = await rows.add({"groups_id": number})
        return {"id": made["id"], "existing": made["existing"]}

    async def remove_from_group(self, id: int | str, group: int | str) -> None:
        """Take a user out of a group. One who is not in it is no error.

        Args:
            id: As in `authorizations`.
            group: The id, the name or the path of the group.

        Raises:
            GlpiNotFoundError: There is no such user or group. Nothing was changed.

        >>> api.user.remove_from_group("glpi", 1)
        """
        from .account_parts import ids_of
        from .account_rows import MEMBERSHIP

        self._require("remove_from_group")
        rows = await self._account_rows("remove_from_group", id, MEMBERSHIP)
        (number,) = await ids_of(await self._core.legacy_core("remove_from_group"), [("Group", group)])
        await rows.remove([row for row in await rows.read() if row["groups_id"] == number])

    async def emails(self, id: int | str) -> list[str]:
        """Read the mail addresses of a user, the default one first.

        ``update({"id": 5, "emails": [...]})`` sets them.

        Args:
            id: As in `authorizations`.

        Returns:
            A list of texts.

        Raises:
            GlpiNotFoundError: There is no such user, or you may not see it.

        >>> changed = api.user.update({"id": 2, "emails": ["glpi@example.org"]})
        >>> api.user.emails("glpi")
        ['glpi@example.org']
        """
        from .account_rows import EMAIL, by_default

        self._require("emails")
        return by_default(await (await self._account_rows("emails", id, EMAIL)).read())

    async def _account_rows(self, need: str, id: int | str, link: Link) -> AccountRows:
        from .account_rows import rows_of

        return await rows_of(self._core, need, await self._user(need, id), link)

    async def _user(self, need: str, id: int | str) -> int:
        """Return the id of a user who is there: GLPI adds such rows to nobody without a word."""
        return await item_id(self._core, self._resource, id)
