"""Which protections are taken away, how, and which test must notice."""

from __future__ import annotations

from typing import NamedTuple

from tests.mutations.naming import NAMING
from tests.mutations.once_and_back import ONCE_AND_BACK
from tests.mutations.verifying import VERIFYING
from tests.mutations.writes import WRITES


class Mutant(NamedTuple):
    """One module of the library with other lines in it, each of which must stand there exactly once."""

    module: str
    changes: tuple[tuple[str, str], ...]
    killers: tuple[str, ...]


PLANS, WALK, ROUTES = "tests/engine/test_plans.py", "tests/engine/test_walk.py", "tests/chaos/test_routes.py"
WINDOWS, BENT = "tests/engine/test_windows.py", "tests/properties/test_bent.py"

MUTANTS: dict[str, Mutant] = {
    "ranges do not overlap": Mutant(
        "glpi_utils._engine.lists.ranges",
        (
            (
                (
                    "if last is not None and self._start >= last and self._flying:\n            return None\n"
                    "        begin = max(0, self._start - 1)"
                ),
                (
                    "if last is not None and self._start >= last and self._flying:\n            return None\n"
                    "        begin = self._start"
                ),
            ),
            ("if part.start and (not numbers or numbers[0] > self._last):", "if False:"),
        ),
        (f"{PLANS}::test_a_range_whose_border_moved_is_read_backwards",),
    ),
    "a border that moved is overlooked": Mutant(
        "glpi_utils._engine.lists.ranges",
        (("if part.start and (not numbers or numbers[0] > self._last):", "if False:"),),
        (f"{PLANS}::test_a_range_whose_border_moved_is_read_backwards",),
    ),
    "rows that came already are taken again": Mutant(
        "glpi_utils._engine.lists.ranges",
        (("zip(rows, numbers, strict=True) if number > self._last]", "zip(rows, numbers, strict=True)]"),),
        (f"{WALK}::test_a_list_comes_whole_and_in_order[pace0-Ranges]",),
    ),
    "a row outside its window is taken": Mutant(
        "glpi_utils._engine.lists.plan",
        (("if number < last or number < low or (high is not None and number >= high):", "if False:"),),
        (f"{PLANS}::test_a_row_outside_its_window_is_refused",),
    ),
    "nobody compares rows and count": Mutant(
        "glpi_utils._engine.lists.ranges",
        (
            (
                "if len(numbers) < min(part.size, page.total - part.start) and not self._may_be_short(fresh):",
                "if False:",
            ),
        ),
        (f"{WALK}::test_a_short_answer_is_asked_for_again[hole-Ranges]",),
    ),
    "a row that came twice in one window is taken": Mutant(
        "glpi_utils._engine.lists.plan",
        (("if len(keys) != len(rows):", "if False:"),),
        (f"{PLANS}::test_a_page_that_can_not_be_right_is_short[page1-one twice]",),
    ),
    "what lies between two pages is not read": Mutant(
        "glpi_utils._engine.lists.windows",
        (("elif part.low is not None and first > self._last + 1:", "elif False:"),),
        (f"{WINDOWS}::test_rows_that_go_ahead_of_a_page_move_it_and_what_lies_between_is_read",),
    ),
    "a page that counts less than the pages before it is believed": Mutant(
        "glpi_utils._engine.lists.windows",
        (("return len(page.items) < min(part.size, total - part.start) or total < left", "return False"),),
        (f"{WINDOWS}::test_rows_that_one_answer_hides_are_read_again[2-1]",),
    ),
    "a list that has gone at once is believed": Mutant(
        "glpi_utils._engine.lists.plan",
        (("return expected - counted >= max(_MANY, counted + 1)", "return False"),),
        (f"{WINDOWS}::test_a_list_that_is_empty_behind_its_first_page_is_no_whole_list[1-900]",),
    ),
    "the end is believed whatever the whole counts": Mutant(
        "glpi_utils._engine.lists.windows",
        (("self._ended = not self._moved", "self._ended = True"),),
        (f"{WINDOWS}::test_windows_that_contradict_the_count_of_the_whole_are_an_error",),
    ),
    "rows of trees stay as the list cuts them": Mutant(
        "glpi_utils._engine.lists.gather",
        (("if not truncated:", "if True:"),),
        (f"{ROUTES}::test_rows_of_a_tree_come_with_all_their_fields",),
    ),
    "a row of a tree that has gone is an error": Mutant(
        "glpi_utils._engine.lists.gather",
        (("except GlpiNotFoundError:", "except ZeroDivisionError:"),),
        (f"{ROUTES}::test_a_row_of_a_tree_that_goes_meanwhile_was_deleted",),
    ),
    "filters go without parentheses": Mutant(
        "glpi_utils._dialects.high_level.rsql",
        (('else f"({written})"', "else written"),),
        (f"{ROUTES}::test_an_or_in_a_filter_does_not_escape_its_window",),
    ),
    "both legacy lists give the same row": Mutant(
        "glpi_utils._engine.lists.walks",
        (('fresh = [row for row in rows if row.get("id") not in self._seen]', "fresh = rows"),),
        (f"{ROUTES}::test_a_ticket_trashed_between_the_two_legacy_lists_comes_once",),
    ),
    "the two legacy lists are not counted again": Mutant(
        "glpi_utils._engine.verbs.whole_lists",
        (("(len(parts) > 1 or any(walk.moved for walk in parts))", "False"),),
        (f"{ROUTES}::test_a_ticket_restored_between_the_two_legacy_lists_is_found[2]",),
    ),
    "a legacy list is not held against its last row": Mutant(
        "glpi_utils._engine.lists.ranges",
        (("if not self._checks:", "if True:"),),
        ("tests/properties/test_ends.py::test_one_answer_that_is_wrong_costs_no_row[fits-cut-tickets]",),
    ),
    "a count over joins is taken at its word": Mutant(
        "glpi_utils._knowledge.joins",
        (("return itemtype in _ALWAYS or _UNLESS.get(itemtype, False)", "return False"),),
        ("tests/behaviour/test_counted_over_joins.py::test_all_users_and_their_number[sync-legacy-11.0.6]",),
    ),
    "a search is not counted anew": Mutant(
        "glpi_utils._engine.lists.rising_ids",
        (("self.closing, self._ended = self._checks, not self._checks", "self._ended = True"),),
        ("tests/properties/test_ends.py::test_what_the_search_engine_leaves_out_is_asked_for_again",),
    ),
    "an audit of ids reads nothing": Mutant(
        "glpi_utils._engine.lists.id_audit",
        (('if row["id"] not in known]', "if False]"),),
        (f"{ROUTES}::test_an_audit_reads_what_was_missed",),
    ),
    "a filter that may have been dropped is trusted": Mutant(
        "glpi_utils._engine.request.core",
        (("if operation.first is not None and", "if False and"),),
        (f"{ROUTES}::test_a_filter_that_is_dropped_on_the_way_is_noticed[body and its type-drops the body]",),
    ),
    "a part is not held against a count": Mutant(
        "glpi_utils._engine.lists.walk",
        (("await require_whole_part(self.wanted, self._plan, self._means, late=self.late)", "pass"),),
        (f"{BENT}::test_a_part_ends_where_the_server_counts_no_more_rows_up_to_its_last[100 tickets-holes]",),
    ),
    "a part of a legacy list is not held against the place of its last row": Mutant(
        "glpi_utils._engine.lists.ranges",
        (("if not (self.moved or self.doubtful or self._cut or self._missed or self._seen_last):", "if True:"),),
        (f"{BENT}::test_a_part_of_a_legacy_list_is_held_against_the_place_of_its_last_row[3-100 tickets]",),
    ),
    "an answer that contradicts itself is not asked for again": Mutant(
        "glpi_utils._engine.lists.one_answer",
        (("times = max(_LEAST, retry.attempts)", "times = 1"),),
        (f"{BENT}::test_one_page_that_contradicts_itself_is_asked_for_again[one page-hl]",),
    ),
    "a first page that was doubted begins a part anew": Mutant(
        "glpi_utils._engine.lists.windows",
        (("if part.low is None and self._start and not self._ids:", "if part.low is None and self._start:"),),
        (f"{BENT}::test_a_part_whose_first_page_is_doubted_comes_once[true-tickets from the fifth on]",),
    ),
    "a union is known by its ids alone": Mutant(
        "glpi_utils._engine.lists.unions",
        (('keys.add((number, row.get("_itemtype")))', "keys.add((number, None))"),),
        (f"{ROUTES}::test_a_union_is_known_by_type_and_id[7]",),
    ),
}
MUTANTS |= {
    name: Mutant(module, (change,), (killer,))
    for name, (module, change, killer) in {**WRITES, **VERIFYING, **ONCE_AND_BACK, **NAMING}.items()
}
