"""A date as PHP reads it: what 11.0.7 and later take for a moment, and what they make of it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

MOMENT = "%Y-%m-%d %H:%M:%S"
_WRITTEN = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.\d+)?\s*(?:Z|UTC|[+-]\d\d:?\d\d)?)?", re.IGNORECASE
)
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_STEP = re.compile(r"([+-]?\d+)\s*(second|sec|minute|min|hour|day|week)s?", re.IGNORECASE)
_UNITS = {"second": 1, "sec": 1, "minute": 60, "min": 60, "hour": 3600, "day": 86400, "week": 604800}
_DAYS = {"today": 0, "midnight": 0, "tomorrow": 1, "yesterday": -1}


def read(value: Any, now: datetime) -> str | None:
    """Return the moment that is stored; None: PHP would not understand it.

    The clock time stays as it is written, whatever the offset says; the empty text is now. Of PHP's many words only
    the plain ones are known here.
    """
    text = str(value).strip().lower() if isinstance(value, str) else None
    if text is None:
        return None
    if text in {"", "now"}:
        return now.strftime(MOMENT)
    if text in _DAYS:
        return (now + timedelta(days=_DAYS[text])).strftime("%Y-%m-%d 00:00:00")
    if step := _STEP.fullmatch(text):
        try:
            return (now + timedelta(seconds=int(step[1]) * _UNITS[step[2]])).strftime(MOMENT)
        except OverflowError:
            return None
    if american := _AMERICAN.fullmatch(text):
        text = f"{american[3]}-{int(american[1]):02}-{int(american[2]):02}"
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    try:
        read = datetime.fromisoformat(f"{written[1]}T{written[2] or '00:00'}{written[3] or ':00'}")
    except ValueError:
        return None
    return read.strftime(MOMENT)
