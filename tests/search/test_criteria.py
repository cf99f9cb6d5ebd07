"""Criteria as callers write them: what is sent for them, and what is refused because GLPI would misread it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from glpi_utils import F, GlpiValidationError, TicketStatus
from glpi_utils._dialects.legacy.search_criteria import Checked, itemtypes, listed
from glpi_utils._dialects.legacy.search_naming import wanted
from tests.search.listing import options, software

KNOWN = {"Ticket": options(), "Software": software()}


def checked(*given: Any) -> list[dict[str, Any]]:
    return Checked("Ticket", KNOWN).all(given)


def one(field: Any, searchtype: str, value: Any, link: str = "AND", **more: Any) -> dict[str, Any]:
    return {"link": link, "field": field, "searchtype": searchtype, "value": value, **more}


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"field": "status", "searchtype": "equals", "value": TicketStatus.SOLVED}, one(12, "equals", "5")),
        ({"field": "status", "searchtype": "equals", "value": "notold"}, one(12, "equals", "notold")),
        ({"field": 12, "searchtype": "equals", "value": 5, "link": "and not"}, one(12, "equals", "5", "AND NOT")),
        ({"field": "is_late", "searchtype": "equals", "value": True}, one(82, "equals", "1")),
        (
            {"field": "date", "searchtype": "morethan", "value": datetime.fromisoformat("2026-01-02 03:00")},
            one(15, "morethan", "2026-01-02 03:00:00"),
        ),
        ({"field": "date", "searchtype": "morethan", "value": "-7DAY"}, one(15, "morethan", "-7DAY")),
        ({"field": "requester", "searchtype": "equals", "value": "myself"}, one(4, "equals", "myself")),
        ({"field": "entity", "searchtype": "equals", "value": {"id": 0, "name": "Root"}}, one(80, "equals", "0")),
        ({"field": "name", "searchtype": "empty"}, one(1, "empty", "null")),
        ({"field": "ITILFollowup.id", "searchtype": "contains", "value": ">0"}, one(27, "contains", ">0")),
        (
            {"field": "name", "searchtype": "contains", "value": "a", "itemtype": "Software"},
            one(1, "contains", "a", itemtype="Software", meta=1),
        ),
        (
            {
                "field": "name",
                "searchtype": "contains",
                "value": "a",
                "itemtype": "software",
                "link": "AND NOT",
                "meta": True,
            },
            one(1, "contains", "a", "AND NOT", itemtype="Software", meta=1),
        ),
        (
            {"link": "OR NOT", "criteria": [{"field": "id", "searchtype": "contains", "value": ">=5"}]},
            {"link": "OR NOT", "criteria": [one(2, "contains", ">=5")]},
        ),
        (
            {
                "criteria": [
                    {"criteria": [F.status == 1, {"link": "OR", "field": 2, "searchtype": "contains", "value": 7}]}
                ]
            },
            {
                "link": "AND",
                "criteria": [{"link": "AND", "criteria": [one(12, "equals", "1"), one(2, "contains", "7", "OR")]}],
            },
        ),
    ],
    ids=str,
)
def test_what_is_sent(given: dict[str, Any], sent: dict[str, Any]) -> None:
    assert checked(given) == [sent]


COUNT = {"field": "ITILFollowup.id", "searchtype": "contains", "value": ">0"}
SOFT = {"itemtype": "Software", "field": "name", "searchtype": "contains", "value": "a"}
NAME = {"field": "name", "searchtype": "contains", "value": "a"}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ([{**NAME, "searchtype": "equals"}], "name has no searchtype 'equals'.*contains, notcontains, empty"),
        ([{**NAME, "searchtype": None}], "no searchtype None"),
        ([{"field": "status", "searchtype": "notequals", "value": 1}], "take it for another"),
        ([{"field": "id", "searchtype": "lessthan", "value": 1}], "take it for another"),
        ([{"field": "id", "searchtype": "notcontains", "value": 5}], "those that are equal"),
        ([{"link": "AND NOT", "field": "id", "searchtype": "contains", "value": ">=5"}], "opposite sign"),
        ([{"link": "OR NOT", "field": "id", "searchtype": "contains", "value": " <5"}], "opposite sign"),
        ([{"field": "urgency", "searchtype": "equals", "value": 0}], "at least"),
        ([{"field": "urgency", "searchtype": "empty"}], "everything would be found"),
        ([{**NAME, "value": ""}], "empty value"),
        ([{**NAME, "value": "  "}], "empty value"),
        ([{**NAME, "value": None}], "cannot be compared with NoneType"),
        ([{**NAME, "value": [1]}], "cannot be compared with list"),
        ([{**NAME, "field": "nome"}], "did you mean 'name'"),
        ([{**NAME, "field": "time_to_resolve.151"}], "does not search by time_to_resolve.151"),
        ([{"field": "A.AnswersSet.name", "searchtype": "equals", "value": 1}], "read as contains"),
        ([{**NAME, "link": "XOR"}], "link must be one of"),
        ([{**NAME, "criterion": 1}], "not criterion"),
        ([{"criteria": []}], "empty"),
        ([{"criteria": [NAME], "field": "name"}], "not field"),
        ([5], "a dict or an F expression"),
        ([{**NAME, "meta": True}], "needs the itemtype"),
        ([NAME, {**COUNT, "link": "OR"}], "OR would mean AND"),
        ([{"link": "AND NOT", "criteria": [COUNT]}], "OR would mean AND"),
        ([{"criteria": [NAME, {"link": "OR", "criteria": [COUNT]}]}], "OR would mean AND"),
        ([NAME, {**SOFT, "link": "OR"}], "outside of all groups"),
        ([SOFT, {**NAME, "link": "OR"}], "outside of all groups"),
        ([{"criteria": [SOFT]}], "outside of all groups"),
    ],
    ids=str,
)
def test_what_is_refused(given: list[Any], why: str) -> None:
    with pytest.raises(GlpiValidationError, match=why):
        checked(*given)


def test_which_columns_were_used() -> None:
    asked = Checked("Ticket", KNOWN)
    asked.all([{"criteria": [NAME, F.status == 1]}, SOFT, COUNT])
    assert [each.name for each in asked.used] == ["name", "status", "ITILFollowup.id"]
    assert [(itemtype, option.uid) for itemtype, option in asked.others] == [("Software", "Software.name")]


def test_filter_and_criteria_must_both_hold() -> None:
    ored = [NAME, {**NAME, "link": "OR"}]
    assert wanted(None, None, None) == []
    assert wanted(F.status == 1, None, None) == [F.status == 1]
    assert wanted(None, ored, None) == ored
    assert wanted(F.status == 1, ored, [SOFT]) == [
        F.status == 1,
        {"link": "AND", "criteria": ored},
        {**SOFT, "meta": 1},
    ]
    with pytest.raises(GlpiValidationError, match="itemtype"):
        wanted(None, None, [NAME])
    with pytest.raises(GlpiValidationError, match="filter must be a list"):
        wanted("name==a", None, None)


def test_the_itemtypes_whose_options_are_needed() -> None:
    assert itemtypes(listed([NAME, {"criteria": [{**SOFT, "itemtype": "monitor"}]}, SOFT, F.id == 1])) == {
        "Monitor",
        "Software",
    }
