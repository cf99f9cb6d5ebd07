"""The right programs, and for each a token to change and what either checker says then, and in which line."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

PROGRAMS = Path(__file__).with_name("programs")


class Change(NamedTuple):
    """In a line of a program one token becomes another; mypy and pyright then give these codes, in that line alone."""

    program: str
    line: int
    old: str
    new: str
    mypy: str
    pyright: str


TABLE = """\
# program and line, token, what it becomes, what mypy says, what pyright says
status_name 7|"name"|"nam"|typeddict-item|reportGeneralTypeIssues
category_name 8|is not|is|index|reportOptionalSubscript
entity_path 7|"completename"|"complete_name"|typeddict-item|reportGeneralTypeIssues
team_roles 7|"role"|"roles"|typeddict-item|reportGeneralTypeIssues
total_of_rows 8|total|count_all|attr-defined|reportAttributeAccessIssue
pages_of_rows 7|"urgency"|"name"|misc|reportArgumentType reportCallIssue
walk_of_rows 7|"is_active"|"username"|misc|reportReturnType
first_row 8|is|is not|index|reportOptionalSubscript
create_one 7|"name"|"title"|dict-item|reportArgumentType reportCallIssue
create_many 8|"id"|"ident"|typeddict-item|reportGeneralTypeIssues
create_with_enum 8|3|"severe"|dict-item|reportArgumentType reportCallIssue
create_with_date 9|now + later|later|dict-item|reportArgumentType reportCallIssue
relate 7|"id"|"name"|dict-item|reportArgumentType reportCallIssue
update_one 7|"id": 1|"ident": 1|dict-item|reportArgumentType reportCallIssue
named_shape 12|"content":|"contents":|typeddict-unknown-key|reportAssignmentType
plain_dict 9|row|texts|arg-type|reportArgumentType reportCallIssue
item_by_name 9|"Ticket"|"Computer"|typeddict-item|reportGeneralTypeIssues
legacy_row 8|"itilcategories_id"|"category"|typeddict-item|reportGeneralTypeIssues
legacy_actors 8|"_users_id_assign"|"_users_id_assigned"|dict-item|reportArgumentType reportCallIssue
oneself 7|"me"|b"me"|dict-item|reportArgumentType reportCallIssue
named 7|"Hardware > Printer"|b"Hardware"|dict-item|reportArgumentType reportCallIssue
named_awaited 8|"HQ"|b"HQ"|dict-item|reportArgumentType reportCallIssue
awaited 10|"date"|"dat"|typeddict-item|reportGeneralTypeIssues
list_keyword 7|filter|fliter|call-arg|reportCallIssue
list_limit 7|20|"20"|arg-type|reportArgumentType
legacy_keyword 7|with_softwares|with_software|call-arg|reportCallIssue
other_api 7|include_deleted=False|is_deleted=0|call-arg|reportCallIssue
changed_item 9|several[0]|several|call-overload|reportArgumentType reportCallIssue
legacy_answers 8|"totalcount"|"total"|typeddict-item|reportGeneralTypeIssues
created_once 9|note["existing"]|note["exists"]|typeddict-item|reportGeneralTypeIssues
team_of 8|"existing"|"exists"|typeddict-item|reportGeneralTypeIssues
verbs_of_clients 8|sort|order|call-arg|reportCallIssue
timeline 8|["item"]["content"]|["content"]|typeddict-item|reportGeneralTypeIssues
legacy_rows_below 9|"users_id"|"user"|typeddict-item|reportGeneralTypeIssues
below_an_item 7|client_side|limit|call-overload|reportCallIssue
family 7|document|computer|attr-defined|reportAttributeAccessIssue
family_awaited 7|ticket|computer|attr-defined|reportAttributeAccessIssue
family_by_name 7|"User"|"Ticket"|attr-defined|reportAttributeAccessIssue
other_api_rows 8|"items_id"|"item"|typeddict-item|reportGeneralTypeIssues
"""


def _read(text: str) -> Change:
    told, old, new, mypy, pyright = text.split("|")
    program, line = told.split()
    return Change(program, int(line), old, new, mypy, pyright)


CHANGES = [_read(line) for line in TABLE.splitlines()[1:]]


def changed(change: Change) -> str:
    """The program with its token changed."""
    lines = (PROGRAMS / f"{change.program}.py").read_text(encoding="utf-8").split("\n")
    assert change.old in lines[change.line - 1], change
    lines[change.line - 1] = lines[change.line - 1].replace(change.old, change.new, 1)
    return "\n".join(lines)
