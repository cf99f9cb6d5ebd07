"""Whatever is asked, the double answers: random requests from a fixed seed, both versions, three users."""

from __future__ import annotations

import json
import random
from typing import Any
from urllib.parse import quote

import pytest

from glpi_utils.testing import legacy
from glpi_utils.testing.http.wire import Req
from glpi_utils.testing.world.world import World
from tests.testing.legacy.asking import Caller

TEXTS = (
    *("", "0", "1", "-1", "abc", "true", "false", "9" * 25, "null", "NULL", "^5$", ">3", "é\0", "%", "'\"", "a" * 300),
    *("0-5", "5-2", "3-3", "2026-01-01", "NOW", "-1MONTH", "-99YEAR", "\\", "x\\"),
)
VALUES: tuple[Any, ...] = (*TEXTS, [], {}, [1], {"a": 1}, None, True, 1.5, -3, 2**70)
NAMES = (
    *("range", "sort", "order", "searchText[name]", "searchText[id]", "searchText", "only_id", "is_deleted", "input"),
    *("expand_dropdowns", "get_hateoas", "get_sha1", "add_keys_names[]", "add_keys_names", "criteria[0][field]"),
    *("criteria[0][searchtype]", "criteria[0][value]", "criteria[0][link]", "criteria[0][criteria][0][field]"),
    *(
        "criteria",
        "criteria[]",
        "criteria[0][meta]",
        "criteria[0][itemtype]",
        "metacriteria[0][field]",
        "metacriteria[0]",
    ),
    *(
        "forcedisplay[]",
        "forcedisplay",
        "sort[]",
        "order[]",
        "uid_cols",
        "withindexes",
        "giveItems",
        "rawdata",
        "debug",
    ),
    *("entities_id", "is_recursive", "profiles_id", "items[0][itemtype]", "items[0][items_id]", "items", "force_purge"),
    *("alt", "app_token", "login", "password", "user_token", "get_full_session"),
)
PATHS = (
    *(
        "Ticket",
        "Ticket/1",
        "Ticket/abc",
        "Computer",
        "Computer/1",
        "User",
        "User/2",
        "Entity/0",
        "Ticket/1/ITILFollowup",
    ),
    *("Ticket/1/Ticket_User/1", "Ticket/1/Nope", "search/Ticket", "search/Computer", "search/AllAssets", "search/User"),
    *("search/Log", "search/Nope", "listSearchOptions/Ticket", "listSearchOptions", "getMultipleItems", "Document/1"),
    *("changeActiveEntities", "changeActiveProfile", "getFullSession", "getGlpiConfig", "getMyEntities", "Document"),
    *("ITILFollowup", "TicketFollowup", "TicketFollowup/1", "Ticket/1/TicketFollowup", "Document_Item", "TicketTask"),
    *("TicketValidation", "Glpi%5CSocket", "Computer_Item", "CommonITILObject", "CommonITILObject/1", "Log", "Config"),
    *("APIClient", "Location", "User/2/Picture", "initSession", "lostPassword", "", "Ticket//1", "Computer/1/Location"),
)
COLUMNS = (
    *(
        "name",
        "content",
        "itemtype",
        "items_id",
        "tickets_id",
        "users_id",
        "type",
        "status",
        "id",
        "is_deleted",
        "date",
    ),
    *("locations_id", "_users_id_requester", "entities_id", "ipv4_range_start", "_reset_api_token", "uuid", "password"),
    *("urgency", "documents_id", "items_id_target", "add_close", "actiontime", "is_template"),
)
TYPES = (
    *(["application/json"] * 8),
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=B",
    "text/plain",
)


def an_object(dice: random.Random) -> dict[str, Any]:
    values = (*VALUES, "Ticket", "Computer", *range(1, 30))
    return {dice.choice(COLUMNS): dice.choice(values) for _ in range(dice.randint(0, 4))}


def a_body(dice: random.Random, content_type: str) -> bytes:
    given: Any = {"input": dice.choice([an_object(dice), [an_object(dice), an_object(dice)], dice.choice(VALUES)])}
    if dice.random() < 0.2:
        given = {dice.choice(NAMES).split("[")[0]: dice.choice([dice.choice(VALUES), [an_object(dice)]])}
    body = json.dumps(given).encode()
    if "multipart" not in content_type:
        return body
    file = b'--B\r\nContent-Disposition: form-data; name="f"; filename="x.txt"\r\n\r\nzz\r\n--B--'
    return b'--B\r\nContent-Disposition: form-data; name="uploadManifest"\r\n\r\n' + body + b"\r\n" + file


def a_request(dice: random.Random, token: str) -> Req:
    method = dice.choice(["GET", "GET", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "LINK"])
    query = "&".join(f"{name}={quote(dice.choice(TEXTS))}" for name in dice.sample(NAMES, dice.randint(0, 5)))
    headers = {"session-token": token, "content-type": dice.choice(TYPES)}
    body = b"" if method in ("GET", "HEAD") else a_body(dice, headers["content-type"])
    return Req(method, f"/apirest.php/{dice.choice(PATHS)}", query, headers, body)


@pytest.mark.parametrize("seed", range(3))
def test_no_request_breaks_the_double(world: World, seed: int) -> None:
    dice = random.Random(seed)
    users = [Caller(world, *who) for who in (("glpi", "glpi"), ("post-only", "postonly"), ("tech", "tech"))]
    for _ in range(500):
        req = a_request(dice, dice.choice(users).token)
        answer = legacy.answer(world, req)
        if (answer.header("content-type") or "").startswith("application/json") and answer.body[:3] != b"You":
            assert json.loads(answer.body or b"0") is not None, req
