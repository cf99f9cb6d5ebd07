"""Who may use the legacy API: what an administrator sets in Setup > General > API."""

from __future__ import annotations

import ipaddress

from glpi_utils.testing.world.world import World


def set_legacy_api(world: World, on: bool, credentials: bool, addresses: str, app_token: bool) -> None:
    """Set all of it; what is not named is as in a new GLPI."""
    for name, value in (("enable_api", on), ("enable_api_login_credentials", credentials)):
        for row in world.select("Config", "name = ? AND context = 'core'", [name]):
            world.store.change("Config", row["id"], {"value": str(int(value))})
    first, _, last = addresses.partition("-")
    span = [int(ipaddress.IPv4Address(each.strip())) for each in (first, last or first) if each]
    for client in world.select("APIClient", ""):
        world.store.change(
            "APIClient",
            client["id"],
            {
                "ipv4_range_start": span[0] if span else None,
                "ipv4_range_end": span[1] if span else None,
                "is_active": int(bool(client["app_token"]) or not app_token),
            },
        )
