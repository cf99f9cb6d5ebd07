"""What a client is inside: a session, the API's own part, and the options of its calls."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..._caller import warn
from ..._dialects.dialect import Dialect
from ..._wire import Kind, Operation, Request
from ...exceptions import GlpiNotFoundError, GlpiPermissionError
from .api_session import ApiSession, Beside
from .retry import Options
from .session import NAMES, Session, UserView

if TYPE_CHECKING:
    from ..._dialects.shared.dated import Dated
    from ..._knowledge.capability import Capability
    from ...version import GLPIVersion

T = TypeVar("T")


class Core:
    """One per client; a derived client has its own, with the same session."""

    def __init__(
        self,
        session: Session,
        api_session: ApiSession[Core],
        options: Options,
        label: str,
        derived: bool = False,
        companion: Beside[Core] | None = None,
    ) -> None:
        self.session, self.api_session, self.options = session, api_session, options
        self.label, self.derived = label, derived
        self.companion = companion
        """Opens legacy sessions; None in a client of the legacy API."""
        self.beside: Core | None = None
        """The core of the legacy session in this client's scope, once it was needed."""
        self.opens: Callable[[], Awaitable[None]] | None = None
        """Opens that session, and says of a refusal what wanted it; None: it is open, or opened as any other."""
        self._warned_cut = False
        self._scope_is_checked_for: UserView | None = None
        self._zone_is_checked_for: UserView | None = None
        self._proven: Request | None = None
        self._dated = dated(session.dialect, options)
        self.dialect: Dialect = session.dialect if self._dated is None else cast("Dialect", self._dated)
        """How this API speaks, in this client."""

    async def version(self) -> GLPIVersion:
        """Read GLPI's version, once per login."""
        view = self.session.view
        if view.version is None:
            view.version = await self.api_session.version(self)
        return view.version

    async def do(
        self,
        operation: Operation[T],
        *,
        breaks_at_once: bool = False,
        options: Options | None = None,
        deadline: float | None = None,
    ) -> T:
        """Carry an operation out with this client's options, or others; ``breaks_at_once``: a broken answer is not repeated.

        ``deadline``: when a call of several requests must be over; None: ``max_time`` from now on.
        """
        if self.opens is not None and not (self.options.read_only and operation.request.kind is not Kind.READ):
            await self.opens()
        view = self.session.view
        if self.options.scope and self._scope_is_checked_for is not view:
            await self.api_session.check_scope(self)
            self._scope_is_checked_for = view
        if self._dated is not None and self._dated.zone_matters:
            await self.check_zone()
        if operation.first is not None and operation.first.request != self._proven:
            await self.session.do(operation.first, self.options)
            self._proven = operation.first.request
        options = self.options if options is None else options
        options = options._replace(breaks_at_once=True) if breaks_at_once else options
        if operation.request.kind is Kind.READ:
            return await self.session.do(operation, options, deadline)
        try:
            return await self.session.do(operation, options, deadline)
        finally:
            if names := self.session.view.kept.get(NAMES):
                names.drop(operation.request.path)

    async def do_or_none(self, operation: Operation[T]) -> T | None:
        """Return the answer, or None where this user may not know it."""
        try:
            return await self.do(operation)
        except (GlpiPermissionError, GlpiNotFoundError):
            return None

    async def check_zone(self) -> None:
        """Hold the zone that the caller named against the server's clock, once, where that tells an offset."""
        view = self.session.view
        if self.options.zone is None or self._zone_is_checked_for is view:
            return
        await self.api_session.check_zone(self, self.options.zone)
        self._zone_is_checked_for = view

    def derive(self, scope: dict[str, str], **changes: Any) -> Core:
        """Return the core of a derived client."""
        options = self.options.changed(scope=scope or None, **changes)
        self.session.report.redactor.add_headers(options.headers)
        return Core(self.session, self.api_session, options, self.label, True, self.companion)

    async def legacy_core(self, need: str, why: str = "") -> Core:
        """Return what a client of the legacy API is inside, logged in as the same user, in the same scope.

        ``need``: the verb, field or itemtype that the High-Level API lacks, as the table of capabilities names it;
        ``why``: the reason, where it stands in no table. The core of a legacy client is that client's own.
        """
        capability = self._needed(need, why)
        return self if self.companion is None else await self.companion.core(self, capability)

    async def legacy_core_or_none(self, need: str, why: str = "") -> Core | None:
        """Return the same, or None where this client may open no legacy session, or GLPI's settings allow none."""
        capability = self._needed(need, why)
        return self if self.companion is None else await self.companion.core_or_none(self, capability)

    def for_items(self, itemtype: object) -> Core:
        """Return the core by which the items of a type are reached: this one, or that of the legacy session. Nothing is sent."""
        if self.companion is None or self.options.legacy == "never":
            return self
        why = self.dialect.only_elsewhere(itemtype)
        return self.companion.later(self, self._needed(str(itemtype).strip(), why)) if why else self

    def _needed(self, need: str, why: str) -> Capability:
        """Return what is known of a need; refuse one that writes where nothing may be written."""
        from ..._knowledge.capabilities import needed

        capability = needed(need, why)
        if capability.writes and self.options.read_only:
            raise GlpiPermissionError(f"this client is read-only: nothing of {capability.shown} was sent")
        return capability

    async def close(self) -> None:
        """Stop what is read, log out and close the connections."""
        for session in (self.session, *(self.companion.sessions if self.companion else ())):
            for walk in list(session.walks):
                walk.close("the client was closed while this list was read")
        try:
            await self.api_session.logout(self)
        except Exception as problem:  # noqa: BLE001  closing must not fail for a server that is gone
            self.session.report.warn(f"logout failed: {problem}")
        await self.session.runtime.close()

    def warn_cut(self, itemtype: str, got: int, total: int) -> None:
        """Warn, once per client, that a list stopped at its default."""
        if self._warned_cut:
            return
        self._warned_cut = True
        warn(f"get_all() gave {got} of {total} {itemtype}: give limit=, or use get_all_pages() for every row")


def dated(dialect: Dialect, options: Options) -> Dated | None:
    """Return a dialect whose rows hold datetimes, whose filters may hold some with an offset; None where nobody wants it."""
    if not options.dates and options.zone is None:
        return None
    from ..._dialects.shared.dated import Dated

    return Dated(dialect, options.zone, reads=options.dates)


def unpicklable(owner: str) -> str:
    """Return why a client is not pickled, and what works."""
    return (
        f"a {owner} holds a login and connections and is not pickled: make one in each process, "
        "with its settings from the environment (GLPI_URL, ...)"
    )
