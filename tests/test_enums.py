"""Open enums: names for GLPI's numbers, and no trouble with numbers that have none."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

from glpi_utils import F, TeamRole, TicketStatus, enums
from glpi_utils._dialects.shared.body import dumped
from glpi_utils._knowledge.children import TEAM_ROLES, team_role
from glpi_utils.filters import Comparison

OPEN: list[Any] = [getattr(enums, name) for name in enums.__all__ if name != "TeamRole"]


@pytest.mark.parametrize("kind", OPEN, ids=lambda kind: kind.__name__)
def test_an_unknown_number_is_a_member_that_is_not_listed(kind: Any) -> None:
    strange = kind(977)
    assert (strange, strange.value, strange.name, isinstance(strange, kind)) == (977, 977, "UNKNOWN_977", True)
    assert strange == kind(977)
    assert hash(strange) == hash(977)
    assert strange not in list(kind)
    assert "977" in repr(strange)
    assert f"{strange}" == "977"
    for copied in (copy.copy(strange), copy.deepcopy(strange), pickle.loads(pickle.dumps(strange))):
        assert (copied, copied.name) == (977, "UNKNOWN_977")
    assert kind(-5).name == "UNKNOWN_MINUS_5"
    for wrong in ("x", None, 1.5):
        with pytest.raises(ValueError, match="is not a valid"):
            kind(wrong)


@pytest.mark.parametrize("kind", [*OPEN, TeamRole], ids=lambda kind: kind.__name__)
def test_known_members_are_what_they_are(kind: Any) -> None:
    for member in kind:
        assert kind(member.value) is member
        assert json.loads(dumped({"status": member, "in": [member]})) == {"status": member.value, "in": [member.value]}
        asked = F.x == member
        assert isinstance(asked, Comparison)
        assert (asked.value, type(asked.value)) == (member.value, str if kind is TeamRole else int)


def test_unknown_ones_are_written_as_their_numbers() -> None:
    assert json.loads(dumped({"status": TicketStatus(977)})) == {"status": 977}
    assert (F.status == TicketStatus(977)) == Comparison(("status",), "eq", 977)


def test_roles_are_the_words_of_both_apis() -> None:
    assert {role.value for role in TeamRole} == set(TEAM_ROLES)
    assert [team_role(role) for role in TeamRole] == ["requester", "assigned", "observer"]
    strange = TeamRole("owner")
    assert (strange, strange.name, f"{strange}") == ("owner", "UNKNOWN_OWNER", "owner")
    assert pickle.loads(pickle.dumps(strange)) == "owner"
    with pytest.raises(ValueError, match="is not a valid"):
        TeamRole(5)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", list(TeamRole))
def test_a_row_is_read_with_an_enum(role: TeamRole) -> None:
    assert {"role": str(role.value)} == {"role": role}
