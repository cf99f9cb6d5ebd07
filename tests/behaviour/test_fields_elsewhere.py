"""Fields that only the legacy API writes, up to some version: an HL client writes them all the same, with the others."""

from __future__ import annotations

from typing import Any

from tests.behaviour.places import Place

DUE = "2031-01-02 10:00:00"


async def test_due_dates_are_written_and_cleared(place: Place) -> None:
    api = place.client()
    due = "resolution_date" if place.hl else "time_to_resolve"
    made = await api.ticket.create([place.ticket(1, **{due: DUE}), place.ticket(2)])
    first, second = (each["id"] for each in made)
    await api.ticket.update({"id": second, "urgency": 5, due: DUE})
    row = await api.ticket.get(second)
    assert row["urgency"] == 5
    for each in (row, await api.ticket.get(first)):
        assert str(each[due]).replace("T", " ").startswith(DUE)
    await api.ticket.update({"id": first, due: None})
    assert (await api.ticket.get(first))[due] is None
    again = await api.ticket.update({**row, "urgency": 4})  # what was read is written back
    assert (again["urgency"] if place.hl else again[0][str(second)]) in (4, True)


async def test_groups_of_assets(place: Place) -> None:
    api = place.client()
    several = not (place.cell.where == "10.0.17" or (not place.cell.embedded and (await api.get_version()) < "11"))
    groups = [(await api.group.create({"name": place.name(n)}))["id"] for n in range(2)]
    name = "group_tech" if place.hl else "groups_id_tech"
    wanted: Any = groups if several else groups[0]
    computer = (await api.computer.create({"name": place.name("host"), name: wanted}))["id"]
    row = await api.computer.get(computer)
    if place.hl:
        assert [each["id"] for each in row[name]] == groups
        sent = len(place.sent)
        assert (await api.computer.update({**row, "contact": "me"}))["contact"] == "me"
        assert all("/v1/" not in each.url for each in place.sent[sent:]), "they are as they were"
        fewer = await api.computer.update({"id": computer, "serial": "s-1", name: [row[name][1]]}, verify=True)
        assert (fewer["serial"], [each["id"] for each in fewer[name]]) == ("s-1", groups[1:])
        assert (await api.computer.update({"id": computer, name: None}))[name] == []
    else:
        await api.computer.update({"id": computer, name: groups[1]}, verify=True)
    await api.computer.delete({"id": computer}, force_purge=True)
