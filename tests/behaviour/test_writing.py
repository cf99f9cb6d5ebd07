"""Creating and changing items, one or a list of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from glpi_utils import (
    GlpiAPIError,
    GlpiError,
    GlpiNotFoundError,
    GlpiPartialError,
    GlpiPermissionError,
    GlpiValidationError,
    GlpiWarning,
)
from tests.behaviour.places import Place, only


async def test_create_gives_the_id(place: Place) -> None:
    api = place.client()
    made = await api.ticket.create(place.ticket(content="<b>5 < 6 & 'so on'</b> äöü 🖨"))
    assert made["id"] > 0
    if place.hl:
        assert made["href"] == f"/Assistance/Ticket/{made['id']}"
    else:
        assert isinstance(made["message"], str)
    got = await api.ticket.get(made["id"])
    assert (got["name"], got["content"]) == (place.name(), "<b>5 < 6 & 'so on'</b> äöü 🖨")


async def test_create_sends_one_post(place: Place) -> None:
    api = place.client()
    await api.authenticate()
    place.sent.clear()
    await api.ticket.create(place.ticket())
    assert [each.method for each in place.sent] in (["POST"], ["GET", "POST"])  # HL: the public list of versions
    assert await api.ticket.count(**place.mine()) == 1


async def test_create_with_further_fields(place: Place) -> None:
    api = place.client()
    if place.hl:
        made = await api.ticket.create(place.ticket(), urgency=5)
        assert (await api.ticket.get(made["id"]))["urgency"] == 5
    else:  # beside "input": options of the request, which GLPI may ignore
        made = await api.ticket.create(place.ticket(urgency=5), no_such_option=1)
        assert (await api.ticket.get(made["id"]))["urgency"] == 5


async def test_create_by_the_client(place: Place) -> None:
    api = place.client()
    made = await api.create_item("Computer", {"name": place.name()})
    assert (await api.computer.get(made["id"]))["name"] == place.name()


async def test_create_a_list(place: Place) -> None:
    api = place.client()
    made = await api.ticket.create([place.ticket(n) for n in range(3)])
    assert isinstance(made, list)
    ids = [each["id"] for each in made]
    assert ids == sorted(set(ids))
    for n, id in enumerate(ids):
        assert (await api.ticket.get(id))["name"] == place.name(n)
    assert await api.ticket.count(**place.mine()) == 3


async def test_create_takes_a_tuple_too(place: Place) -> None:
    api = place.client()
    assert len(await api.ticket.create((place.ticket(0), place.ticket(1)))) == 2


def _users(place: Place) -> list[dict[str, str]]:
    """Three users; GLPI refuses the second, whose name is taken."""
    column = "username" if place.hl else "name"
    taken = place.glpi.username
    return [{column: place.name(1)}, {column: taken}, {column: place.name(3)}]


@only(where="embedded", because="makes users")
async def test_a_list_that_is_partly_refused_tells_about_each_row(place: Place) -> None:
    api = place.client()
    with pytest.raises(GlpiPartialError) as told:
        await api.user.create(_users(place))
    error = told.value
    assert isinstance(error, GlpiAPIError)
    first, second, third = error.results
    assert isinstance(first, dict)
    assert isinstance(third, dict)
    assert isinstance(second, GlpiError)
    assert [error.done, error.failed] == [[first, third], [(1, second)]]
    column = "username" if place.hl else "name"
    assert (await api.user.get(first["id"]))[column] == place.name(1)
    assert (await api.user.get(third["id"]))[column] == place.name(3)
    assert "1 of 3" in str(error)


@only(where="embedded", because="makes users")
async def test_a_list_that_is_refused_whole(place: Place) -> None:
    api = place.client()
    taken = [_users(place)[1]] * 2
    with pytest.raises(GlpiPartialError) as told:
        await api.user.create(taken)
    assert (told.value.done, [at for at, _ in told.value.failed]) == ([], [0, 1])


async def test_update_changes_what_was_given(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    answer = await api.ticket.update({"id": id, "urgency": 5, "status": 2})
    got = await api.ticket.get(id)
    assert (got["urgency"], got["name"]) == (5, place.name(0))
    if place.hl:
        assert answer["id"] == id
        assert (answer["urgency"], answer["status"]["id"]) == (5, 2)
    else:
        assert answer == [{str(id): True, "message": ""}]
        assert got["status"] == 2


async def test_update_does_not_change_the_dict(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    fields = {"id": id, "urgency": 4}
    await api.ticket.update(fields)
    assert fields == {"id": id, "urgency": 4}


async def test_update_by_the_client_and_with_further_fields(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    await api.update_item("Ticket", {"id": str(id), "name": place.name("new")})
    if place.hl:
        await api.update_item("Ticket", {"id": id}, urgency=4)
        assert (await api.ticket.get(id))["urgency"] == 4
    assert (await api.ticket.get(id))["name"] == place.name("new")


async def test_update_a_list(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 3)
    answer = await api.ticket.update([{"id": id, "urgency": 5} for id in ids])
    assert len(answer) == 3
    assert [row["urgency"] for row in await api.ticket.get_all(**place.mine())] == [5, 5, 5]


async def test_update_a_list_with_a_row_that_is_not_there(place: Place) -> None:
    api = place.client()
    one, two = await place.tickets(api, 2)
    rows = [{"id": one, "urgency": 5}, {"id": 99_999_999, "urgency": 5}, {"id": two, "urgency": 5}]
    with pytest.raises(GlpiPartialError) as told:
        await api.ticket.update(rows)
    assert [at for at, _ in told.value.failed] == [1]
    assert isinstance(told.value.results[1], GlpiNotFoundError)
    assert [row["urgency"] for row in await api.ticket.get_all(**place.mine())] == [5, 5]


async def test_update_of_an_unknown_id(place: Place) -> None:
    api = place.client()
    with pytest.raises(GlpiNotFoundError):
        await api.ticket.update({"id": 99_999_999, "urgency": 5})


@only("hl", because="HL alone says 403")
async def test_update_of_an_unknown_user_is_a_missing_right(place: Place) -> None:
    with pytest.raises(GlpiPermissionError):
        await place.client().user.update({"id": 99_999_999, "comment": "x"})


async def test_a_moment_is_written_in_the_clock_of_the_server(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    with pytest.raises(GlpiValidationError, match="without an offset"):
        await api.ticket.update({"id": id, "date": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)})
    await api.ticket.update({"id": id, "date": datetime(2026, 1, 2, 3, 4, 5)})  # noqa: DTZ001
    assert str((await api.ticket.get(id))["date"]).replace("T", " ").startswith("2026-01-02 03:04:05")


async def test_what_json_has_no_form_for(place: Place) -> None:
    with pytest.raises(GlpiValidationError, match="cannot be sent as JSON"):
        await place.client().ticket.create(place.ticket(content=object()))
    assert place.sent == []


async def test_none_clears(place: Place) -> None:
    api = place.client()
    solved, category = ("date_solve", "category") if place.hl else ("solvedate", "itilcategories_id")
    (id,) = await place.tickets(api, 1)
    full = {"id": id, solved: "2026-01-31 10:00:00"}
    await api.ticket.update(full)
    assert (await api.ticket.get(id))[solved]
    if place.hl and api.api_version != "v2.2":
        with pytest.raises(GlpiValidationError, match="GlpiAPI"):
            await place.client(legacy="never").ticket.update({"id": id, solved: None})
    await api.ticket.update({"id": id, solved: None})
    assert (await api.ticket.get(id))[solved] is None
    await api.ticket.update({"id": id, category: None})
    assert not (await api.ticket.get(id))[category]
    computer = (await api.computer.create({"name": place.name(), "serial": "s", "comment": "c"}))["id"]
    await api.computer.update({"id": computer, "serial": None, "comment": None})
    row = await api.computer.get(computer)
    assert (row["serial"], row["comment"], row["name"]) == ("", "", place.name())


async def test_what_would_not_do_what_was_meant_is_refused_before_it_is_sent(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    before = len(place.sent)
    wrong: list[dict[str, object]] = [
        {"urgency": 9},
        {"name": "NULL"},
        {"name": "x" * 300},
        {"content": None},
        {"date": "now"},
    ]
    if place.hl:
        wrong += [{"itilcategories_id": 1}, {"category": "NULL"}]
    for fields in wrong:
        with pytest.raises(GlpiValidationError, match=next(iter(fields))):
            await api.ticket.update({"id": id, **fields})
    assert len(place.sent) == before
    fixed: list[dict[str, object]] = [{"date_mod": "2020-01-01 10:00:00"}]
    if place.hl:
        fixed += [{"team": [{"id": 2, "role": "requester"}]}, {"actiontime": 5}]
    for fields in fixed:  # the item may have these values already, so it is read
        with pytest.raises(GlpiValidationError, match=next(iter(fields))):
            await api.ticket.update({"id": id, **fields})
    assert {each.method for each in place.sent[before:]} == {"GET"}


async def test_what_was_read_can_be_changed_and_written_back(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    row = await api.ticket.get(id)
    await api.ticket.update({**row, "urgency": 5})
    after = await api.ticket.get(id)
    assert (after["urgency"], after["name"], after["content"]) == (5, row["name"], row["content"])
    if place.hl:
        assert after["team"] == row["team"]


@only("hl", because="the legacy API has no document of its fields")
async def test_a_field_that_neither_we_nor_the_server_know(place: Place) -> None:
    with pytest.raises(GlpiValidationError, match=r"'urgencyy'.*did you mean urgency"):
        await place.client().ticket.create(place.ticket(urgencyy=5))
    assert [each.method for each in place.sent if "/token" not in each.url] == ["GET", "GET"]  # versions, document


@only("legacy", because="the High-Level API refuses")
async def test_a_column_that_is_not_known_is_warned_of(place: Place) -> None:
    with pytest.warns(GlpiWarning, match=r"'urgencyy'.*did you mean urgency"):
        await place.client().ticket.create(place.ticket(urgencyy=5))


async def test_rows_with_datetimes(place: Place) -> None:
    api = place.client(dates=True)
    (id,) = await place.tickets(api, 1)
    moment = datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001
    await api.ticket.update({"id": id, "date": moment})
    found = (await api.ticket.get(id))["date"]
    assert found.replace(tzinfo=None) == moment
    assert (found.tzinfo is not None) == place.hl
    (row,) = await api.ticket.get_all(**place.mine())
    assert row["date"] == found


async def test_a_moment_goes_to_the_zone_that_is_named(place: Place) -> None:
    """On the High-Level API it must be the server's, which shows the offset of its clock."""
    plain = place.client()
    (id,) = await place.tickets(plain, 1)
    await plain.ticket.update({"id": id, "date": "2026-07-02 03:00:00"})
    shown = (await plain.ticket.get(id))["date"]
    zones = {"+00:00": "UTC", "+02:00": "Europe/Paris"}
    if place.hl and shown[19:] not in zones:
        pytest.skip(f"a server with the offset {shown[19:]}")
    zone = zones[shown[19:]] if place.hl else "Europe/Paris"
    moment = datetime(2026, 7, 2, 3, 0, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    api = place.client(timezone=zone)
    await api.ticket.update({"id": id, "date": moment + timedelta(hours=1)})
    assert str((await api.ticket.get(id))["date"]).replace("T", " ").startswith("2026-07-02 04:00:00")


async def test_a_zone_that_contradicts_the_server_is_refused(place: Place) -> None:
    api = place.client(timezone="Pacific/Kiritimati")  # 14 hours ahead: no server is there
    plain = place.client()
    (id,) = await place.tickets(plain, 1)
    moment = datetime(2026, 7, 2, 1, 0, tzinfo=UTC)
    if not place.hl:  # its rows tell no offset
        await api.ticket.update({"id": id, "date": moment})
        return
    before = await plain.ticket.get(id)
    with pytest.raises(GlpiValidationError, match=r"Pacific/Kiritimati contradicts the server: .*\+14:00"):
        await api.ticket.update({"id": id, "date": moment})
    with pytest.raises(GlpiValidationError, match="Pacific/Kiritimati contradicts the server"):
        await api.ticket.get(id)
    assert (await plain.ticket.get(id))["date"] == before["date"]
