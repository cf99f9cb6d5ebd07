"""What the verbs on the items of one type have in common: the client, and what was named."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..._hints import hint

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
