"""What is asked of the High-Level API about sub-items: followups, tasks, solutions, and what else hangs off an item."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, TypeVar

from ..._knowledge.children import EMAILS, components_of, sub_at
from ..._knowledge.fields import fields_of
from ..._knowledge.relations import schema_at
from ..._knowledge.routes import Route
from ..._knowledge.subs import Sub, subs_of
from ..._reading import HighLevelSubItems
from ..._streams import BodyTarget
from ..._wire import Check, Operation, Page, Request, Response, UnexpectedAnswer
from ...exceptions import GlpiAPIError, GlpiNotFoundError, GlpiUnsupportedError, GlpiValidationError
from ...filters import Every, Filter
from ..protocols.reading import Below
from ..shared import ids
from ..shared.errors import plain
from ..shared.files import ANYTHING, as_bytes, streamed
from ..shared.json_answers import total
from ..shared.narrowing import Narrowed, check
from ..shared.oneself import is_property_of_users
from ..shared.query import Listing, encode, only, spread
from ..shared.resource import Resource
from ..shared.shapes import Item, Keywords, is_array, is_object
from . import answers
from .availability import below_in_legacy, sub_version_check
from .elsewhere import sub_elsewhere
from .filtering import filters_of
from .rsql import beside, joined

_CUT = 1000  # a typed timeline list is cut at this many rows without notice (11.0.6)
_WORDS = HighLevelSubItems.__optional_keys__
_ELSEWHERE = {
    "sort": "the High-Level API does not sort sub-items; sort the result",
    "limit": "the High-Level API does not limit sub-items; slice the result",
    "start": "the High-Level API gives all sub-items; slice the result",
    "range": "the High-Level API gives all sub-items; slice the result",
}

_NONE: Final = {"ERROR_ITEM_NOT_FOUND": Page([], 0, 0)}
_GLUED: Final = "/cost"
"""Lists whose parent GLPI puts behind a filter without a sign between (11.0.8): the filter brings it along."""
T = TypeVar("T")
Made = Callable[[str, Check | None], Operation[T]]
"""Builds the request for what is at a path, refused where the version in use lacks it."""


class SubItemRequests:
    """The part of the dialect that concerns sub-items."""

    hides_parents = goes_on_by_id = True
    sub_page_size, falling = _CUT, "id:desc"
    sub_elsewhere = staticmethod(sub_elsewhere)

    def single(self, resource: Resource, sub: str) -> bool:
        """Check whether an item has exactly one of these, read and changed without an id: financial information, preferences."""
        return sub_at(resource.route, sub).one

    def orphans(self, resource: Resource, sub: str) -> bool:
        """Check whether GLPI creates such a sub-item below an id that does not exist (11.0.6)."""
        return sub_at(resource.route, sub).schema == "Note"

    def known_below(self, resource: Resource, sub: str) -> Below | None:
        """Return the place of a sub-item that is not known; None for a known one."""
        route = resource.route
        sub_route = sub_at(route, sub)
        known = {each.name: each.since for each in subs_of(route)}
        return (
            None
            if sub_route.verbs
            else Below(route.itemtype, sub, sub_route.path, known, below_in_legacy(route.itemtype, sub))
        )

    def is_user(self, resource: Resource, sub: str | None, path: tuple[str, ...]) -> bool:
        """Check whether a property holds a user, or the id of one."""
        return is_property_of_users(schema_below(resource, sub), path)

    def field_for(self, resource: Resource, sub: str) -> str:
        """Return the field of a user that holds the addresses: they are listed below oneself alone."""
        plain = sub.strip("/").lower().replace("_", "")
        return "emails" if plain in EMAILS and resource.route.itemtype == "User" else ""

    def kinds_of_components(self, resource: Resource) -> Sequence[str]:
        """Name the kinds of components."""
        return components_of(resource.route)

    def sub_listing(self, resource: Resource, id: object, sub: str, keywords: Keywords) -> Listing:
        """Check the keywords of a list of sub-items."""
        only(keywords, _WORDS, _ELSEWHERE, "get_sub_items()")
        route = resource.route
        sub_route = sub_at(route, sub)
        if sub_route.name == "Picture":
            raise GlpiUnsupportedError("a picture is a file and no item: api.user.picture(5) reads it")
        in_timeline = sub_route.name.startswith("Timeline")
        schema = schema_below(resource, sub)
        filters, keep, names = filters_of(keywords, schema, ids_in_lists=in_timeline)
        if sub_route.name == "Timeline" and (keep or any(name != "id" for name in names)):
            filters, keep, names = _of_all_kinds(keywords)
        if component := _component(route, sub_route):
            filters = [*filters, f"{component}.id=={ids.checked(id)}"]
        text = joined(filters)
        if in_timeline and "id==" in text:
            raise GlpiValidationError(
                "GLPI 11.0.6 takes a timeline filter with `id==` in it for the question for one item: write id=in=(5)"
            )
        at = sub_route.schema or sub_route.path
        return Listing(spread(keywords.get("params")), text, keep=keep, names=names, schema=at)

    def sub_page(
        self, resource: Resource, id: object, sub: str, listing: Listing, after: int | None = None
    ) -> Operation[Page]:
        """Build the request for sub-items; a timeline that may be cut is asked on by id, any other list by rows."""
        route = resource.route
        sub_route = sub_at(route, sub)
        path, pairs = below(route, id, sub_route), list(listing.params)
        if sub_route.one:
            check = sub_version_check(route, sub_route, "get")
            return Operation(Request("GET", path, encode(pairs)), _read_one, check, instead=_NONE)
        in_timeline, check = sub_route.name.startswith("Timeline"), sub_version_check(route, sub_route, "list")
        text = beside(listing.filter, [f"id=gt={after}"] if after is not None and in_timeline else [])
        if text:
            pairs.append(("filter", f"{text};" if path.lower().endswith(_GLUED) else text))
        if in_timeline:
            return Operation(Request("GET", path, encode(pairs)), _read_page, check)
        if sub_route.verbs:  # GLPI gives up to 100 without a limit; an unknown list may not take these keywords
            pairs += [
                ("limit", str(listing.limit or _CUT)),
                *([("start", str(listing.start))] if listing.start else []),
            ]
            pairs += [("sort", listing.sort or "id")] if sub_route.schema else []
        return Operation(Request("GET", path, encode(pairs)), partial(_read_rows, listing.start), check)

    def rows_below(self, resource: Resource, sub: str) -> Resource:
        """Return the parent's resource: this API counts no list over joins."""
        return resource

    def picture(self, resource: Resource, id: object) -> Operation[bytes | None]:
        """Build the request for the picture of a user."""
        route = resource.route
        return Operation(Request("GET", below(route, id, sub_at(route, "Picture")), headers=ANYTHING), as_bytes)

    def download(self, resource: Resource, id: object, target: BodyTarget) -> Operation[int]:
        """Build the request for the file of a document."""
        route = resource.route
        path = below(route, id, sub_at(route, "Download"))
        return Operation(Request("GET", path, headers=ANYTHING), streamed, target=target)

    def sub_item(self, resource: Resource, id: object, sub: str, sub_id: object) -> Operation[Item]:
        """Build the request for one sub-item under its parent; here GLPI checks that it belongs there, but for costs (11.0.8)."""
        route, number = resource.route, ids.checked(sub_id)
        sub_route = sub_at(route, sub)
        listed_only = sub_route.verbs >= {"list"} and "get" not in sub_route.verbs
        if listed_only:  # a project's tickets, changes, problems and people
            request = Request("GET", below(route, id, sub_route), encode([("filter", f"(id=in=({number}))")]))
            return Operation(request, partial(_listed, route, sub, number), sub_version_check(route, sub_route, "list"))
        path, owner = below(route, id, sub_route), str(id)

        def read(response: Response) -> Item:
            row = answers.item(response)
            above = row.get(route.itemtype.lower())
            if path.lower().endswith(_GLUED) and is_object(above) and str(above.get("id")) != owner:
                raise _not_there(f"{route.itemtype} {owner} has no {sub} {number}")
            return row

        return self._of_one(
            resource, id, sub, sub_id, "get", lambda path, check: Operation(Request("GET", path), read, check)
        )

    def truncated_below(self, resource: Resource, sub: str, rows: Sequence[Item]) -> Sequence[int]:
        """Return the positions of comments that lost fields to a reply on the same page (articles, 11.0.6 and 11.0.8)."""
        sub_route = sub_at(resource.route, sub)
        own = any(
            each.kind == "relation" and each.target == sub_route.schema
            for each in (fields_of(sub_route.schema) or {}).values()
        )
        most = max(map(len, rows), default=0)
        return [at for at, row in enumerate(rows) if len(row) < most] if own and "get" in sub_route.verbs else ()

    def removed_by(self, resource: Resource, sub: str, row: Item, sub_id: int) -> int:
        """Return by which id a sub-item is removed: a project's tickets by their own, not by that of the link (11.0.8)."""
        return int(row["items_id"]) if sub_at(resource.route, sub).schema == "ITIL_Project" else sub_id

    def add_sub_item(self, resource: Resource, id: object, sub: str, item: object, extra: Keywords) -> Operation[Item]:
        """Build the request for a new sub-item."""
        route = resource.route
        sub_route = sub_at(route, sub)
        fields = {**ids.new(item, "add_sub_item"), **extra}
        return self.posted(below(route, id, sub_route), fields, sub_version_check(route, sub_route, "create"))

    def update_sub_item(self, resource: Resource, id: object, sub: str, item: object) -> Operation[Item]:
        """Build the request for a change of a sub-item. GLPI does not check the parent here: read it under its parent first."""
        sub_id, fields = ids.split(item, sub, "update_sub_item")
        return self._of_one(resource, id, sub, sub_id, "update", lambda path, check: self.patched(path, fields, check))

    def delete_sub_item(self, resource: Resource, id: object, sub: str, sub_id: object, purge: bool) -> Operation[None]:
        """Build the request for a sub-item to go; timeline items have no trash."""
        return self._of_one(resource, id, sub, sub_id, "delete", lambda path, check: self.removed(path, purge, check))

    def _of_one(
        self, resource: Resource, id: object, sub: str, sub_id: object, verb: str, made: Made[T]
    ) -> Operation[T]:
        route, number = resource.route, ids.checked(sub_id)
        sub_route = sub_at(route, sub)
        place = below(route, id, sub_route)
        return made(place if sub_route.one else f"{place}/{number}", sub_version_check(route, sub_route, verb))

    def unwrap(self, sub: str, row: Item) -> Item:
        """Take the item out of its timeline envelope."""
        inner = row.get("item")
        return inner if is_object(inner) and "type" in row else row

    posted: Callable[[str, Item, Check | None], Operation[Item]]
    patched: Callable[[str, Item, Check | None], Operation[Item]]
    removed: Callable[..., Operation[None]]


