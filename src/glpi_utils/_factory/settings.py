"""Arguments over environment: where the server is, who asks, which version of its API."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from .. import _credentials as credentials
from .._addresses import Address, parse
from .._caller import warn
from .._secret import Secret
from .._versions import choose, pin
from ..exceptions import GlpiValidationError

__all__ = [
    "Address",
    "HighLevelSettings",
    "LegacySettings",
    "LoginSettings",
    "WriteSettings",
    "address",
    "choose",
    "highlevel",
    "legacy",
    "login",
    "pin",
    "warn_plain",
    "writes",
]

T = TypeVar("T")
Environment = Mapping[str, str]
_warned: set[tuple[str, str]] = set()


def address(url: str | None, env: Environment = os.environ) -> Address:
    """Read the address of a GLPI as people paste it; without one, ``GLPI_URL`` is asked.

    >>> address(" https://help.example.com/glpi/api.php/v2.2/ ")
    Address(root='https://help.example.com/glpi', pin='v2.2', script='api.php')
    """
    if not (url is None or isinstance(url, str)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise GlpiValidationError(f"url must be text, not {type(url).__name__}")
    text = (url or "").strip() or env.get("GLPI_URL", "").strip()
    if not text:
        raise GlpiValidationError(
            "no address: give url=, such as 'https://glpi.example.com', or set the environment variable GLPI_URL"
        )
    return parse(text)


def warn_plain(where: Address, verify: object = True) -> None:
    """Warn, once per host, of a connection that others can read or pose in."""
    if not where.secure and not where.loopback and _first("http", where.host):
        warn(f"{where.origin} is plain http: passwords and tokens travel unencrypted; use https://")
    if where.secure and verify is False and _first("verify", where.host):
        warn(
            f"the certificate of {where.host} is not checked (verify_ssl=False): anyone on the way can pose as it; "
            "give verify_ssl= the path of the CA file that signed it"
        )


def _first(what: str, host: str) -> bool:
    new = (what, host) not in _warned
    _warned.add((what, host))
    return new


class HighLevelSettings(NamedTuple):
    """The settings of an OAuth client."""

    address: Address
    client_id: str | None
    client_secret: Secret | None
    username: str | None
    password: Secret | None
    pin: str | None


class LegacySettings(NamedTuple):
    """The settings of a client of the legacy API."""

    address: Address
    app_token: Secret | None


class LoginSettings(NamedTuple):
    """Who logs in to the legacy API: by user token or, without one, by name and password."""

    username: str | None
    password: Secret | None
    user_token: Secret | None

    @property
    def complete(self) -> bool:
        """Whether one of the two ways is there."""
        return bool(self.user_token or (self.username and self.password))


def highlevel(
    url: str | None = None,
    client_id: str | None = None,
    client_secret: str | Secret | None = None,
    username: str | None = None,
    password: str | Secret | None = None,
    api_version: Any = None,
    env: Environment = os.environ,
) -> HighLevelSettings:
    """Settings of an OAuth client. The argument wins over the version in the URL, which wins over ``GLPI_API_VERSION``."""
    where = address(url, env)
    version = pin(api_version) or pin(where.pin) or pin(env.get("GLPI_API_VERSION"))
    return HighLevelSettings(
        address=where,
        client_id=_either(credentials.text, "client_id", client_id, "GLPI_OAUTH_CLIENT_ID", env),
        client_secret=_either(credentials.secret, "client_secret", client_secret, "GLPI_OAUTH_CLIENT_SECRET", env),
        username=_either(credentials.text, "username", username, "GLPI_OAUTH_USERNAME", env),
        password=_either(credentials.secret, "password", password, "GLPI_OAUTH_PASSWORD", env),
        pin=version,
    )


def legacy(
    url: str | None = None, app_token: str | Secret | None = None, env: Environment = os.environ
) -> LegacySettings:
    """Settings of a client of the legacy API."""
    where = address(url, env)
    return LegacySettings(where, _either(credentials.token, "app_token", app_token, "GLPI_APP_TOKEN", env))


def login(
    username: str | None = None,
    password: str | Secret | None = None,
    user_token: str | Secret | None = None,
    env: Environment = os.environ,
) -> LoginSettings:
    """Who logs in. A user token beats a password, but one from the environment does not beat a user who is named."""
    name, token = credentials.text("username", username), credentials.token("user_token", user_token)
    if token is None and name is None:
        token = credentials.token("GLPI_USER_TOKEN", env.get("GLPI_USER_TOKEN"))
    return LoginSettings(
        username=name or credentials.text("GLPI_USER", env.get("GLPI_USER")),
        password=_either(credentials.secret, "password", password, "GLPI_PASSWORD", env),
        user_token=token,
    )


class WriteSettings(NamedTuple):
    """The server's zone and how writes are checked; None where neither an argument nor a variable says it."""

    timezone: Any
    validate: Any


def writes(timezone: Any = None, validate: Any = None, env: Environment = os.environ) -> WriteSettings:
    """How dates and fields are written: arguments, else ``GLPI_TIMEZONE`` and ``GLPI_VALIDATE``."""
    return WriteSettings(
        env.get("GLPI_TIMEZONE") or None if timezone is None else timezone,
        env.get("GLPI_VALIDATE") or None if validate is None else validate,
    )


def _either(check: Callable[[str, object], T], name: str, value: object, variable: str, env: Environment) -> T:
    """Return an argument, else what stands in a variable."""
    return check(name, value) or check(variable, env.get(variable))
