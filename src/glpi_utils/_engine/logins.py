"""Logging in: how a credential is made, once by OAuth2 tokens, once by a legacy session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from .._dialects.highlevel import tokens
from .._dialects.legacy import sessions
from .._redactor import Redactor
from .._wire import Ask, Credential
from ..exceptions import GlpiAuthError, GlpiUnknownOutcomeError

T = TypeVar("T")
Send = Callable[[Ask[Any], Credential | None], Awaitable[Any]]
_AHEAD = 30.0  # seconds before its end from which a token counts as stale


@dataclass(slots=True)
class TokenLogin:
    """Password grant, then refresh tokens, then the password again where a refresh is refused or its answer lost."""

    account: tokens.Account
    redactor: Redactor = field(repr=False)

    async def make(self, stale: Credential | None, send: Send, now: Callable[[], float]) -> Credential:
        """Get the next token."""
        if stale is not None and stale.renewal is not None:
            began = now()
            try:
                token = await send(tokens.refresh_grant(self.account, stale.renewal), None)
            except (GlpiAuthError, GlpiUnknownOutcomeError):
                pass  # used up, revoked, or used by a request whose answer was lost
            else:
                return self._credential(token, began)
        began = now()
        return self._credential(await send(tokens.password_grant(self.account), None), began)

    def _credential(self, token: tokens.Token, began: float) -> Credential:
        self.redactor.add_tokens(token.access, token.refresh)
        ahead = min(_AHEAD, token.lifetime / 10)
        facts = {"scopes": token.claims.get("scopes"), "user_id": token.claims.get("sub")}
        headers = {"Authorization": f"Bearer {token.access}"}
        return Credential(headers, began + token.lifetime - ahead, token.refresh, facts)


@dataclass(slots=True)
class SessionLogin:
    """A session token; the profile and the entities that were made active are made so again in each new session."""

    account: sessions.Account
    redactor: Redactor = field(repr=False)
    fill: Callable[[sessions.Account], sessions.Account]
    """Completes an account from the environment, at login and not before."""
    profile: Ask[bool] | None = None
    entity: Ask[bool] | None = None

    def use(self, account: sessions.Account) -> None:
        """Log in as this account from now on."""
        self.redactor.add_login(account.username, account.password)
        self.redactor.add(account.user_token)
        self.account = account

    async def make(self, stale: Credential | None, send: Send, now: Callable[[], float]) -> Credential:
        """Open the next session."""
        if not self.account.complete:
            self.use(self.fill(self.account))
        token = await send(sessions.login(self.account), None)
        self.redactor.add_tokens(token)
        made = Credential({"Session-Token": token})
        for again in (self.profile, self.entity):
            if again is not None:
                await send(again, made)
        return made