def below(route: Route, id: object, sub: Sub) -> str:
    """Return the path of what hangs below an item."""
    return sub.path.replace("{}", str(ids.checked_or_me(id, route.itemtype)), 1)


def schema_below(resource: Resource, sub: str | None) -> str:
    """Return the schema of the rows of a list, or of what hangs off its items."""
    if sub is None:
        return resource.schema
    sub_route = sub_at(resource.route, sub)
    return sub_route.schema or schema_at(sub_route.name)


def _of_all_kinds(keywords: Keywords) -> Narrowed:
    """Finish a filter on a whole timeline here: GLPI answers with an error, or ignores a property, that one kind of entries lacks."""
    value = keywords.get("filter")
    every = [each for each in (value if is_array(value) else [value]) if each is not None]
    if not keywords.get("client_side") or not all(isinstance(each, Filter) for each in every):
        raise GlpiValidationError(
            "the entries of a timeline are of several kinds, and GLPI filters each by what it has, or not at all: ask for "
            'one kind ("Timeline/Followup"), or give an F expression with client_side=True'
        )
    from ..shared.matching import matches

    whole = Every(tuple(every))
    check(whole)

    def keep(row: Item) -> bool:
        return matches(whole, row, lambda path: path)

    return Narrowed([], keep)


def _component(route: Route, sub: Sub) -> str:
    """Return the property that names the component of an item: 11.0.6 lists the items of all (Components/…/Items)."""
    if sub.name != "Items":
        return ""
    known = fields_of(sub.schema) or {}
    return next((each.name for each in known.values() if each.target == route.schema), "")


