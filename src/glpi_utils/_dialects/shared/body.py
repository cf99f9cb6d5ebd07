"""Turning fields into the JSON that GLPI takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ...exceptions import GlpiValidationError

if TYPE_CHECKING:
    from datetime import datetime

WALL_CLOCK: Final = "%Y-%m-%d %H:%M:%S"
"""How GLPI writes a moment, of its own clock."""
# Exactly this: HL on 11.0.6 ignores a body whose type has a charset, and creates a blank item.
JSON_TYPE = {"Content-Type": "application/json"}


def dumped(fields: Any) -> bytes:
    """Return the JSON bytes; a value that JSON has no form for is refused here."""
    import orjson

    options = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS
    try:
        return orjson.dumps(fields, default=_other, option=options)
    except GlpiValidationError:
        raise
    except (TypeError, ValueError, RecursionError) as problem:
        reason = str(problem.__cause__ or problem)
    raise GlpiValidationError(f"this cannot be sent as JSON: {reason}")


def _other(value: Any) -> Any:
    from datetime import date, datetime
    from enum import Enum

    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    for plain in (bool, int, str, float):
        if isinstance(value, plain):
            return plain(value)
    if isinstance(value, dict):
        return dict(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    raise GlpiValidationError(f"a value of type {type(value).__name__} cannot be sent as JSON")


def _moment(value: datetime) -> str:
    """GLPI takes the server's wall clock, and drops an offset without a word."""
    if value.tzinfo is not None:
        raise GlpiValidationError(
            "GLPI takes times in the server's own zone, without an offset: convert the datetime "
            "to that zone and drop its tzinfo (value.astimezone(zone).replace(tzinfo=None))"
        )
    return value.strftime(WALL_CLOCK)
