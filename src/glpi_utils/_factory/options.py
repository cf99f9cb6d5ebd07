"""How a client is put together from what the user said."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from .._dialects.shared.shapes import is_id
from .._display import described
from .._engine.request.report import Report, RequestInfo, ResponseInfo, user_agent
from .._engine.request.retry import Options, Retry
from .._engine.verbs.keywords import refuse_unknown
from .._hints import hint
from .._redactor import Redactor
from .._runtimes.network import LARGEST, Network, refuse_unusable
from .._signatures import takes
from ..exceptions import GlpiValidationError
from . import settings

if TYPE_CHECKING:
    from datetime import tzinfo
    from os import PathLike
    from ssl import SSLContext

    from .._engine.request.runtime import Runtime

    Verify = bool | str | PathLike[str] | SSLContext
else:
    tzinfo = hint("datetime.tzinfo")
    Verify = hint("builtins.bool", "builtins.str", "os.PathLike", "ssl.SSLContext")

MakeRuntime = Callable[[Network], "Runtime"]


class ClientKeywords(TypedDict, total=False):
    """What every constructor takes by keyword, beside its own.

    Attributes:
        max_time: Seconds for a whole call with its repeats and waits. Default: four times ``timeout``.
        retries: The number of repeats of a call, or a `Retry`. Default: 3.
        headers: Are sent with every request.
        read_only: True: a write raises `GlpiPermissionError`, and nothing is sent.
        proxy: The URL of a proxy; ``""`` for none. Default: that of the environment, and none for the own machine.
        cert: A client certificate: a file, or (certificate, key).
        max_in_flight: The number of requests that are sent at once. Default: 16.
        max_response_size: Bytes of an answer, once it is unpacked. Default: 256 MB. Files that are read in pieces have
            no limit.
        app: The name of your program, for the User-Agent.
        on_request: Is called with a `RequestInfo` before each attempt.
        on_response: Is called with a `ResponseInfo` after each attempt.
        timezone: The server's, by its IANA name ("Europe/Paris") or as a tzinfo (GLPI_TIMEZONE). Default: what the
            server says, if it says so.
        validate: How fields of writes are checked: "strict" (the default), "warn" or "off" (GLPI_VALIDATE).
        verify: What writes are compared with afterwards: "answer" (the default: with what GLPI answers; a difference
            is a warning), True (with the item, which is read back; a difference is an error), or False.
        dates: True: rows hold datetimes and dates in place of text.

    >>> from glpi_utils import GlpiOAuthClient
    >>> with GlpiOAuthClient(app="nightly report", retries=1, read_only=True) as careful:
    ...     careful.ticket.get(1)["id"]
    1
    """

    max_time: float | None
    retries: int | Retry | None
    headers: Mapping[str, str] | None
    read_only: bool
    proxy: str | None
    cert: str | tuple[str, str] | None
    max_in_flight: int
    max_response_size: int
    app: str | None
    on_request: Callable[[RequestInfo], object] | None
    on_response: Callable[[ResponseInfo], object] | None
    timezone: str | tzinfo | None
    validate: str | None
    verify: bool | str | None
    dates: bool


class ClientOptions(NamedTuple):
    """`ClientKeywords`, with its defaults; made by `of`."""

    max_time: float | None = None
    retries: int | Retry | None = None
    headers: Mapping[str, str] | None = None
    read_only: bool = False
    proxy: str | None = None
    cert: str | tuple[str, str] | None = None
    max_in_flight: int = 16
    max_response_size: int = LARGEST
    app: str | None = None
    on_request: Callable[[RequestInfo], object] | None = None
    on_response: Callable[[ResponseInfo], object] | None = None
    timezone: str | tzinfo | None = None
    validate: str | None = None
    verify: bool | str | None = None
    dates: bool = False

    @classmethod
    def of(cls, owner: type, further: Mapping[str, Any]) -> ClientOptions:
        """Return the keywords of a constructor; one that it does not take is a TypeError that names those meant."""
        refuse_unknown(set(further) - set(cls._fields), owner, cls._fields)
        return cls(**further)

    def options(self, timeout: float) -> Options:
        """Return the options of calls."""
        writes = settings.writes(self.timezone, self.validate)
        return Options().changed(
            timezone=writes.timezone,
            validate=writes.validate,
            verify=self.verify,
            dates=self.dates,
            timeout=timeout,
            max_time=self.max_time,
            retries=self.retries,
            headers=self.headers,
            read_only=self.read_only,
        )

    def network(self, verify: Verify) -> Network:
        """Return what concerns the network."""
        limit, largest = self.max_in_flight, self.max_response_size
        for name, value in (("max_in_flight", limit), ("max_response_size", largest)):
            if not is_id(value) or value < 1:
                raise GlpiValidationError(f"{name} must be an integer of at least 1, not {described(value)}")
        network = Network(verify=verify, proxy=self.proxy, cert=self.cert, limit=limit, largest=largest)
        refuse_unusable(network)
        return network

    def report(self, redactor: Redactor) -> Report:
        """Return the report, which tells the caller's functions what happens."""
        redactor.add_headers(self.headers or {})
        for proxy in _proxies_of_the_environment() if self.proxy is None else [self.proxy]:
            redactor.add_login(*_userinfo(proxy))
        headers = Options().changed(headers={"User-Agent": user_agent(self.app)}).headers  # checked there
        return Report(redactor, headers, self.on_request, self.on_response)


takes_options = takes(ClientKeywords, defaults=ClientOptions._field_defaults)


def warned(address: settings.Address, verify: Verify) -> None:
    """Warn of plain http and unchecked certificates, at the caller's line."""
    if (not address.secure and not address.loopback) or verify is False:
        settings.warn_plain(address, verify)


def _proxies_of_the_environment() -> list[str]:
    return [value for name, value in os.environ.items() if name.lower().endswith("_proxy") and "@" in value]


def _userinfo(proxy: str) -> tuple[str | None, str | None]:
    if "@" not in proxy:
        return None, None
    from urllib.parse import unquote, urlsplit

    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    except ValueError:
        return None, None
    return unquote(parts.username or ""), unquote(parts.password or "")
