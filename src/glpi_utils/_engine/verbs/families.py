"""The verbs that not every type has, family by family: all of them at run time, those of its families alone to checkers.

A family is a class whose verbs the same itemtypes have, as `_knowledge/capabilities_table.py` says. `tools/make_sync.py`
and `tools/make_types.py` read from here which there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .accounts import AsyncAccounts
from .approvals import AsyncApprovals
from .documents import AsyncDocuments, AsyncUploads
from .files import AsyncDownloads, AsyncPictures
from .item_links import AsyncItemLinks
from .life_cycle import AsyncLifeCycle
from .links import AsyncLinks
from .team import AsyncTeam
from .timeline import AsyncTimeline
from .transferring import AsyncTransfer
from .trees import AsyncTrees


class AsyncAllFamilies(
    AsyncAccounts,
    AsyncApprovals,
    AsyncDocuments,
    AsyncDownloads,
    AsyncItemLinks,
    AsyncLifeCycle,
    AsyncLinks,
    AsyncPictures,
    AsyncTeam,
    AsyncTimeline,
    AsyncTransfer,
    AsyncTrees,
    AsyncUploads,
):
    """The verbs of every family."""


if TYPE_CHECKING:

    class AsyncOfFamilies:
        """Stands for the families of a type, which `glpi_utils.types` knows."""

else:
    AsyncOfFamilies = AsyncAllFamilies
