"""Groups of assets, users and their sides, lists of trees, what has no address."""

from __future__ import annotations

from datetime import timedelta

from tests.conformance.play import Play
from tests.conformance.scenarios.newer import WHEN, crowd, first_computer, seed
from tests.conformance.scenarios.seed import many_computers
from tests.conformance.scene import Cue, Scene

BEGUN = WHEN + timedelta(minutes=13)
NOW = f"{BEGUN:%Y-%m-%d %H:%M:%S}"
OLD = dict.fromkeys(("date_creation", "date_mod"), "2026-11-30 17:05:09")
CATEGORIES = "Hardware Software Network Printers Accounts Telephony E-mail".split()
ROWS = Cue(free=("body.*",))


def prepare(play: Play) -> None:
    """Computers and their groups, trees, projects with tasks, articles."""
    seed(play)
    crowd(play, 3163)
    play.row("Computer", 12, name="pc-00012")
    many_computers(play, 1044)
    first_computer(play)
    now = dict.fromkeys(("date_creation", "date_mod"), NOW)
    play.row("Computer", 1045, name="nv-grp", **now)
    for number, name in enumerate("Service Desk,Network,Systems,D,E,F,G,H,I,J".split(","), 1):
        play.row("Group", number, name=name, completename=name, level=1, **OLD)
    for number in range(100, 185):
        play.row("Group_Item", number, groups_id=1, itemtype="Computer", items_id=number, type=1)
    trees(play)
    projects(play)
    for number in range(1, 10):
        play.row("KnowbaseItem", number, name="How to reset a password", answer="x", **OLD)


def trees(play: Play) -> None:
    """Entities, categories, and a place in a place."""
    play.change("Entity", 2, name="Branch North", completename="Root entity > Branch North")
    play.row("Entity", 5, name="nv-ent", completename="Root entity > nv-ent", entities_id=0, level=2)
    for number in range(1, 18):
        name = CATEGORIES[number - 1] if number <= len(CATEGORIES) else f"Category {number}"
        above = {"itilcategories_id": number - 7} if number > len(CATEGORIES) else {}
        play.row("ITILCategory", number, name=name, completename=name, level=1 + bool(above), is_recursive=1, **above)
    now = dict.fromkeys(("date_creation", "date_mod"), NOW)
    play.row("Location", 63, name="nv-site", completename="nv-site", level=1, comment="keep", **now)
    play.row("Location", 64, name="nv-room", completename="nv-site > nv-room", level=2, locations_id=63, **now)


def projects(play: Play) -> None:
    """Fourteen, with three tasks each."""
    made = dict.fromkeys(("date_creation", "date_mod"), "2026-11-30 17:10:24")
    for number in range(1, 15):
        play.row("Project", number, name=f"Project {number}", content="seeded", **made)
        for n in range(3):
            play.row("ProjectTask", 3 * number - 2 + n, name=f"Task {n}", projects_id=number, **made)


SCENE = Scene(
    prepare=prepare,
    when=BEGUN,
    cues={
        "filter group.id==1": ROWS,
        "filter (group.id==1)": ROWS,
        'filter group.name=="Service Desk"': ROWS,
        "_mandatory_filter parameter": ROWS,
        "cursor parameter": ROWS,
        "headers": ROWS,
        "global": ROWS,
        "KB": ROWS,
        "projects": ROWS,
        "infocom": Cue(before=lambda play: play.wind("Infocom", 7)),
    },
)
