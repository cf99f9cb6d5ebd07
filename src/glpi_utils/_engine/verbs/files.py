"""The verbs that give files as bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...exceptions import GlpiUnsupportedError
from .sub_item_checks import resolve_me

if TYPE_CHECKING:
    from ..request.core import Core


class AsyncFiles:
    """The part of the items' verbs that gives no rows."""

    if TYPE_CHECKING:
        _core: Core
        _name: str

    async def picture(self, id: int | str) -> bytes | None:
        """Read the picture of a user as bytes, or None where there is none. ``id`` may be "me".

        Raises `GlpiNotFoundError` where there is no such user; other itemtypes have no pictures here
        (`GlpiUnsupportedError`). GLPI offers no way to set one.

        >>> api.user.picture("me") is None
        True
        """
        itemtype = self._core.dialect.itemtype(self._name)
        if itemtype != "User":
            raise GlpiUnsupportedError(f"users have pictures, api.user.picture(5); {itemtype} has none in either API")
        owner = await resolve_me(self._core, self._name, id)
        row = await self._core.do(self._core.dialect.get(self._name, owner, {}))
        if not row.get("picture"):  # GLPI 11.0.6 breaks (500) over a user without one
            return None
        return await self._core.do(self._core.dialect.picture(self._name, owner))
