"""Plain values that dialects, engine and runtimes exchange: no I/O, no state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple

from ._streams import BodySource, BodyTarget

if TYPE_CHECKING:  # checkers know the default of a type variable on all Pythons, typing itself from 3.13 on
    from typing_extensions import TypeVar

    Row = TypeVar("Row", default=Any)
else:
    from typing import TypeVar

    Row = TypeVar("Row")

__all__ = [
    "Operation",
    "Credential",
    "TransportError",
    "ItemList",
    "Kind",
    "Page",
    "Request",
    "Response",
    "Row",
    "WireRequest",
    "Stage",
    "UnexpectedAnswer",
    "UndecodableBody",
    "fits_a_header",
    "unmarked",
]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Check = Callable[[str], None]
"""Raises where the version in use ("v2.2") does not have what is asked for."""

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
_MARK = b"\xef\xbb\xbf"


class Kind(Enum):
    """What repeating a request would do."""

    READ = "read"
    CHANGE = "change"  # PATCH, PUT: twice is once
    REMOVE = "remove"  # DELETE: twice is once, the second may say "gone"
    CREATE = "create"  # a create or any other POST: twice is two


class Request(NamedTuple):
    """A request before it is signed and addressed.

    ``path`` is percent-encoded and relative: to the API's version prefix, or, where
    ``versioned`` is false, to the API's root. ``signed`` says whether it carries a credential. ``below`` is the class of
    the item that it concerns something of, where the path does not have it.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = NOTHING
    body: bytes | BodySource = b""
    kind: Kind = Kind.READ
    versioned: bool = True
    signed: bool = True
    below: str = ""

    def __repr__(self) -> str:
        return f"Request({self.method} {self.path})"


class WireRequest(NamedTuple):
    """A request as a transport takes it: exact bytes, exact headers, its time-outs in seconds.

    ``max_idle`` forbids a pooled connection that was idle for longer (seconds); None allows any. ``longest`` bounds all
    of it, from the wait for a place to the end of the body, however slowly that drips.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | BodySource = b""
    connect_timeout: float = 30.0
    read_timeout: float = 30.0
    max_idle: float | None = None
    longest: float | None = None
    departs: Callable[[], object] | None = None
    """Called when the wait for a place among the requests in flight is over: from then on the request may have arrived."""

    def __repr__(self) -> str:
        return f"Sending({self.method} {self.url})"


class Response(NamedTuple):
    """An answer that arrived whole. Header names are lower case; repeated ones are joined by ``, ``."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    streamed: int | None = None
    """The bytes of a body that went to the operation's target; None: the body is here."""

    def __repr__(self) -> str:
        return f"Response({self.status}, {self.size} bytes)"

    @property
    def size(self) -> int:
        """The bytes of the body, wherever it is."""
        return len(self.body) if self.streamed is None else self.streamed

    @property
    def content_type(self) -> str:
        """The media type, lower case and without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def data(self) -> Any:
        """The JSON of the body; what is no JSON (empty, cut, followed by garbage) raises `UndecodableBody`."""
        import orjson

        if not self.body.strip():
            raise UndecodableBody("the body is empty")
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError as problem:
            raise UndecodableBody(f"the body is no JSON: {problem.msg}") from None


def unmarked(headers: Mapping[str, str], body: bytes) -> bytes:
    """Return the body of an answer in text without byte order marks before it.

    Each file of PHP that was saved with such a mark puts one before everything that the server says.
    """
    if body.startswith(_MARK) and any(kind in headers.get("content-type", "html") for kind in ("json", "html")):
        while body.startswith(_MARK):
            body = body[len(_MARK) :]
    return body


def fits_a_header(text: str) -> bool:
    """Check whether a header can carry this (as UTF-8): no line breaks, no control characters."""
    return all(sign == "\t" or (sign >= " " and not "\x7f" <= sign < "\xa0") for sign in text)


class UndecodableBody(ValueError):
    """A body could not be read: something broke on the way."""


class UnexpectedAnswer(ValueError):
    """A body was read and does not hold what the call promises."""


class Stage(Enum):
    """How far a request came before it failed."""

    UNSENDABLE = "unsendable"  # the request breaks the rules of HTTP: nothing was sent, and never will be
    CERTIFICATE = "certificate"  # the server's certificate was refused: nothing was sent
    UNREACHED = "unreached"  # DNS, refused, TLS handshake, proxy CONNECT, connect time-out: nothing arrived
    SENT = "sent"  # reset, closed, read time-out, cut body: it may have arrived
    OVERSIZED = "oversized"  # the answer is larger than is allowed: it arrived, and was not read to its end


class TransportError(Exception):
    """A transport's only exception: no answer, or no whole one. ``str`` tells what happened, without secrets."""

    def __init__(self, stage: Stage, reason: str, *, timed_out: bool = False) -> None:
        super().__init__(reason)
        self.stage = stage
        self.timed_out = timed_out


class Operation(NamedTuple, Generic[T_co]):
    """A request together with the reading of its answer: a value that never changes after it was made.

    ``read`` raises `UndecodableBody` or `UnexpectedAnswer` when the answer does not hold what the call promises.
    ``gone(status, code)`` is for deletes: on a repeat, does this refusal mean that the item is gone?
    True and False say so, None says: ask ``probe``, whose 404 means yes; the call then gives ``gone_value``.
    ``instead`` names refusals, by GLPI's code, that are an answer after all.
    ``check`` is told the version in use and raises where that does not have what is asked for.
    ``first`` is asked before, once: it raises where this question would not reach GLPI as it was meant.
    ``target`` takes the body of an answer piece by piece; ``read`` is then given the answer without it.
    """

    request: Request
    read: Callable[[Response], T_co]
    check: Check | None = None
    gone: Callable[[int, str], bool | None] | None = None
    probe: Request | None = None
    gone_value: Any = None
    instead: Mapping[str, Any] = NOTHING
    first: Operation[Any] | None = None
    target: BodyTarget | None = None

    def __repr__(self) -> str:
        return f"Operation({self.request!r})"

    def read_by(self, read: Callable[[Response], T]) -> Operation[T]:
        """Return the same question with another reading of its answer."""
        return Operation(self.request, read, *self[2:])


class Credential:
    """What signs a request, until when (the runtime's clock), and what renews it. Compared by identity."""

    __slots__ = ("expires_at", "facts", "headers", "renewal")

    def __init__(
        self,
        headers: Mapping[str, str],
        expires_at: float = float("inf"),
        renewal: str | None = None,
        facts: Mapping[str, Any] = NOTHING,
    ) -> None:
        self.headers, self.expires_at, self.renewal, self.facts = headers, expires_at, renewal, facts


class Page(NamedTuple):
    """Rows of a list: where they began, and how many the server counts in all (None: it does not say)."""

    items: list[dict[str, Any]]
    start: int
    total: int | None


class ItemList(list[Row]):
    """Rows of GLPI: a list that also knows how many there are on the server.

    Args:
        items: The rows.
        total: As the attribute.
        complete: As the attribute.

    Attributes:
        total: The server's count of all rows that match; None where the server does not count.
        complete: True where these rows are all of them.

    >>> tickets = api.ticket.get_all(limit=3)
    >>> len(tickets), tickets.total > 3, tickets.complete
    (3, True, False)
    """

    __module__ = "glpi_utils"  # where people import it from

    def __init__(self, items: Iterable[Row] = (), total: int | None = None, *, complete: bool = False) -> None:
        super().__init__(items)
        self.total = total
        self.complete = complete
