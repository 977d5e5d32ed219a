"""What the schema does not have cannot leak: read from the full supergraph, before any consumer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from graphql import (
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    TypeNode,
    parse,
    print_ast,
)

SUPERGRAPH = Path(__file__).parents[2] / "gateway" / "supergraphs" / "supergraph.graphql"
DOCUMENT = parse(SUPERGRAPH.read_text())
TYPES = {d.name.value: d for d in DOCUMENT.definitions if isinstance(d, ObjectTypeDefinitionNode)}
INPUTS = {
    d.name.value: d for d in DOCUMENT.definitions if isinstance(d, InputObjectTypeDefinitionNode)
}
DESKS = {"POLICY", "SERVICES"}
"""The subgraphs of operations: what they find of a person is a row of another subgraph."""
COUNTING = re.compile(
    r"aggregate|(?<!ac)count(?!r)|total|sum\b|average|group|distinct|histogram", re.I
)
LIST_ARGUMENTS = {"first", "after", "where", "orderBy", "kinds", "asOf", "asKnown", "history"}
LIST_ARGUMENTS |= {"of", "steps"}


def named(node: TypeNode) -> str:
    """The type's name without list and null markers."""
    return re.sub(r"[\[\]!]", "", print_ast(node))


def of_data() -> list[tuple[str, FieldDefinitionNode]]:
    """Fields that a subgraph of data serves, each with its type."""
    return [
        (name, field)
        for name, definition in TYPES.items()
        if not set(re.findall(r"@join__type\(graph: (\w+)", print_ast(definition))) <= DESKS
        for field in definition.fields
        if not any(f"@join__field(graph: {desk})" in print_ast(field) for desk in DESKS)
    ]


def test_the_supergraph_is_read() -> None:
    assert {("Person", "citizenNumber"), ("Query", "people")} <= {
        (name, field.name.value) for name, field in of_data()
    }


def test_there_is_no_interface() -> None:
    found = [d for d in DOCUMENT.definitions if isinstance(d, InterfaceTypeDefinitionNode)]
    assert found == []
    assert [name for name, definition in TYPES.items() if definition.interfaces] == []


def test_no_field_requires_another() -> None:
    """Nor is any external or provided: no field is fetched to compute one that is asked for."""
    for name, definition in TYPES.items():
        for field in definition.fields:
            assert not re.search(r"(requires|external|provides):", print_ast(field)), name


def test_there_is_no_look_up_by_a_global_id() -> None:
    """Every look-up names its type, and a name of the whole graph's `node(id)` is not there."""
    roots = {field.name.value: field for name, field in of_data() if name == "Query"}
    assert not {"node", "nodes", "_entities", "_service", "entity"} & set(roots)
    for field in roots.values():
        assert named(field.type) in TYPES, "a root of one type, no union"


@pytest.mark.parametrize("part", ["fields", "arguments"])
def test_nothing_is_counted_grouped_or_aggregated(part: str) -> None:
    names = {
        argument.name.value if argument else field.name.value
        for _, field in of_data()
        for argument in ([None] if part == "fields" else field.arguments or ())
    }
    assert len(names) > 10
    assert [name for name in names if COUNTING.search(name)] == []


def test_a_list_has_rows_and_whether_there_are_more_and_nothing_else() -> None:
    lists = {name: definition for name, definition in TYPES.items() if name.endswith("Connection")}
    assert len(lists) > 5
    for name, definition in lists.items():
        assert {field.name.value for field in definition.fields} == {"edges", "pageInfo"}, name
    pages = {field.name.value for field in TYPES["PageInfo"].fields}
    assert pages == {"hasNextPage", "hasPreviousPage", "startCursor", "endCursor"} & pages
    for _, field in of_data():
        if named(field.type) in lists:
            assert {a.name.value for a in field.arguments or ()} <= LIST_ARGUMENTS


def test_a_filter_tests_fields_of_its_own_row_and_no_link() -> None:
    """A filter has tests of plain values, and `any` of itself: none goes to another row."""
    filters = {name: node for name, node in INPUTS.items() if name.endswith("Filter")}
    assert {"PersonFilter", "HouseholdFilter"} <= set(filters)
    for name, node in filters.items():
        for field in node.fields:
            used = named(field.type)
            if field.name.value == "any":
                assert used == name
            else:
                tested = {named(test.type) for test in INPUTS[used].fields}
                assert not tested & set(INPUTS), (name, field.name.value)


def test_only_desks_have_operations_that_write() -> None:
    assert "Subscription" not in TYPES
    graphs = set(re.findall(r"graph: (\w+)", print_ast(TYPES["Mutation"])))
    assert graphs == DESKS | {"PROOFS"}
