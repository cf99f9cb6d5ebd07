"""How a client of the High-Level API is put together from what the user said."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .._dialects.high_level import HighLevel
from .._dialects.high_level.tokens import Account
from .._engine.request.core import Core
from .._engine.request.high_level_session import HighLevelSession, TokenLogin
from .._engine.request.session import Session
from .._redactor import Redactor
from .companion import make_companion, settings_of
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
    legacy: object = "auto",
) -> Core:
    """Put a client of the High-Level API together; nothing is sent."""
    beside = settings_of(legacy, os.environ)
    warned(connection.address, verify)
    redactor = Redactor()
    redactor.add_login(connection.client_id, connection.client_secret)
    redactor.add_login(connection.username, connection.password)
    account = Account(connection.client_id, connection.client_secret, connection.username, connection.password, scope)
    login = TokenLogin(account, redactor)
    options, network = extras.options(timeout).changed(legacy=beside.mode), extras.network(verify)
    dialect, runtime, report = HighLevel(connection.address.highlevel), make(network), extras.report(redactor)
    session = Session(dialect, runtime, report, login, options, connection.pin)
    companion = make_companion(beside, connection.address, login, runtime, report, options)
    return Core(session, HighLevelSession(login), options, connection.address.root, companion=companion)
