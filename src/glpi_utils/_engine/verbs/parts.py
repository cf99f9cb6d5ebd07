"""What a create or an update sets beside the fields of the item itself: addresses, authorisations, groups, people, files.

Each is a *part*, written by requests of its own. All parts are prepared before the item is written, so that what will be
refused is refused before that; what fails afterwards is named in one error, together with what was done.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from ..._dialects.shared import ids
from ..._dialects.shared.shapes import is_object
from ..._knowledge.capabilities import with_verb
from ..._knowledge.children import ITIL
from ...exceptions import GlpiError, GlpiNotAppliedError, GlpiValidationError
from ..names.resolving import item_id
from ..request.report import noted
from ..writes.many import each
from .part import Family, Mode, Part

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

Item = dict[str, Any]
Plain = Callable[..., Awaitable[Any]]
"""Writes an item without its parts: its fields, and by keyword what goes beside them."""


def _accounts(core: Core, resource: Resource, words: Mapping[str, Any]) -> Sequence[Part]:
    from .account_parts import account_parts

    return account_parts(core, resource, words)


def _people_and_files(core: Core, resource: Resource, words: Mapping[str, Any]) -> Sequence[Part]:
    from .people_parts import people_parts

    return [*people_parts(core, resource, words), *_files(core, resource, words)]


def _files(core: Core, resource: Resource, words: Mapping[str, Any]) -> Sequence[Part]:
    from .file_parts import Files

    return [Files(core, resource.itemtype, words["attach"])] if "attach" in words else []


_ACCOUNTS = Family(frozenset({"emails", "profile", "entity", "recursive", "groups"}), _accounts, completes=True)
_ITIL = Family(frozenset({"requester", "assigned", "observer", "attach"}), _people_and_files, completes=False)
_DOCUMENTED = Family(frozenset({"attach"}), _files, completes=False)


def _family(itemtype: str) -> Family | None:
    """Return the reserved words of a type; None where it has none."""
    if itemtype == "User":
        return _ACCOUNTS
    if itemtype in ITIL:
        return _ITIL
    return _DOCUMENTED if itemtype in with_verb("attach") else None


_DONE: Mapping[Mode, str] = {"new": "was created", "existing": "was there already", "update": "was updated"}


class Split(NamedTuple):
    """A write whose rows have parts: what names them, the plain rows, and the parts of each row."""

    core: Core
    resource: Resource
    verb: str
    family: Family
    rows: Sequence[tuple[Item, Mapping[str, Any]]]
    extra: Item
    single: bool

    @property
    def identity(self) -> str | None:
        """The field by which a create finds an item that is there already; None where the items have none."""
        return self.core.dialect.login_field if self.resource.itemtype == "User" else None


def split(core: Core, resource: Resource, item: Any, extra: Item, verb: str) -> Split | None:
    """Part reserved words from fields; None where there is none."""
    family = _family(resource.itemtype)
    if family is None:
        return None
    ids.refuse_misspelt(extra, verb, family.words)
    rows = _several(item) or [item]
    beside = family.words & extra.keys()
    if not beside and not any(is_object(row) and family.words & row.keys() for row in rows):
        return None
    common = {word: extra[word] for word in beside}
    plain = {name: value for name, value in extra.items() if name not in beside}
    parted = [_parted(row, family.words, common, verb) for row in rows]
    return Split(core, resource, verb, family, parted, plain, single=_several(item) is None)


def _several(item: Any) -> Sequence[Any] | None:
    return item if isinstance(item, list | tuple) else None  # pyright: ignore[reportUnknownVariableType]


def _parted(row: Any, words: frozenset[str], common: Mapping[str, Any], verb: str) -> tuple[Item, Mapping[str, Any]]:
    if not is_object(row):
        return row, common
    both = sorted(words & row.keys() & common.keys())
    if both:
        raise GlpiValidationError(f"{verb}(): {both[0]} stands in the dict and as a keyword: give it once")
    fields = {name: value for name, value in row.items() if name not in words}
    return fields, {**common, **{name: row[name] for name in words & row.keys()}}


async def written(split: Split, plain: Plain, on_existing: str | None = None) -> Any:
    """Write the rows with their parts; ``on_existing``: what a create does with an item that is there already."""
    complete = split.family.completes if on_existing is None else on_existing == "complete"
    made = [split.family.make(split.core, split.resource, words) for _, words in split.rows]
    if split.core.options.read_only:
        return await plain(split.rows[0][0], **split.extra)  # which is refused
    rows = [await _with_id(split, row) for row, _ in split.rows]
    for row, parts in zip(rows, made, strict=True):  # of all rows, before the first is written
        for part in parts:
            await part.prepare(None if split.verb == "create" else row["id"])
    works = [partial(_one, split, row, parts, plain, complete) for row, parts in zip(rows, made, strict=True)]
    return await works[0]() if split.single else await each(split.core, works)


async def _with_id(split: Split, row: Any) -> Any:
    """Return the row of an update with the id that it names."""
    if split.verb == "create":
        return row
    fields = ids.named(row, "update")
    if "id" not in fields:
        ids.split(row, split.resource.itemtype, "update")  # which refuses it
    return {**fields, "id": await item_id(split.core, split.resource, fields["id"])}


async def _one(split: Split, row: Item, parts: Sequence[Part], plain: Plain, complete: bool) -> Any:
    creates = split.verb == "create"
    fields = _along(row, parts) if creates else row
    result = await plain(fields, **split.extra) if creates or len(row) > 1 else None
    made: Item = {**result} if result is not None and creates else row
    mode: Mode = "update" if not creates else "existing" if made.get("existing") else "new"
    if mode == "existing" and not complete:
        lacking = {part.word: lack for part in parts if (lack := await part.missing(int(made["id"])))}
        return {**made, "missing": lacking}
    whole = await outcome_of(split.core, split.resource.itemtype, made, parts, mode)
    return result if not creates and result is not None else whole


async def outcome_of(core: Core, itemtype: str, made: Item, parts: Sequence[Part], mode: Mode) -> Item:
    """Write the parts of an item that is there; return its row with what was written, or raise what was not."""
    outcome = Outcome(f"{itemtype} {made['id']} {_DONE[mode]}", int(made["id"]), {}, {})
    for part in parts:
        try:
            outcome.applied[part.word] = await part.apply(outcome.id, mode)
        except GlpiError as error:
            outcome.ignored[part.word] = error
        except BaseException as stop:  # cancelled, Ctrl-C
            noted(stop, f"{outcome.made}; {part.word} and what follows it may be missing")
            raise
    if outcome.ignored:
        remedies = [part.remedy.format(id=outcome.id) for part in parts if part.word in outcome.ignored]
        raise core.session.report.clean(outcome.error(made, remedies, again=mode == "update"))
    return {**made, **outcome.applied}


def _along(row: Any, parts: Sequence[Part]) -> Any:
    """Return the fields of a create, with those that say its parts."""
    named: Item = {}
    for part in parts:
        named |= part.fields()
    if twice := sorted(named.keys() & row.keys()):
        raise GlpiValidationError(f"create(): {twice[0]} says what a reserved word says too: give one of the two")
    return {**row, **named}


class Outcome(NamedTuple):
    """What came of one item and its parts."""

    made: str
    id: int
    applied: Item
    ignored: dict[str, GlpiError]

    def error(self, result: Any, remedies: Sequence[str], *, again: bool) -> GlpiNotAppliedError:
        """Return the error that begins with what was done, and says what to do next."""
        first = next(iter(self.ignored.values()))
        rest = f"{'Use' if again else 'Do not create it again: use'} {', '.join(remedies)}"
        return GlpiNotAppliedError(
            f"{self.made}, but not its {' and '.join(self.ignored)}: {first.message}. {rest}",
            first.status_code,
            first.error_code,
            id=self.id,
            result=result,
            applied=self.applied,
            ignored=self.ignored,
        )
