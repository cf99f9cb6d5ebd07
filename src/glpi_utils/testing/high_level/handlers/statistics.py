"""`/Assistance/Stat`: how many tickets, changes, problems were opened, solved and closed, by month and by what."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from glpi_utils.testing.high_level import answers
from glpi_utils.testing.high_level.api_call import Call
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world.store import quoted

TYPES = ("Ticket", "Problem", "Change")
_LEVELS = {1: "Very low", 2: "Low", 3: "Medium", 4: "High", 5: "Very high", 6: "Major"}
# What can be counted by: field -> (column, where its names are).
FIELDS: dict[str, tuple[str, str]] = {
    "users_id_recipient": ("users_id_recipient", "User"),
    "itilcategories_id": ("itilcategories_id", "ITILCategory"),
    "itilcategories_tree": ("itilcategories_id", "ITILCategory"),
    **{name: (name, "") for name in ("urgency", "impact", "priority")},
}
_BY_OTHERS = (
    "user group group_tree usertitles_id usercategories_id solutiontypes_id technician technician_followup "
    "groups_id_assign groups_tree_assign suppliers_id_assign"
).split()
_ASSETS = tuple(
    (
        "ComputerType ComputerModel OperatingSystem Location DeviceBattery DeviceCamera DeviceCase DeviceControl DeviceDrive "
        "DeviceFirmware DeviceGeneric DeviceGraphicCard DeviceHardDrive DeviceMemory DeviceNetworkCard DevicePci "
        "DevicePowerSupply DeviceProcessor DeviceSensor DeviceSimcard DeviceSoundCard DeviceMotherboard"
    ).split()
)
_NUMBERS = (
    "number_open number_solved number_late number_closed satisfaction_surveys_open satisfaction_surveys_answered "
    "satisfaction_surveys_avg_rating time_take_into_account_avg time_solve_avg time_close_avg time_treatment_avg "
    "time_treatment_total"
).split()
_COUNTED = {"number_open": "date", "number_solved": "solvedate", "number_closed": "closedate"}


def reports(_: Call) -> Answer:
    """Return what there is to ask for."""
    described: list[dict[str, Any]] = []
    for itemtype in TYPES:
        kinds: tuple[tuple[str, str, tuple[str, ...]], ...] = (
            ("Global", "Global", ()),
            ("Characteristics", f"By {itemtype.lower()}", (*FIELDS, *_BY_OTHERS)),
            ("AssetCharacteristics", "By hardware characteristics", _ASSETS),
            ("Asset", "By hardware", ()),
        )
        for report, title, fields in kinds:
            groups: Any = {name: name for name in fields} or []
            described.append(
                {
                    "assistance_type": itemtype,
                    "report_type": report,
                    "report_title": title,
                    "report_group_fields": groups,
                }
            )
    return answers.json(described)


def overall(call: Call, itemtype: str) -> Answer:
    """Count by month, of the last year if no dates are given."""
    call.require("read", itemtype)
    months = _months(*_dates(call))
    made: dict[str, list[Any]] = {"sample_dates": list(months)}
    for name in _NUMBERS:
        if name not in {"time_take_into_account_avg", "time_treatment_total"}:
            made[name] = [_count(call, itemtype, name, f"{month}%") for month in months]
    return answers.json(made)


def by_field(call: Call, itemtype: str) -> Answer:
    """Count by one of their fields."""
    call.require("read", itemtype)
    field = _field(call)
    if field in _BY_OTHERS:
        return answers.json([])
    if field not in FIELDS:
        return answers.crashed()
    column, names = FIELDS[field]
    rows = call.world.sql(f"SELECT DISTINCT {column} AS id FROM {quoted(itemtype)} WHERE is_deleted = 0 ORDER BY 1")
    counted = [_row(call, itemtype, column, names, row["id"]) for row in rows if row["id"]]
    return answers.json([one for one in counted if one is not None])


def by_asset(call: Call, itemtype: str) -> Answer:
    """Count by asset: nothing is linked here."""
    call.require("read", itemtype)
    return answers.json([])


def by_asset_field(call: Call, itemtype: str) -> Answer:
    """Count by a field of assets: every row of that dropdown, with nothing counted."""
    call.require("read", itemtype)
    field = _field(call)
    if field not in _ASSETS:
        return answers.crashed()
    kind = call.world.itemtype(field)
    return answers.json(
        [
            {"item": {"itemtype": field, "id": row["id"], "name": row[kind.label]}, **dict.fromkeys(_NUMBERS, 0)}
            for row in call.world.select(field)
        ]
    )


def export(call: Call, itemtype: str, report: str) -> Answer:
    """Return the same as a file; that by asset crashes the server."""
    call.require("read", itemtype)
    if report == "Asset":
        return answers.crashed()
    _field(call)
    headers = (("Content-Type", "application/pdf"), ("Content-Disposition", 'attachment; filename="glpi.pdf"'))
    return Answer(200, headers, b"%PDF-1.7\n%%EOF\n")


def _field(call: Call) -> str:
    if "field" not in call.params:
        raise answers.Stop(answers.invalid_parameters(messages=["Missing parameter: field"]))
    return str(call.params["field"])


def _dates(call: Call) -> tuple[datetime, datetime]:
    now = call.world.clock().replace(tzinfo=None)
    try:
        end = datetime.fromisoformat(str(call.params.get("date_end") or now.isoformat()))
        start = datetime.fromisoformat(str(call.params.get("date_start") or (now - timedelta(days=365)).isoformat()))
    except ValueError:
        raise answers.Stop(answers.crashed()) from None
    return start, end


def _months(start: datetime, end: datetime) -> list[str]:
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1)]


def _count(call: Call, itemtype: str, name: str, like: str, more: str = "1", *args: Any) -> int:
    column = _COUNTED.get(name)
    if column is None:
        return 0
    return call.world.count(itemtype, f"is_deleted = 0 AND {column} LIKE ? AND {more}", [like, *args])


def _row(call: Call, itemtype: str, column: str, names: str, id: int) -> dict[str, Any] | None:
    name = _LEVELS.get(id, str(id))
    if names:
        named = call.world.get(names, id)
        if named is None:
            return None
        name = named["name"]
    counted = {one: _count(call, itemtype, one, "%", f"{column} = ?", id) for one in _NUMBERS}
    return {"item": {"id": id, "name": name}, **counted}


def _of(itemtype: str) -> list[tuple[str, dict[str, Any]]]:
    base = f"/Assistance/Stat/{itemtype}"
    reads = (
        ("Global", overall),
        ("Characteristics", by_field),
        ("Asset", by_asset),
        ("AssetCharacteristics", by_asset_field),
    )
    exports = ("Characteristics", "Asset", "AssetCharacteristics")
    return [
        *((f"{base}/{name}", {"GET": partial(read, itemtype=itemtype)}) for name, read in reads),
        *((f"{base}/{name}/Export", {"GET": partial(export, itemtype=itemtype, report=name)}) for name in exports),
    ]


ROUTES = (("/Assistance/Stat", {"GET": reports}), *(route for itemtype in TYPES for route in _of(itemtype)))
