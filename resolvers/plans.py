"""Plans of operations: what was worked out of a document once, for a decision and a schema.

A plan holds for any value of the variables that only name rows. Whatever is odd about a document or
its variables has no plan; GraphQL's execution answers it, and says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import graphql
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    Undefined,
    parse,
    validate,
)
from graphql.execution.values import VariableValues, get_argument_values, get_variable_values
from graphql.utilities import get_operation_ast

from graph.catalogue import Catalogue
from graph.cypher import Asking, Statement, Statements, Template
from graph.decision import Decision
from graph.selection import Selection
from resolvers.asked import written
from resolvers.documents import Fragments, fragments_of, response_key, root_fields
from resolvers.opened import Kind, Opened, open_variables, opened
from resolvers.reading import Readers
from resolvers.select import ROWS_MAX, Selected, Selector, query_fields
from resolvers.writing import Writer
from runtime.latest import Latest

DOCUMENTS_KEPT = 512
PLANS_KEPT = 1024
KEPT_CHARACTERS_MAX = 64 * 1024


@dataclass(frozen=True)
class Document:
    """A valid query with its variables, those apart that only name rows."""

    schema: GraphQLSchema
    parsed: DocumentNode
    operation: OperationDefinitionNode
    fragments: Fragments
    open: Mapping[str, Kind]


@dataclass(frozen=True)
class Plan:
    """All that is known before a row is read. Values that were left open stand in the picks."""

    document: Document
    selected: Selected
    asked: tuple[str, ...]
    template: Template
    values: Sequence[Any]
    readers: Readers
    writer: Writer
    entities: Mapping[str, FieldNode]
    """The nodes that ask for represented entities, by their names in the answer."""

    def represented(self, node: FieldNode, variables: Opened) -> list[Any]:
        """What the node stands for, in order."""
        query = self.document.schema.query_type
        assert query is not None
        given = get_argument_values(query.fields[node.name.value], node, variables.whole)
        return given["representations"]

    def execute(self, request: object, variables: Opened) -> ExecutionResult:
        """The answer by GraphQL's own execution, over what the request holds already."""
        document = self.document
        sources = variables.whole.sources.items()
        execution = cast("Callable[..., ExecutionResult]", getattr(graphql, "execute_sync"))  # noqa: B009
        return execution(
            document.schema,
            document.parsed,
            context_value=request,
            variable_values={n: s.value for n, s in sources if s.value is not Undefined},
            operation_name=document.operation.name and document.operation.name.value,
        )

    def statement(self, variables: Opened, asking: Asking) -> Statement:
        """The statement for the request's variables."""
        values = [variables.of(value) for value in self.values]
        return self.template.bind(values, asking.principal, asking.clock, asking.case)

    def filled(self, variables: Opened) -> Selected | None:
        """What the request selects; nothing where it could return too many rows.

        Raises BadArgument.
        """
        roots, fields = self.selected.selection.roots, self.selected.fields
        rows = self.selected.rows
        if sum(variables.count(roots[key]) * many for key, many in rows.items()) > ROWS_MAX:
            return None
        whole = Selection({key: variables.fill(pick) for key, pick in roots.items()})
        return Selected(whole, self.selected.keys, fields, rows)


class Plans:
    """Makes plans and keeps the latest. One for each schema, document, decision and choice."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._catalogue: Catalogue = statements.catalogue
        self._queries = dict(query_fields(self._catalogue))
        self._documents = Latest[tuple[Document | None, GraphQLSchema]](DOCUMENTS_KEPT)
        self._plans = Latest[tuple[Plan, Decision]](PLANS_KEPT)

    def of(
        self,
        schema: GraphQLSchema,
        decision: Decision,
        text: str,
        name: str | None,
        given: Mapping[str, Any],
    ) -> tuple[Plan, Opened] | None:
        """The plan and the variables to fill in; nothing for what has no plan.

        Raises BadArgument and the codes of page limits.
        """
        document = self._document(schema, text, name)
        if document is None:
            return None
        declared = document.operation.variable_definitions or ()
        variables = get_variable_values(schema, declared, dict(given))
        if isinstance(variables, list):
            return None
        names = [definition.variable.name.value for definition in declared]
        known_entity = self._catalogue.nodes.__contains__
        apart = opened(variables, names, document.open, known_entity)
        if apart.size > KEPT_CHARACTERS_MAX:
            return None
        key = (id(document), id(decision), apart.signature)
        stand_ins = VariableValues(variables.sources, apart.stand_ins)

        def make() -> tuple[Plan, Decision]:
            return self._plan(document, decision, stand_ins), decision

        return self._plans.of(key, make)[0], apart

    def _plan(self, document: Document, decision: Decision, variables: VariableValues) -> Plan:
        schema, fragments = document.schema, document.fragments
        selector = Selector(self._catalogue, schema, fragments, variables)
        selected = selector.select(document.operation)
        template, values = self._statements.template(selected.selection, decision)
        nodes = frozenset(self._catalogue.nodes)
        writer = Writer(schema, fragments, variables, selected.keys, nodes)
        roots = root_fields(document.operation.selection_set, fragments)
        return Plan(
            document,
            selected,
            written(selected.selection, selected.fields.values()),
            template,
            values,
            Readers(decision),
            writer.of(document.operation.selection_set),
            {response_key(node): node for node in roots if node.name.value == "_entities"},
        )

    def _document(self, schema: GraphQLSchema, text: str, name: str | None) -> Document | None:
        if len(text) > KEPT_CHARACTERS_MAX:
            return None
        key = (id(schema), text, name)
        return self._documents.of(key, lambda: (self._read(schema, text, name), schema))[0]

    def _read(self, schema: GraphQLSchema, text: str, name: str | None) -> Document | None:
        try:
            parsed = parse(text)
        except GraphQLError:
            return None
        operation = get_operation_ast(parsed, name)
        if operation is None or operation.operation is not OperationType.QUERY:
            return None
        if validate(schema, parsed):
            return None
        fragments = fragments_of(parsed)
        roots = root_fields(operation.selection_set, fragments)
        planned = self._queries.keys() | {"_entities", "__typename"}
        if not {node.name.value for node in roots} <= planned:
            return None
        left_open = open_variables(operation, fragments.values(), roots, self._queries)
        return Document(schema, parsed, operation, fragments, left_open)
