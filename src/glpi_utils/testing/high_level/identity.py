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
    given: list[dict[str, Any]]
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
    """The identity behind a token; None when there is no such user any more (or never was one)."""
    if not token.subject.isdecimal():
        return None
    user = world.get("User", int(token.subject))
    if user is None or not user["is_active"] or user["is_deleted"]:
        return None
    given = world.select("Profile_User", "users_id = ?", [user["id"]])
    start = _start(world, user, given)
    return _entered(world, _profiled(world, start, req), req)


def _start(world: World, user: dict[str, Any], given: list[dict[str, Any]]) -> Identity:
    profiles = [row["profiles_id"] for row in given]
    wanted = user.get("profiles_id") or 0
    profile = wanted if wanted in profiles else next(iter(profiles), None)
    return _with_profile(world, user, given, profile)


def _with_profile(world: World, user: dict[str, Any], given: list[dict[str, Any]], profile: int | None) -> Identity:
    """All entities of the profile; the user's default entity is the active one where it may be."""
    rows = [row for row in given if row["profiles_id"] == profile]
    entities = entities_of(world, given, profile, BY_NAME)
    default = user.get("entities_id")
    entity = default if default in entities else next((row["entities_id"] for row in rows), 0)
    recursive = any(row["is_recursive"] for row in rows)
    ordered = (entity, *(other for other in entities if other != entity)) if entities else ()
    return Identity(user, given, profile, entity, ordered, recursive)


def _profiled(world: World, identity: Identity, req: Req) -> Identity:
    """`GLPI-Profile`; what the user does not have is ignored in silence."""
    wanted = _numeric(req.headers.get("glpi-profile"))
    if wanted is None or wanted not in {row["profiles_id"] for row in identity.given}:
        return identity
    return _with_profile(world, identity.user, identity.given, wanted)


def _entered(world: World, identity: Identity, req: Req) -> Identity:
    """`GLPI-Entity`: that one alone, its children only with `GLPI-Entity-Recursive: true`; a forbidden one is ignored."""
    wanted = _numeric(req.headers.get("glpi-entity"))
    allowed = entities_of(world, identity.given, identity.profile, BY_NAME)
    if wanted is None or wanted not in allowed:
        return identity
    recursive = req.headers.get("glpi-entity-recursive", "").lower() == "true"
    below = (
        [entity for entity in entities_below(world, wanted, BY_NAME) if entity in allowed] if recursive else [wanted]
    )
    return Identity(identity.user, identity.given, identity.profile, wanted, tuple(below), recursive)


def _numeric(text: str | None) -> int | None:
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None
