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
    connection: HighLevelSettings,
    scope: str,
    verify: Verify,
    timeout: float,
    extras: ClientOptions,
) -> Core:
    """Put a client of the High-Level API together; nothing is sent."""
    warned(connection.address, verify)
    redactor = Redactor()
    redactor.add_login(connection.client_id, connection.client_secret)
    redactor.add_login(connection.username, connection.password)
    account = Account(connection.client_id, connection.client_secret, connection.username, connection.password, scope)
    login = TokenLogin(account, redactor)
    options, network = extras.options(timeout), extras.network(verify)
    dialect = HighLevel(connection.address.highlevel)
    session = Session(dialect, make(network), extras.report(redactor), login, options, connection.pin)
    return Core(session, HighLevelSession(login), options, connection.address.root)
