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
    """Return the zone that the server is set to, asked for once; None where it names none."""
    view = core.session.view
    if not view.zone_asked:
        said = await core.api_session.named_zone(core)
        view.zone_asked = True
        view.zone = _believed(said)
        core.session.report.debug("the server's time zone: %s", view.zone or "it names none")
    return view.zone


async def refuse_another(core: Core, zone: tzinfo) -> None:
    """Refuse a zone whose clock is not the one that the server shows."""
    said = await core.session.do(core.dialect.raw("GET", "session", None, None), core.options)
    shown = as_object(said).get("current_time")
    why = moments.contradiction(zone, shown) if isinstance(shown, str) else ""
    if why:
        raise GlpiValidationError(why)


def _believed(said: NamedZone) -> tzinfo | None:
    """Take the zone if the server's own clock agrees with it: what is configured need not be what is in use."""
    if not isinstance(said.name, str) or "/" not in said.name:
        return None
    try:
        zone = moments.zone_of(said.name)
    except GlpiValidationError:
        return None
    if said.shown is None or said.at is None:
        return zone
    here = said.at.astimezone(zone).replace(tzinfo=None)
    return zone if abs(here - said.shown) < _NEAR else None


async def of_high_level(core: Core) -> NamedZone:
    """Return what the configuration names, to those who may read it; ``session`` shows the clock with its offset."""
    found = as_object(await core.do_or_none(core.dialect.raw("GET", "Setup/Config/core/timezone", None, None)))
    name = found.get("value")
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
    said = core.session.server_time(core.session.runtime.now())
    at = None if said is None else datetime.fromtimestamp(said, UTC)
    return NamedZone(name, _moment(session.get("glpi_currenttime")), at)


def _moment(text: object) -> datetime | None:
    found = moments.parsed(text) if isinstance(text, str) else None
    return found if isinstance(found, datetime) else None
