"""What is true: rows, the rules of each itemtype, and who has been let in.

Reads see what is; writes follow the business rules that the recordings show (`rules_*`) and know nothing of rights:
whoever calls them has asked `rights.may` first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from glpi_utils.testing.world.credentials import Credentials
from glpi_utils.testing.world.itil import ACTORS, ITEMS
from glpi_utils.testing.world.knowledge import Itemtype
from glpi_utils.testing.world.ruled_writes import Rules, Writes
from glpi_utils.testing.world.rules_accounts import Addresses, Authorisations, Members, Users
from glpi_utils.testing.world.rules_actors import Actors
from glpi_utils.testing.world.rules_approvals import Validations
from glpi_utils.testing.world.rules_common import (
    Authored,
    DocumentLinks,
    Documents,
    NotByHand,
    OncePerItem,
    States,
    Tree,
)
from glpi_utils.testing.world.rules_itil import Itil
from glpi_utils.testing.world.rules_links import Cousins, Items, Siblings
from glpi_utils.testing.world.rules_single import SINGLE
from glpi_utils.testing.world.rules_timeline import Followups, Solutions, Tasks

RULES: dict[str, Rules] = {
    **dict.fromkeys(ACTORS, Itil()),
    **{link: Actors() for actors in ACTORS.values() for link, _ in actors.values()},
    **dict.fromkeys(("Ticket_Ticket", "Change_Change", "Problem_Problem"), Siblings()),
    **dict.fromkeys(("Change_Ticket", "Problem_Ticket", "Change_Problem"), Cousins()),
    **dict.fromkeys(ITEMS, Items()),
    "ITILFollowup": Followups(),
    "ITILSolution": Solutions(),
    **dict.fromkeys(("TicketTask", "ChangeTask", "ProblemTask"), Tasks()),
    **dict.fromkeys(("TicketValidation", "ChangeValidation"), Validations()),
    "User": Users(),
    "UserEmail": Addresses(),
    "Group_User": Members(),
    "Profile_User": Authorisations(),
    "State": States(),
    "Infocom": OncePerItem(),
    **dict.fromkeys(("Log", "Unmanaged"), NotByHand()),
    "Document": Documents("users_id"),
    "Document_Item": DocumentLinks("users_id"),
    "KnowbaseItem_Comment": Authored("users_id"),
    **SINGLE,
    "Notepad": Authored("users_id", "users_id_lastupdater"),
}
_TREE, _PLAIN = Tree(), Rules()


class World(Writes):
    """Rows, the rules around them, who has been let in. Not for two threads at once: `GlpiServer.do` sees to that."""

    def __init__(
        self, version: str = "11.0.6", database: str = ":memory:", clock: Callable[[], datetime] | None = None
    ) -> None:
        super().__init__(version, database, clock)
        self.newer_lexer = not version.startswith(("10.", "11."))
        """Whether filters are cut as by the lexer that comes after 11.0.8; `GlpiServer(newer_lexer=...)` sets it."""
        self.turn = threading.RLock()
        """Whoever uses it in a thread that is not the server's holds this meanwhile."""
        self.credentials = Credentials()
        """OAuth clients, tokens, legacy sessions."""
        self.gaps: list[Callable[[World, int], None]] = []
        """What happens between the moments of a list, each told how many rows its page has; see `between`."""
        self.files: dict[str, bytes] = {}
        """Contents of documents by their sha1sum."""

    def rules_of(self, kind: Itemtype) -> Rules:
        """Return what happens around the writes of an itemtype."""
        return RULES.get(kind.name) or (_TREE if kind.tree else _PLAIN)

    def between(self, rows: int) -> None:
        """Let others write: GLPI reads the ids of a page, their rows and the count in statements of their own."""
        for happen in self.gaps:
            happen(self, rows)
