"""One GraphQL operation (or `_entities` batch) as one Selection.

Aliases and fragments fall away: what is asked for twice with the same arguments is picked once,
under a key that resolvers find again by the field's node in the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import orjson
from graphql import (
    FieldNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
)
from graphql.execution.values import get_argument_values

from graph.catalogue import Catalogue
from graph.declarations import Held
from graph.problems import BadArgument
from graph.selection import (
    CustodyPick,
    EdgePick,
    HeldPick,
    KinshipPick,
    ListPick,
    LookupPick,
    RelativesPick,
    ResidentsPick,
    RootPick,
    ScalarPick,
    Selection,
    TypePick,
)
from resolvers import arguments
from resolvers.documents import Chosen, Fragments, response_key
from runtime.errors import CitizengraphError

ROWS_MAX = 100_000
DEPTH_MAX = 40


@dataclass
class Selected:
    """The selection, the key of every field node that has arguments, and each root's field.

    `rows`: how many rows each root could return.
    """

    selection: Selection
    keys: dict[int, str] = field(default_factory=dict[int, str])
    fields: dict[str, str] = field(default_factory=dict[str, str])
    rows: dict[str, int] = field(default_factory=dict[str, int])


class Selector:
    """Walks the document once."""

    def __init__(
        self,
        catalogue: Catalogue,
        schema: GraphQLSchema,
        fragments: Fragments,
        variables: Any,
    ) -> None:
        self._catalogue = catalogue
        self._schema = schema
        self._variables = variables
        self._chosen = Chosen(schema, fragments, variables)
        self._short: dict[tuple[str, bytes], str] = {}
        self._queries = dict(query_fields(catalogue))
        self._rows: dict[str, int] = {}
        self._root_key = ""
        self.keys: dict[int, str] = {}

    def select(self, operation: OperationDefinitionNode) -> Selected:
        """All root picks of the operation. Raises BadArgument and the codes of page limits."""
        roots: dict[str, RootPick] = {}
        fields: dict[str, str] = {}
        for node in self._fields(operation.selection_set, "Query"):
            name = node.name.value
            if name == "_entities":
                self._entities(roots, node)
            elif name in self._queries:
                key, given = self._key(node, "Query")
                fields[key] = name
                self._root_key = key
                self._root(roots, node, key, given, *self._queries[name])
        return Selected(Selection(roots), self.keys, fields, self._rows)

    def _root(
        self,
        roots: dict[str, RootPick],
        node: FieldNode,
        key: str,
        given: arguments.Arguments,
        kind: str,
        about: str,
    ) -> None:
        if kind == "answer" and self._catalogue.answers[about].about == "person":
            pick = roots.setdefault(key, self._custody(about, node.name.value, given))
            self._custody_fields(cast("CustodyPick", pick), node)
            return
        if kind == "answer" and self._catalogue.answers[about].about == "list":
            listed = roots.setdefault(key, self._listed(about, node.name.value, given))
            self._listed_fields(cast("RelativesPick | ResidentsPick", listed), node)
            return
        if kind == "answer":
            pick = roots.setdefault(key, self._kinship(node.name.value, given))
            self._kinship_fields(cast("KinshipPick", pick), node)
            return
        pick = roots.get(key) or self._node_root(kind, about, given)
        roots[key] = pick
        found = cast("LookupPick | ListPick", pick)
        for inner, rows in self._row_nodes(kind, node, given):
            self._type(found.node, inner, rows, 1)
        if isinstance(pick, ListPick):
            pick.node.tested |= pick.page.fields()

    def _node_root(self, kind: str, about: str, given: arguments.Arguments) -> RootPick:
        declared = self._catalogue.nodes[about]
        if kind == "list":
            return ListPick(TypePick(about), arguments.page(given))
        if kind == "bulk":
            values = arguments.bulk("keys", given["keys"])
            return LookupPick(TypePick(about), declared.identifier, values, "bulk")
        chosen = {name: value for name, value in given.items() if value is not None}
        if len(chosen) != 1:
            raise BadArgument(
                f"{declared.queries.one} needs exactly one of id and {declared.identifier}."
            )
        name, value = next(iter(chosen.items()))
        return LookupPick(TypePick(about), name, [arguments.identifier(name, value)])

    def _row_nodes(
        self, kind: str, node: FieldNode, given: arguments.Arguments
    ) -> Iterator[tuple[FieldNode, int]]:
        """Field nodes whose selection is about the rows, and how many rows there may be."""
        if kind == "one":
            yield node, 1
        elif kind == "bulk":
            result = self._type_name(node, "Query")
            for inner in self._fields(node.selection_set, result):
                if inner.name.value == "node":
                    yield inner, len(given["keys"])
        else:
            for edge in self._connection_edges(node, "Query"):
                if edge.name.value == "node":
                    yield edge, arguments.page(given).first

    def _entities(self, roots: dict[str, RootPick], node: FieldNode) -> None:
        _, given = self._key(node, "Query")
        groups = grouped(given["representations"], self._entity)
        for name, ids in groups.items():
            pick = LookupPick(TypePick(name), "id", list(dict.fromkeys(ids)), "entities")
            self._root_key = f"{response_key(node)}:{name}"
            known = cast("LookupPick", roots.setdefault(self._root_key, pick))
            self._type(known.node, node, len(ids), 1)

    def _entity(self, name: str) -> bool:
        """Whether it is the name of an entity of this subgraph."""
        known = self._schema.type_map.get(name)
        return isinstance(known, GraphQLObjectType) and name in self._catalogue.nodes

    def _type(self, pick: TypePick, node: FieldNode, rows: int, depth: int) -> None:
        """Add what the node selects of rows of the pick's type."""
        if depth > DEPTH_MAX:
            raise CitizengraphError("QUERY_TOO_DEEP", f"The operation is over {DEPTH_MAX} deep.")
        fields, held = self._catalogue.fields_of(pick.type), self._catalogue.held_of[pick.type]
        for inner in self._fields(node.selection_set, pick.type):
            name = inner.name.value
            if name in fields:
                key, given = self._key(inner, pick.type)
                pick.scalars.setdefault(key, ScalarPick(name, arguments.moment(given)))
            elif name in held:
                self._held(pick, inner, held[name], rows)
            elif name == "facts":
                key, given = self._key(inner, pick.type)
                pick.facts.setdefault(key, arguments.moment(given))
            elif name in self._catalogue.edges[pick.type]:
                self._edge(pick, inner, rows, depth)

    def _held(self, pick: TypePick, node: FieldNode, held: Held, rows: int) -> None:
        name = node.name.value
        if name not in pick.held:
            self._count(rows * held.rows_max)
        pick.scalars.setdefault(name, ScalarPick(name))
        wanted = pick.held.setdefault(name, HeldPick(held.name))
        inner = self._fields(node.selection_set, held.name)
        wanted.fields.update(part.name.value for part in inner)

    def _edge(self, pick: TypePick, node: FieldNode, rows: int, depth: int) -> None:
        key, given = self._key(node, pick.type)
        edge = self._catalogue.edges[pick.type][node.name.value]
        page = arguments.page(given)
        kinds = tuple(dict.fromkeys(arguments.plain(kind) for kind in given.get("kinds") or ()))
        if key not in pick.edges:
            self._count(rows * page.first)
        found = pick.edges.setdefault(key, EdgePick(edge, page, arguments.moment(given), kinds))
        if page.fields():
            for target in edge.targets:
                found.targets.setdefault(target, TypePick(target)).tested |= page.fields()
        for inner in self._connection_edges(node, pick.type):
            name = inner.name.value
            if name == "node":
                for target in edge.targets:
                    if target in self._schema.type_map:
                        wanted = found.targets.setdefault(target, TypePick(target))
                        self._type(wanted, inner, rows * page.first, depth + 1)
            elif name != "cursor":
                found.fields.add(name)

    def _count(self, rows: int) -> None:
        """Add rows that the operation could return. Raises QUERY_TOO_LARGE."""
        self._rows[self._root_key] = self._rows.get(self._root_key, 0) + rows
        if sum(self._rows.values()) > ROWS_MAX:
            raise CitizengraphError(
                "QUERY_TOO_LARGE",
                f"The operation could return more than {ROWS_MAX} rows.",
                "Ask for smaller pages with first.",
            )

    def _connection_edges(self, node: FieldNode, parent: str) -> Iterator[FieldNode]:
        """Field nodes inside `edges { … }` of a connection."""
        connection = self._type_name(node, parent)
        for part in self._fields(node.selection_set, connection):
            if part.name.value == "edges":
                edge_type = self._type_name(part, connection)
                yield from self._fields(part.selection_set, edge_type)

    def _listed(
        self, answer: str, question: str, given: arguments.Arguments
    ) -> RelativesPick | ResidentsPick:
        subject, page = arguments.person("of", given["of"]), arguments.page(given)
        moment = arguments.moment(given)
        if answer == "CoResidentsAnswer":
            return ResidentsPick(answer, question, subject, moment, page)
        declared = self._catalogue.answers[answer].questions[question].within
        within = arguments.within(declared, given) if declared else 0
        return RelativesPick(answer, question, subject, moment, within, page)

    def _listed_fields(self, pick: RelativesPick | ResidentsPick, node: FieldNode) -> None:
        for inner in self._fields(node.selection_set, pick.answer):
            pick.fields.add(inner.name.value)
            if inner.selection_set:
                rows = self._type_name(inner, pick.answer)
                for part in self._fields(inner.selection_set, rows):
                    if part.name.value == "person":
                        pick.persons = pick.persons or TypePick("Person")
                        self._type(pick.persons, part, pick.page.first, 2)

    def _custody(self, answer: str, question: str, given: arguments.Arguments) -> CustodyPick:
        subject = arguments.person("of", given["of"])
        return CustodyPick(answer, question, subject, arguments.moment(given))

    def _custody_fields(self, pick: CustodyPick, node: FieldNode) -> None:
        for inner in self._fields(node.selection_set, pick.answer):
            name = inner.name.value
            pick.fields.add(name)
            if name == "evidence":
                parts = self._fields(inner.selection_set, "CustodyEvidence")
                pick.evidence |= {part.name.value for part in parts}
            elif name == "holders":
                for part in self._fields(inner.selection_set, "CustodyHolder"):
                    if part.name.value == "person":
                        pick.persons = pick.persons or TypePick("Person")
                        self._type(pick.persons, part, 4, 2)

    def _kinship(self, question: str, given: arguments.Arguments) -> KinshipPick:
        moment = arguments.moment(given)
        if question == "relationship":
            subject, relative = ("a", "b")
        else:
            subject, relative = ("of", "person")
        return KinshipPick(
            question,
            arguments.person(subject, given[subject]),
            arguments.person(relative, given[relative]),
            moment,
        )

    def _kinship_fields(self, pick: KinshipPick, node: FieldNode) -> None:
        for inner in self._fields(node.selection_set, "KinshipAnswer"):
            pick.fields.add(inner.name.value)
            if inner.name.value == "relations":
                for relation in self._fields(inner.selection_set, "KinshipRelation"):
                    if relation.name.value == "steps":
                        self._kinship_steps(pick, relation)
                    elif relation.name.value == "commonAncestors":
                        self._kinship_person(pick, relation)

    def _kinship_steps(self, pick: KinshipPick, node: FieldNode) -> None:
        for step in self._fields(node.selection_set, "KinshipStep"):
            name = step.name.value
            if name in ("from", "to"):
                self._kinship_person(pick, step)
            elif name in ("evidence", "contradictedBy"):
                inner = self._fields(step.selection_set, "KinshipEvidence")
                pick.evidence |= {record.name.value for record in inner}
            pick.steps.add(name)

    def _kinship_person(self, pick: KinshipPick, node: FieldNode) -> None:
        pick.persons = pick.persons or TypePick("Person")
        place = pick.places.setdefault(node.name.value, TypePick("Person"))
        for wanted in (pick.persons, place):
            self._type(wanted, node, 10, 2)

    def _fields(self, selections: SelectionSetNode | None, type_name: str) -> Iterator[FieldNode]:
        """Field nodes that apply to the type, but those that ask for its name."""
        chosen = self._chosen.fields(selections, type_name)
        return (node for node in chosen if node.name.value != "__typename")

    def _definition(self, node: FieldNode, parent: str) -> Any:
        parent_type = cast("GraphQLObjectType", self._schema.type_map[parent])
        return parent_type.fields[node.name.value]

    def _type_name(self, node: FieldNode, parent: str) -> str:
        result = self._definition(node, parent).type
        while hasattr(result, "of_type"):
            result = result.of_type
        return str(result.name)

    def _key(self, node: FieldNode, parent: str) -> tuple[str, arguments.Arguments]:
        """The key of the field with its arguments, remembered for the resolver."""
        name = node.name.value
        if not node.arguments:
            return name, {}
        given = get_argument_values(self._definition(node, parent), node, self._variables)
        encoded = orjson.dumps(given, default=arguments.plain, option=orjson.OPT_SORT_KEYS)
        key = self._short.setdefault((name, encoded), f"{name}_{len(self._short)}")
        self.keys[id(node)] = key
        return key, given


def grouped(representations: Any, known: Callable[[str], bool]) -> dict[str, list[str]]:
    """Ids of the represented entities by type. Raises BadArgument."""
    groups: dict[str, list[str]] = {}
    for position, entity in enumerate(cast("list[Any]", representations)):
        where = f"representations[{position}]"
        if not isinstance(entity, dict):
            raise BadArgument(f"{where} is not an object.")
        found = cast("dict[str, object]", entity)
        name = str(found.get("__typename"))
        if not known(name):
            raise BadArgument(f"{where}.__typename is not an entity of this subgraph.")
        groups.setdefault(name, []).append(arguments.identifier(f"{where}.id", found.get("id")))
    return groups


def query_fields(catalogue: Catalogue) -> Iterable[tuple[str, tuple[str, str]]]:
    """Root field → (kind, type)."""
    for name, node in catalogue.nodes.items():
        for kind in ("one", "bulk", "list"):
            query = getattr(node.queries, kind)
            if query:
                yield query, (kind, name)
    for name, answer in catalogue.answers.items():
        for question in answer.questions:
            yield question, ("answer", name)
