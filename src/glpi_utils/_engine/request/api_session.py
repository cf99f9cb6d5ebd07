"""What each API has of its own: logging in, who and what is active, versions."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from ..._knowledge.capability import Capability
    from ...version import GLPIVersion
    from .session import Session

Item = dict[str, Any]
C_contra = TypeVar("C_contra", contravariant=True)
"""The client that a method works for."""
C = TypeVar("C")


class NamedZone(NamedTuple):
    """The name of a zone, if there was one, what the server's clock showed, and when that was (None: unknown)."""

    name: object
    shown: datetime | None
    at: datetime | None


class Account(Protocol[C_contra]):
    """Who is logged in."""

    async def authenticate(self, core: C_contra, username: str | None, password: str | None) -> None: ...
    async def login(
        self, core: C_contra, username: str | None, password: str | None, user_token: str | None
    ) -> None: ...
    async def logout(self, core: C_contra) -> None: ...
    async def whoami(self, core: C_contra) -> Item: ...
    def user(self) -> Hashable:
        """Return who logs in, and in which view: where two are equal, both see and may do the same."""
        ...

    async def me(self, core: C_contra) -> Any:
        """Return one's own id, or what stands for it in a path."""
        ...

    async def my_id(self, core: C_contra) -> int:
        """Return one's own id."""
        ...


class ActiveView(Protocol[C_contra]):
    """Which profile and entities are active, and in view."""

    async def my_profiles(self, core: C_contra) -> list[Item]: ...
    async def active_profile(self, core: C_contra) -> Item: ...
    async def set_active_profile(self, core: C_contra, id: int | str) -> None: ...
    async def my_entities(self, core: C_contra, is_recursive: bool) -> list[Item]: ...
    async def active_entities(self, core: C_contra) -> Item: ...
    async def set_active_entity(self, core: C_contra, id: int | str, is_recursive: bool) -> None: ...
    async def set_entities_again(self, core: C_contra, wanted: frozenset[str]) -> frozenset[str]:
        """Bring entities into view that were made after the session began; give those that came."""
        ...

    async def entity_tree(self, core: C_contra) -> list[Item] | None:
        """Read the entities that one may enter as a tree; None where the API has none, and their rows have to do."""
        ...


class SelfDescription(Protocol[C_contra]):
    """What the server tells of itself."""

    async def version(self, core: C_contra) -> GLPIVersion: ...
    async def api_versions(self, core: C_contra) -> list[Item]: ...
    async def full_session(self, core: C_contra) -> Item: ...
    async def glpi_config(self, core: C_contra) -> Item: ...
    async def itemtypes(self, core: C_contra) -> list[Item]: ...
    async def schema(self, core: C_contra, itemtype: str) -> dict[str, Item]: ...
    async def named_zone(self, core: C_contra) -> NamedZone:
        """Return the time zone that the server names, and what its clock shows."""
        ...


class Scope(Protocol[C_contra]):
    """What narrows the calls of one client, and what that must agree with."""

    def scope(self, entity: Any, profile: Any, recursive: Any) -> dict[str, str]: ...
    def companion_mode(self, legacy: str | None) -> str | None:
        """Return whether legacy sessions may be opened; refuse the word where the client has one anyway."""
        ...

    async def check_scope(self, core: C_contra) -> None: ...
    async def check_zone(self, core: C_contra, zone: tzinfo) -> None:
        """Refuse a zone that contradicts the server's clock, where the API shows one."""
        ...


class Uploads(Protocol[C_contra]):
    """Files that are sent."""

    async def upload_document(self, core: C_contra, path: Any, name: str | None) -> Item: ...


class ApiSession(
    Account[C_contra],
    ActiveView[C_contra],
    SelfDescription[C_contra],
    Scope[C_contra],
    Uploads[C_contra],
    Protocol[C_contra],
):
    """The part of a client that differs between the APIs; what one lacks raises `GlpiUnsupportedError`."""


class Beside(Protocol[C]):
    """Legacy sessions beside a client of the High-Level API."""

    @property
    def sessions(self) -> Sequence[Session]:
        """The sessions that were needed so far."""
        ...

    async def core(self, core: C, need: Capability) -> C:
        """Return what a client of the legacy API is inside, logged in as the user of this one."""
        ...

    def later(self, core: C, need: Capability) -> C:
        """Return the same, logged in when the first request is sent."""
        ...

    async def core_or_none(self, core: C, need: Capability) -> C | None:
        """Return the same, or None where this client may open none, or GLPI allows none."""
        ...

    async def end(self) -> None:
        """End them all; the next need opens new ones."""
        ...

    async def change_user(self) -> None:
        """End them all, and forget what the user before saw."""
        ...


def version_of(text: object) -> GLPIVersion:
    """Read a version that the server gave."""
    from ...version import GLPIVersion

    return GLPIVersion(str(text))
