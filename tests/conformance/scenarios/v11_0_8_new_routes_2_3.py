"""The routes that came with API 2.3: costs, service levels, webhooks, links, lists of everything."""

from __future__ import annotations

from datetime import timedelta

from tests.conformance.play import Play
from tests.conformance.scenarios.newer import HELPDESK_TYPES, WHEN, seed, tickets
from tests.conformance.scene import Cue, Scene

BEGUN = WHEN + timedelta(minutes=10)
NOW = f"{BEGUN:%Y-%m-%d %H:%M:%S}"


def prepare(play: Play) -> None:
    """Two tickets, a computer, articles, a project."""
    seed(play)
    tickets(play, {4289: "nv-nr", 4290: "nv-nr2"})
    now = dict.fromkeys(("date_creation", "date_mod"), NOW)
    play.row("KnowbaseItem", 1, name="How to reset a password", answer="x", **now)
    play.row("KnowbaseItem", 2, name="How to map a drive", answer="x", **now)
    play.row("Computer", 1044, name="nv-pc7", **now)
    play.row("Monitor", 1, name="screen", **now)
    play.row("Project", 1, name="Project 1", **now)
    for number, name in enumerate(("Laptop", "Desktop", "Server", "Virtual"), 1):
        play.row("ComputerType", number, name=name, date_creation=NOW, date_mod=NOW)
    for number in range(1, 7):
        name = "Latitude 5440" if number == 1 else f"Model {number}"
        play.row("ComputerModel", number, name=name, **now)
    play.row("SNMPCredential", 1, name="Public community v1", snmpversion="1", community="public")
    play.row("SNMPCredential", 2, name="Public community v2c", snmpversion="2", community="public")
    settings(play)


def settings(play: Play) -> None:
    """Notifications, their templates, what the first profile says of the helpdesk."""
    event = {"itemtype": "Ticket", "event": "alertnotclosed", "is_active": 1, "is_recursive": 1}
    for number in range(1, 83):
        name = "Alert Tickets not closed" if number == 1 else f"Notification {number}"
        play.row("Notification", number, name=name, **event, allow_response=1, attach_documents=-2)
    play.row("NotificationTarget", 159, notifications_id=1, items_id=1, type=1)
    for number in range(1, 33):
        name = "MySQL Synchronization" if number == 1 else f"Template {number}"
        play.row("NotificationTemplate", number, name=name, itemtype="DBConnection")
    play.row("NotificationTemplateTranslation", 1, notificationtemplates_id=1, language="")
    told = {"helpdesk_hardware": 1, "helpdesk_item_type": HELPDESK_TYPES, "managed_domainrecordtypes": "[]"}
    play.change("Profile", 1, comment="", is_default=1, **told)
    client = {"identifier": "c" * 64, "secret": "s" * 64, "is_active": 1, "is_confidential": 1}
    client["redirect_uri"] = r'["http:\/\/127.0.0.1\/callback","\/api.php\/oauth2\/redirection"]'
    client["grants"] = '["password","authorization_code","client_credentials"]'
    client["scopes"] = '["api","user","email","graphql","inventory","status"]'
    play.row("OAuthClient", 1, name="bench", **client)


def leave_costs(play: Play) -> None:
    """What the recorder had made without keeping the exchanges."""
    tickets(play, {4355: "nv-x", 4356: "nv-y", 4357: "nv-x", 4358: "nv-y"})
    play.clear("TicketCost")
    for number, (owner, name) in {3: (4355, "nv-ca"), 4: (4356, "nv-cb")}.items():
        play.row("TicketCost", number, tickets_id=owner, name=name)
    now = {"date_creation": NOW, "date_mod": NOW}
    for number, (owner, article) in {4: (4355, 1), 5: (4356, 2)}.items():
        play.row("KnowbaseItem_Item", number, itemtype="Ticket", items_id=owner, knowbaseitems_id=article, **now)
    for number, name in ((2, "nv-v1"), (3, "nv-v2")):
        play.row("Computer", 1049 + number, name="nv-pc8", **now)
        play.row("Item_Disk", number, itemtype="Computer", items_id=1049 + number, name=name, **now)


def leave_more_costs(play: Play) -> None:
    """Later, of two other tickets."""
    play.clear("TicketCost")
    for number, (owner, name) in {5: (4357, "nv-ca"), 6: (4358, "nv-cb")}.items():
        play.row("TicketCost", number, tickets_id=owner, name=name)


def leave_other_costs(play: Play) -> None:
    """Likewise of contracts and projects."""
    play.clear("ContractCost")
    tickets_of = {"Contract": (15, ("nv-c1", "nv-c2"), ("nv-cca", "nv-ccb"), 2)}
    for itemtype, (first, owners, costs, cost) in (
        tickets_of | {"Project": (19, ("nv-pa", "nv-pb"), ("nv-pca", "nv-pcb"), 1)}
    ).items():
        for n in (0, 1):
            play.row(itemtype, first + n, name=owners[n])
            play.row(f"{itemtype}Cost", cost + n, **{f"{itemtype.lower()}s_id": first + n}, name=costs[n], cost=1)


SCENE = Scene(
    prepare=prepare,
    when=BEGUN,
    cues={
        "cost list as self-service": Cue(token="post-only"),
        "SLA as technician": Cue(token="tech"),
        "ticket: sla_ttr": Cue(free=("body.internal_resolution_date",)),
        "ticket: sla_ttr 0": Cue(free=("body.internal_resolution_date",)),
        "computer KBArticle create": Cue(before=lambda play: play.wind("KnowbaseItem_Item", 3)),
        "computer Project create": Cue(before=lambda play: play.wind("Item_Project", 5)),
        "cost list, filter name==nv-ca": Cue(before=leave_costs),
        "cost list of ticket A, filter name==nv-ca;": Cue(before=leave_more_costs),
        "contract cost list, filter name==nv-cca": Cue(before=leave_other_costs),
    },
)
