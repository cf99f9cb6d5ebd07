"""Logging in to the legacy API: a session, and what was made active in the one before."""

from __future__ import annotations

from collections.abc import Callable

from ..._dialects.legacy import sessions
from ..._redactor import Redactor
from ..._wire import Credential, Operation
from .session import Send


class SessionLogin:
    """A session token; the profile and the entities that were made active are made so again in each new session."""

    def __init__(
        self,
        account: sessions.Account,
        redactor: Redactor,
        fill: Callable[[sessions.Account], sessions.Account],
    ) -> None:
        self.account, self._redactor = account, redactor
        self.fill = fill
        """Completes an account from the environment, at login and not before."""
        self.profile: Operation[bool] | None = None
        self.entity: Operation[bool] | None = None

    def use(self, account: sessions.Account) -> None:
        """Log in as this account from now on."""
        self._redactor.add_login(account.username, account.password)
        self._redactor.add(account.user_token)
        self.account = account

    def require(self) -> None:
        """Leave it to `make`: on this API nothing is sent before the login itself."""

    async def make(self, stale: Credential | None, send: Send, now: Callable[[], float]) -> Credential:
        """Open the next session."""
        if not self.account.complete:
            self.use(self.fill(self.account))
        token = await send(sessions.login(self.account), None)
        self._redactor.add_tokens(token)
        made = Credential({"Session-Token": token})
        for again in (self.profile, self.entity):
            if again is not None:
                await send(again, made)
        return made
