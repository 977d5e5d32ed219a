"""Documents: fragments opened, directives heeded, and which field nodes that leaves of a type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    SelectionSetNode,
)
from graphql.execution.values import get_directive_values
from graphql.type import GraphQLIncludeDirective, GraphQLSkipDirective

Fragments = Mapping[str, FragmentDefinitionNode]


def fragments_of(document: DocumentNode) -> Fragments:
    """The document's fragments by name."""
    definitions = document.definitions
    return {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}


def response_key(node: FieldNode) -> str:
    """The field's name in the answer."""
    return node.alias.value if node.alias else node.name.value


def root_fields(selections: SelectionSetNode, fragments: Fragments) -> list[FieldNode]:
    """Every field node at the root, once, whether or not a directive leaves it out."""
    return list({id(node): node for node in _every(selections, fragments)}.values())


def _every(selections: SelectionSetNode, fragments: Fragments) -> Iterator[FieldNode]:
    for node in selections.selections:
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            yield from _every(node.selection_set, fragments)
        elif isinstance(node, FragmentSpreadNode):
            yield from _every(fragments[node.name.value].selection_set, fragments)


class Chosen:
    """What a document chooses of objects of a type, with one set of variables."""

    def __init__(self, schema: GraphQLSchema, fragments: Fragments, variables: Any) -> None:
        self._schema = schema
        self._fragments = fragments
        self._variables = variables

    def fields(self, selections: SelectionSetNode | None, type_name: str) -> Iterator[FieldNode]:
        """Field nodes that apply to the type, in order; a fragment is opened once."""
        return self._fields(selections, type_name, set()) if selections else iter(())

    def _fields(
        self, selections: SelectionSetNode, type_name: str, seen: set[str]
    ) -> Iterator[FieldNode]:
        for node in selections.selections:
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                if condition is None or self._applies(condition.name.value, type_name):
                    yield from self._fields(node.selection_set, type_name, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self._fragments[node.name.value]
                if self._applies(fragment.type_condition.name.value, type_name):
                    yield from self._fields(fragment.selection_set, type_name, seen)

    def _applies(self, condition: str, type_name: str) -> bool:
        if condition == type_name:
            return True
        declared = self._schema.type_map[condition]
        return isinstance(declared, GraphQLUnionType) and any(
            member.name == type_name for member in declared.types
        )

    def _included(self, node: Any) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self._variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self._variables)
        return not include or bool(include["if"])
