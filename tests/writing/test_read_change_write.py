"""What was read can be changed and written back: what GLPI keeps for itself goes out only where it was changed."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from glpi_utils import (
    GlpiAPI,
    GlpiError,
    GlpiNotFoundError,
    GlpiOAuthClient,
    GlpiPermissionError,
    GlpiValidationError,
)
from glpi_utils._dialects.shared.unchanged import unchanged
from glpi_utils._knowledge.routes import Route, all_routes
from tests.writing.places import Place

ROUTES = [each for each in all_routes() if "update" in each.verbs and each.itemtype and not each.second]
MOVES = {"date_mod", "completename", "user_editor", "users_id_lastupdater", "revisions"}
"""What a change of the name changes too."""


def reads(place: Place) -> int:
    return sum(each.method == "GET" for each in place.sent)


def sent(place: Place) -> list[dict[str, Any]]:
    """The fields of each change, in order."""
    import orjson

    bodies = [orjson.loads(each.body) for each in place.glpi.requests if each.method in ("PATCH", "PUT")]
    return [body if place.hl else body["input"] for body in bodies]


@pytest.fixture
def api(place: Place) -> Any:
    client = place.client()
    client.ticket.count()
    return client


def test_a_ticket_is_read_changed_and_written_back(place: Place, api: Any) -> None:
    number = place.made(urgency=3, impact=3, priority=3)
    row = api.ticket.get(number)
    row["urgency"] = 5
    place.sent.clear()
    place.glpi.requests.clear()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        api.ticket.update(row)
    assert reads(place) == 1
    assert sent(place) == [{"urgency": 5}], "what was not changed is not sent: a priority would be kept"
    assert place.row("Ticket", number)["urgency"] == 5


def test_without_fields_of_glpis_own_nothing_is_read(place: Place, api: Any) -> None:
    number = place.made()
    place.sent.clear()
    place.glpi.requests.clear()
    api.ticket.update({"id": number, "urgency": 4, "name": "a row"})
    assert (reads(place), sent(place)) == (0, [{"urgency": 4, "name": "a row"}])
    with pytest.raises(GlpiValidationError, match="urgency"):
        api.ticket.update({"id": number, "urgency": 9})
    assert reads(place) == 0


def test_all_that_was_changed_in_vain_is_refused_in_one_message(place: Place, api: Any) -> None:
    number = place.made()
    row = api.ticket.get(number)
    row["date_mod"] = "2020-01-01 10:00:00"
    row["urgency"] = 9
    if place.hl:
        row["actiontime"], row["team"] = 77, [{"id": 2, "role": "requester"}]
    else:
        row["users_id_lastupdater"] = 4
    place.sent.clear()
    with pytest.raises(GlpiValidationError) as caught:
        api.ticket.update(row)
    text = str(caught.value)
    names = (
        ("actiontime", "team", "urgency", "date_mod") if place.hl else ("users_id_lastupdater", "urgency", "date_mod")
    )
    assert [name for name in names if f"Ticket.{name} " in text] == list(names), text
    assert text.count("Ticket.") == len(names), text
    assert (reads(place), place.writes) == (1, [])


def test_of_a_list_each_row_is_looked_at(place: Place, api: Any) -> None:
    numbers = [place.made(urgency=2) for _ in range(3)]
    rows = [api.ticket.get(number) for number in numbers]
    for row in rows[:2]:
        row["urgency"] = 4
    place.sent.clear()
    api.ticket.update([*rows[:2], {"id": numbers[2], "urgency": 1}])
    assert [place.row("Ticket", number)["urgency"] for number in numbers] == [4, 4, 1]
    assert reads(place) == 2
    rows = [api.ticket.get(number) for number in numbers]
    rows[1]["date_mod"] = "2020-01-01 10:00:00"
    with pytest.raises(GlpiValidationError, match=r"row 1 of the list: Ticket.date_mod .*: read it again"):
        api.ticket.update(rows)


def test_what_was_read_with_dates_and_zones(place: Place) -> None:
    """Times with an offset that are as they were need no zone."""
    number = place.made(date="2026-01-31 10:00:00", urgency=2)
    with_dates = place.client(dates=True, timezone="Europe/Paris")
    plain = place.client()
    for reader, writer in ((with_dates, plain), (plain, with_dates), (with_dates, with_dates), (plain, plain)):
        row = reader.ticket.get(number)
        row["urgency"] = 3 if row["urgency"] != 3 else 2
        writer.ticket.update(row)
        found = place.row("Ticket", number)
        assert (found["urgency"], found["date"]) == (row["urgency"], "2026-01-31 10:00:00")


def test_a_time_that_was_changed_is_no_time_that_was_read(hl: Place) -> None:
    api = hl.client()
    row = api.ticket.get(hl.made())
    row["date"] = "2026-01-31T10:00:00+05:00"
    with pytest.raises(GlpiValidationError, match="timezone="):
        api.ticket.update(row)
    assert hl.writes == []


def test_links_of_the_legacy_api_are_no_columns(legacy: Place) -> None:
    api = legacy.client()
    number = legacy.made()
    row = api.ticket.get(number, get_hateoas=True)
    assert row["links"]
    row["urgency"] = 5
    legacy.glpi.requests.clear()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        api.ticket.update(row)
        api.ticket.update({"id": number, "links": row["links"], "name": "new"})
    assert sent(legacy) == [{"urgency": 5}, {"name": "new"}]


def test_names_in_the_place_of_numbers_are_looked_up(legacy: Place) -> None:
    """Rows with `expand_dropdowns` hold names: written back they mean what they meant."""
    api = legacy.client()
    number = legacy.made(itilcategories_id=2)
    row = api.ticket.get(number, expand_dropdowns=True)
    assert row["itilcategories_id"] == "Hardware > Laptop"
    api.ticket.update({"id": number, "itilcategories_id": row["itilcategories_id"], "urgency": 4})
    assert legacy.row("Ticket", number)["itilcategories_id"] == 2
    with pytest.raises(GlpiNotFoundError, match="no ITILCategory"):
        api.ticket.update({"id": number, "itilcategories_id": "Hardware > Laptops"})
    assert len(legacy.writes) == 1


def test_a_followup_is_read_once_under_its_ticket(place: Place, api: Any) -> None:
    ticket = place.made()
    made = api.ticket.add_sub_item(ticket, "ITILFollowup", {"content": "first"})
    row = api.ticket.get_sub_items(ticket, "ITILFollowup", unwrap=True)[0]
    row["content"] = "second"
    place.sent.clear()
    api.ticket.update_sub_item(ticket, "ITILFollowup", row)
    assert place.row("ITILFollowup", made["id"])["content"] == "second"
    assert reads(place) == 1
    row["date_mod"] = "2020-01-01 10:00:00"
    with pytest.raises(GlpiValidationError, match="date_mod"):
        api.ticket.update_sub_item(ticket, "ITILFollowup", row)


def test_validate_warn_tells_only_of_what_was_changed(place: Place) -> None:
    api = place.client(validate="warn")
    number = place.made()
    row = api.ticket.get(number)
    row["date_mod"] = "2020-01-01 10:00:00"
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        api.ticket.update(row, verify=False)
    assert [str(each.message).partition(" ")[0] for each in told] == ["Ticket.date_mod"]


def test_what_may_be_changed_and_not_read_is_refused_as_a_whole(hl: Place) -> None:
    from glpi_utils.testing import troubles

    api = hl.client()
    row = api.ticket.get(hl.made())
    no = {"status": "ERROR_RIGHT_MISSING", "title": "no", "detail": None}
    hl.glpi.faults.add(troubles.status(403, json=no, method="GET", path="Assistance/Ticket/"))
    with pytest.raises(GlpiValidationError) as caught:
        api.ticket.update(row)
    assert "actiontime" in str(caught.value)
    assert "date_mod" in str(caught.value)
    with pytest.raises(GlpiPermissionError):
        api.ticket.get(row["id"])


def test_verify_reads_before_and_after_and_no_third_time(place: Place, api: Any) -> None:
    row = api.ticket.get(place.made())
    row["name"] = "another"
    place.sent.clear()
    api.ticket.update(row, verify=True)
    assert reads(place) == 2


@pytest.mark.parametrize("which", ["hl-11.0.6", "hl-11.0.8", "legacy-11.0.6", "legacy-10.0.17"])
def test_a_row_of_every_type_can_be_written_back(servers: Any, which: str) -> None:
    """As it was read, and with its name changed; no warning, no refusal, nothing lost."""
    api, _, version = which.partition("-")
    glpi = servers[version]
    client: Any = (
        GlpiOAuthClient(glpi.url, glpi.client_id, glpi.client_secret, glpi.username, glpi.password)
        if api == "hl"
        else GlpiAPI(glpi.url, username=glpi.username, password=glpi.password)
    )
    with client:
        written = [each.itemtype for each in ROUTES if written_back(client.item(each.itemtype), each)]
    assert len(written) > 60, written


def written_back(items: Any, route: Route) -> bool:
    try:
        row = items.first()
    except GlpiError:
        return False  # what cannot be listed there
    if row is None:
        return False
    row = items.get(row["id"])
    if "date_mod" not in row:
        return False  # nothing of GLPI's own: all is sent as it is
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        items.update(row)
        named = "name" in row and route.itemtype not in ("User", "Entity")
        if named:
            items.update({**row, "name": f"{row['name']} 2"})
    after = items.get(row["id"])
    changed = {name for name in row if row[name] != after[name]}
    assert changed <= {*MOVES, "name"}, route.itemtype
    assert not named or after["name"] == f"{row['name']} 2", route.itemtype
    items.update({"id": row["id"], "name": row["name"]}) if named else None
    return True


@pytest.mark.parametrize(
    ("value", "there", "same"),
    [
        (5, {"id": 5, "name": "x"}, True),
        ({"id": 5}, {"id": 5, "name": "x"}, True),
        ({"id": 6, "name": "x"}, {"id": 5, "name": "x"}, False),
        (None, {"id": 5}, False),
        (5, None, False),
        (None, None, True),
        (0, None, False),
        ("", None, False),
        (True, 1, True),
        ("1", True, True),
        ("5", 5, True),
        ([], [], True),
        ([{"id": 1}], [], False),
        ([{"id": 1}], [{"id": 1}], True),
        (" a", "a", False),
        ("2026-01-31", "2026-01-31T10:00:00+01:00", False),
        ("2026-01-31T09:00:00+00:00", "2026-01-31T10:00:00+01:00", False),
    ],
)
def test_alike_is_what_is_the_same_and_no_more(value: Any, there: Any, same: bool) -> None:
    assert unchanged("x", value, {"x": there}) is same
    assert unchanged("y", value, {"x": there}) is False
