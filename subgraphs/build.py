"""A subgraph's Strawberry Federation schema, made from the model.

The schema for a consumer is built from what it can ever get: the rest does not exist in it, so
validation, introspection and suggestions cannot betray it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, cast

import strawberry
from strawberry.extensions import ParserCache, SchemaExtension, ValidationCache
from strawberry.federation import Schema
from strawberry.federation.schema_directives import Key
from strawberry.schema.config import StrawberryConfig

from graph.catalogue import Catalogue, EdgeField
from graph.declarations import Answer, Held, Node, Question, Relationship, Shown
from graph.masks import fitting
from resolvers.arguments import BULK_MAX, PAGE_DEFAULT, PAGE_MAX
from subgraphs import inputs
from subgraphs.parts import Argument, code_enum, declare, described, plain, resolved
from subgraphs.permissions import SUBGRAPH, my_permissions
from subgraphs.rows import PolicedSchema, optional, read_root, read_value, row_class
from subgraphs.scalars import PYTHON_TYPES, SCALARS, Day, Time
from subgraphs.visible import Visible

FEDERATION_VERSION = "2.9"
CACHED_DOCUMENTS = 512
DOCUMENT_CACHES = (
    lambda: ParserCache(maxsize=CACHED_DOCUMENTS),
    lambda: ValidationCache(maxsize=CACHED_DOCUMENTS),
)

AS_OF = Argument("asOf", Day, "As it was true on this day; today when not given.")
AS_KNOWN = Argument(
    "asKnown", Time, "As this graph believed it at this moment; now when not given."
)
HISTORY = Argument("history", bool, "Every period instead of one.")


class SchemaBuilder:
    """Builds one schema; types refer to each other, so all classes exist before any has fields."""

    def __init__(self, catalogue: Catalogue, subgraph: str, visible: Visible) -> None:
        self._catalogue = catalogue
        self._subgraph = subgraph
        self._visible = visible
        self._nodes = {name: row_class(name, node=True) for name in self._node_names()}
        self._connections: dict[str, Any] = {}
        self._unions: dict[tuple[str, ...], Any] = {}
        self._page_info: Any = None
        self._tests: dict[str, list[Argument]] = {}

    def build(self, extensions: list[type[SchemaExtension]]) -> Schema:
        """The schema, with the given extensions behind the document caches."""
        for name in self._nodes:
            self._declare_node(name)
        return PolicedSchema(
            query=self._query(),
            types=list(self._nodes.values()),
            extensions=[*DOCUMENT_CACHES, *extensions],
            config=StrawberryConfig(
                auto_camel_case=False,
                default_resolver=read_value,
                scalar_map=cast("Any", SCALARS),
            ),
            federation_version=FEDERATION_VERSION,
        )

    def _node_names(self) -> list[str]:
        """Types the subgraph owns, and those of others that its relationships touch."""
        names: dict[str, None] = {}
        for name, node in self._catalogue.nodes.items():
            if not self._visible.type(name):
                continue
            if node.subgraph == self._subgraph:
                names[name] = None
            if any(self._held_of(name)):
                names[name] = None
            for edge in self._visible.edges(self._catalogue, name, self._subgraph):
                names[name] = None
                names.update(dict.fromkeys(t for t in edge.targets if self._visible.type(t)))
        return list(names)

    def _held_of(self, name: str) -> Iterator[Held]:
        """What the subgraph's department holds of rows of the type, as far as anything shows."""
        for field, held in self._catalogue.held_of[name].items():
            shown = any(self._visible.field(held.name, part) for part in held.fields)
            if held.subgraph == self._subgraph and shown and self._visible.field(name, field):
                yield held

    def _declare_node(self, name: str) -> None:
        node = self._catalogue.nodes[name]
        owned = node.subgraph == self._subgraph
        edges = self._visible.edges(self._catalogue, name, self._subgraph)
        fields: dict[str, tuple[Any, Any]] = {
            "id": (strawberry.ID, plain("id", strawberry.ID, "Opaque, stable identifier."))
        }
        if owned:
            fields |= self._node_fields(name, node)
        for edge in edges:
            connection = self._connection(edge)
            field = resolved(
                edge.name, connection | None, _edge_text(edge), self._edge_arguments(edge)
            )
            fields[edge.name] = (connection | None, field)
        held_here = list(self._held_of(name))
        for held in held_here:
            result = cast("Any", list)[self._held(held)] | None
            text = described(held.through.label, held.description)
            fields[held.through.field] = (result, plain(held.through.field, result, text))
        cls = self._nodes[name]
        declare(cls, fields)
        strawberry.federation.type(
            cls,
            name=name,
            description=described(node.label, node.description),
            keys=[Key(fields=cast("Any", "id"), resolvable=owned or bool(edges or held_here))],
        )

    def _node_fields(self, name: str, node: Node) -> dict[str, tuple[Any, Any]]:
        fields: dict[str, tuple[Any, Any]] = {}
        for field, declared in self._catalogue.fields_of(name).items():
            if self._visible.field(name, field):
                result = self._python_type(declared)
                text = described(declared.label, declared.description)
                fields[field] = (result, resolved(field, result, text, self._times(name)))
        if self._visible.field(name, "facts"):
            result = list[self._fact()]
            text = "The facts behind the fields · 事实来源: one per source record and field."
            field = resolved("facts", result | None, text, self._times(name, HISTORY))
            fields["facts"] = (result | None, field)
        return fields

    def _python_type(self, field: Shown) -> Any:
        if field.codes:
            return code_enum(field.codes) | None
        text = field.type or ""
        inner = text.strip("[]")
        if inner in PYTHON_TYPES:
            python: Any = PYTHON_TYPES[inner]
        elif inner in self._catalogue.nodes:
            python = self._nodes[inner]
        else:
            python = self._value(inner)
        return list[python] | None if text.startswith("[") else python | None

    def _edge_arguments(self, edge: EdgeField) -> list[Argument]:
        arguments = _page_arguments()
        targets = [target for target in edge.targets if self._visible.type(target)]
        if edge.relationship.kinds and self._visible.filter(edge.relationship.name, "kind"):
            kinds = list[code_enum(edge.relationship.kind_enum)]
            arguments.append(Argument("kinds", kinds, "Only these kinds."))
        if len(edge.targets) == 1 and self._owns(targets[0]):
            arguments += self._where(targets[0])
        return [*arguments, *self._times(edge.relationship.name, HISTORY)]

    def _times(self, name: str, *more: Argument) -> list[Argument]:
        """Arguments for another day than today, for those who may ask for the type's history."""
        return [AS_OF, AS_KNOWN, *more] if self._visible.field(name, "history") else []

    def _where(self, name: str) -> list[Argument]:
        """Filter and order arguments over a node type, made once."""
        if name not in self._tests:
            self._tests[name] = inputs.for_type(self._catalogue, name, self._visible)
        return self._tests[name]

    def _owns(self, name: str) -> bool:
        return self._catalogue.nodes[name].subgraph == self._subgraph

    def _connection(self, edge: EdgeField) -> Any:
        targets = tuple(target for target in edge.targets if self._visible.type(target))
        relationship = edge.relationship
        both_ends = {relationship.origin, relationship.to}
        suffix = "" if len(both_ends) == 1 else (targets[0] if len(targets) == 1 else "Party")
        name = f"{relationship.name}{suffix}"
        if name not in self._connections:
            fields = self._relationship_fields(relationship)
            self._connections[name] = self._connection_of(
                name, self._target(targets), fields, described(relationship.label)
            )
        return self._connections[name]

    def _relationship_fields(self, relationship: Relationship) -> dict[str, tuple[Any, Any]]:
        fields: dict[str, tuple[Any, Any]] = {}
        for name, declared in self._catalogue.relationship_fields(relationship).items():
            if self._visible.field(relationship.name, name):
                result = self._python_type(declared)
                text = described(declared.label, declared.description)
                made = resolved if any(fitting(declared)) else plain
                fields[name] = (result, made(name, result, text))
        return fields

    def _target(self, targets: tuple[str, ...]) -> Any:
        if len(targets) == 1:
            return self._nodes[targets[0]]
        if targets not in self._unions:
            members: Any = self._nodes[targets[0]]
            for target in targets[1:]:
                members = members | self._nodes[target]
            text = "A person or a legal entity · 主体"
            self._unions[targets] = Annotated[members, strawberry.union("Party", description=text)]
        return self._unions[targets]

    def _connection_of(
        self, name: str, node: Any, fields: dict[str, tuple[Any, Any]], text: str
    ) -> Any:
        """`<name>Connection` of `<name>Edge`, as Relay's cursor connections specification says."""
        edge_class = row_class(f"{name}Edge")
        # An annotation built from Annotated unions cannot use `|`, so Optional is spelt out.
        optional_node = optional(node)
        declare(
            edge_class,
            {
                "cursor": (str, plain("cursor", str, "Position in the list.")),
                "node": (optional_node, plain("node", optional_node, "The row.")),
                **fields,
            },
        )
        strawberry.federation.type(edge_class, name=f"{name}Edge", description=text)
        connection = row_class(f"{name}Connection")
        edges, info = cast("Any", list)[edge_class], self._pages()
        declare(
            connection,
            {
                "edges": (edges, plain("edges", edges, "The rows of this page.")),
                "pageInfo": (info, plain("pageInfo", info, "Where this page stands.")),
            },
        )
        strawberry.federation.type(connection, name=f"{name}Connection", description=text)
        return connection

    def _pages(self) -> Any:
        if self._page_info is None:
            self._page_info = row_class("PageInfo")
            fields = {
                "hasNextPage": (bool, plain("hasNextPage", bool, "Whether rows follow.")),
                "hasPreviousPage": (bool, plain("hasPreviousPage", bool, "Whether rows precede.")),
                "startCursor": (str | None, plain("startCursor", str | None, "First cursor.")),
                "endCursor": (str | None, plain("endCursor", str | None, "Last cursor.")),
            }
            declare(self._page_info, fields)
            strawberry.federation.type(self._page_info, name="PageInfo", shareable=True)
        return self._page_info

    def _fact(self) -> Any:
        if "Fact" not in self._connections:
            cls = row_class("Fact")
            fields: dict[str, tuple[Any, Any]] = {
                "field": (str, plain("field", str, "The field that the fact states.")),
                "value": (str | None, plain("value", str | None, "What it states, as text.")),
            }
            for name, declared in self._catalogue.provenance.items():
                result = self._python_type(declared)
                text = described(declared.label, declared.description)
                fields[name] = (result, plain(name, result, text))
            declare(cls, fields)
            text = "What one source record states of one field · 事实"
            strawberry.federation.type(cls, name="Fact", shareable=True, description=text)
            self._connections["Fact"] = cls
        return self._connections["Fact"]

    def _held(self, held: Held) -> Any:
        """A type that the department answers for itself."""
        cls = row_class(held.name)
        fields: dict[str, tuple[Any, Any]] = {}
        for field, declared in held.fields.items():
            if self._visible.field(held.name, field):
                result = self._python_type(declared)
                text = described(declared.label, declared.description)
                made = resolved if any(fitting(declared)) else plain
                fields[field] = (result, made(field, result, text))
        declare(cls, fields)
        text = described(held.label, held.description)
        strawberry.federation.type(cls, name=held.name, description=text)
        return cls

    def _value(self, name: str) -> Any:
        """A part of an answer, such as KinshipRelation."""
        if name not in self._connections:
            declared = self._catalogue.values[name]
            cls = row_class(name)
            self._connections[name] = cls
            stated = dict(declared.fields)
            if declared.provenance:
                stated |= self._catalogue.provenance
            fields: dict[str, tuple[Any, Any]] = {}
            for field, kind in stated.items():
                about = (kind.type or "").strip("[]")
                if about in self._catalogue.nodes and about not in self._nodes:
                    continue
                result = self._python_type(kind)
                text = described(kind.label, kind.description)
                fields[field] = (result, plain(field, result, text))
            declare(cls, fields)
            text = described(declared.label, declared.description)
            strawberry.federation.type(cls, name=name, description=text)
        return self._connections[name]

    def _query(self) -> type | None:
        fields: dict[str, tuple[Any, Any]] = {}
        for name, node in self._catalogue.nodes.items():
            if node.subgraph == self._subgraph and name in self._nodes:
                fields |= self._lookups(name, node)
        for name in self._catalogue.answers:
            fields |= self._questions(name)
        if self._subgraph == SUBGRAPH:
            fields |= my_permissions()
        if not fields:
            return None
        query = type("Query", (), {})
        declare(query, fields)
        return strawberry.federation.type(query, name="Query")

    def _lookups(self, name: str, node: Node) -> dict[str, tuple[Any, Any]]:
        """Root fields that find rows: one, in bulk, as a list."""
        label, row = described(node.label), self._nodes[name]
        found: dict[str, tuple[Any, Any, list[Argument]]] = {}
        queries = node.queries
        by = [Argument(node.identifier, str, described(node.fields[node.identifier].label))]
        if self._visible.field(name, "id"):
            by.insert(0, Argument("id", strawberry.ID, "Opaque, stable identifier."))
        found[queries.one] = (row | None, f"One row by an identifier. {label}", by)
        if queries.bulk:
            text = f"Up to {BULK_MAX} values of {node.identifier}."
            keys = [Argument("keys", list[str], text, required=True)]
            result = cast("Any", list)[inputs.lookup_type(name, row)]
            found[queries.bulk] = (
                result,
                f"Many rows at once, in order, a code each. {label}",
                keys,
            )
        if queries.list:
            connection = self._connection_of(name, row, {}, label)
            arguments = _page_arguments() + self._where(name)
            found[queries.list] = (connection | None, f"Rows, page by page. {label}", arguments)
        return {
            query: (result, resolved(query, result, text, arguments, read_root))
            for query, (result, text, arguments) in found.items()
            if self._visible.field("Query", query)
        }

    def _questions(self, name: str) -> dict[str, tuple[Any, Any]]:
        """Root fields that ask for a derived answer."""
        answer = self._catalogue.answers[name]
        asked = [q for q in answer.questions if self._visible.field("Query", q)]
        if answer.subgraph != self._subgraph or not asked or not self._visible.type(name):
            return {}
        cls = row_class(name)
        fields: dict[str, tuple[Any, Any]] = {}
        for field, declared in answer.fields.items():
            if self._visible.field(name, field):
                result = self._python_type(declared)
                text = described(declared.label, declared.description)
                fields[field] = (result, plain(field, result, text))
        declare(cls, fields)
        strawberry.federation.type(
            cls, name=name, description=described(answer.label, answer.description)
        )
        person = inputs.person_ref("Person", self._visible)
        questions: dict[str, tuple[Any, Any]] = {}
        for question in asked:
            declared_question = answer.questions[question]
            names = _roles(answer, question)
            arguments = [Argument(n, person, _ROLES[n], required=True) for n in names]
            arguments += _reach(answer, declared_question)
            text = described(declared_question.label, declared_question.description)
            arguments += self._times(name)
            field = resolved(question, cls | None, text, arguments, read_root)
            questions[question] = (cls | None, field)
        return questions


