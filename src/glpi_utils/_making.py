"""How a client is put together from what the user said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from . import settings
from ._dialects.highlevel import HighLevel
from ._dialects.highlevel.tokens import Account as TokenAccount
from ._dialects.legacy import Legacy
from ._dialects.legacy.sessions import Account as SessionAccount
from ._dialects.shapes import is_id
from ._engine.core import Core, outside
from ._engine.logins import SessionLogin, TokenLogin
from ._engine.native_highlevel import HighLevelNative
from ._engine.native_legacy import LegacyNative
from ._engine.report import Report, RequestInfo, ResponseInfo, user_agent
from ._engine.retry import Options, Retry
from ._engine.session import Session
from ._redactor import Redactor
from ._runtimes.network import Network
from .exceptions import GlpiValidationError

if TYPE_CHECKING:
    from os import PathLike
    from ssl import SSLContext

    from ._engine.runtime import Runtime

    Verify = bool | str | PathLike[str] | SSLContext

MakeRuntime = Callable[[Network], "Runtime"]


class Further(TypedDict, total=False):
    """What every constructor takes by keyword, beside its own.

    ``max_time``: seconds for a whole call with its repeats (default four times ``timeout``); ``retries``:
    number of repeats or a `Retry`; ``headers``: sent with every request; ``read_only``: no write leaves;
    ``proxy``: its URL ("" for none); ``cert``: a client certificate, a file or (certificate, key);
    ``max_in_flight``: requests at once; ``app``: your application's name, for the User-Agent;
    ``on_request``, ``on_response``: called with `RequestInfo` and `ResponseInfo` at each attempt.
    """

    max_time: float | None
    retries: int | Retry | None
    headers: Mapping[str, str] | None
    read_only: bool
    proxy: str | None
    cert: str | tuple[str, str] | None
    max_in_flight: int
    app: str | None
    on_request: Callable[[RequestInfo], object] | None
    on_response: Callable[[ResponseInfo], object] | None


@dataclass(frozen=True, slots=True)
class Extras:
    """`Further`, with its defaults."""

    max_time: float | None = None
    retries: int | Retry | None = None
    headers: Mapping[str, str] | None = None
    read_only: bool = False
    proxy: str | None = None
    cert: str | tuple[str, str] | None = None
    max_in_flight: int = 16
    app: str | None = None
    on_request: Callable[[RequestInfo], object] | None = None
    on_response: Callable[[ResponseInfo], object] | None = None

    def options(self, timeout: float) -> Options:
        """Give what a call may be told."""
        return Options().changed(
            timeout=timeout,
            max_time=self.max_time,
            retries=self.retries,
            headers=None if self.headers is None else dict(self.headers),
            read_only=self.read_only,
        )

    def network(self, verify: Verify) -> Network:
        """Give what concerns the network."""
        limit = self.max_in_flight
        if not is_id(limit) or limit < 1:
            raise GlpiValidationError(f"max_in_flight must be an integer of at least 1, not {limit!r:.40}")
        return Network(verify=verify, proxy=self.proxy, cert=self.cert, limit=limit)

    def report(self, redactor: Redactor) -> Report:
        """Give who is told what happens."""
        if self.proxy is not None:
            redactor.add(*_userinfo(self.proxy))
        return Report(redactor, {"User-Agent": user_agent(self.app)}, self.on_request, self.on_response)


def make_highlevel(
    make: MakeRuntime,
    told: settings.HighLevelSettings,
    scope: str,
    verify: Verify,
    timeout: float,
    extras: Extras,
) -> Core:
    """Put a client of the High-Level API together; nothing is sent."""
    warned(told.address, verify)
    redactor = Redactor()
    redactor.add_login(told.client_id, told.client_secret)
    redactor.add_login(told.username, told.password)
    account = TokenAccount(told.client_id, told.client_secret, told.username, told.password, scope)
    login = TokenLogin(account, redactor)
    options, network = extras.options(timeout), extras.network(verify)
    dialect = HighLevel(told.address.highlevel)
    session = Session(dialect, make(network), extras.report(redactor), login, options, told.pin)
    return Core(session, HighLevelNative(login), options, told.address.root)


def make_legacy(
    make: MakeRuntime,
    told: settings.LegacySettings,
    who: settings.LoginSettings,
    verify: Verify,
    timeout: float,
    extras: Extras,
) -> Core:
    """Put a client of the legacy API together; nothing is sent."""
    warned(told.address, verify)
    redactor = Redactor()
    redactor.add(told.app_token, who.user_token)
    redactor.add_login(who.username, who.password)
    login = SessionLogin(SessionAccount(who.username, who.password, who.user_token), redactor, _from_environment)
    options, network = extras.options(timeout), extras.network(verify)
    dialect = Legacy(told.address.legacy, told.app_token)
    session = Session(dialect, make(network), extras.report(redactor), login, options, None)
    return Core(session, LegacyNative(login), options, told.address.root)


def warned(address: settings.Address, verify: Verify) -> None:
    """Warn of plain http and unchecked certificates, at the caller's line."""
    if (not address.secure and not address.loopback) or verify is False:
        settings.warn_plain(address, verify, stacklevel=outside())


def _from_environment(account: SessionAccount) -> SessionAccount:
    told = settings.login(account.username, account.password, account.user_token)
    return SessionAccount(told.username, told.password, told.user_token)


def _userinfo(proxy: str) -> list[Any]:
    from urllib.parse import unquote, urlsplit

    try:
        parts = urlsplit(proxy)
    except ValueError:
        return []
    return [unquote(each) for each in (parts.password,) if each]
