"""Moments as GLPI takes them: the server's wall clock, without an offset."""

from __future__ import annotations

from datetime import UTC, date, datetime, timezone, tzinfo
from typing import Final

from ...exceptions import GlpiValidationError

_SINCE: Final = 1980
"""Servers and Python may disagree about the clocks of earlier years."""
UNZONED: Final = (
    "GLPI takes times on the server's wall clock, without an offset, and this server tells no zone: give the client "
    "timezone='Europe/Paris' (or GLPI_TIMEZONE), or convert the datetime to the server's zone and drop its tzinfo "
    "(value.astimezone(zone).replace(tzinfo=None))"
)


class NeedsZone(Exception):
    """A moment has an offset, and the zone to which it must be converted is not known."""


class Unclear(Exception):
    """A moment that the server's wall clock never shows, or shows twice; ``str`` says which, ``shown`` is that time."""

    def __init__(self, why: str, shown: datetime) -> None:
        super().__init__(why)
        self.shown = shown


def zone_of(value: object) -> tzinfo:
    """Return the zone that a caller named: an IANA name, or a `zoneinfo.ZoneInfo`. An offset is not a zone."""
    if isinstance(value, timezone) and value is not UTC:
        raise GlpiValidationError(
            f"timezone={value} is an offset, not a zone: it does not tell when the clock changes; give 'Europe/Paris', say"
        )
    if isinstance(value, tzinfo):
        return value
    if not isinstance(value, str) or not value.strip():
        raise GlpiValidationError(f"timezone must be a name such as 'Europe/Paris', or a ZoneInfo, not {value!r:.60}")
    return _named(value.strip())


def _named(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo, available_timezones

    if name == "UTC":  # known without any data
        return UTC
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        pass
    if not available_timezones():
        raise GlpiValidationError(
            f"timezone={name!r}: this machine has no time zone data (Windows has none): pip install tzdata"
        )
    raise GlpiValidationError(f"timezone={name!r:.60} is no IANA name: give one such as 'Europe/Paris' or 'UTC'")


def wall(moment: datetime, zone: tzinfo | None) -> datetime:
    """Return what the server's clock shows at a moment; a naive one is that already."""
    if moment.tzinfo is None:
        if zone is not None and _skipped(moment, zone):
            raise Unclear(f"in {zone} the clock is put forward over that time, so it never comes", moment)
        return moment
    if zone is None:
        raise NeedsZone
    here = moment.astimezone(zone)
    shown = here.replace(tzinfo=None, fold=0)
    if here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset():
        raise Unclear(
            f"in {zone} the clock is put back and shows {here:%H:%M} twice that night, and GLPI keeps no offset: "
            "give the wall clock's time without a tzinfo if that will do",
            shown,
        )
    return shown


def _skipped(moment: datetime, zone: tzinfo) -> bool:
    there = moment.replace(tzinfo=zone, fold=0)
    if there.utcoffset() == there.replace(fold=1).utcoffset():
        return False
    return there.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) != moment.replace(fold=0)


def parsed(text: str) -> date | None:
    """Read a date or a date with its time, as GLPI shows them; None where it is neither."""
    if len(text) < 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return None


def written(value: date, zone: tzinfo | None) -> str:
    """Write a moment, or a day as its midnight."""
    if not isinstance(value, datetime):
        return f"{value.isoformat()} 00:00:00"
    return f"{wall(value, zone).replace(microsecond=0)}"


def day(value: date, zone: tzinfo | None) -> str:
    """Write a day; a moment is written as its day on the server."""
    return (wall(value, zone).date() if isinstance(value, datetime) else value).isoformat()


def contradiction(zone: tzinfo, shown: str) -> str:
    """Return how a moment that the server shows contradicts the zone that it is said to be in; "" where it does not.

    >>> contradiction(UTC, "2026-01-31T10:00:00+00:00"), contradiction(UTC, "2026-01-31 10:00:00")
    ('', '')
    >>> contradiction(UTC, "2026-01-31T10:00:00+01:00").partition(":")[0]
    'timezone=UTC contradicts the server'
    """
    moment = parsed(shown)
    if not isinstance(moment, datetime) or moment.tzinfo is None or moment.year < _SINCE:
        return ""
    here = moment.astimezone(zone)
    if here.utcoffset() == moment.utcoffset():
        return ""
    return (
        f"timezone={zone} contradicts the server: it shows {shown}, an offset of {_offset(moment)}, where {zone} has "
        f"{_offset(here)}. Its moments would be hours off: give the zone that the server's clock is in, or leave timezone= out"
    )


def _offset(moment: datetime) -> str:
    return moment.isoformat()[19 + (7 if moment.microsecond else 0) :]


def localized(value: datetime, zone: tzinfo) -> datetime:
    """Return a moment that a caller compares with as the server's wall clock shows it."""
    try:
        return wall(value, zone)
    except Unclear as why:
        raise GlpiValidationError(f"{value!r}: {why}") from None
