"""Logging in to the High-Level API: by password, then by refresh tokens."""

from __future__ import annotations

from collections.abc import Callable

from ..._dialects.high_level import tokens
from ..._redactor import Redactor
from ..._wire import Credential
from ...exceptions import GlpiAPIError, GlpiMaintenanceError, GlpiRateLimitError, GlpiUnknownOutcomeError
from .session import Send

_AHEAD = 30.0  # seconds before its end from which a token counts as stale


class TokenLogin:
    """Password grant, then refresh tokens, then the password again where a refresh is refused or its answer lost."""

    def __init__(self, account: tokens.Account, redactor: Redactor) -> None:
        self.account, self._redactor = account, redactor

    def require(self) -> None:
        """Refuse a login without client or user."""
        tokens.password_grant(self.account)

    async def make(self, stale: Credential | None, send: Send, now: Callable[[], float]) -> Credential:
        """Get the next token."""
        if stale is not None and stale.renewal is not None:
            began = now()
            try:
                token = await send(tokens.refresh_grant(self.account, stale.renewal), None)
            except (GlpiMaintenanceError, GlpiRateLimitError):
                raise
            except (GlpiAPIError, GlpiUnknownOutcomeError):
                pass  # used up, revoked, or used by a request whose answer was lost
            else:
                return self._credential(token, began)
        began = now()
        return self._credential(await send(tokens.password_grant(self.account), None), began)

    def _credential(self, token: tokens.Token, began: float) -> Credential:
        self._redactor.add_tokens(token.access, token.refresh)
        ahead = min(_AHEAD, token.lifetime / 10)
        facts = {"scopes": token.claims.get("scopes"), "user_id": token.claims.get("sub")}
        headers = {"Authorization": f"Bearer {token.access}"}
        return Credential(headers, began + token.lifetime - ahead, token.refresh, facts)
