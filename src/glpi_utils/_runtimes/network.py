"""The user's settings for the network and what follows from them: the proxy, the trusted CAs, the client certificate."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from .._addresses import is_loopback
from .._display import described
from ..exceptions import GlpiValidationError

if TYPE_CHECKING:
    from ssl import SSLContext

__all__ = ["Network", "Proxy", "proxy_for", "tls_context"]

_SUFFIXES = (".pem", ".crt", ".cer", ".cert", ".ca", ".key", ".bundle")
_BY_NAME = " (is it in the wrong place? give user_token=, timeout= and what follows by name)"
CA_VARIABLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
LARGEST = 256 * 1024 * 1024
KEPT_IDLE = 60.0
"""Seconds after which a pooled connection that nobody used is closed; a create takes younger ones only (`call.py`)."""


class Network(NamedTuple):
    """The user's settings. ``proxy=""`` means no proxy, whatever the environment names.

    ``verify`` is True (the system's store, or what a variable names), False (no check at all), a CA
    file or folder, or an ``SSLContext`` that is used as it is. ``cert`` is a client certificate: a
    file that holds both, or (certificate, key). ``limit`` bounds the requests in flight, ``largest`` the bytes of
    an answer that is read as a whole, once it is unpacked.
    """

    verify: bool | str | os.PathLike[str] | SSLContext = True
    proxy: str | None = None
    cert: str | tuple[str, str] | None = None
    limit: int = 16
    largest: int = LARGEST

    def __repr__(self) -> str:
        """Leave out the proxy, which may hold a password."""
        return f"Network(verify={self.verify!r}, cert={self.cert!r}, limit={self.limit}, largest={self.largest})"


class Proxy(NamedTuple):
    """A proxy without its user-info, which became the value of ``Proxy-Authorization``."""

    scheme: str
    host: str
    port: int
    authorization: str | None = None

    def __repr__(self) -> str:
        return f"Proxy({self.url!r})"

    @property
    def url(self) -> str:
        """Where it is; nothing secret is in it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


def proxy_for(network: Network, scheme: str, host: str, port: int) -> Proxy | None:
    """Return the proxy for an origin: the client's, else the system's; the system's is not used for loopback."""
    url = network.proxy
    if url is None and not is_loopback(host):
        url = _of_the_system(scheme, host, port)
    return _parsed(url) if url else None


def _of_the_system(scheme: str, host: str, port: int) -> str | None:
    by_variables_only = sys.platform not in {"win32", "darwin"}
    if by_variables_only and not any(name.lower().endswith("_proxy") for name in os.environ):
        return None  # urllib.request is slow to import and would say the same
    from urllib.request import getproxies, proxy_bypass

    proxies = getproxies()
    url = proxies.get(scheme) or proxies.get("all")
    return None if not url or proxy_bypass(f"{host}:{port}") else url


def _parsed(text: str) -> Proxy:
    from urllib.parse import unquote, urlsplit

    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, None
    if parts is None or not host:
        raise GlpiValidationError("the proxy cannot be read as a URL: write http://host:port")
    if parts.scheme not in {"http", "https"}:
        raise GlpiValidationError(f"a {parts.scheme} proxy is not supported: give an HTTP proxy, or proxy='' for none")
    authorization = None
    if parts.username is not None:
        from base64 import b64encode

        secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        authorization = "Basic " + b64encode(secret.encode()).decode()
    return Proxy(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), authorization)