def _roles(answer: Answer, question: str) -> tuple[str, ...]:
    if answer.about != "pair":
        return ("of",)
    return ("a", "b") if question == "relationship" else ("person", "of")


def _reach(answer: Answer, question: Question) -> list[Argument]:
    """Arguments of a list: how far it looks, and its page."""
    if answer.about != "list":
        return []
    within = question.within
    if within is None:
        return _page_arguments()
    text = f"How many {within.argument} far: 1 to {within.max}, {within.default} when not given."
    return [Argument(within.argument, int, text), *_page_arguments()]


_ROLES = {
    "a": "The person asked about; the terms say what b is to a.",
    "b": "The other person.",
    "person": "The person of whom it is asked.",
    "of": "The person asked about: whose relatives they are, or to whom the relation would be.",
}


def _page_arguments() -> list[Argument]:
    text = f"Rows of this page: 1 to {PAGE_MAX}, {PAGE_DEFAULT} when not given."
    return [Argument("first", int, text), Argument("after", str, "Cursor to continue behind.")]


def _edge_text(edge: EdgeField) -> str:
    relationship = edge.relationship
    end = {"out": relationship.out, "in": relationship.into, "both": relationship.both}
    declared = end[edge.direction]
    label = declared.label if declared else relationship.label
    return described(label, relationship.description)
