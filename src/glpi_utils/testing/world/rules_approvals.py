"""Business rules of approvals: who is asked, who may answer, and what the answers make of a ticket or change."""

from __future__ import annotations

from glpi_utils.testing.world import quirks
from glpi_utils.testing.world.column_values import NO_RIGHT, Refusal, Row, number
from glpi_utils.testing.world.itil import ACCEPTED, CLOSED, FOREIGN_KEY, PENDING, REFUSED
from glpi_utils.testing.world.knowledge import Itemtype
from glpi_utils.testing.world.rights import SUPER_ADMIN, Who
from glpi_utils.testing.world.ruled_writes import Writes
from glpi_utils.testing.world.rules_timeline import Entry, parent_of, touch


class Validations(Entry):
    """Approvals: asked for, answered by whom they were asked of."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Fill in who approves: 10.0 takes a user, 11 a user or group, the old form too; up to 11.0.6 oneself."""
        itemtype, item = parent_of(kind, values)
        parent = world.get(itemtype, item)
        if parent is None:
            raise Refusal(quirks.words_for_a_lost_approval(world.version, kind.name))
        if who.user:
            values.pop("status", None)
            if parent["status"] == CLOSED:
                raise Refusal(NO_RIGHT, "right")
        super().adding(world, kind, values, who)
        values["submission_date"] = world.now()
        values["entities_id"] = parent["entities_id"]
        user, target = values.get("users_id_validate"), values.get("items_id_target")
        if "itemtype_target" not in kind.columns:
            if not user:
                raise Refusal("")
        elif user and not target:
            values |= {"itemtype_target": "User", "items_id_target": user, "users_id_validate": 0}
        elif not target:
            if "items_id_target" in values or not quirks.before(world.version, "11.0.7"):
                raise Refusal("")
            values |= {"itemtype_target": "User", "items_id_target": who.user}

    def added(self, world: Writes, kind: Itemtype, id: int, values: Row, who: Who) -> None:
        """Touch the parent; its approval waits."""
        super().added(world, kind, id, values, who)
        if who.user and quirks.a_new_approval_always_waits(world.version):
            world.store.change(*parent_of(kind, values), {"global_validation": PENDING})
        else:
            self.sum_up(world, kind, values)

    def changing(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Take an answer only from whom it was asked of; from others it changes nothing. His refusal needs a reason.

        11 takes no second answer, unless the request named the approver in 10's way as well.
        """
        eleven = not quirks.before(world.version, "11")
        if eleven and who.user and row["status"] != PENDING and row["users_id_validate"] != who.user:
            raise Refusal(NO_RIGHT, "right")
        if not answers(world, row, who):
            for column in ("status", "comment_validation"):
                values.pop(column, None)
        elif "status" in values:
            own = who.user in (row["users_id_validate"], row.get("items_id_target"))
            if own and number(values["status"]) == REFUSED and not values.get("comment_validation"):
                raise Refusal("If approval is denied, specify a reason.")
            values["validation_date"] = None if number(values["status"]) == PENDING else world.now()

    def changed(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Sum up again; who answers has taken the parent into account."""
        if "status" in values:
            self.sum_up(world, kind, row)
        if values.get("validation_date"):
            touch(world, *parent_of(kind, row), who)

    def removed(self, world: Writes, kind: Itemtype, row: Row, who: Who) -> None:
        """Sum up again; 10 does not."""
        if not quirks.before(world.version, "11"):
            self.sum_up(world, kind, row)

    def sum_up(self, world: Writes, kind: Itemtype, row: Row) -> None:
        """Set the parent's validation to what its approvals make."""
        itemtype, item = parent_of(kind, row)
        statuses = [r["status"] for r in world.select(kind.name, f"{FOREIGN_KEY[itemtype]}=?", (item,))]
        if quirks.before(world.version, "11"):
            parent = world.get(itemtype, item) or {}
            summed = by_percent(statuses, int(parent.get("validation_percent") or 0))
        else:
            summed = by_all(statuses)
        world.store.change(itemtype, item, {"global_validation": summed})


def by_all(statuses: list[int]) -> int:
    """Return what 11's stock step makes of the answers: all have to accept. Where none is left it is refused."""
    if REFUSED in statuses:
        return REFUSED
    if PENDING in statuses:
        return PENDING
    return ACCEPTED if statuses and set(statuses) == {ACCEPTED} else REFUSED


def by_percent(statuses: list[int], percent: int) -> int:
    """Return what 10 makes of the answers: accepted by so many of a hundred; with 0, the stock setting, by one."""
    accepted, refused = statuses.count(ACCEPTED), statuses.count(REFUSED)
    wins = accepted and accepted * 100 >= percent * len(statuses)
    loses = refused * 100 + percent * len(statuses) > 100 * len(statuses) if percent else refused
    return ACCEPTED if wins else REFUSED if loses else PENDING


def answers(world: Writes, row: Row, who: Who) -> bool:
    """Check whether a validation was asked of `who`; 10.0 takes a super-admin's answer as well."""
    if who.profile == SUPER_ADMIN and "itemtype_target" not in row:
        return True
    if row.get("itemtype_target") == "Group":
        return bool(world.count("Group_User", "groups_id=? AND users_id=?", (row["items_id_target"], who.user)))
    target = row.get("items_id_target") or row.get("users_id_validate")
    return not who.user or bool(target == who.user)
