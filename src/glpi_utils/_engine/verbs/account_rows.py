"""The rows that make an account: mail addresses, authorisations and memberships of groups. The legacy API alone has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..._wire import ItemList
from ..lists.sub_rows import sub_rows
from ..writes.creation import Idempotency
from ..writes.idempotency import created

if TYPE_CHECKING:
    from ..request.core import Core

Item = dict[str, Any]


class Link(NamedTuple):
    """A class of rows that hang off a user, and the columns by which GLPI shall have one row alone."""

    itemtype: str
    identity: tuple[str, ...]
    names: tuple[str, ...] = ()
    """The columns whose rows are shown by name."""


EMAIL: Final = Link("UserEmail", ("email",))
AUTHORIZATION: Final = Link("Profile_User", ("profiles_id", "entities_id"), ("profiles_id", "entities_id"))
MEMBERSHIP: Final = Link("Group_User", ("groups_id",), ("groups_id",))


class AccountRows:
    """The rows of one kind below one user, on a client of the legacy API."""

    def __init__(self, core: Core, user: int, link: Link) -> None:
        self._core, self._user, self._link = core, user, link
        self._users = core.dialect.resource("User")

    async def read(self) -> ItemList[Item]:
        """Read them all, with the names of what they link to."""
        query: Item = {"add_keys_names": list(self._link.names)} if self._link.names else {}
        listing = self._core.dialect.sub_listing(self._users, self._user, self._link.itemtype, query)
        return await sub_rows(self._core, self._users, self._user, self._link.itemtype, listing)

    async def add(self, fields: Mapping[str, Any]) -> Item:
        """Add a row, unless there is one with this identity; a lost answer is looked for."""
        wanted = Idempotency(names=self._link.identity)
        row: Item = await created(self._core, self._users, (self._user, self._link.itemtype), dict(fields), {}, wanted)
        return row

    async def change(self, fields: Item) -> None:
        """Change a row."""
        await self._core.do(self._core.dialect.update_sub_item(self._users, self._user, self._link.itemtype, fields))

    async def remove(self, rows: Sequence[Item]) -> None:
        """Remove rows, one after the other."""
        for row in rows:
            await self._core.do(
                self._core.dialect.delete_sub_item(self._users, self._user, self._link.itemtype, row["id"], True)
            )


def named(row: Item, column: str) -> Item:
    """Return what a row links to: its id and its name."""
    names = row.get("_keys_names")
    return {"id": row[column], "name": names.get(column) if isinstance(names, Mapping) else None}  # pyright: ignore[reportUnknownMemberType]


async def rows_of(core: Core, need: str, user: int, link: Link) -> AccountRows:
    """Return the rows of one kind below a user, in the legacy session of this client."""
    return AccountRows(await core.legacy_core(need), user, link)


def authorization(row: Item) -> Item:
    """Return an authorisation as the caller sees it."""
    return {
        "id": row["id"],
        "profile": named(row, "profiles_id"),
        "entity": named(row, "entities_id"),
        "recursive": bool(row["is_recursive"]),
        "dynamic": bool(row["is_dynamic"]),
    }


def by_default(rows: Sequence[Any]) -> list[Any]:
    """Return the addresses of rows, the default one first."""
    return [row["email"] for row in sorted(rows, key=lambda row: (not row.get("is_default"), row.get("id") or 0))]
