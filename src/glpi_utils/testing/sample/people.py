"""The sample's entities, profiles, users and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from glpi_utils.testing.world.column_values import hashed
from glpi_utils.testing.world.rights import SYSTEM

if TYPE_CHECKING:
    from glpi_utils.testing.world.world import World

PROFILES = (
    "Self-Service",
    "Observer",
    "Admin",
    "Super-Admin",
    "Hotliner",
    "Technician",
    "Supervisor",
    "Read-Only",
)
DEFAULT_USERS = (
    (2, "glpi", "glpi", 4),
    (3, "post-only", "postonly", 1),
    (4, "tech", "tech", 6),
    (5, "normal", "normal", 2),
)
# Login, first name, last name, profile, entity. Ids from 7.
PEOPLE = (
    ("a.keller", "Anna", "Keller", 6, 1),
    ("j.moreau", "Jérôme", "Moreau", 6, 2),
    ("m.okafor", "Maryam", "Okafor", 7, 0),
    ("l.weiss", "Lukas", "Weiß", 1, 1),
    ("s.garcia", "Sofía", "García", 1, 1),
    ("t.nguyen", "Thanh", "Nguyễn", 1, 2),
    ("e.larsen", "Emil", "Larsen", 1, 2),
    ("p.rossi", "Paola", "Rossi", 1, 3),
    ("o.novak", "Ondřej", "Novák", 1, 3),
    ("h.brandt", "Hanna", "Brandt", 1, 0),
)
FIRST_PERSON = 7
# User, profile, entity: what some may do besides. Legacy lists count a user once for each of these.
MORE_PROFILES = ((7, 1, 2), (8, 1, 1), (9, 6, 1), (9, 8, 2))
REQUESTERS = (10, 11, 12, 13, 14, 15, 16)
TECHNICIANS = (4, 7, 8)
ENTITIES = ((1, "Headquarters", 0), (2, "Branch office", 0), (3, "Workshop", 1))
GROUPS = ("Service desk", "Network team", "Workplace team")


def write(world: World, user_token: str) -> None:
    """Write all of them, with fixed ids."""
    entities(world)
    for number, name in enumerate(PROFILES, 1):
        interface = "helpdesk" if number == 1 else "central"
        add(world, "Profile", number, name=name, interface=interface, is_default=int(number == 1))
    users(world, user_token)
    for name in GROUPS:
        values = {"name": name, "is_recursive": 1, "is_requester": 1, "is_assign": 1}
        world.insert("Group", values, SYSTEM)
    world.insert("Group", {"name": "Second line", "groups_id": 1, "is_recursive": 1, "is_assign": 1}, SYSTEM)
    for user, group in ((4, 1), (7, 1), (8, 2), (9, 3)):
        world.insert("Group_User", {"users_id": user, "groups_id": group}, SYSTEM)


def entities(world: World) -> None:
    """Write the root, two entities below it, one below the first."""
    add(world, "Entity", 0, name="Root entity", completename="Root entity", level=1, entities_id=None)
    for number, name, parent in ENTITIES:
        path = "Root entity > " + ("Headquarters > " if parent == 1 else "") + name
        add(world, "Entity", number, name=name, completename=path, level=path.count(">") + 1, entities_id=parent)


def users(world: World, user_token: str) -> None:
    """Write the four default users as GLPI installs them, GLPI's own user, and people."""
    blank = {"date_creation": None, "date_mod": None}
    for number, name, password, profile in DEFAULT_USERS:
        token = user_token if name == "glpi" else None
        add(world, "User", number, name=name, password=hashed(password), api_token=token, **blank)
        belongs(world, number, profile, 0)
    add(world, "User", 6, name="glpi-system", realname="Support", password=None, **blank)
    for number, (name, first, last, profile, entity) in enumerate(PEOPLE, FIRST_PERSON):
        person: dict[str, Any] = {"firstname": first, "realname": last, "entities_id": entity}
        person["phone"] = f"+49 30 5550{number:03}"
        add(world, "User", number, name=name, password=hashed(name), **person)
        belongs(world, number, profile, entity)
        email = {"users_id": number, "email": f"{name}@example.com", "is_default": 1}
        world.insert("UserEmail", email, SYSTEM)
    for user, profile, entity in MORE_PROFILES:
        belongs(world, user, profile, entity)
    leaver = {"name": "r.gone", "firstname": "Rita", "realname": "Gone", "is_active": 0, "is_deleted": 1}
    world.insert("User", leaver, SYSTEM)


def belongs(world: World, user: int, profile: int, entity: int) -> None:
    """Write a profile of a user in an entity and below."""
    row = {"users_id": user, "profiles_id": profile, "entities_id": entity, "is_recursive": 1}
    world.insert("Profile_User", row, SYSTEM)


def add(world: World, itemtype: str, id: int, /, **values: Any) -> None:
    """Write a row with this id and defaults, past the rules."""
    now = world.now()
    row = {name: column.default for name, column in world.itemtype(itemtype).columns.items()}
    for name in ("date_creation", "date_mod"):
        if name in row:
            row[name] = now
    world.store.add(itemtype, row | {k: v for k, v in values.items() if k in row} | {"id": id})