def refuse_unusable(network: Network) -> None:
    """Refuse what can be no certificate or proxy before anything is sent: above all a token in the wrong place."""
    verify, cert, proxy = network.verify, network.cert, network.proxy
    if proxy is not None and not isinstance(proxy, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise GlpiValidationError(f"proxy must be the URL of a proxy, http://host:port, or '', not {described(proxy)}")
    if proxy:
        _parsed(proxy)
    if isinstance(verify, str | os.PathLike):
        path = os.fspath(verify)
        if not _is_there(path):
            raise GlpiValidationError(
                f"verify_ssl must be True, False, an SSLContext or the path of a CA file or folder, not {_named(path)}"
                f"{_BY_NAME if isinstance(verify, str) else ''}"
            )
    elif not isinstance(verify, bool) and type(verify).__module__ != "ssl" and not _is_context(verify):
        raise GlpiValidationError(
            "verify_ssl must be True, False, an SSLContext or the path of a CA file or folder, "
            f"not {described(verify)}{_BY_NAME}"
        )
    parts: tuple[Any, ...] = () if cert is None else (cert,) if isinstance(cert, str) else tuple(cert)
    if len(parts) > 2 or (cert is not None and not parts):
        raise GlpiValidationError("cert must be the path of a file that holds certificate and key, or a pair of paths")
    for part in parts:
        if not isinstance(part, str) or not _is_there(part, file=True):
            shown = _named(part) if isinstance(part, str) else described(part)
            raise GlpiValidationError(f"cert must name files that exist, not {shown}")


def _is_context(value: object) -> bool:
    loaded = sys.modules.get("ssl")  # whoever made a context has loaded it
    return loaded is not None and isinstance(value, loaded.SSLContext)


def _named(path: str) -> str:
    """Name a path that cannot be used: one that is there, or is called like a certificate, is no secret."""
    return repr(path) if path.lower().endswith(_SUFFIXES) or _is_there(path) else described(path)


def _is_there(path: str, *, file: bool = False) -> bool:
    from pathlib import Path

    try:
        place = Path(path).expanduser()
        return place.is_file() if file else place.exists()
    except (OSError, RuntimeError, ValueError):  # too long for a name, or no name at all
        return False


def tls_context(network: Network) -> SSLContext:
    """Make the TLS context; a file that is missing or holds no certificate raises `GlpiValidationError`."""
    from ssl import SSLContext, create_default_context

    verify = network.verify
    if isinstance(verify, SSLContext):
        if network.cert is not None:
            raise GlpiValidationError("load the client certificate into the SSLContext: it is used as it is")
        return verify
    source, context = "verify_ssl", None
    if isinstance(verify, bool):
        source = next((name for name in CA_VARIABLES if os.environ.get(name)), "") if verify else ""
        trusted = os.environ[source] if source else None
    else:
        trusted = os.fspath(verify)
    context = create_default_context() if trusted is None else _trusting(trusted, source)
    if verify is False:
        from ssl import CERT_NONE

        context.check_hostname = False
        context.verify_mode = CERT_NONE
    context.set_alpn_protocols(["http/1.1"])
    if network.cert is not None:
        _present(context, network.cert)
    return context


def _trusting(trusted: str, source: str) -> SSLContext:
    from pathlib import Path
    from ssl import SSLError, create_default_context

    path = Path(trusted)
    try:
        path = path.expanduser()
        if not path.is_dir():
            return create_default_context(cafile=path)
        context = create_default_context(capath=path)  # what OpenSSL's c_rehash named: 5ed36f99.0
        for file in sorted(path.iterdir()):
            if file.suffix.lower() in {".pem", ".crt", ".cer"} and file.is_file():
                context.load_verify_locations(cafile=file)
        return context
    except (OSError, RuntimeError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or "it is no path"
        why = "it holds no certificate in PEM form" if isinstance(problem, SSLError) else why
    raise GlpiValidationError(f"{source}: the CA certificates in {_named(str(path))} cannot be used: {why}")


def _present(context: SSLContext, cert: str | tuple[str, str]) -> None:
    from ssl import SSLError

    certificate, key = (cert, None) if isinstance(cert, str) else cert
    try:
        context.load_cert_chain(certificate, key, password=lambda: "")  # without it OpenSSL asks on the terminal
        return
    except (OSError, SSLError) as problem:
        why = "no readable certificate and key" if isinstance(problem, SSLError) else problem.strerror
    raise GlpiValidationError(
        f"cert: the client certificate {_named(certificate)} cannot be used: {why} (an encrypted key needs an SSLContext)"
    )
