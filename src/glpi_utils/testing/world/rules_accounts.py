"""Business rules of accounts: users, their e-mail addresses, groups and authorisations."""

from __future__ import annotations

from typing import Any

from glpi_utils.testing.world import quirks
from glpi_utils.testing.world.column_values import NO_RIGHT, Refusal, Row, hashed, is_object, many, number
from glpi_utils.testing.world.knowledge import Itemtype
from glpi_utils.testing.world.rights import SELF_SERVICE, Who
from glpi_utils.testing.world.ruled_writes import Rules, Writes

BY_ITSELF = Who(0)
"""What GLPI adds along needs no right."""


class Users(Rules):
    """Logins are unique; a new user gets the default profile."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse a login that is taken; keep a password as its hash."""
        if not values.get("name"):
            raise Refusal("The login is not valid. Unable to add the user.")
        if world.count("User", "name=?", (str(values["name"]),)):
            raise Refusal("Unable to add. The user already exists.")
        keep_password(world, values)
        values.setdefault("entities_id", who.entities[0])

    def added(self, world: Writes, kind: Itemtype, id: int, values: Row, who: Who) -> None:
        """Authorise whom `_profiles_id` asks for, else Self-Service in the active entity; add e-mail addresses."""
        if who.user:
            profile = number(values.get("_profiles_id"))
            asked = {
                "profiles_id": profile,
                "entities_id": number(values.get("_entities_id", who.entities[0])),
                "is_recursive": number(values.get("_is_recursive", 0)),
            }
            stock = {
                "profiles_id": SELF_SERVICE,
                "entities_id": asked["entities_id"],
                "is_dynamic": 1,
                "is_default_profile": 1,
            }
            known = profile > 0 and world.get("Profile", profile) is not None
            world.insert("Profile_User", {"users_id": id, **(asked if known else stock)}, BY_ITSELF)
        add_addresses(world, id, values, who)

    def reaches(self, world: Writes, row: Row, entity: int) -> bool:
        """Check whether a user may enter an entity: another cannot be his default, from 11.0.7 on."""
        if quirks.before(world.version, "11.0.7"):
            return True
        profiles = world.select("Profile_User", "users_id=?", (row["id"],))
        above = {entity}
        while (parent := world.get("Entity", min(above)) or {}) and parent["entities_id"] not in {None, *above}:
            above.add(parent["entities_id"])
        return any(
            one["entities_id"] == entity or (one["is_recursive"] and one["entities_id"] in above) for one in profiles
        )

    def changing(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Refuse a login that another has."""
        name = values.get("name")
        if name and world.count("User", "name=? AND id<>?", (str(name), row["id"])):
            raise Refusal("Unable to update login. A user already exists.")
        if "entities_id" in values and not self.reaches(world, row, number(values["entities_id"])):
            del values["entities_id"]
        profile = number(values.get("profiles_id"))
        if profile > 0 and not world.count("Profile_User", "users_id=? AND profiles_id=?", (row["id"], profile)):
            del values["profiles_id"]
        keep_password(world, values)
        add_addresses(world, row["id"], values, who)


def keep_password(world: Writes, values: Row) -> None:
    """Replace a password by its hash; two that differ are refused."""
    password, again = values.pop("password", None), values.pop("password2", None)
    if not password:
        return
    if again is not None and again != password:
        raise Refusal("Error: the two passwords do not match")
    values["password"] = hashed(str(password))
    values["password_last_update"] = world.now()


def add_addresses(world: Writes, id: int, values: Row, who: Who) -> None:
    """Add the addresses of `_useremails`, but those that are none; the first one, or the one named, is the default."""
    given: Any = values.get("_useremails") or []
    named = [*given.items()] if is_object(given) else [*enumerate(many(given))]
    for key, email in named:
        row = {"users_id": id, "email": email, "is_default": int(str(values.get("_default_email")) == str(key))}
        if not quirks.is_address(world.version, email):
            continue
        try:
            world.insert("UserEmail", row, who)
        except Refusal:
            if quirks.an_address_twice_fails_the_change(world.version):
                raise


class Addresses(Rules):
    """E-mail addresses of users: one is the default."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse what is no address without a word, and one that is there in the database's words."""
        user = number(values.get("users_id"))
        if who.user and world.get("User", user) is None:
            raise Refusal(NO_RIGHT, "right")
        self.check(world, kind, values.get("email"), user, 0)
        first = not world.count(kind.name, "users_id=?", (user,))
        values["is_default"] = int(first or number(values.get("is_default")) == 1)

    def added(self, world: Writes, kind: Itemtype, id: int, values: Row, who: Who) -> None:
        """Take the mark from the former default."""
        self.only_default(world, kind, id, values)

    def changing(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Refuse every change that does not say the address as well."""
        self.check(world, kind, values.get("email"), row["users_id"], row["id"])

    def changed(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Take the mark from the former default."""
        self.only_default(world, kind, row["id"], {**row, **values})

    def check(self, world: Writes, kind: Itemtype, email: Any, user: int, own: int) -> None:
        """Refuse what is no address, and what the user has already."""
        if not quirks.is_address(world.version, email or ""):
            raise Refusal("")
        if world.count(kind.name, "users_id=? AND email=? AND id<>?", (user, email, own)):
            raise Refusal(f"Duplicate entry '{user}-{email}' for key 'unicity'", "sql", 1062)

    def only_default(self, world: Writes, kind: Itemtype, id: int, values: Row) -> None:
        """Leave no second default beside a new one."""
        if number(values.get("is_default")) == 1:
            for other in world.select(kind.name, "users_id=? AND id<>? AND is_default=1", (values["users_id"], id)):
                world.store.change(kind.name, other["id"], {"is_default": 0})


class Members(Rules):
    """Users in groups."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse who or what is not there, and the same again."""
        pair = (number(values.get("users_id")), number(values.get("groups_id")))
        if who.user and (world.get("User", pair[0]) is None or world.get("Group", pair[1]) is None):
            raise Refusal(NO_RIGHT, "right")
        if world.count(kind.name, "users_id=? AND groups_id=?", pair):
            raise Refusal(f"Duplicate entry '{pair[0]}-{pair[1]}' for key 'unicity'", "sql", 1062)


class Authorisations(Rules):
    """Profiles of users: the same one may come twice."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Refuse who or what is not there; without an entity it is the active one and all below."""
        sides = (("users_id", "User"), ("profiles_id", "Profile"))
        if who.user and any(world.get(itemtype, number(values.get(key))) is None for key, itemtype in sides):
            raise Refusal(NO_RIGHT, "right")
