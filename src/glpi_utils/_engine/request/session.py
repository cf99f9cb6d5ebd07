"""What a client shares with those derived from it: the login, the API's version, the way to the server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar
from weakref import WeakSet

from ..._dialects.dialect import Dialect
from ..._dialects.shared.shapes import as_object, is_array, is_object
from ..._versions import choose, is_newer
from ..._wire import Credential, Operation, Request, Response
from ...exceptions import GlpiAPIError, GlpiError, GlpiMaintenanceError, GlpiTimeoutError, GlpiUnsupportedError
from .call import Caller
from .report import Report
from .retry import Options
from .runtime import Flight, Runtime
from .server_description import Description, describe

if TYPE_CHECKING:
    from datetime import tzinfo

    from ...version import GLPIVersion

T = TypeVar("T")
NAMES: Final = "names that were looked up"
"""Where what is kept of a login holds these."""
Send = Callable[[Operation[Any], Credential | None], Awaitable[Any]]


class Login(Protocol):
    """Makes credentials."""

    async def make(self, stale: Credential | None, send: Send, now: Any) -> Credential: ...

    def require(self) -> None:
        """Refuse a login for which something is missing, before anything is sent."""
        ...


class Closable(Protocol):
    """What must end with the client: a walk that reads a list."""

    def close(self, why: str = "") -> None: ...


class LearntPace:
    """The rows for each request and the requests in flight that the walks of a client have found to be good."""

    def __init__(self) -> None:
        self.size_and_flights: tuple[int, int] | None = None
        """None before the first walk ended."""


class UserView:
    """What the server shows of itself to one user. Another user may see something else, so a new login clears it."""

    __slots__ = ("entities_set", "is_ours", "kept", "user_id", "version", "zone", "zone_asked")

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}
        """Search options by itemtype, the active profile, names that were looked up. They depend on language and rights, so a change of these clears it."""
        self.version: GLPIVersion | None = None
        self.user_id: int | None = None
        """Who is logged in; None until it was read."""
        self.zone: tzinfo | None = None
        """The server's time zone; None where it names none, or was not read yet."""
        self.zone_asked = False
        self.entities_set = 0
        """How often the entities of a legacy session were set again, to see new ones."""
        self.is_ours = False
        """Whether a user token was held against the user of the High-Level client that it stands beside."""


class Shared(Generic[T]):
    """Holds a value; makes the next one when the caller's is stale.

    The making is work of its own: a caller that is cancelled does not end it, so a token pair
    is never lost half-way. All who wait share how it ends, a refusal too, each with an exception of its own.
    """

    def __init__(self, runtime: Runtime, name: str, make: Callable[[T | None], Coroutine[Any, Any, T]]) -> None:
        self._runtime, self._name, self._make = runtime, name, make
        self._held: T | None = None
        self._flight: Flight[T] | None = None
        self._generation = runtime.generation
        self._epoch = 0

    @property
    def held(self) -> T | None:
        """The value as it is, if there is one; in a forked child there is none."""
        if self._generation != self._runtime.generation:
            self.drop()
        return self._held

    def drop(self) -> None:
        """Forget the value."""
        self._held, self._flight, self._generation = None, None, self._runtime.generation
        self._epoch += 1  # what is still being made is nobody's then

    async def get(self, stale: T | None = None, seconds: float | None = None) -> T:
        """Return the value, a newer one than ``stale``; who has waited for so many ``seconds`` waits no longer."""
        held = self.held
        if held is not None and held is not stale:
            return held
        async with self._runtime.lock(self._name):
            held = self.held
            if held is not None and held is not stale:
                return held
            flight = self._flight
            if flight is None or flight.done:
                epoch = self._epoch
                flight = self._flight = self._runtime.spawn(lambda: self._renew(stale, epoch))
        return await self._ended(flight, seconds)

    async def _renew(self, stale: T | None, epoch: int) -> T:
        made = await self._make(stale)
        if epoch == self._epoch:
            self._held = made
        return made

    async def _ended(self, flight: Flight[T], seconds: float | None) -> T:
        try:
            return await flight.result(seconds)
        except GlpiError as error:
            mine = error.again() if flight.done else self._too_late()
        raise mine

    def _too_late(self) -> GlpiTimeoutError:
        return GlpiTimeoutError(
            f"the time allowed for the call (max_time) is over; its {self._name} is still under way"
        )


