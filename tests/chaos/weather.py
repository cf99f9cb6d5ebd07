"""What goes wrong during a run: some of the kinds of trouble that a walk survives, or one that none does."""

from __future__ import annotations

import random
from collections.abc import Callable

from glpi_utils.testing import Fault, GlpiServer, troubles

Kind = Callable[[float], Fault]
TICKETS = "/Ticket"

SURVIVABLE: dict[str, Kind] = {
    "latency": lambda chance: troubles.latency(0.02, method="GET", chance=chance),
    "500 page": lambda chance: troubles.status(500, html="Internal Server Error", method="GET", chance=chance),
    "500 empty": lambda chance: troubles.status(500, method="GET", chance=chance),
    "502": lambda chance: troubles.status(502, html="502 Bad Gateway", method="GET", chance=chance),
    "504, executed": lambda chance: troubles.status(504, html="504", executed=True, method="GET", chance=chance),
    "cut, chunked": lambda chance: troubles.truncated(method="GET", chance=chance),
    "cut, with length": lambda chance: troubles.truncated(announced="length", method="GET", chance=chance),
    "garbage behind": lambda chance: troubles.garbage(method="GET", chance=chance),
    "reset before": lambda chance: troubles.drop_before(method="GET", chance=chance),
    "reset instead of the answer": lambda chance: troubles.drop_after(method="GET", chance=chance),
    "closed before": lambda chance: troubles.drop_before(reset=False, method="GET", chance=chance),
    "429": lambda chance: troubles.too_many(method="GET", chance=chance / 2),
    "429, told when": lambda chance: troubles.too_many(retry_after=0, method="GET", chance=chance / 2),
    "login expired": lambda chance: troubles.expired_token(method="GET", chance=chance / 20),
    "login revoked": lambda chance: troubles.revoked_token(method="GET", chance=chance / 20),
    "stale keep-alive": lambda chance: troubles.stale_keep_alive(method="GET", chance=chance),
    "closed after": lambda chance: troubles.stale_keep_alive(idle=0.001, method="GET", chance=chance),
    "byte order mark": lambda chance: troubles.byte_order_mark(method="GET", chance=chance),
    "memory": lambda _chance: troubles.memory_limit(150),
}
UNSURVIVABLE: dict[str, Callable[[], Fault]] = {
    "500 page": lambda: troubles.status(500, html="Internal Server Error", path=TICKETS),
    "502": lambda: troubles.status(502, html="502 Bad Gateway", path=TICKETS),
    "empty": lambda: troubles.status(200, path=TICKETS),
    "cut": lambda: troubles.truncated(path=TICKETS),
    "garbage behind": lambda: troubles.garbage(path=TICKETS),
    "reset": lambda: troubles.drop_after(path=TICKETS),
    "memory for ten rows": lambda: troubles.memory_limit(10),
    "login refused": lambda: troubles.revoked_token(path=TICKETS),
    "429": lambda: troubles.too_many(path=TICKETS),
    "maintenance": lambda: troubles.maintenance(path=TICKETS),
    "after some pages": lambda: troubles.status(500, html="Internal Server Error", path=TICKETS, after=3),
}


def rough(glpi: GlpiServer, dice: random.Random) -> list[str]:
    """Arm some survivable kinds; about every twelfth answer is spoilt. Gives their names."""
    names = dice.sample(sorted(SURVIVABLE), dice.randint(2, 8))
    for name in names:
        glpi.faults.add(SURVIVABLE[name](0.15 / len(names)))
    return names
