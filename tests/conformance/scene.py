"""What a topic needs: the rows the recorded server had, and for single exchanges whose token was used and what went before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conformance.play import Play
    from tests.conformance.wire import Outgoing

Token = str | Callable[["Play"], str]
"""A user's login name (his own token or session), or a function that answers the text to send."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What is special about one exchange."""

    before: Callable[[Play], None] | None = None
    """Something that happened on the recorded server between this exchange and the one before it."""
    token: Token = "glpi"
    """Stands for `<token>`."""
    refresh: Token | None = None
    """Stands for `<refresh_token>`."""
    session: Token = "glpi"
    """Stands for `<session_token>`."""
    edit: Callable[[Play, Outgoing], None] | None = None
    """Puts back what the recorder could not write down."""
    free: tuple[str, ...] = ()
    """Paths in the body whose values belong to the recorded server's configuration: only their shape is compared."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One topic. Cues are named by the exchange's note; `note#2` is the second exchange of that note."""

    prepare: Callable[[Play], None]
    tickets: int | None = None
    """Start the double with this many tickets of its own; None: only the rows that `prepare` makes."""
    cues: Mapping[str, Cue] = field(default_factory=dict[str, Cue])
    when: datetime | None = None
    """The recorded server's clock as the recording began; None: the hour that most were made in."""
    spelt: Mapping[str, str] = field(default_factory=dict[str, str])
    """Names that somebody gave to things of the recorded server -> what the double's own are called."""

    def cue(self, note: str, occurrence: int) -> Cue:
        """The cue of one exchange; the ordinary one when none is written down."""
        return self.cues.get(f"{note}#{occurrence}") or self.cues.get(note) or Cue()
