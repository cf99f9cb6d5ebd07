"""Legacy sessions of the user of a High-Level client: opened when first needed, one per scope, shared, ended with the client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from ...exceptions import GlpiAPIError, GlpiAuthError, GlpiError, GlpiUnsupportedError
from .core import Core
from .oneself import my_id

if TYPE_CHECKING:
    from ..._knowledge.capability import Capability
    from .api_session import ApiSession
    from .session import Session, UserView

Scope = Mapping[str, str]
Parts = tuple["Session", "ApiSession[Core]"]
_API: str = "Setup > General > API > Legacy API"
_CLIENTS: str = "Setup > General > API > API clients"
_TOKEN: str = "or give legacy={'user_token': ...} (Preferences > Remote access keys): then no password is sent"
_OFF: str = "ERROR"
"""How GLPI answers a login where the API is off: in the words of its language, so that the code has to do."""
_WHERE = {
    _OFF: f"in GLPI, {_API}: switch on 'Enable Legacy REST API'",
    "ERROR_LOGIN_WITH_CREDENTIALS_DISABLED": f"in GLPI, {_API}: switch on 'Enable login with credentials', {_TOKEN}",
    "ERROR_LOGIN_WITH_TOKEN_DISABLED": f"in GLPI, {_API}: switch on 'Enable login with external token'",
    "ERROR_NOT_ALLOWED_IP": f"in GLPI, {_CLIENTS}: let one that is active have this address in its IPv4 address range",
    "ERROR_APP_TOKEN_PARAMETERS_MISSING": (
        f"give legacy={{'app_token': ...}}, or set GLPI_APP_TOKEN; GLPI shows it in {_CLIENTS}"
    ),
    "ERROR_WRONG_APP_TOKEN_PARAMETER": f"the right one stands in {_CLIENTS}; give it as legacy={{'app_token': ...}}",
}
"""By the code of the refusal: where to click."""


class Companion:
    """The legacy sessions of one client of the High-Level API and of those derived from it."""

    def __init__(self, make: Callable[[Scope], Parts], by_token: bool) -> None:
        self._make, self._by_token = make, by_token
        self._parts: dict[tuple[tuple[str, str], ...], Parts] = {}

    @property
    def sessions(self) -> list[Session]:
        """The sessions of all scopes."""
        return [session for session, _ in list(self._parts.values())]

    async def core(self, core: Core, need: Capability) -> Core:
        """Return what a client of the legacy API is inside, logged in as the user of this one, in the same scope."""
        if core.options.legacy == "never":
            raise GlpiUnsupportedError(
                f"{need.shown} needs the legacy API: {need.why}. This client has legacy='never'; with legacy='auto' it "
                "opens a legacy session of the same user by itself"
            )
        legacy = self._beside(core)
        await self._open(core, legacy, need)
        return legacy

    def later(self, core: Core, need: Capability) -> Core:
        """Return the same, logged in when the first request is sent."""
        known = self._beside(core)
        legacy = Core(known.session, known.api_session, known.options, known.label, True)
        legacy.opens = partial(self._open, core, known, need)
        return legacy

    def _beside(self, core: Core) -> Core:
        if core.beside is None:
            session, api_session = self._of_scope(core.options.scope)
            core.beside = Core(session, api_session, core.options._replace(scope={}), core.label, True)
        return core.beside

    def _of_scope(self, scope: Scope) -> Parts:
        """Return the parts of a client that acts in a scope; threads that come at once get the same."""
        key = tuple(sorted(scope.items()))
        return self._parts.get(key) or self._parts.setdefault(key, self._make(scope))

    async def _open(self, core: Core, legacy: Core, need: Capability) -> None:
        """Log in, unless somebody has; say of a refusal what wanted the session."""
        view = legacy.session.view
        if legacy.session.credentials.held is not None and self._is_sure_of(view):
            return
        try:
            await legacy.session.credentials.get(seconds=legacy.options.longest)
            if not self._is_sure_of(view):
                await self._refuse_another(core, legacy)
                view.is_ours = True
        except GlpiError as error:
            raise explained(error, need) from None

    async def core_or_none(self, core: Core, need: Capability) -> Core | None:
        """Return the same, or None where this client may open none, or GLPI allows none; what is broken raises."""
        try:
            return await self.core(core, need)
        except GlpiUnsupportedError:
            return None
        except GlpiAPIError as error:
            if refusal(error):
                return None
            raise

    def _is_sure_of(self, view: UserView) -> bool:
        return not self._by_token or view.is_ours

    async def _refuse_another(self, core: Core, legacy: Core) -> None:
        """Refuse a token of somebody else: half of the work would be done in his name."""
        mine, theirs = await my_id(core), await my_id(legacy)
        if mine != theirs:
            await _end(legacy.session)
            raise GlpiAuthError(
                f"the user_token of legacy= is that of user {theirs}, and this client works for user {mine}: "
                "GLPI shows yours in Preferences > Remote access keys"
            )

    async def end(self) -> None:
        """End all sessions; the next need opens new ones."""
        for session in self.sessions:
            await _end(session)

    async def change_user(self) -> None:
        """End all sessions, and forget what the user before saw."""
        await self.end()
        for session in self.sessions:
            session.forget()


async def _end(session: Session) -> None:
    """End a session, as far as the server lets itself be reached."""
    from ..._dialects.legacy.sessions import logout

    held = session.credentials.held
    session.view.kept = {}
    session.credentials.drop()
    if held is None:
        return
    try:
        await session.once(logout(), held)
    except GlpiAuthError:
        return
    except GlpiError as problem:
        session.report.warn(f"the legacy session was not ended: {problem}")


def refusal(error: GlpiError) -> bool:
    """Check whether a server's settings, or this client's login, allow no legacy session."""
    return isinstance(error, GlpiAuthError) or (isinstance(error, GlpiAPIError) and bool(_where(error)))


def _where(error: GlpiAPIError) -> str:
    path = "" if error.request is None else error.request.path
    if error.error_code == _OFF and path != "/initSession":
        return ""
    return _WHERE.get(error.error_code or "", "")


def explained(error: GlpiError, need: Capability) -> GlpiError:
    """Return the refusal of a session with what it was for, and where GLPI's settings for it are."""
    where = _where(error) if isinstance(error, GlpiAPIError) else ""
    error.message = f"{need.shown} needs a legacy session of the same user: {need.why}. There is none: {error.message}"
    error.message += f"; {where}" if where else ""
    error.args = (error.message,)
    return error
