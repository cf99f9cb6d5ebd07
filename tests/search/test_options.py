"""Search options: what each column is called, what a name stands for, what is told of a column."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import GlpiValidationError
from glpi_utils._dialects.legacy.search_options import options_of
from tests.search.listing import options


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("status", 12),
        ("STATUS", 12),
        ("Ticket.status", 12),
        ("glpi_tickets.status", 12),
        ("12", 12),
        (12, 12),
        ("Opening date", 15),
        ("ITILCategory.completename", 7),
        ("Ticket.ITILCategory.completename", 7),
        ("itilcategories_id", 7),
        ("ITILCategory", 7),
        ("entity", 80),
        ("entities_id", 80),
        ("requester", 4),
        ("observer", 66),
        ("assigned", 5),
        ("users_id_recipient", 22),
        ("user_recipient", 22),
        ("users_id_recipient.User.name", 22),
        ("ITILFollowup.content", 25),
        ("ITILFollowup.date.36", 36),
        ("time_to_resolve", 18),
        ("time_to_resolve.151", 151),
        ("A.AnswersSet.name", 120),
        ("Ticket.A.Glpi\\Form\\AnswersSet.name", 120),
    ],
)
def test_what_a_name_stands_for(name: object, number: int) -> None:
    assert options().find(name).number == number


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (
            "ITILFollowup.date",
            r'2 columns of Ticket: name one of "ITILFollowup.date.36" \(36, Date\), "ITILFollowup.date.72"',
        ),
        ("Ticket_User.User.name", r'3 columns.*"requester" \(4, Role 1\).*"observer".*"assigned"'),
        ("User", "2 columns"),
        ("statu", "did you mean 'status'"),
        ("zzzz", r"no column 'zzzz'.*search_options\(\)"),
        (99999, "no search option 99999"),
        ("", "named by text"),
        (None, "named by text"),
        (True, "named by text"),
        (1.5, "named by text"),
    ],
)
def test_a_name_that_stands_for_none_or_several_is_refused(name: object, why: str) -> None:
    with pytest.raises(GlpiValidationError, match=why):
        options().find(name)


def test_no_two_columns_have_one_name() -> None:
    names = [each.name for each in options().all]
    assert len(set(names)) == len(names)
    assert all(options().find(name).name == name for name in names)


def test_what_is_told_of_a_column() -> None:
    found = {each.name: each for each in options().all}
    assert found["status"].as_row() == {
        "name": "status",
        "number": 12,
        "label": "Status",
        "uid": "Ticket.status",
        "table": "glpi_tickets",
        "field": "status",
        "datatype": "specific",
        "searchtypes": ["equals", "empty"],
        "searchable": True,
        "shown": True,
        "several": False,
    }
    assert (found["requester"].several, found["ITILCategory.completename"].several) == (True, False)
    assert not found["time_to_resolve.151"].searchable
    assert not found["Item_Ticket.items_id"].sortable


def test_the_version_shows_in_the_options() -> None:
    assert options().modern
    assert not options(ten=True).modern


def test_without_the_raw_form_what_is_joined_is_taken_for_several() -> None:
    row: dict[str, Any] = {"name": "x", "nosearch": False, "nodisplay": False, "available_searchtypes": ["contains"]}
    listed = {
        "1": {**row, "table": "glpi_a", "field": "name", "datatype": "itemlink", "uid": "A.name"},
        "2": {**row, "table": "glpi_b", "field": "name", "datatype": "dropdown", "uid": "A.B.name"},
        "group": {"name": "a title"},
    }
    one, two = options_of("A", listed, {}).all
    assert (one.own, two.own, two.several) == (True, False, True)
    assert options_of("A", listed, {}).id is None


def test_groups_of_assets_have_names_of_their_own_in_both_versions() -> None:
    row: dict[str, Any] = {"name": "x", "nosearch": False, "nodisplay": False, "available_searchtypes": ["equals"]}
    row |= {"table": "glpi_groups", "field": "completename", "datatype": "dropdown"}
    uid = "Computer.Group_Item.Group.completename"
    eleven = options_of(
        "Computer",
        {"71": {**row, "uid": uid}, "49": {**row, "uid": uid}, "9": {**row, "uid": uid}},
        {
            number: {
                **row,
                "joinparams": {
                    "beforejoin": {"table": "glpi_groups_items", "joinparams": {"condition": {"NEWTABLE.type": kind}}}
                },
            }
            for number, kind in (("71", 1), ("49", 2), ("9", 1))
        },
    )
    assert [each.name for each in eleven.all] == ["group", "group_tech", "Group_Item.Group.completename.9"]
    ten = options_of(
        "Computer",
        {
            "71": {**row, "uid": "Computer.Group.completename"},
            "49": {**row, "uid": "Computer.groups_id_tech.Group.completename"},
        },
        {"71": {**row, "linkfield": "groups_id"}, "49": {**row, "linkfield": "groups_id_tech"}},
    )
    assert [ten.find(name).number for name in ("groups_id", "group_tech", "Group.completename")] == [71, 49, 71]
