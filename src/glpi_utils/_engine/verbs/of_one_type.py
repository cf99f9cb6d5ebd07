"""What the verbs on the items of one type have in common: the client, and what was named."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..._hints import hint
from ...exceptions import GlpiUnsupportedError

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core
else:
    Core, Resource = hint("glpi_utils._engine.request.core.Core"), hint("glpi_utils._dialects.shared.resource.Resource")


class OfOneType:
    """The items of one type, without verbs."""

    _core: Core
    _name: str

    @cached_property
    def _resource(self) -> Resource:
        """What the name stands for, found out at the first call: the error for a wrong name comes with that."""
        return self._core.dialect.resource(self._name)

    @property
    def _items(self) -> Any:
        """These items with all their verbs, which other parts of them have."""
        return self

    async def _owner(self, value: Any) -> Any:
        """Return the id of the item that a verb reads or hangs something off; a name is looked up, "me" may stay."""
        from ..names.resolving import own_id
        from .sub_item_checks import resolve_me

        return await resolve_me(self._core, self._resource, await own_id(self._core, self._resource, value))

    def _require(self, verb: str) -> None:
        """Refuse a verb that such items do not have; nothing is sent."""
        from ..._knowledge.capabilities import has_verb, with_verb

        itemtype = self._resource.itemtype
        if has_verb(itemtype, verb) is False:
            having = with_verb(verb)
            shown = ", ".join(having[:6]) + (f" and {len(having) - 6} others" if len(having) > 6 else "")
            raise GlpiUnsupportedError(f"{itemtype} has no {verb}(): {shown} have it")
