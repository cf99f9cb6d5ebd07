"""Moments that search criteria name by their distance: `-7DAY`, `NOW`, `TODAY`, `BEGINMONTH`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

UNITS = {"MINUTE": "minutes", "HOUR": "hours", "DAY": "days", "WEEK": "weeks"}


def relative(value: str, now: datetime) -> str | None:
    """`-7DAY`, `NOW`, `TODAY`, `BEGINMONTH` as the moment they mean; None for what is a date itself.

    What counts in days or longer starts with its day.
    """
    if value == "TODAY":
        return now.strftime("%Y-%m-%d")
    if value in ("BEGINMONTH", "BEGINYEAR"):
        return now.strftime("%Y-%m-01" if value == "BEGINMONTH" else "%Y-01-01")
    found = re.fullmatch(r"(-?\d+)(MINUTE|HOUR|DAY|WEEK|MONTH|YEAR)", value)
    if found:
        number, unit = int(found.group(1)), found.group(2)
        if unit in UNITS:
            form = "%Y-%m-%d %H:%M:%S" if unit in ("MINUTE", "HOUR") else "%Y-%m-%d"
            return (now + timedelta(**{UNITS[unit]: number})).strftime(form)
        months = now.year * 12 + now.month - 1 + number * (12 if unit == "YEAR" else 1)
        day = min(now.day, 28)
        return now.replace(year=months // 12, month=months % 12 + 1, day=day).strftime("%Y-%m-%d")
    return now.strftime("%Y-%m-%d %H:%M:%S") if value == "NOW" else None
