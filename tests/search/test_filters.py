"""`F` expressions as criteria: what is sent, and what is refused with its reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from glpi_utils import F, Filter, GlpiValidationError, TicketStatus
from glpi_utils._dialects.legacy.search_criteria import Checked
from tests.search.listing import options

NOW = datetime.fromisoformat("2026-01-31 10:00")


def sent(asked: Filter, *, ten: bool = False) -> str:
    """The criterion, short: `name contains x`, groups in brackets, each but the first with its link."""
    (made,) = Checked("Ticket", {"Ticket": options(ten=ten)}).all([asked])
    return told(made, first=True)


def told(criterion: dict[str, Any], *, first: bool) -> str:
    link = criterion["link"] if not first else "NOT" if criterion["link"].endswith("NOT") else ""
    if "criteria" in criterion:
        text = f"[{' '.join(told(each, first=at == 0) for at, each in enumerate(criterion['criteria']))}]"
    else:
        text = f"{criterion['field']} {criterion['searchtype']} {criterion['value']}"
    return f"{link} {text}".strip()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (F.name == "x", "1 contains ^x$"),
        (F.name != "x", "NOT [1 contains ^x$]"),
        (F.name.contains("a_b\\c"), "1 contains a_b\\c"),
        (F.name.startswith("x"), "1 contains ^x"),
        (F.name.endswith("x"), "1 contains x$"),
        (~F.name.contains("x"), "NOT [1 contains x]"),
        (F.name.in_(["a", "b"]), "[1 contains ^a$ OR 1 contains ^b$]"),
        (F.name.not_in(["a", "b"]), "NOT [[1 contains ^a$ OR 1 contains ^b$]]"),
        (F.name.in_([]), "2 contains <0"),
        (F.name.not_in([]), "NOT [2 contains <0]"),
        (F.name.is_null(), "NOT 1 contains ^"),
        (~F.name.is_null(), "NOT [NOT 1 contains ^]"),
        (F.name.is_empty(), "1 empty null"),
        (F.id == 5, "2 contains 5"),
        (F.id != 5, "NOT [2 contains 5]"),
        (F.id >= 5, "2 contains >=5"),
        (F.id > -5, "2 contains >-5"),
        (F.id < 5.5, "2 contains <5.5"),
        (F.id == 5.5, "[2 contains >=5.5 AND 2 contains <=5.5]"),
        (F.TicketCost.totalcost == 5, "[48 contains >=5 AND 48 contains <=5]"),
        (F.waiting_duration.is_empty(), "150 empty null"),
        (F.status == TicketStatus.NEW, "12 equals 1"),
        (~(F.status == 1), "NOT [12 equals 1]"),
        (F.status.in_([1, 2]), "[12 equals 1 OR 12 equals 2]"),
        (F.is_late == True, "82 equals 1"),  # noqa: E712
        (F.status.is_empty(), "12 empty null"),
        (F.urgency >= 4, "10 equals -4"),
        (F.urgency > 3, "10 equals -4"),
        (F.urgency < 4, "NOT [10 equals -4]"),
        (F.urgency <= 3, "NOT [10 equals -4]"),
        (~(F.urgency <= 3), "10 equals -4"),
        (F.urgency == 4, "10 equals 4"),
        (F.date > NOW, "15 morethan 2026-01-31 10:00:00"),
        (F.date >= NOW, "NOT [15 lessthan 2026-01-31 10:00:00]"),
        (F.date >= NOW.replace(microsecond=5), "NOT [15 lessthan 2026-01-31 10:00:01]"),
        (F.date > NOW.replace(microsecond=5), "15 morethan 2026-01-31 10:00:00"),
        (F.date < NOW.replace(microsecond=5), "15 lessthan 2026-01-31 10:00:01"),
        (F.date <= date(2026, 1, 31), "NOT [15 morethan 2026-01-31]"),
        (F.date == NOW, "NOT [15 lessthan 2026-01-31 10:00:00 OR 15 morethan 2026-01-31 10:00:00]"),
        (F.date < "2026-01-31", "15 lessthan 2026-01-31"),
        (F.date.is_null(), "15 empty null"),
        (~F.date.is_null(), "NOT [15 empty null]"),
        (F.itilcategories_id == 7, "7 equals 7"),
        (F.itilcategories_id != {"id": 7}, "NOT [7 equals 7]"),
        (F.itilcategories_id.is_null(), "7 equals 0"),
        (F.ITILCategory.completename.contains("db"), "7 contains db"),
        (F.entities_id == 0, "80 equals 0"),
        (F.requester == 2, "4 equals 2"),
        (F.requester.in_([2, 3]), "[4 equals 2 OR 4 equals 3]"),
        (F.requester.is_null(), "4 equals 0"),
        (~F.requester.is_null(), "NOT [4 equals 0]"),
        ((F.requester == 2) & (F.assigned == 3), "[4 equals 2 AND 5 equals 3]"),
        (F.ITILFollowup.content.contains("x"), "25 contains x"),
        (
            F.ITILFollowup.content.contains("x") | F.ITILFollowup.content.contains("y"),
            "[25 contains x OR 25 contains y]",
        ),
        ((F.ITILFollowup.id > 0) & (F.status == 1), "[27 contains >0 AND 12 equals 1]"),
        ((F.status == 1) | ~((F.id > 3) & F.date.is_null()), "[12 equals 1 OR 2 contains <=3 OR NOT [15 empty null]]"),
        ((F.status == 1) & ((F.id > 3) | (F.id == 1)), "[12 equals 1 AND [2 contains >3 OR 2 contains 1]]"),
    ],
    ids=repr,
)
def test_what_is_sent(asked: Filter, expected: str) -> None:
    assert sent(asked) == expected
    assert sent(asked, ten=True) == expected


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (F.name.contains("50%"), "wildcard"),
        (F.name == "a\nb", "not found at all"),
        (F.name == " a", "spaces"),
        (F.name.contains("^a"), "mean something else"),
        (F.name == "a$", "mean something else"),
        (F.name == "", "empty text"),
        (F.name == "Null", "no value"),
        (F.name == 5, "holds text"),
        (F.name.like("a*"), "a text is compared by"),
        (F.name.ilike("a*"), "a text is compared by"),
        (F.name < "a", "a text is compared by"),
        (F.id == "5", "holds a number"),
        (F.id == True, "holds a number"),  # noqa: E712
        (F.id.contains("5"), "a number is compared by"),
        (F.id.is_null(), "a number is compared by"),
        (F.status < 5, r"in_\(\[...\]\)"),
        (F.status == "notold", "the name of a member of TicketStatus"),
        (F.urgency.is_empty(), "compared by"),
        (F.urgency == 0, "at least"),
        (F.urgency == -4, "at least"),
        (F.urgency >= 0, "begins at 1"),
        (F.urgency >= "severe", "the name of a member of Urgency"),
        (F.urgency.contains("4"), "compared by"),
        (F.status.is_null(), "is compared by =="),
        (F.date == "yesterday", "a time is"),
        (F.date.contains("2026"), "a time is compared by"),
        (F.entities_id.is_null(), "0 is the root"),
        (F.requester != 2, "one or all of them"),
        (F.requester.not_in([2]), "one or all of them"),
        (F.requester.contains("glpi"), "compared by id"),
        (F.users_id_recipient == "glpi", "compared by id"),
        (~F.ITILFollowup.content.contains("x"), "one or all of them"),
        (F.ITILFollowup.content.contains("x") & F.ITILFollowup.content.contains("y"), "one and the same"),
        (F.ITILFollowup.content.contains("x") & (F.ITILFollowup["date.36"] > NOW), "one and the same"),
        ((F.ITILFollowup.id > 0) | (F.status == 1), "OR would mean AND"),
        ((F.id > 0) & ((F.ITILFollowup.id > 0) | (F.status == 1)), "OR would mean AND"),
        (F.ITILFollowup.id.is_empty(), "no count"),
        (F["ITILFollowup.date.72"] > NOW, "not known for sure"),
        (F.A.AnswersSet.name == 1, "not known for sure"),
        (F.time_to_resolve["151"] == 1, "does not search by"),
    ],
    ids=repr,
)
def test_what_is_refused(asked: Filter, why: str) -> None:
    with pytest.raises(GlpiValidationError, match=why):
        sent(asked)


@pytest.mark.parametrize("sign", ["<", ">", "#", ";"])
def test_what_10_keeps_in_another_form(sign: str) -> None:
    asked = F.name.contains(f"a {sign} b")
    assert sent(asked) == f"1 contains a {sign} b"
    with pytest.raises(GlpiValidationError, match="GLPI 10"):
        sent(asked, ten=True)
    with pytest.raises(GlpiValidationError, match="find it in these"):
        sent(F.name.contains("60"), ten=True)
    assert sent(F.name == "60", ten=True) == "1 contains ^60$"
    assert sent(F.name.contains("R&D"), ten=True) == "1 contains R&D"
    assert sent(F.ITILCategory.completename == "Top > Low", ten=True) == "7 contains ^Top > Low$"


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(GlpiValidationError, match="did you mean 'urgency'"):
        sent(F.urgancy == 1)