def _listed(route: Route, sub: str, number: int, response: Response) -> Item:
    rows = [row for row in answers.rows(response) if str(row.get("id")) == str(number)]
    if not rows:
        raise _not_there(f"this {route.itemtype} has no {sub} {number}: get_sub_items() gives their ids")
    return rows[0]


def _not_there(text: str) -> GlpiNotFoundError:
    return GlpiNotFoundError(text, 404, "ERROR_ITEM_NOT_FOUND")


def _read_one(response: Response) -> Page:
    return Page([answers.item(response)], 0, 1)


def _read_rows(start: int, response: Response) -> Page:
    """Read a list; a list without a count is complete."""
    rows = answers.rows(response)
    counted = total(response)
    return Page(rows, start, start + len(rows) if counted is None else counted)


def _read_page(response: Response) -> Page:
    entries: Any = answers.rows(response)
    junk = [each["item"] for each in entries if "item" in each and not is_object(each["item"])]
    if junk:  # 11.0.6 answers a bad filter with 200, its error spread over three entries
        raise GlpiAPIError(
            "the server refused the filter: " + ", ".join(plain(each) for each in junk if each),
            response.status,
            "ERROR_INVALID_PARAMETER",
        )
    per_type: dict[str, int] = {}
    for each in entries:
        kind = str(each.get("type"))
        per_type[kind] = per_type.get(kind, 0) + 1
    cut = any(count >= _CUT for count in per_type.values()) and response.headers.get("content-range") is None
    if cut and len(per_type) > 1:
        raise UnexpectedAnswer("the combined timeline is cut at 1 000 rows of a kind: ask for each kind by itself")
    return Page(entries, 0, None if cut else len(entries))
