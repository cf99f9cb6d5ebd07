"""The one path that every request takes: sign, send, judge, renew, repeat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

from ..._dialects.protocols.addressing import Addressing
from ..._streams import BodyTarget
from ..._wire import Credential, Kind, Operation, Request, Response, TransportError, WireRequest, unmarked
from ...exceptions import (
    GlpiAPIError,
    GlpiError,
    GlpiNotFoundError,
    GlpiPermissionError,
    GlpiTimeoutError,
    GlpiUnknownOutcomeError,
)
from .outcome import ARRIVED, Action, Event, Outcome, act, of_answer, of_transport_error
from .report import SENT, Report, noted
from .retry import Options
from .runtime import Runtime
from .streaming import BEGINNINGS, hand_on

T = TypeVar("T")
_HOPS = 5
_MAX_IDLE_FOR_A_CREATE = 5.0  # on a connection that the server closed meanwhile its outcome would be unknown


class CallState:
    """How far one call has come."""

    __slots__ = ("answer", "bodies", "deadline", "failed", "in_the_air", "may_be_done", "prefix", "renewed", "tries")

    def __init__(self, prefix: str, deadline: float) -> None:
        self.prefix, self.deadline, self.bodies = prefix, deadline, 0
        self.failed: Event | None = None
        self.answer: Response | None = None
        self.tries, self.renewed, self.in_the_air, self.may_be_done = 1, False, False, False

    def depart(self) -> None:
        """A request leaves."""
        self.in_the_air = True

    def over(self) -> Event:
        """Its time is over: how the last attempt failed tells more, if there was one."""
        if self.failed is None:
            return Event(Outcome.UNREACHED, error=GlpiTimeoutError("the time allowed for the call (max_time) is over"))
        self.tries -= 1
        return self.failed


class Caller:
    """Sends asks for one client and those derived from it."""

    def __init__(self, dialect: Addressing, runtime: Runtime, report: Report) -> None:
        self.dialect, self.runtime, self.report = dialect, runtime, report
        self.credential: Callable[[Credential | None, float], Awaitable[Credential]] = _none
        """Gives the credential, a newer one than that given, before a deadline; set by the session."""
        self.newer = False
        """Whether the server lists version 2.3 of the High-Level API."""
        self.dated: tuple[str, float] | None = None
        """What the server's clock last said, and when that came."""

    async def call(
        self, operation: Operation[T], options: Options, prefix: str, deadline: float, fixed: Credential | None = None
    ) -> T:
        """Carry an operation out, or raise what became of it. ``fixed``: sign with this one, never renew."""
        if options.read_only and operation.request.kind is not Kind.READ:
            raise GlpiPermissionError(
                f"this client is read-only: {operation.request.method} {operation.request.path} was not sent"
            )
        if operation.check is not None:
            operation.check(prefix)
        state = CallState(prefix, deadline)
        try:
            return await self._carry_out(operation, options, state, fixed)
        except GlpiError:
            raise
        except BaseException as stop:  # cancelled, Ctrl-C: whoever stops it decides, we only tell what is known
            if operation.request.kind is not Kind.READ and (state.in_the_air or state.may_be_done):
                text = f"{operation.request.method} /{operation.request.path} {SENT}"
                noted(stop, text)
                self.report.warn(text)
            raise

    async def _carry_out(
        self, operation: Operation[T], options: Options, state: CallState, fixed: Credential | None
    ) -> T:
        while True:
            held = fixed
            if operation.request.signed and held is None:
                held = await self.credential(None, state.deadline)
            event = await self._attempt(operation, options, state, held)
            what = act(event.what, operation.request.kind)
            if what is Action.DONE:
                return cast("T", event.value)
            if what is Action.RENEW and held is not None and fixed is None and not state.renewed:
                state.renewed = True
                await self.credential(held, state.deadline)
                continue
            if (
                state.may_be_done
                and event.what is Outcome.REFUSED
                and await self._gone(operation, options, state, event)
            ):
                return cast("T", operation.gone_value)
            state.may_be_done = state.may_be_done or event.what in ARRIVED
            if what is not Action.REPEAT or not await self._again(options, state, event, operation):
                raise self.report.of(
                    self._error(event, what, operation.request, options, state), operation.request, state.answer
                )

    async def _attempt(
        self, operation: Operation[Any], options: Options, state: CallState, held: Credential | None
    ) -> Event:
        request = operation.request
        url = self.dialect.url(request, state.prefix)
        hops = 0
        while True:
            sending = self._sending(request, url, options, state, held)
            if sending is None:
                return state.over()
            answer = await self._send(sending, state, operation.target, options)
            if isinstance(answer, TransportError):
                return self._faulted(answer, request, state)
            onward = _onward(answer, url, request)
            hops += 1
            if onward is None or hops > _HOPS:
                return of_answer(answer, operation, self.dialect)
            url = onward

    def _faulted(self, fault: TransportError, request: Request, state: CallState) -> Event:
        """Judge it; where only the call's own end cut a repeat short, how the attempt before failed tells more."""
        event = of_transport_error(fault)
        cut = fault.timed_out and self.runtime.now() >= state.deadline
        if cut and state.failed is not None and request.kind is not Kind.CREATE:
            return event._replace(error=state.failed.error)
        return event

    def _sending(
        self, request: Request, url: str, options: Options, state: CallState, held: Credential | None
    ) -> WireRequest | None:
        left = state.deadline - self.runtime.now()
        if left <= 0:
            return None
        headers = {**self.report.headers, **self.dialect.headers(), **options.headers}
        if request.signed:
            headers |= options.scope
        headers |= request.headers
        if held is not None:
            headers |= held.headers
        seconds = min(options.timeout, left)
        idle = _MAX_IDLE_FOR_A_CREATE if request.kind is Kind.CREATE else None
        return WireRequest(request.method, url, headers, request.body, seconds, seconds, idle, left, state.depart)

    async def _send(
        self, sending: WireRequest, state: CallState, target: BodyTarget | None, options: Options
    ) -> Response | TransportError:
        began = self.runtime.now()
        self.report.sent(sending, state.tries)
        answer: Response | TransportError
        try:
            opened = await self.runtime.open(sending)
            if target is not None and target.accepts(opened.status, opened.headers):
                state.bodies += 1
                answer = await hand_on(self.runtime, opened, target, state, options)
            else:
                body = await opened.read()
                answer = Response(opened.status, opened.headers, unmarked(opened.headers, body))
        except TransportError as fault:
            answer = fault
        state.in_the_air = False
        state.answer = answer if isinstance(answer, Response) else None
        if isinstance(answer, Response) and answer.status < 500 and "date" in answer.headers:
            self.dated = answer.headers["date"], self.runtime.now()
        self.report.answered(sending, answer, state.tries, self.runtime.now() - began)
        return answer

    async def _again(self, options: Options, state: CallState, event: Event, operation: Operation[Any]) -> bool:
        """Wait for the next attempt, if there is to be one: no repeat outlives the deadline."""
        if state.tries >= options.retry.attempts or (
            options.breaks_at_once and event.what in (Outcome.BROKEN, Outcome.HOLLOW)
        ):
            return False
        target = operation.target
        if target is not None and state.bodies and (state.bodies >= BEGINNINGS or target.obstacle()):
            return False
        pause = event.pause if event.pause is not None else options.retry.wait(state.tries, self.runtime.draw())
        if self.runtime.now() + pause >= state.deadline:
            return False
        self.report.repeats(operation.request, state.tries, pause, event.error)
        state.tries += 1
        state.failed = event
        await self.runtime.sleep(pause)
        return True

    async def _gone(self, operation: Operation[Any], options: Options, state: CallState, event: Event) -> bool:
        """Check for a repeated delete's refusal that means "it is gone": the first one did it."""
        if operation.request.kind is not Kind.REMOVE or operation.gone is None or event.error is None:
            return False
        known = operation.gone(event.error.status_code or 0, event.error.error_code or "")
        if known is not None or operation.probe is None:
            return bool(known)
        try:
            await self.call(Operation(operation.probe, _nothing), options, state.prefix, state.deadline)
        except GlpiNotFoundError:
            return True
        except GlpiError:  # it cannot be told; the refusal itself is the better error
            return False
        return False

    def _error(self, event: Event, what: Action, request: Request, options: Options, state: CallState) -> GlpiError:
        error = event.error or GlpiError("the call failed")
        place = f"{request.method} /{request.path}"
        limit = options.limit(error)
        if what is Action.UNKNOWN:
            why = "; ".join(filter(None, (error.message, limit)))
            return GlpiUnknownOutcomeError(
                f"{place} was sent and no valid answer came ({why}). It may have been carried out, "
                "so it was not repeated: look on the server before you try again.",
                error.status_code,
                error.error_code,
            )
        more = self.dialect.advice(request, error, state.prefix, self.newer) if isinstance(error, GlpiAPIError) else ""
        error.message += "".join(f"; {text}" for text in (more, limit) if text)
        if state.may_be_done and request.kind is not Kind.READ:
            error.message += f" [{place}, attempt {state.tries}: it may have been carried out; repeating it is safe]"
        else:
            error.message += f" [{place}]" if state.tries == 1 else f" [{place}, attempt {state.tries}]"
        error.args = (error.message,)
        return error


def _nothing(_answer: Response) -> None:
    """Read nothing: that the item is there is all that is of interest."""


async def _none(_stale: Credential | None, _deadline: float) -> Credential:
    raise GlpiError("this client has no login")


def _onward(answer: Response, url: str, request: Request) -> str | None:
    """Return where a read is sent on to, if that is the same origin: credentials go nowhere else."""
    place = answer.headers.get("location")
    if answer.status not in (301, 302, 303, 307, 308) or not place or request.kind is not Kind.READ:
        return None
    if request.method not in ("GET", "HEAD"):
        return None
    from urllib.parse import urljoin, urlsplit

    there = urljoin(url, place)
    old, new = urlsplit(url), urlsplit(there)
    return there if (old.scheme, old.netloc) == (new.scheme, new.netloc) else None
