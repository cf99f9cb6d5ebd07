"""Make the trimmed copies of real answers that tests/conformance replays.

    python tools/trim_recordings.py SOURCE [DESTINATION]

SOURCE holds `hl/TOPIC.json`, `hybrid/TOPIC.json`, `legacy/TOPIC.json` and `11.0.8/TOPIC.json` as the recorders wrote them.
The copies have one form for both APIs, one exchange a line, no secret, only the headers that are compared, and long rows and
texts cut with a mark.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import sys
from pathlib import Path
from typing import Any

TOPICS: dict[str, tuple[str, ...]] = {
    "hl": (
        "assets_infocom_notes_software_custom", "documents_and_files", "errors", "filter_or_scope_11.0.6", "filter_wrapping_11.0.6",
        "headers_entity_profile_language", "itemtype_crud", "listing", "oauth_authorize", "oauth_expired_and_races",
        "oauth_refresh_and_validation", "oauth_token", "other_gotchas", "rsql_filters", "self_join_hydration_bug", "ticket_crud", "ticket_timeline",
        "timeline_or_filter_11.0.6", "user_me_emails_pictures_prefs", "version_detection_and_config", "versions_and_routing",
    ),
    "hybrid": ("newer_create_delete_dates", "newer_filters"),
    "legacy": (
        "add_update_delete", "app_token", "get_item", "list_items", "list_search_options", "lost_password", "misc", "profiles_entities", "search", "session",
        "sub_items", "timeline",
    ),
    "11.0.8": (
        "assets_users_misc", "custom_assets", "dates_and_clearing", "documents", "errors", "filters", "graphql", "legacy_11.0.8",
        "new_routes_2_3", "team_and_timeline", "ticket_crud", "versions_and_session",
    ),
}  # fmt: skip
VERSION = {"hl": "11.0.6", "hybrid": "11.0.11", "11.0.8": "11.0.8"}
"""Where a recording does not say it. `hybrid`: an 11.0.6 with some lines retyped as they are in later versions."""
COMPARED_HEADERS = {
    "accept-range", "allow", "content-range", "content-type", "last-modified", "link", "location", "set-cookie",
    "www-authenticate",
}  # fmt: skip
MORE_ROWS = "<more rows>"
MORE_KEYS = "<more keys>"
MORE_TEXT = "<more text>"
ROWS_KEPT = 3
TEXT_KEPT = 120
_SHORTENED = {"...", "<row shortened>"}
_MORE_ROWS = re.compile(r"<trimmed>|<\d+ more rows>|<trimmed: \d+ more rows>")
_MORE_TEXT = re.compile(r"<\.\.\.\d+ chars>$|…\[truncated\]$|<trimmed: \d+ characters>$")
"""What the recorders left where they cut."""
CUT_OBJECTS = (
    "session",
    "cfg_glpi",
    "active_profile",
    "languages",
    "main_languages",
    "rawdata",
    "search",
    "item",
    "fields",
)  # the legacy recorder kept only some of their keys
LOOKS_SECRET = re.compile(r"eyJ[\w-]{20,}|\b(?=[a-f]*\d)[0-9a-f]{60,}\b|(?=[A-Za-z]*\d)[A-Za-z0-9+/]{90,}={0,2}")


def trim(source: Path, destination: Path) -> list[Path]:
    """Write every copy and answer the paths written."""
    written: list[Path] = []
    for api, names in TOPICS.items():
        for name in names:
            recorded = json.loads((source / api / f"{name}.json").read_text("utf-8"))
            for topic, exchanges in split(api, name, _exchanges(api, recorded)).items():
                path = destination / api / f"{topic}.json"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(dump(api, topic, exchanges), "utf-8", newline="\n")
                written.append(path)
    return written


def split(api: str, name: str, exchanges: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The `with_*` options of an item are a topic of their own."""
    if (api, name) != ("legacy", "get_item"):
        return {name: exchanges}
    options = [one for one in exchanges if "with_" in one["request"]["path"]]
    return {name: [one for one in exchanges if one not in options], f"{name}_with": options}


def dump(api: str, topic: str, exchanges: list[dict[str, Any]]) -> str:
    """One exchange a line, so that a change shows as a line."""
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in exchanges)
    text = f'{{"api": "{api}", "topic": "{topic}", "exchanges": [\n{lines}\n]}}\n'
    if secret := LOOKS_SECRET.search(re.sub(r"data:image/\w+;base64,[\w+/=]+", "", text)):
        raise SystemExit(f"{api}/{topic}: this looks like a secret: {secret[0][:12]}…")
    return text


def _exchanges(api: str, recorded: Any) -> list[dict[str, Any]]:
    rows = recorded if isinstance(recorded, list) else recorded["exchanges"]
    return [
        {
            "note": row["name"] if api == "legacy" else row["note"],
            "versions": row.get("versions", [VERSION.get(api, "")]),
            "request": _request(row["request"]),
            "response": _response(_marked(row)),
        }
        for row in rows
    ]


def _marked(row: dict[str, Any]) -> dict[str, Any]:
    """One recorder said in the note that it kept only some keys of each row, another kept few search options."""
    response: dict[str, Any] = row["response"]
    if "listSearchOptions" in row["request"]["path"] and response.get("body_pruned"):
        cut = {"...": "<options shortened>"}
        return response | {"body": {number: {**option, **cut} for number, option in response["body"].items()} | cut}
    if "rows shortened" not in row.get("note", ""):
        return response
    return response | {"body": [one | {"...": "<row shortened>"} for one in response["body"]]}


