"""Who logs in, and how often that was seen."""

from __future__ import annotations

from tests.behaviour.places import Place, told

LOGINS = ("/token", "initSession")


def logins(place: Place) -> int:
    return sum(each.url.endswith(LOGINS) for each in place.sent)


def who(place: Place) -> tuple[str, str]:
    if place.server:
        return place.server.username, place.server.password
    return str(told("USERNAME")), str(told("PASSWORD"))
