"""How a client of the legacy API is put together from what the user said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._dialects.legacy import Legacy
from .._dialects.legacy.sessions import Account
from .._engine.request.core import Core
from .._engine.request.legacy_session import LegacySession, SessionLogin
from .._engine.request.session import Session
from .._redactor import Redactor
from . import settings
from .options import ClientOptions, MakeRuntime, warned

if TYPE_CHECKING:
    from .options import Verify


def make_legacy(
    make: MakeRuntime,
    connection: settings.LegacySettings,
    who: settings.LoginSettings,
    verify: Verify,
    timeout: float,
    extras: ClientOptions,
) -> Core:
    """Put a client of the legacy API together; nothing is sent."""
    warned(connection.address, verify)
    redactor = Redactor()
    redactor.add(connection.app_token, who.user_token)
    redactor.add_login(who.username, who.password)
    login = SessionLogin(Account(who.username, who.password, who.user_token), redactor, _from_environment)
    options, network = extras.options(timeout), extras.network(verify)
    dialect = Legacy(connection.address.legacy, connection.app_token)
    session = Session(dialect, make(network), extras.report(redactor), login, options, None)
    return Core(session, LegacySession(login), options, connection.address.root)


def _from_environment(account: Account) -> Account:
    who = settings.login(account.username, account.password, account.user_token)
    return Account(who.username, who.password, who.user_token)