def _request(request: dict[str, Any]) -> dict[str, Any]:
    headers = {name: _authorization(value) for name, value in request["headers"].items()}
    kept: dict[str, Any] = {"method": request["method"], "path": request["path"], "headers": headers}
    kept.update(_sent(_body(request)))
    return kept


def _sent(body: dict[str, Any]) -> dict[str, Any]:
    """What was sent: a run of one letter is kept as its length, a client's identifier as a placeholder."""
    text = json.dumps(body, ensure_ascii=False)
    text = re.sub(r"(\w)\1*<trimmed: (\d+) characters>", r"\1<...\2 chars>", text)
    text = re.sub(r"(\w)\1{99,}", lambda run: f"{run[1]}<...{len(run[0])} chars>", text)
    sent: dict[str, Any] = json.loads(re.sub(r"\b[0-9a-f]{64}\b", "<another_client_id>", text))
    return sent


def _authorization(value: str) -> str:
    """Basic credentials are shown as what they stand for."""
    scheme, _, rest = value.partition(" ")
    if scheme != "Basic" or rest.startswith("<"):
        return value
    try:
        plain = base64.b64decode(rest, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return value
    return f"Basic <base64({plain if len(plain) < 40 else '<client_id>:<client_secret>'})>"


def _response(response: dict[str, Any]) -> dict[str, Any]:
    headers = {
        name: "<cookie>" if name.lower() == "set-cookie" else value
        for name, value in response["headers"].items()
        if name.lower() in COMPARED_HEADERS
    }
    kept: dict[str, Any] = {"status": response["status"], "headers": headers}
    body = _body(response)
    if "text" in body:
        page = "text/html" in headers.get("Content-Type", "")
        kept["text"] = _title(body["text"]) if page else _MORE_TEXT.sub(MORE_TEXT, body["text"])
    if "body" in body:
        kept["body"] = _cut(body["body"], pruned=bool(response.get("body_pruned")))
    return kept


def _body(message: dict[str, Any]) -> dict[str, Any]:
    """`body` is JSON, `text` is anything else; an empty body is neither."""
    if message.get("body_text"):
        return {"text": message["body_text"]}
    body = message.get("body")
    content_type = {name.lower(): value for name, value in message["headers"].items()}.get("content-type", "")
    if body is None or body == "":
        return {}
    if isinstance(body, str) and ("status" not in message or "json" not in content_type):
        return {"text": body}
    return {"body": body}


def _title(page: str) -> str:
    """A page is known by its title; only that is ours to keep."""
    title = re.search(r"<title>.*?</title>", page, re.DOTALL)
    return title[0] if title else page


def _cut(value: Any, *, pruned: bool) -> Any:
    if isinstance(value, str):
        return _cut_text(value)
    if isinstance(value, list):
        return _cut_rows(value, pruned=pruned)
    if not isinstance(value, dict):
        return value
    kept = {key: _cut_inside(key, each, pruned=pruned) for key, each in value.items() if key not in _SHORTENED}
    rows, count = kept.get("data"), kept.get("count")
    if isinstance(rows, list) and isinstance(count, int) and count > len(rows) and MORE_ROWS not in rows:
        rows.append(MORE_ROWS)  # a search that the recorder cut says itself how many rows there were
    return kept | {MORE_KEYS: True} if _SHORTENED & value.keys() or (pruned and "rawdata" in value) else kept


def _cut_inside(key: str, value: Any, *, pruned: bool) -> Any:
    if key == "description" and isinstance(value, str):
        return _cut_text(value, longest=TEXT_KEPT // 3)
    cut = _cut(value, pruned=pruned)
    if pruned and key in CUT_OBJECTS and isinstance(cut, dict):
        return cut | {MORE_KEYS: True}
    return cut


def _cut_text(text: str, longest: int = TEXT_KEPT * 3) -> str:
    mark = _MORE_TEXT.search(text)
    whole = text[: mark.start()] if mark else text
    return whole[: min(longest, TEXT_KEPT)] + MORE_TEXT if mark or len(whole) > longest else whole


def _cut_rows(rows: list[Any], *, pruned: bool) -> list[Any]:
    marked = bool(rows) and isinstance(rows[-1], str) and bool(_MORE_ROWS.fullmatch(rows[-1]))
    kept = [_cut(row, pruned=pruned) for row in (rows[:-1] if marked else rows)]
    if len(kept) > 4 * ROWS_KEPT and isinstance(kept[0], dict):
        return [*kept[:ROWS_KEPT], MORE_ROWS]
    # the legacy recorder cut lists to three rows and did not mark the cut
    return [*kept, MORE_ROWS] if marked or (pruned and len(kept) == ROWS_KEPT) else kept


def main() -> None:
    """Trim from the folder named on the command line."""
    if len(sys.argv) not in {2, 3}:
        raise SystemExit(__doc__)
    root = Path(__file__).resolve().parent.parent
    destination = Path(sys.argv[2]) if len(sys.argv) == 3 else root / "tests" / "recordings"
    written = trim(Path(sys.argv[1]), destination)
    print(f"{len(written)} topics, {sum(path.stat().st_size for path in written) // 1024} KB in {destination}")


if __name__ == "__main__":
    main()
