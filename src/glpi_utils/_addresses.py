"""Reads the address of a GLPI as people paste it."""

from __future__ import annotations

from typing import Final, NamedTuple

from ._versions import pin
from .exceptions import GlpiValidationError

__all__ = ["Address", "parse"]

SCRIPTS: Final = ("api.php", "apirest.php")
_PAGES_OF_THE_API: Final = ("doc", "doc.json", "getting-started", "swagger", "authorize", "token")
_DEFAULT_PORTS: Final = {"http": "80", "https": "443"}
_PATH_SIGNS: Final = frozenset("-._~!$&'()*+,;=:")
_SAFE_TO_SHOW: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/")


def is_loopback(host: str) -> bool:
    """Check whether the name or address means this machine."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    if not name or not (name[0].isdigit() or ":" in name):
        return False
    from ipaddress import IPv6Address, ip_address

    try:
        address = ip_address(name)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


class Address(NamedTuple):
    """Where a GLPI is: its root, without the API's script; the version and script that its URL named.

    ``pin`` is ``v1`` where the URL ended in ``/api.php/v1``: the legacy API as GLPI 11 also serves it.
    """

    root: str
    pin: str | None = None
    script: str | None = None

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        scheme, _, rest = self.root.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}"

    @property
    def secure(self) -> bool:
        """Whether it is https."""
        return self.root.startswith("https://")

    @property
    def host(self) -> str:
        """The name or number of the host, without brackets and port."""
        netloc = self.origin.partition("://")[2]
        return netloc[1:].partition("]")[0] if netloc.startswith("[") else netloc.partition(":")[0]

    @property
    def loopback(self) -> bool:
        """Whether the host is this machine."""
        return is_loopback(self.host)

    @property
    def highlevel(self) -> str:
        """Where the high-level API is, without a version."""
        return f"{self.root}/api.php"

    @property
    def legacy(self) -> str:
        """Where the legacy API is: ``/apirest.php``, unless the URL named ``/api.php/v1``."""
        return f"{self.root}/api.php/v1" if (self.script, self.pin) == ("api.php", "v1") else f"{self.root}/apirest.php"


def parse(text: str) -> Address:
    """Read it. What is no address of a GLPI is refused without repeating what may be secret in it."""
    scheme, marker, rest = text.strip().partition("://")
    scheme = scheme.lower()
    if not marker:
        raise GlpiValidationError(f"the address has no scheme: write {_suggestion(text)}")
    if scheme not in _DEFAULT_PORTS:
        raise GlpiValidationError("the address must begin with https:// (or http://)")
    if "?" in rest or "#" in rest:
        raise GlpiValidationError("the address must not hold '?' or '#': give the part before it")
    netloc, _, path = rest.partition("/")
    if "@" in rest:
        raise GlpiValidationError(
            "the address must not hold a user or password: give them as arguments or environment variables"
        )
    netloc, _, path = rest.partition("/")
    root, script, after = _parts(_segments(path))
    where = f"{scheme}://{_netloc(netloc, scheme)}" + "".join(f"/{segment}" for segment in root)
    return Address(where, _version(after, script), script)


def _suggestion(text: str) -> str:
    host = text.strip().lstrip("/")
    port = host.partition(":")[2].partition("/")[0]
    plain = set(host.replace(":", "", 1)) <= _SAFE_TO_SHOW and (not port or port.isdigit())
    return f"https://{host}" if plain and _looks_like_a_host(host) else "https://glpi.example.com"


def _looks_like_a_host(text: str) -> bool:
    """Check whether this cannot be a password or a token: ``localhost``, numbers, or labels that end in a domain."""
    labels = text.partition("/")[0].partition(":")[0].split(".")
    if labels == ["localhost"]:
        return True
    ends = labels[-1].islower() and labels[-1].isalpha() and len(labels[-1]) < 10
    numbers = len(labels) == 4 and all(label.isdigit() for label in labels)
    return len(labels) > 1 and (ends or numbers) and all(0 < len(label) < 30 for label in labels)


def _netloc(netloc: str, scheme: str) -> str:
    """Host and port, lower case, in ASCII, without the scheme's own port."""
    if netloc.startswith("["):
        number, bracket, port = netloc[1:].partition("]")
        host = f"[{_ipv6(number)}]"
        marker, port = port[:1], port[1:]
        if not bracket or marker not in ("", ":"):
            raise _no_host()
    else:
        name, _, port = netloc.partition(":")
        host = _host(name)
    if not port:
        return host
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65536):
        raise GlpiValidationError("the port of the address must be a number from 1 to 65535")
    return host if str(int(port)) == _DEFAULT_PORTS[scheme] else f"{host}:{int(port)}"


def _ipv6(number: str) -> str:
    from ipaddress import IPv6Address

    try:
        if "%" in number:
            raise _no_host()
        return str(IPv6Address(number))
    except ValueError:
        raise _no_host() from None


def _host(name: str) -> str:
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            raise _no_host() from None
    name = name.lower()
    labels = name.removesuffix(".").split(".")
    if len(name) > 253 or not all(
        label and len(label) < 64 and label.replace("-", "").replace("_", "").isalnum() for label in labels
    ):
        raise _no_host()
    return name


def _no_host() -> GlpiValidationError:
    return GlpiValidationError("the address has no valid host: write one like https://glpi.example.com")


def _segments(path: str) -> list[str]:
    return [_encoded(segment) for segment in path.split("/") if segment]


def _encoded(segment: str) -> str:
    """A segment of a path as it travels. What could leave the folder or end the path is refused."""
    from urllib.parse import quote, unquote_to_bytes

    plain = segment.replace("%", "")
    if all(sign.isascii() and (sign.isalnum() or sign in _PATH_SIGNS) for sign in segment) and segment not in (
        ".",
        "..",
    ):
        return segment
    try:
        raw = unquote_to_bytes(segment)
        whole = quote(raw, safe="".join(_PATH_SIGNS))
        readable = raw.decode("utf-8")
    except UnicodeError:
        raise _no_path() from None
    if not plain or readable in (".", "..") or not readable.isprintable() or set(readable) & set('/\\?#%@"<>^`{|}'):
        raise _no_path()
    return whole


def _no_path() -> GlpiValidationError:
    return GlpiValidationError(
        "the path of the address may not hold '..', '%', a backslash, quotation marks or control characters"
    )


def _parts(segments: list[str]) -> tuple[list[str], str | None, list[str]]:
    """Where GLPI is, the API's script and what follows it. A page pasted from the browser is cut off."""
    lower = [segment.lower() for segment in segments]
    for at, segment in enumerate(lower):
        if segment in SCRIPTS:
            return segments[:at], segment, lower[at + 1 :]
    if lower[-1:] == ["index.php"]:
        return segments[:-1], None, []
    if "front" in lower and lower[-1].endswith(".php"):
        return segments[: lower.index("front")], None, []
    return segments, None, []


def _version(after: list[str], script: str | None) -> str | None:
    """The version that follows ``api.php``; a page of the API's documentation may follow too."""
    if script == "api.php":
        after = after[:-1] if after and after[-1] in _PAGES_OF_THE_API else after
        if len(after) == 1 and after[0].startswith("v"):
            if after[0] in ("v1", "v1.0", "v1.0.0"):
                return "v1"
            return pin(after[0])
    if after:
        raise GlpiValidationError(f"the address must end at {script}, or after api.php at a version such as /v2.2")
    return None
