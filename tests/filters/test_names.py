"""Which properties a text names, and what is known of them without asking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_utils import GlpiValidationError
from glpi_utils._dialects.high_level.property_names import Leaves, check_order, known, of_document, refuse, unverified
from glpi_utils._dialects.high_level.rsql import READ_OTHERWISE, joined, names_in
from glpi_utils._dialects.shared.query import Listing


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("name==a", ["name"]),
        ("(name==a,status.id=in=(1,2));x=isnull=", ["name", "status.id", "x"]),
        ('name=="a;nosuch==1"', ["name"]),
        ("name=='a\",nosuch==1'", ["name"]),
        ("name=='a';nosuch=='b'", ["name", "nosuch"]),
        ("a=isnull=;b=empty=x,c!=1", ["a", "b", "c"]),
        ('id=in=(1,2),name=out=("a,b",c==d)', ["id", "name"]),
        ("name==a==b", ["name"]),
        ("", []),
    ],
)
def test_the_names_in_a_text(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["name", "status.id", "date_mod", "a1"]),
            st.sampled_from(["==", "!=", "=lt=", "=ilike="]),
            st.text(st.characters(exclude_characters='"', exclude_categories=["Cs"]), max_size=12),
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([";", ","]),
)
def test_no_quoted_value_is_taken_for_a_name(parts: list[tuple[str, str, str]], sign: str) -> None:
    text = sign.join(f'{name}{operator}"{value}"' for name, operator, value in parts)
    assert names_in(text) == [name for name, _, _ in parts]
    if any(READ_OTHERWISE.search(f'{value}"') for _, _, value in parts):
        with pytest.raises(GlpiValidationError, match="read in two ways"):
            joined([text])
        return
    assert names_in(joined([text])) == [name for name, _, _ in parts]


@pytest.mark.parametrize(
    ("texts", "sent"),
    [
        (["custom_fields.a==1"], "custom_fields.a==1"),
        (['custom_fields.a=="x;y,(z)"'], 'custom_fields.a=="x;y,(z)"'),
        (["custom_fields.a==1", "is_deleted==false"], "is_deleted==false;custom_fields.a==1"),
        (["custom_fields.a=in=(1,2);name==b"], "name==b;custom_fields.a=in=(1,2)"),
        (["(custom_fields.a==1;name==b)", "id=gt=5"], "name==b;id=gt=5;custom_fields.a==1"),
        (["custom_fields.a==1;serial=isnull=1;name==b"], "serial=isnull=;name==b;custom_fields.a==1"),
        (["custom_fields.a=isnull=1"], "custom_fields.a=isnull="),
        (["(name==a,name==b);custom_fields.a==1;id=gt=5"], "(name==a,name==b);(id=gt=5);custom_fields.a==1"),
        (["custom_fields.a==1,name==b"], "(custom_fields.a==1,name==b)"),
        (["(custom_fields.a==1,name==b);id==1"], "((custom_fields.a==1,name==b);id==1)"),
        (["custom_fields.a==1", "custom_fields.b==1"], "(custom_fields.a==1);(custom_fields.b==1)"),
        (["name==custom_fields.a"], "(name==custom_fields.a)"),
    ],
)
def test_a_custom_field_stands_bare_and_last(texts: list[str], sent: str) -> None:
    assert joined(texts) == sent


@given(
    st.lists(st.sampled_from(["custom_fields.a==1", "name==b", "(x==1,y==2)", "id=in=(1,2)"]), min_size=1, max_size=4),
    st.lists(st.sampled_from(";,"), min_size=3, max_size=3),
)
def test_no_or_is_left_outside_of_parentheses(parts: list[str], signs: list[str]) -> None:
    text = parts[0] + "".join(sign + part for sign, part in zip(signs, parts[1:], strict=False))
    sent, depth = joined([text]), 0
    for at, sign in enumerate(sent):
        depth += (sign == "(") - (sign == ")")
        assert depth or sign != ",", (text, sent, at)
    assert sorted(names_in(sent)) == sorted(names_in(text))


def test_known_names_are_leaves() -> None:
    assert unverified("Ticket", "v2.2", ["id", "name", "status.id", "category.name", "entity.completename"]) == []
    odd = ["status", "category", "nosuch", "status.nosuch", "itilcategories_id"]
    assert unverified("Ticket", "v2.2", odd) == odd
    assert unverified("Ticket", "v2.0", ["date_solve"]) == ["date_solve"]


def test_of_an_unknown_schema_all_but_the_id_is_doubted() -> None:
    assert known("Plugin/Carbon/Zone", "v2.2") is None
    assert unverified("Plugin/Carbon/Zone", "v2.2", ["id", "name"]) == ["name"]


def test_a_custom_asset_has_what_all_assets_have() -> None:
    assert unverified("Custom_Drone", "v2.2", ["name", "serial", "is_deleted", "entity.id", "date_mod"]) == []
    assert unverified("Custom_Drone", "v2.2", ["custom_fields.colour"]) == ["custom_fields.colour"]


def test_what_a_document_leaves_open_is_not_refused() -> None:
    leaves = of_document(
        {
            "name": {"type": "string"},
            "status": {"type": "object", "properties": {"id": {"type": "integer"}, "more": {"type": "object"}}},
            "team": {"type": "array", "items": {"type": "object", "properties": {"role": {"type": "string"}}}},
            "custom_fields": {"type": "object"},
            "pictures": {"type": "array", "items": {"type": "string"}},
        }
    )
    assert [leaves.have(name) for name in ("name", "status.id", "team.role")] == [True] * 3
    assert [leaves.have(name) for name in ("status.more.x", "custom_fields.colour", "pictures")] == [None] * 3
    assert [leaves.have(name) for name in ("team", "team.id", "nosuch")] == [False] * 3


def test_an_object_with_told_parts_alone_is_no_name() -> None:
    leaves = Leaves(frozenset({"status.id", "status.name", "name"}))
    assert "it holds an object: status.id is compared" in str(refuse("Ticket", "v2.2", "status", leaves))
    assert "did you mean status." in str(refuse("Ticket", "v2.2", "status.idd", leaves))


def test_an_order_that_the_server_computes() -> None:
    check_order(Listing(sort="status.id:desc,name", schema="Ticket"))
    check_order(Listing(schema="Ticket"))
    for schema, name in (("Ticket", "status.name"), ("Document", "filepath"), ("User", "picture")):
        with pytest.raises(GlpiValidationError, match=name.replace(".", r"\.")):
            check_order(Listing(sort=f"id,{name}:desc", schema=schema))
