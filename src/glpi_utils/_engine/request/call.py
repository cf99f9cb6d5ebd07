"""The one path that every request takes: sign, send, judge, renew, repeat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

from ..._dialects.dialect import Dialect
from ..._wire import Ask, Credential, Fault, Kind, Request, Response, Sending, unmarked
from ...exceptions import (
    GlpiAPIError,
    GlpiError,
    GlpiNotFoundError,
    GlpiPermissionError,
    GlpiTimeoutError,
    GlpiUnknownOutcomeError,
)
from .outcome import ARRIVED, Act, Event, What, act, of_answer, of_fault
from .report import SENT, Report, noted
from .retry import Options
from .runtime import Runtime

T = TypeVar("T")
_HOPS = 5
_MAX_IDLE = 5.0  # a keep-alive that the server closed meanwhile would turn a create into an unknown


class _Course:
    """How far one call has come."""

    __slots__ = ("answer", "deadline", "failed", "in_the_air", "may_be_done", "prefix", "renewed", "tries")

    def __init__(self, prefix: str, deadline: float) -> None:
        self.prefix, self.deadline = prefix, deadline
        self.failed: Event | None = None
        self.answer: Response | None = None
        self.tries, self.renewed, self.in_the_air, self.may_be_done = 1, False, False, False

    def depart(self) -> None:
        """A request leaves."""
        self.in_the_air = True

    def over(self) -> Event:
        """Its time is over: how the last attempt failed tells more, if there was one."""
        if self.failed is None:
            return Event(What.UNREACHED, error=GlpiTimeoutError("the time allowed for the call (max_time) is over"))
        self.tries -= 1
        return self.failed


class Caller:
    """Sends asks for one client and those derived from it."""

    def __init__(self, dialect: Dialect, runtime: Runtime, report: Report) -> None:
        self.dialect, self.runtime, self.report = dialect, runtime, report
        self.credential: Callable[[Credential | None, float], Awaitable[Credential]] = _none
        """Gives the credential, a newer one than that given, before a deadline; set by the session."""
        self.newer = False
        """Whether the server lists version 2.3 of the High-Level API."""
        self.dated: tuple[str, float] | None = None
        """What the server's clock last said, and when that came."""

    async def call(
        self, ask: Ask[T], options: Options, prefix: str, deadline: float, fixed: Credential | None = None
    ) -> T:
        """Carry an ask out, or raise what became of it. ``fixed``: sign with this one, never renew."""
        if options.read_only and ask.request.kind is not Kind.READ:
            raise GlpiPermissionError(f"this client is read-only: {ask.request.method} {ask.request.path} was not sent")
        if ask.check is not None:
            ask.check(prefix)
        course = _Course(prefix, deadline)
        try:
            return await self._carry_out(ask, options, course, fixed)
        except GlpiError:
            raise
        except BaseException as stop:  # cancelled, Ctrl-C: whoever stops it decides, we only tell what is known
            if ask.request.kind is not Kind.READ and (course.in_the_air or course.may_be_done):
                text = f"{ask.request.method} /{ask.request.path} {SENT}"
                noted(stop, text)
                self.report.warn(text)
            raise

    async def _carry_out(self, ask: Ask[T], options: Options, course: _Course, fixed: Credential | None) -> T:
        while True:
            held = fixed
            if ask.request.signed and held is None:
                held = await self.credential(None, course.deadline)
            event = await self._attempt(ask, options, course, held)
            what = act(event.what, ask.request.kind)
            if what is Act.DONE:
                return cast("T", event.value)
            if what is Act.RENEW and held is not None and fixed is None and not course.renewed:
                course.renewed = True
                await self.credential(held, course.deadline)
                continue
            if course.may_be_done and event.what is What.REFUSED and await self._gone(ask, options, course, event):
                return cast("T", ask.gone_value)
            course.may_be_done = course.may_be_done or event.what in ARRIVED
            if what is not Act.REPEAT or not await self._again(options, course, event, ask.request):
                raise self.report.of(self._error(event, what, ask.request, options, course), ask.request, course.answer)

    async def _attempt(self, ask: Ask[Any], options: Options, course: _Course, held: Credential | None) -> Event:
        request = ask.request
        url = self.dialect.url(request, course.prefix)
        hops = 0
        while True:
            sending = self._sending(request, url, options, course, held)
            if sending is None:
                return course.over()
            answer = await self._send(sending, course)
            if isinstance(answer, Fault):
                return self._faulted(answer, request, course)
            onward = _onward(answer, url, request)
            hops += 1
            if onward is None or hops > _HOPS:
                return of_answer(answer, ask, self.dialect)
            url = onward

    def _faulted(self, fault: Fault, request: Request, course: _Course) -> Event:
        """Judge it; where only the call's own end cut a repeat short, how the attempt before failed tells more."""
        event = of_fault(fault)
        cut = fault.timed_out and self.runtime.now() >= course.deadline
        if cut and course.failed is not None and request.kind is not Kind.CREATE:
            return event._replace(error=course.failed.error)
        return event

    def _sending(
        self, request: Request, url: str, options: Options, course: _Course, held: Credential | None
    ) -> Sending | None:
        left = course.deadline - self.runtime.now()
        if left <= 0:
            return None
        headers = {**self.report.headers, **self.dialect.headers(), **options.headers}
        if request.signed:
            headers |= options.scope
        headers |= request.headers
        if held is not None:
            headers |= held.headers
        seconds = min(options.timeout, left)
        idle = _MAX_IDLE if request.kind is Kind.CREATE else None
        return Sending(request.method, url, headers, request.body, seconds, seconds, idle, left, course.depart)

    async def _send(self, sending: Sending, course: _Course) -> Response | Fault:
        began = self.runtime.now()
        self.report.sent(sending, course.tries)
        try:
            opened = await self.runtime.open(sending)
            body = await opened.read()
            answer: Response | Fault = Response(opened.status, opened.headers, unmarked(opened.headers, body))
        except Fault as fault:
            answer = fault
        course.in_the_air = False
        course.answer = answer if isinstance(answer, Response) else None
        if isinstance(answer, Response) and answer.status < 500 and "date" in answer.headers:
            self.dated = answer.headers["date"], self.runtime.now()
        self.report.answered(sending, answer, course.tries, self.runtime.now() - began)
        return answer

    async def _again(self, options: Options, course: _Course, event: Event, request: Request) -> bool:
        """Wait for the next attempt, if there is to be one: no repeat outlives the deadline."""
        if course.tries >= options.retry.attempts or (
            options.breaks_at_once and event.what in (What.BROKEN, What.HOLLOW)
        ):
            return False
        pause = event.pause if event.pause is not None else options.retry.wait(course.tries, self.runtime.draw())
        if self.runtime.now() + pause >= course.deadline:
            return False
        self.report.repeats(request, course.tries, pause, event.error)
        course.tries += 1
        course.failed = event
        await self.runtime.sleep(pause)
        return True

    async def _gone(self, ask: Ask[Any], options: Options, course: _Course, event: Event) -> bool:
        """Tell a repeated delete's refusal that means "it is gone": the first one did it."""
        if ask.request.kind is not Kind.REMOVE or ask.gone is None or event.error is None:
            return False
        known = ask.gone(event.error.status_code or 0, event.error.error_code or "")
        if known is not None or ask.probe is None:
            return bool(known)
        try:
            await self.call(Ask(ask.probe, lambda _: None), options, course.prefix, course.deadline)
        except GlpiNotFoundError:
            return True
        except GlpiError:  # it can not be told; the refusal itself is the better error
            return False
        return False

    def _error(self, event: Event, what: Act, request: Request, options: Options, course: _Course) -> GlpiError:
        error = event.error or GlpiError("the call failed")
        place = f"{request.method} /{request.path}"
        limit = options.limit(error)
        if what is Act.UNKNOWN:
            why = "; ".join(filter(None, (error.message, limit)))
            return GlpiUnknownOutcomeError(
                f"{place} was sent and no valid answer came ({why}). It may have been carried out, "
                "so it was not repeated: look on the server before you try again.",
                error.status_code,
                error.error_code,
            )
        more = self.dialect.advice(request, error, course.prefix, self.newer) if isinstance(error, GlpiAPIError) else ""
        error.message += "".join(f"; {text}" for text in (more, limit) if text)
        if course.may_be_done and request.kind is not Kind.READ:
            error.message += f" [{place}, attempt {course.tries}: it may have been carried out; repeating it is safe]"
        else:
            error.message += f" [{place}]" if course.tries == 1 else f" [{place}, attempt {course.tries}]"
        error.args = (error.message,)
        return error


async def _none(_stale: Credential | None, _deadline: float) -> Credential:
    raise GlpiError("this client has no login")


def _onward(answer: Response, url: str, request: Request) -> str | None:
    """Give where a read is sent on to, if that is the same origin: credentials go nowhere else."""
    place = answer.headers.get("location")
    if answer.status not in (301, 302, 303, 307, 308) or not place or request.kind is not Kind.READ:
        return None
    if request.method not in ("GET", "HEAD"):
        return None
    from urllib.parse import urljoin, urlsplit

    there = urljoin(url, place)
    old, new = urlsplit(url), urlsplit(there)
    return there if (old.scheme, old.netloc) == (new.scheme, new.netloc) else None
