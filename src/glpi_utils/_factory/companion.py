"""How the legacy sessions of a High-Level client are put together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import _credentials as credentials
from .._display import described
from .._engine.request.companion import Companion, Parts, Scope
from .._secret import Secret
from .._spelling import did_you_mean, near_names
from ..exceptions import GlpiValidationError

if TYPE_CHECKING:
    from .._addresses import Address
    from .._engine.request.high_level_session import TokenLogin
    from .._engine.request.report import Report
    from .._engine.request.retry import Options
    from .._engine.request.runtime import Runtime

Legacy = str | Mapping[str, str]
_TOKENS = ("user_token", "app_token")


class CompanionSettings(NamedTuple):
    """Whether there may be legacy sessions, and by which tokens; without ``user_token`` by name and password."""

    mode: str
    user_token: Secret | None
    app_token: Secret | None


def settings_of(legacy: object, environment: Mapping[str, str]) -> CompanionSettings:
    """Read the option ``legacy``; an App-Token that it does not name is GLPI_APP_TOKEN.

    >>> settings_of("never", {}).mode, settings_of({"app_token": "a"}, {}).app_token
    ('never', Secret('********'))
    """
    tokens: dict[str, Any] = {}
    if isinstance(legacy, Mapping):
        tokens = {str(name): value for name, value in legacy.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        for name in tokens:
            if name not in _TOKENS:
                meant = did_you_mean(near_names(name, _TOKENS), after=" ")
                raise GlpiValidationError(
                    f"legacy={{...}} takes user_token and app_token, not {described(name)}. {meant}"
                )
    elif legacy not in ("auto", "never"):
        raise GlpiValidationError(
            f"legacy must be 'auto', 'never' or a dict with user_token, app_token or both, not {described(legacy)}"
        )
    app_token = credentials.token("app_token", tokens.get("app_token"))
    return CompanionSettings(
        "never" if legacy == "never" else "auto",
        credentials.token("user_token", tokens.get("user_token")),
        app_token or credentials.token("GLPI_APP_TOKEN", environment.get("GLPI_APP_TOKEN")),
    )


def make_companion(
    wanted: CompanionSettings, address: Address, login: TokenLogin, runtime: Runtime, report: Report, options: Options
) -> Companion:
    """Put it together; nothing is sent, and nothing of the legacy API is imported."""
    report.redactor.add(wanted.user_token, wanted.app_token)
    return Companion(partial(_parts, wanted, address, login, runtime, report, options), wanted.user_token is not None)


def _parts(
    wanted: CompanionSettings,
    address: Address,
    login: TokenLogin,
    runtime: Runtime,
    report: Report,
    options: Options,
    scope: Scope,
) -> Parts:
    from .._dialects.legacy import Legacy
    from .._dialects.legacy.sessions import Account
    from .._engine.request.companion_login import FollowingLogin, FollowingSession
    from .._engine.request.session import Session

    def follow() -> Account:
        if wanted.user_token is not None:
            return Account(user_token=wanted.user_token)
        return Account(login.account.username, login.account.password)

    following = FollowingLogin(follow, report.redactor, scope)
    dialect = Legacy(f"{address.highlevel}/v1", wanted.app_token)
    return Session(dialect, runtime, report, following, options, None), FollowingSession(following)
