"""How often and when to try again: a value, so that it can be read, compared and replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..._dialects.shared.shapes import is_id
from ..._display import described
from ..._wire import NOTHING, fits_a_header
from ...exceptions import GlpiError, GlpiRateLimitError, GlpiTimeoutError, GlpiValidationError

if TYPE_CHECKING:
    from datetime import tzinfo

    from ..._streams import BodySource


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


class Retry:
    """How a call is repeated. The pauses grow, and chance shortens each by up to a half.

    The pause before attempt n + 1 is at most ``pause * factor ** (n - 1)`` seconds, and never longer than ``longest``.
    A Retry-After of the server goes before it.

    Args:
        attempts: How often a call is sent in all, at least 1.
        pause: Seconds before the first repeat, at least 0.
        factor: By what each further pause grows, at least 1.
        longest: Seconds that no pause exceeds.

    Raises:
        GlpiValidationError: A value is not one of these.

    >>> from glpi_utils import GlpiOAuthClient, Retry
    >>> with GlpiOAuthClient(retries=Retry(attempts=2, pause=0.1)) as hasty:
    ...     hasty.ticket.get(1)["id"]
    1
    """

    __module__ = "glpi_utils"  # where people import it from

    __slots__ = ("attempts", "factor", "longest", "pause")

    def __init__(self, attempts: int = 4, pause: float = 0.5, factor: float = 2.0, longest: float = 8.0) -> None:
        if not is_id(attempts) or attempts < 1:
            raise GlpiValidationError(f"attempts must be an integer of at least 1, not {described(attempts)}")
        for name, value, least in (("pause", pause, 0), ("factor", factor, 1), ("longest", longest, 0)):
            if not _is_number(value) or not least <= value < 1e7:
                raise GlpiValidationError(f"{name} must be a number of at least {least}, not {described(value)}")
        self.attempts, self.pause, self.factor, self.longest = attempts, pause, factor, longest

    def __repr__(self) -> str:
        return f"Retry(attempts={self.attempts}, pause={self.pause}, factor={self.factor}, longest={self.longest})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Retry) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))

    def wait(self, attempt: int, draw: float) -> float:
        """Return the seconds to wait after an attempt.

        Args:
            attempt: The number of the attempt, from 1.
            draw: A random number from 0 to 1 (excluded).

        >>> Retry(pause=1.0, factor=2.0).wait(2, draw=0.0)
        1.0
        """
        whole = min(self.longest, self.pause * self.factor ** min(attempt - 1, 40))
        return whole * (0.5 + draw / 2)


_USUAL: Final = Retry()
_MEBIBYTE: Final = 1024 * 1024
_TOKEN: Final = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


class Options(NamedTuple):
    """The options of a call: times in seconds, repeats, further headers, whether it may write.

    ``scope`` are the HL headers of entity and profile, which are checked once. ``breaks_at_once``: a broken
    answer is not asked for again as it was, since the caller asks for less then. ``validate`` is how writes are
    looked at, ``verify`` what they are held against afterwards, ``zone`` the server's, ``dates`` whether rows hold
    datetimes; ``legacy`` is whether an HL client may open legacy sessions ("auto" or "never").
    """

    timeout: float = 30.0
    max_time: float | None = None
    retry: Retry = _USUAL
    headers: Mapping[str, str] = NOTHING
    read_only: bool = False
    scope: Mapping[str, str] = NOTHING
    breaks_at_once: bool = False
    concurrency: int | None = None
    validate: str = "strict"
    verify: bool | str = "answer"
    zone: tzinfo | None = None
    dates: bool = False
    legacy: str = "auto"

    def __repr__(self) -> str:
        """Leave out the values of headers, which may be secret."""
        shown = self._replace(headers=dict.fromkeys(self.headers, "…"))
        fields = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, shown, strict=True))
        return f"Options({fields})"

    @property
    def longest(self) -> float:
        """How long the whole call may take."""
        return 4 * self.timeout if self.max_time is None else self.max_time

    def time_for(self, body: bytes | BodySource) -> float:
        """Return the seconds that a call may take; where nobody set ``max_time``, those for a body in pieces are more."""
        if self.max_time is not None:
            return self.max_time
        return 4 * self.timeout + (0.0 if isinstance(body, bytes) else self.more_time(body.size))

    def more_time(self, size: int) -> float:
        """Return the further seconds for so many bytes: ``timeout`` for each MiB, unless ``max_time`` says how long it takes."""
        return 0.0 if self.max_time is not None else self.timeout * (size / _MEBIBYTE)

    def limit(self, error: GlpiError) -> str:
        """Return which seconds ended a call, and what sets them; "" where none did."""
        if isinstance(error, GlpiTimeoutError):
            return f"timeout={self.timeout:g} s bounds one request, max_time={self.longest:g} s the whole call"
        if isinstance(error, GlpiRateLimitError) and error.retry_after is not None:
            return f"the server asks to wait {error.retry_after:g} s, max_time={self.longest:g} s bounds the whole call"
        if isinstance(error, GlpiRateLimitError):
            return f"it was sent {self.retry.attempts} times at most (retries=), within max_time={self.longest:g} s"
        return ""

    def changed(self, **keywords: Any) -> Options:
        """Return a copy with the checked values of the keywords; None leaves an option as it is."""
        changes = {name: value for name, value in keywords.items() if value is not None}
        for name in ("timeout", "max_time"):
            if name in changes:
                changes[name] = _seconds(changes[name], name)
        if "retries" in changes:
            changes["retry"] = _retry(changes.pop("retries"))
        if "concurrency" in changes:
            changes["concurrency"] = in_flight(changes["concurrency"])
        if "timezone" in changes:
            from ..._dialects.shared.moments import zone_of

            changes["zone"] = zone_of(changes.pop("timezone"))
        if "validate" in changes:
            from ..._dialects.shared.write_rules import mode_of

            changes["validate"] = mode_of(changes["validate"])
        if "verify" in changes:
            from ..._dialects.shared.write_rules import verify_of

            changes["verify"] = verify_of(changes["verify"])
        if "dates" in changes:
            changes["dates"] = _yes(changes["dates"], "dates")
        if "legacy" in changes and changes["legacy"] not in ("auto", "never"):
            raise GlpiValidationError(f"legacy must be 'auto' or 'never', not {described(changes['legacy'])}")
        if "headers" in changes:
            changes["headers"] = {**self.headers, **_headers(changes["headers"])}
        if "scope" in changes:
            changes["scope"] = {**self.scope, **changes["scope"]}
        return self._replace(**changes)


def _seconds(value: Any, name: str) -> float:
    if not _is_number(value) or not 0 < value < 1e7:
        raise GlpiValidationError(f"{name} must be a positive number of seconds, not {described(value)}")
    return float(value)


def _yes(value: Any, name: str) -> bool:
    if not isinstance(value, bool):
        raise GlpiValidationError(f"{name} must be True or False, not {described(value)}")
    return value


def _headers(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise GlpiValidationError(f"headers must be a dict of texts, not {type(value).__name__}")
    headers: dict[Any, Any] = dict(value)  # pyright: ignore[reportUnknownArgumentType]
    for name, text in headers.items():
        if not isinstance(name, str) or not name or not _TOKEN.issuperset(name):
            raise GlpiValidationError(
                f"headers must be a dict of names and values: {described(name)} is no name of a header "
                "(letters, digits and hyphens, such as X-Trace)"
            )
        if not isinstance(text, str) or not fits_a_header(text) or max(text, default="") > "\xff":
            raise GlpiValidationError(
                f"the value of the header {name} must be text without line breaks or control signs"
            )
    return headers


def _retry(value: Any) -> Retry:
    if isinstance(value, Retry):
        return value
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise GlpiValidationError(f"retries must be the number of repeats (0: none) or a Retry, not {described(value)}")
    return Retry(attempts=value + 1)


def in_flight(value: Any) -> int:
    """Check a number of requests in flight."""
    if not is_id(value) or not 1 <= value <= 64:
        raise GlpiValidationError(f"concurrency must be an integer from 1 to 64, not {described(value)}")
    return value
