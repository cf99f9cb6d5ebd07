"""A believable, deterministic service desk: who is let in, entities, people, places, things, tickets.

`fill(world, tickets)` writes it into an empty world; every run writes the same. Dates lie in 2025.
"""

from __future__ import annotations

import atexit
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from glpi_utils.testing.sample import people, things
from glpi_utils.testing.sample import tickets as sample_tickets
from glpi_utils.testing.world.credentials import OAuthClient
from glpi_utils.testing.world.rights import SYSTEM
from glpi_utils.testing.world.store import Store

if TYPE_CHECKING:
    from glpi_utils.testing.world.world import World

CLIENT_ID = "my-app"
CLIENT_SECRET = "my-secret"
USERNAME = "glpi"
PASSWORD = "glpi"
APP_TOKEN = "Zz0AppTokenOfTheEmbeddedGlpi0123456789abcd"
USER_TOKEN = "Zz1UserTokenOfGlpiInTheEmbeddedGlpi0123456"

TICKETS = 40
BEGUN = datetime(2025, 1, 6, 8, 0, tzinfo=UTC)
_KEPT: dict[tuple[str, int], Store] = {}
_LOCK = threading.Lock()
_MANY = 2000


def fill(world: World, tickets: int | None = None) -> None:
    """Write everything; `tickets` rows of them, forty unless said."""
    wanted = TICKETS if tickets is None else tickets
    if wanted > _MANY:
        build(world, wanted)
    else:
        world.store.copy_from(kept(world.version, wanted))
    if world.zone is not UTC:
        world.sql("DELETE FROM \"Config\" WHERE name = 'timezone'")
        world.insert("Config", {"context": "core", "name": "timezone", "value": str(world.zone)}, SYSTEM)
    world.store.history.clear()
    world.files.update(things.FILES)
    admit(world)


def kept(version: str, tickets: int) -> Store:
    """Return a filled store, made once per process."""
    from glpi_utils.testing.world.world import World

    with _LOCK:
        if (version, tickets) not in _KEPT:
            world = World(version)
            build(world, tickets)
            world.store.history.clear()
            _KEPT[version, tickets] = world.store
        return _KEPT[version, tickets]


@atexit.register
def _let_go() -> None:
    """Close what was kept: from Python 3.13 on an open database is warned of."""
    for store in _KEPT.values():
        store.close()


def build(world: World, tickets: int) -> None:
    """Write the rows."""
    world.store.create_tables()
    clock, world.clock = world.clock, lambda: BEGUN
    dice = world.dice.getstate()
    world.dice.seed("a service desk")
    try:
        with world.store.atomic():
            people.write(world, USER_TOKEN)
            things.write(world)
            settings(world)
            sample_tickets.write(world, tickets)
            things.write_the_rest(world)
    finally:
        world.clock = clock
        world.dice.setstate(dice)


def settings(world: World) -> None:
    """Write the configuration that the APIs show or need."""
    values = {
        "version": world.version,
        "dbversion": f"{world.version}@0123456789abcdef0123456789abcdef01234567",
        "language": "en_GB",
        "list_limit": "20",
        "list_limit_max": "500",
        "document_max_size": "2",
        "maintenance_mode": "0",
        "enable_api": "1",
        "enable_api_login_credentials": "1",
        "enable_api_login_external_token": "1",
        "use_notifications": "0",
    }
    if not world.version.startswith("10."):
        values |= {"enable_hlapi": "1", "timezone": "0"}
    for name, value in values.items():
        world.insert("Config", {"context": "core", "name": name, "value": value}, SYSTEM)
    world.insert("APIClient", {"name": "full access from localhost", "is_active": 1, "is_recursive": 1}, SYSTEM)
    second = {"name": "an application", "is_active": 1, "is_recursive": 1, "app_token": APP_TOKEN}
    world.insert("APIClient", second, SYSTEM)


def admit(world: World) -> None:
    """Register the OAuth client; it is no row."""
    world.credentials.clients[CLIENT_ID] = OAuthClient(CLIENT_ID, CLIENT_SECRET, "My application")


class Logins:
    """The part of a server that says how to log in to it."""

    client_id = CLIENT_ID
    client_secret = CLIENT_SECRET
    username = USERNAME
    password = PASSWORD
    app_token = APP_TOKEN
    user_token = USER_TOKEN
    version: str

    @property
    def url(self) -> str:
        """Where it is reached."""
        raise NotImplementedError

    @property
    def environment(self) -> dict[str, str]:
        """The variables that tell a program how to connect as the super-admin, by either API.

        ``GLPI_URL``; ``GLPI_USER``, ``GLPI_PASSWORD``, ``GLPI_APP_TOKEN`` for the legacy API; and, but for GLPI 10,
        ``GLPI_OAUTH_CLIENT_ID``, ``GLPI_OAUTH_CLIENT_SECRET``, ``GLPI_OAUTH_USERNAME``, ``GLPI_OAUTH_PASSWORD``.
        """
        names = {"GLPI_URL": self.url}
        if not self.version.startswith("10."):
            names |= {"GLPI_OAUTH_CLIENT_ID": self.client_id, "GLPI_OAUTH_CLIENT_SECRET": self.client_secret}
            names |= {"GLPI_OAUTH_USERNAME": self.username, "GLPI_OAUTH_PASSWORD": self.password}
        return names | {"GLPI_USER": self.username, "GLPI_PASSWORD": self.password, "GLPI_APP_TOKEN": self.app_token}