class Session:
    """Keeps the credential and the version, and carries operations out."""

    def __init__(
        self, dialect: Dialect, runtime: Runtime, report: Report, login: Login, options: Options, pin: str | None
    ) -> None:
        self.dialect, self.runtime, self.report, self.login = dialect, runtime, report, login
        self.pin = pin
        self.learnt = LearntPace()
        self.walks: WeakSet[Closable] = WeakSet()
        self.listed: list[dict[str, Any]] = []
        self.view = UserView()
        self._options = options
        self._caller = Caller(dialect, runtime, report)
        self._caller.credential = self.credential
        self.credentials = Shared[Credential](runtime, "login", self._make)
        self.prefixes = Shared[str](runtime, "list of versions", self._choose)
        self.descriptions = Shared[Description](runtime, "description", self._describe)

    async def do(self, operation: Operation[T], options: Options, deadline: float | None = None) -> T:
        """Carry an operation out within ``max_time``, or before a deadline."""
        if operation.request.signed and self.credentials.held is None:
            self.login.require()
        if deadline is None:
            deadline = self.runtime.now() + options.time_for(operation.request.body)
        prefix = ""
        if operation.request.versioned and self.dialect.has_versions:
            prefix = self.prefixes.held or await self.prefixes.get(seconds=options.longest)
        return await self._caller.call(operation, options, prefix, deadline)

    async def plainly(self, operation: Operation[T]) -> T:
        """Carry an operation out with the session's own options: it is for all clients that share it."""
        return await self.do(operation, self._options.changed(read_only=False, retries=1))

    async def once(self, operation: Operation[T], fixed: Credential) -> T:
        """Carry an operation out with this credential: no renewal, no repeat that would hold up whoever leaves."""
        options = self._options.changed(read_only=False, retries=0)
        return await self._caller.call(operation, options, "", self.runtime.now() + options.longest, fixed)

    async def prefix(self, seconds: float | None = None) -> str:
        """Return the version that stands in every path: "" on the legacy API."""
        if not self.dialect.has_versions:
            return ""
        return await self.prefixes.get(seconds=seconds)

    @property
    def newer(self) -> bool:
        """Whether the server is GLPI 11.0.7 or later, as it lists version 2.3; False before its list was read."""
        return self._caller.newer

    async def credential(self, stale: Credential | None, deadline: float) -> Credential:
        """Return a credential, a newer one than ``stale``; renewed ahead of its end."""
        held = self.credentials.held
        if held is not None and held is not stale and held.expires_at > self.runtime.now():
            return held
        return await self.credentials.get(held, deadline - self.runtime.now())

    def server_time(self, at: float) -> float | None:
        """Return what the server's clock showed at a moment of ours, in seconds since 1970; None where it sent no date."""
        from email.utils import parsedate_to_datetime

        if self._caller.dated is None:
            return None
        date_header, came = self._caller.dated
        try:
            return parsedate_to_datetime(date_header).timestamp() + at - came
        except ValueError:
            return None

    def forget(self) -> None:
        """Forget what depends on the user: another one is about to log in. Who is still learning keeps it to himself."""
        self.view = UserView()
        self.descriptions.drop()

    async def log_in(self) -> Credential:
        """Log in anew, whatever is held."""
        self.credentials.drop()
        return await self.credentials.get()

    async def _make(self, stale: Credential | None) -> Credential:
        return await self.login.make(stale, self._send, self.runtime.now)

    async def _send(self, operation: Operation[Any], fixed: Credential | None) -> Any:
        deadline = self.runtime.now() + self._options.longest
        return await self._caller.call(operation, self._options.changed(read_only=False), "", deadline, fixed)

    async def _describe(self, stale: Description | None) -> Description:
        return await describe(self.plainly, self.runtime)

    async def _choose(self, stale: str | None) -> str:
        """Read the server's public list of versions, once per client."""
        operation = Operation(Request("GET", "", versioned=False, signed=False), _versions)
        try:
            self.listed = await self._send(operation, None)
        except GlpiMaintenanceError:
            raise
        except GlpiAPIError as error:
            if error.error_code is not None or (error.status_code or 0) not in (200, 403, 404):
                raise  # GLPI itself said no: the API is switched off, say; or something else is in the way
            text = f"there is no High-Level API behind this url: {error.message}"
        else:
            self._caller.newer = is_newer(self.listed)
            return choose(self.listed, self.pin)
        raise GlpiUnsupportedError(
            f"{text}. It needs GLPI 11 or later; for GLPI 9 and 10 use GlpiAPI or AsyncGlpiAPI (the legacy API)."
        )


def _versions(response: Response) -> list[dict[str, Any]]:
    body = response.data()
    versions = as_object(body).get("api_versions")
    if not is_array(versions):
        raise GlpiAPIError("the answer is no list of API versions", response.status)
    return [each for each in versions if is_object(each)]
