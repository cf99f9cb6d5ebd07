"""How the legacy session of a High-Level client logs in: as the user of that client, in its scope."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING

from ..._dialects.legacy import sessions
from ..._dialects.shared import ids
from .legacy_session import LegacySession, SessionLogin

if TYPE_CHECKING:
    from ..._redactor import Redactor
    from ..._wire import Credential
    from .session import Send


class FollowingLogin(SessionLogin):
    """Logs in as whoever the client works for at that moment, and makes the same profile and entity active."""

    def __init__(self, follow: Callable[[], sessions.Account], redactor: Redactor, scope: Mapping[str, str]) -> None:
        super().__init__(sessions.Account(), redactor, _unchanged)
        self.follow = follow
        if (profile := scope.get("GLPI-Profile")) is not None:
            self.profile = sessions.change_profile(ids.checked(profile))
        if (entity := scope.get("GLPI-Entity")) is not None:
            recursive = scope.get("GLPI-Entity-Recursive") == "true"
            self.entity = sessions.change_entity(ids.checked(entity, "Entity"), recursive)

    async def make(self, stale: Credential | None, send: Send, now: Callable[[], float]) -> Credential:
        """Open the next session."""
        self.use(self.follow())
        return await super().make(stale, send, now)


class FollowingSession(LegacySession):
    """The legacy API's own part, of such a login."""

    def __init__(self, login: FollowingLogin) -> None:
        super().__init__(login)
        self._follow = login.follow

    def user(self) -> tuple[Hashable, ...]:
        """Return who logs in, also before the first login, and what is active in the session."""
        kind, _, *active = super().user()
        return kind, self._follow(), *active


def _unchanged(account: sessions.Account) -> sessions.Account:
    return account
