"""Of several calls of this process that create the same item at once one goes first; the others take what comes of it."""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable, Hashable
from typing import TYPE_CHECKING, Any, NamedTuple

from ...exceptions import GlpiAPIError, GlpiConnectionError, GlpiError, GlpiTimeoutError, GlpiUnknownOutcomeError
from ..request.report import notes_a_write

if TYPE_CHECKING:
    from ..request.core import Core
    from ..request.runtime import Claim, Turn
    from ..request.session import Session
    from .creation import Creation

Item = dict[str, Any]
Work = Callable[["Creation", GlpiUnknownOutcomeError | None], Awaitable[Item]]
"""Looks, and creates; where an earlier call's create may still be under way, it looks longer and creates nothing."""


class Ended(NamedTuple):
    """How the call that went first ended."""

    session: Session
    user: Hashable
    answer: Item | None = None
    error: GlpiError | None = None
    unknown: bool = False
    """Whether the item may still appear."""

    def settles(self, core: Core) -> bool:
        """Check whether it is the end of another call too: of the same user, in the same view, with the same means."""
        if (self.answer is None and self.error is None) or self.user != _user(core):
            return False
        return self.session is core.session or not isinstance(self.error, GlpiConnectionError)


async def claimed(creation: Creation, work: Work) -> Item:
    """Go first, or wait, no longer than this call may take, for what comes of the call that does."""
    core = creation.core
    claim = core.session.runtime.claim((core.label, *creation.mark.what))
    try:
        held, ended = await _turn(creation, claim)
        return await _first(creation, claim, ended, work) if held else _shared(creation, ended)
    finally:
        claim.leave()


async def _turn(creation: Creation, claim: Claim) -> Turn:
    try:
        return await claim.turn(creation.left, lambda ended: ended is not None and ended.settles(creation.core))
    except GlpiTimeoutError:
        pass
    raise GlpiTimeoutError(
        "the time allowed for the call (max_time) is over; another call of this process is still creating the item "
        f"with {creation.wanted.description}. This one has sent nothing: to learn what came of it, create again in the same way"
    )


async def _first(creation: Creation, claim: Claim, before: Ended | None, work: Work) -> Item:
    session, user = creation.core.session, _user(creation.core)
    ended: Ended | None = None
    try:
        answer = await work(creation, _lost(creation) if before is not None and before.unknown else None)
        ended = Ended(session, user, answer)
        return answer
    except GlpiError as error:
        ended = _refused(creation, error, user)
        raise
    except BaseException as stop:  # cancelled, Ctrl-C: the next one goes first
        ended = Ended(session, user, creation.answer, unknown=creation.answer is None and notes_a_write(stop))
        raise
    finally:
        claim.end(ended)


def _lost(creation: Creation) -> GlpiUnknownOutcomeError:
    return GlpiUnknownOutcomeError(
        f"another call of this process sent the create of the item with {creation.wanted.description}, and its answer was "
        "lost. It may have been carried out, so this call has created nothing."
    )


def _refused(creation: Creation, error: GlpiError, user: Hashable) -> Ended:
    """Return what an error means for those who wait: what lies with this call alone, its arguments or its time, nothing."""
    lost = isinstance(error, GlpiUnknownOutcomeError)
    ours = isinstance(error, GlpiTimeoutError) and creation.left <= 0
    shared = lost or isinstance(error, GlpiAPIError | GlpiConnectionError)
    twin = error.again() if shared and not ours else None
    if twin is not None:
        twin.__cause__ = None  # its traceback would keep this call's frames
    return Ended(creation.core.session, user, error=twin, unknown=lost)


def _shared(creation: Creation, ended: Ended) -> Item:
    """Take the end of another call for one's own."""
    if ended.answer is not None:
        return {**copy.deepcopy(ended.answer), "existing": True}
    error = ended.error
    if isinstance(error, GlpiUnknownOutcomeError):
        raise creation.unknown(error)
    raise error.again() if error is not None else _lost(creation)


def _user(core: Core) -> Hashable:
    """Return whose calls see and may do the same, and give their rows in the same form."""
    options = core.options
    scope, headers = (tuple(sorted(each.items())) for each in (options.scope, options.headers))
    return core.api_session.user(), scope, headers, options.dates, options.zone
