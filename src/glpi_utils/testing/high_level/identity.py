"""Who a token stands for: the user, the active profile and the active entities of one request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from glpi_utils.testing.http.wire import Req
from glpi_utils.testing.world.credentials import AccessToken
from glpi_utils.testing.world.rights import Who, entities_below, entities_of
from glpi_utils.testing.world.world import World

BY_NAME = "name, id"


@dataclass(frozen=True, slots=True)
class Identity:
    """The session that GLPI starts for one request."""

    user: dict[str, Any]
    assigned: list[dict[str, Any]]
    """The user's rows of Profile_User."""
    profile: int | None
    entity: int
    entities: tuple[int, ...]
    recursive: bool

    @property
    def who(self) -> Who:
        """For the rights; without a profile nothing is allowed."""
        return Who(self.user["id"], self.profile or 0, self.entities, self.recursive)


def of(world: World, token: AccessToken, req: Req) -> Identity | None:
    """Return the identity behind a token; None when there is no such user any more (or never was one)."""
    if not token.subject.isdecimal():
        return None
    user = world.get("User", int(token.subject))
    if user is None or not user["is_active"] or user["is_deleted"]:
        return None
    assigned = world.select("Profile_User", "users_id = ?", [user["id"]])
    start = _start(world, user, assigned)
    return _entered(world, _profiled(world, start, req), req)


def _start(world: World, user: dict[str, Any], assigned: list[dict[str, Any]]) -> Identity:
    profiles = [row["profiles_id"] for row in assigned]
    wanted = user.get("profiles_id") or 0
    profile = wanted if wanted in profiles else next(iter(profiles), None)
    return _with_profile(world, user, assigned, profile)


def _with_profile(world: World, user: dict[str, Any], assigned: list[dict[str, Any]], profile: int | None) -> Identity:
    """Return all entities of the profile; the user's default entity is the active one where it may be."""
    rows = [row for row in assigned if row["profiles_id"] == profile]
    entities = entities_of(world, assigned, profile, BY_NAME)
    default = user.get("entities_id")
    entity = default if default in entities else next((row["entities_id"] for row in rows), 0)
    recursive = any(row["is_recursive"] for row in rows)
    ordered = (entity, *(other for other in entities if other != entity)) if entities else ()
    return Identity(user, assigned, profile, entity, ordered, recursive)


def _profiled(world: World, identity: Identity, req: Req) -> Identity:
    """Enter `GLPI-Profile`; one that the user does not have is ignored."""
    wanted = _numeric(req.headers.get("glpi-profile"))
    if wanted is None or wanted not in {row["profiles_id"] for row in identity.assigned}:
        return identity
    return _with_profile(world, identity.user, identity.assigned, wanted)


def _entered(world: World, identity: Identity, req: Req) -> Identity:
    """Enter `GLPI-Entity`; its children only with `GLPI-Entity-Recursive: true`; a forbidden one is ignored."""
    wanted = _numeric(req.headers.get("glpi-entity"))
    if wanted is None:
        return identity
    allowed = entities_of(world, identity.assigned, identity.profile, BY_NAME)
    if wanted not in allowed:
        return identity
    recursive = req.headers.get("glpi-entity-recursive", "").lower() == "true"
    below = (
        [entity for entity in entities_below(world, wanted, BY_NAME) if entity in allowed] if recursive else [wanted]
    )
    return Identity(identity.user, identity.assigned, identity.profile, wanted, tuple(below), recursive)


def _numeric(text: str | None) -> int | None:
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None
