"""Articles of the knowledge base and what hangs on them."""

from __future__ import annotations

from tests.testing.high_level.conftest import Desk

BASE = "Knowledgebase/Article"


def written(desk: Desk) -> int:
    made = desk.ask("POST", BASE, {"name": "one", "content": "<p>1</p>"})
    return int(made.body["id"])


def test_each_change_leaves_a_revision(desk: Desk) -> None:
    article = written(desk)
    assert desk.ask("GET", f"{BASE}/{article}").body["revisions"] == []
    desk.ask("PATCH", f"{BASE}/{article}", {"name": "two"})
    desk.ask("PATCH", f"{BASE}/{article}", {"name": "two"})
    body = desk.ask("PATCH", f"{BASE}/{article}", {"content": "<p>2</p>"}).body
    assert [(one["revision"], one["language"]) for one in body["revisions"]] == [(1, ""), (2, "")]
    assert "T" not in body["revisions"][0]["date"]


def test_revisions_can_be_read(desk: Desk) -> None:
    article = written(desk)
    path = f"{BASE}/{article}/Revision"
    desk.ask("PATCH", f"{BASE}/{article}", {"name": "two"})
    (row,) = desk.ask("GET", path).body
    assert (row["revision"], row["name"], row["content"]) == (1, "one", "<p>1</p>")
    assert row["kbarticle"] == {"id": article, "name": "two"}
    assert desk.ask("GET", f"{path}/1").body == row
    assert desk.ask("GET", f"{path}/2").status == 404
    assert desk.ask("GET", f"{BASE}/{article}/fr_FR/Revision").body == []
    assert desk.ask("GET", f"{BASE}/{article}/fr_FR/Revision/1").status == 404


def test_comments_note_their_author(desk: Desk) -> None:
    path = f"{BASE}/{written(desk)}/Comment"
    assert desk.ask("POST", path, {"comment": "hi"}).status == 302
    assert desk.ask("GET", path).body[0]["user"] == {"id": 2, "name": "glpi"}
