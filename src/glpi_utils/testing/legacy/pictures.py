"""`/User/2/Picture`: no user of the embedded GLPI has one."""

from __future__ import annotations

import re

from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.legacy import replies
from glpi_utils.testing.legacy.errors import bad_request
from glpi_utils.testing.world.world import World


def user_named(path: str) -> int | None:
    """Return the user whose picture a path asks for."""
    match = re.search(r"(?i)user/(\d+)/picture", path)
    return int(match.group(1)) if match else None


def answer(world: World, req: Req, id: int) -> Answer:
    """204, or 400 for a user that is none."""
    if world.get("User", id) is None:
        raise bad_request(f"Bad request: user with id '{id}' not found")
    return Answer(204, (*replies.cors(req), *replies.SESSION_STARTED, replies.HTML))
