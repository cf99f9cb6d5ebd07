"""The `with_*` options of the computer and the ticket of `legacy_get_item`."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.legacy_get_item import COMPUTER, NOW, TICKET
from tests.conformance.scenarios.legacy_get_item import prepare as with_items
from tests.conformance.scene import Cue, Scene

SECOND = {"10.0.17": 1, "11.0.6": 2}
"""Where the 11 server had an earlier row."""
CHANGE = {"10.0.17": 1, "11.0.6": 2}
LOGS = {
    "10.0.17": {
        740: ("0", 20, ""),
        744: ("Contract", 15, "legtest contract (1)"),
        747: ("Monitor", 15, "legtest mon (1)"),
    },
    "11.0.6": {
        1153: ("0", 20, ""),
        1157: ("Contract", 15, "legtest contract (2)"),
        1160: ("Monitor", 15, "legtest mon (1)"),
    },
}


def prepare(play: Play) -> None:
    """What hangs on the computer."""
    with_items(play)
    computer = {"itemtype": "Computer", "items_id": COMPUTER[play.version]}
    dated = dict.fromkeys(("date_creation", "date_mod"), NOW)
    second = SECOND[play.version]
    play.change("Ticket", TICKET[play.version], date_mod=NOW)
    play.row("Item_Disk", 1, name="C:", totalsize=1000, **computer, **dated)
    play.row("Monitor", 1, name="legtest mon", locations_id=1, **dated)
    if play.version == "10.0.17":
        play.row("Computer_Item", 1, computers_id=COMPUTER[play.version], itemtype="Monitor", items_id=1)
    else:
        sides = {"itemtype_asset": "Computer", "items_id_asset": COMPUTER[play.version]}
        play.row("Glpi\\Asset\\Asset_PeripheralAsset", 1, itemtype_peripheral="Monitor", items_id_peripheral=1, **sides)
    play.row("Item_DeviceMemory", 1, devicememories_id=second, size=1024, locations_id=1, **computer)
    play.row("Software", second, name="legtest soft", is_valid=1, **dated)
    play.row("SoftwareVersion", 1, name="1.0", softwares_id=second, **dated)
    play.row("Item_SoftwareVersion", 1, softwareversions_id=1, **computer)
    port = {"name": "eth0", "mac": "00:11:22:33:44:55", "instantiation_type": "NetworkPortEthernet"}
    play.row("NetworkPort", 1, **port, **computer, **dated)
    play.row("Infocom", 1, warranty_duration=12, **computer, **dated)
    play.row("Contract_Item", 1, contracts_id=second, **computer)
    play.row("Notepad", 1, content="legtest note", users_id=2, users_id_lastupdater=2, **computer, **dated)
    change = CHANGE[play.version]
    common = {"status": 1, "urgency": 3, "impact": 3, "priority": 3, "global_validation": 1}
    people = {"users_id_recipient": 2, "users_id_lastupdater": 2}
    play.row("Change", change, name="legtest change", content="c", date=NOW, **common, **people, **dated)
    play.row("Change_Item", 1, changes_id=change, **computer)
    for number, (link, action, text) in LOGS[play.version].items():
        entry = {"itemtype_link": link, "linked_action": action, "new_value": text, "old_value": ""}
        play.row("Log", number, **computer, **entry, user_name="glpi (2)", date_mod=NOW)


SCENE = Scene(prepare=prepare, tickets=60, cues={"with_logs": Cue(free=("body._logs", "body._logs.*"))})
