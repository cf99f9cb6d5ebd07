"""The server's time zone, learnt by its name where it tells one, once per session. An offset is not a zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from ..._dialects.shared import moments
from ..._dialects.shared.shapes import as_object
from ...exceptions import GlpiValidationError
from .api_session import NamedZone

if TYPE_CHECKING:
    from .core import Core

_NEAR = timedelta(minutes=2)


async def learnt(core: Core) -> tzinfo | None:
    """Return the zone that the server is set to, which is read once; None where the server names none."""
    view = core.session.view
    if not view.zone_asked:
        named = await core.api_session.named_zone(core)
        view.zone_asked = True
        view.zone = _believed(named)
        core.session.report.debug("the server's time zone: %s", view.zone or "it names none")
    return view.zone


async def refuse_another(core: Core, zone: tzinfo) -> None:
    """Refuse a zone whose clock is not the one that the server shows."""
    session = await core.session.do(core.dialect.raw("GET", "session", None, None), core.options)
    shown = as_object(session).get("current_time")
    why = moments.contradiction(zone, shown) if isinstance(shown, str) else ""
    if why:
        raise GlpiValidationError(why)


def _believed(named: NamedZone) -> tzinfo | None:
    """Take the zone if the server's own clock agrees with it: what is configured need not be what is in use."""
    if not isinstance(named.name, str) or "/" not in named.name:
        return None
    try:
        zone = moments.zone_of(named.name)
    except GlpiValidationError:
        return None
    if named.shown is None or named.at is None:
        return zone
    here = named.at.astimezone(zone).replace(tzinfo=None)
    return zone if abs(here - named.shown) < _NEAR else None


async def of_high_level(core: Core) -> NamedZone:
    """Return what the configuration names, to those who may read it; ``session`` shows the clock with its offset."""
    setting = as_object(await core.do_or_none(core.dialect.raw("GET", "Setup/Config/core/timezone", None, None)))
    name = setting.get("value")
    if not isinstance(name, str) or "/" not in name:
        return NamedZone(None, None, None)
    now = _moment((await core.api_session.full_session(core)).get("current_time"))
    if now is None or now.tzinfo is None:
        return NamedZone(name, None, None)
    return NamedZone(name, now.replace(tzinfo=None), now)


async def of_legacy(core: Core) -> NamedZone:
    """Return what the configuration names; on GLPI 10 the user's own zone goes first, on 11 it changes nothing."""
    config = as_object((await core.api_session.glpi_config(core)).get("cfg_glpi"))
    session = await core.api_session.full_session(core)
    own = session.get("glpitimezone") if str(config.get("version")).startswith(("9.", "10.")) else None
    name: Any = own if isinstance(own, str) and "/" in own else config.get("timezone")
    clock = core.session.server_time(core.session.runtime.now())
    at = None if clock is None else datetime.fromtimestamp(clock, UTC)
    return NamedZone(name, _moment(session.get("glpi_currenttime")), at)


def _moment(text: object) -> datetime | None:
    moment = moments.parsed(text) if isinstance(text, str) else None
    return moment if isinstance(moment, datetime) else None
