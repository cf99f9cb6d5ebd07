"""How a client of the High-Level API is put together from what the user said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._dialects.high_level import HighLevel
from .._dialects.high_level.tokens import Account
from .._engine.request.core import Core
from .._engine.request.high_level_session import HighLevelSession, TokenLogin
from .._engine.request.session import Session
from .._redactor import Redactor
from .options import ClientOptions, MakeRuntime, warned

if TYPE_CHECKING:
    from .options import Verify
    from .settings import HighLevelSettings


def make_highlevel(
    make: MakeRuntime,
    told: HighLevelSettings,
    scope: str,
    verify: Verify,
    timeout: float,
    extras: ClientOptions,
) -> Core:
    """Put a client of the High-Level API together; nothing is sent."""
    warned(told.address, verify)
    redactor = Redactor()
    redactor.add_login(told.client_id, told.client_secret)
    redactor.add_login(told.username, told.password)
    account = Account(told.client_id, told.client_secret, told.username, told.password, scope)
    login = TokenLogin(account, redactor)
    options, network = extras.options(timeout), extras.network(verify)
    dialect = HighLevel(told.address.highlevel)
    session = Session(dialect, make(network), extras.report(redactor), login, options, told.pin)
    return Core(session, HighLevelSession(login), options, told.address.root)
