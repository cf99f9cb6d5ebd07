"""How a client of the legacy API is put together from what the user said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import settings
from ._dialects.legacy import Legacy
from ._dialects.legacy.sessions import Account
from ._engine.core import Core
from ._engine.login_legacy import SessionLogin
from ._engine.native_legacy import LegacyNative
from ._engine.session import Session
from ._making import Extras, MakeRuntime, warned
from ._redactor import Redactor

if TYPE_CHECKING:
    from ._making import Verify


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
    login = SessionLogin(Account(who.username, who.password, who.user_token), redactor, _from_environment)
    options, network = extras.options(timeout), extras.network(verify)
    dialect = Legacy(told.address.legacy, told.app_token)
    session = Session(dialect, make(network), extras.report(redactor), login, options, None)
    return Core(session, LegacyNative(login), options, told.address.root)


def _from_environment(account: Account) -> Account:
    told = settings.login(account.username, account.password, account.user_token)
    return Account(told.username, told.password, told.user_token)
