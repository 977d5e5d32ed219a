"""The answer of one operation, written from fetched rows by what the document selects.

Worked out once per plan. It writes what GraphQL's execution would; where a row is not as the
schema says (a null where none may be), it gives up and leaves the answer to the execution.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    SelectionSetNode,
)

from resolvers.documents import Chosen, Fragments, response_key
from resolvers.rows import (
    DENIED,
    UNCONSENTED,
    ConsentRequired,
    FieldDenied,
    Masked,
    Row,
    Unanswered,
)

Path = tuple[Any, str | int] | None
_Complete = Callable[[Any, Path, "Written"], Any]
_STRINGS = frozenset({"String", "ID", "PartialDate", "Date", "DateTime"})
_PLAIN: Mapping[str, type] = {"Boolean": bool, **dict.fromkeys(_STRINGS, str)}


class Unwritten(Exception):
    """A row is not as the schema says it is."""


@dataclass
class Written:
    """What is found while the answer is written."""

    errors: list[GraphQLError] = field(default_factory=list[GraphQLError])
    masked: list[list[str | int]] = field(default_factory=list[list[str | int]])


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    key: str
    coordinate: str
    nullable: bool
    complete: _Complete


class Writer:
    """Writes the answers of one operation."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Fragments,
        variables: Any,
        keys: Mapping[int, str],
        nodes: frozenset[str],
    ) -> None:
        self._schema = schema
        self._chosen = Chosen(schema, fragments, variables)
        self._keys = keys
        self._nodes = nodes
        self._root: list[_Field] = []

    def of(self, selections: SelectionSetNode) -> Writer:
        """The writer for the operation's own selections."""
        query = self._schema.query_type
        assert query is not None
        self._root = self._fields(query, [selections])
        return self

    def write(
        self, roots: Mapping[str, Any], entities: Mapping[str, Sequence[Any]], written: Written
    ) -> dict[str, Any]:
        """`data` of the answer. `entities` has the rows of each `_entities`, by its name there.

        Raises Unwritten.
        """
        data: dict[str, Any] = {}
        for part in self._root:
            if part.key == "_entities":
                value: Any = entities[part.name]
            elif part.key == "__typename":
                value = "Query"
            else:
                value = roots[part.key]
            if value is DENIED:
                denied = FieldDenied(part.coordinate, "for this purpose")
                value = _refused(denied, part, None, written)
            data[part.name] = _completed(value, part, None, written)
        return data

    def _fields(
        self, owner: GraphQLObjectType, selections: Sequence[SelectionSetNode]
    ) -> list[_Field]:
        grouped: dict[str, list[FieldNode]] = {}
        for chosen in selections:
            for node in self._chosen.fields(chosen, owner.name):
                grouped.setdefault(response_key(node), []).append(node)
        return [self._field(owner, name, nodes) for name, nodes in grouped.items()]

    def _field(self, owner: GraphQLObjectType, name: str, nodes: list[FieldNode]) -> _Field:
        asked = nodes[0].name.value
        if asked == "__typename":
            return _Field(name, asked, "", True, _same)
        kind, nullable = _nullable(owner.fields[asked].type)
        inner = [node.selection_set for node in nodes if node.selection_set]
        complete = self._complete(kind, inner)
        key = self._keys.get(id(nodes[0]), asked)
        key = "_entities" if asked == "_entities" else key
        return _Field(name, key, f"{owner.name}.{asked}", nullable, complete)

    def _complete(self, kind: Any, selections: Sequence[SelectionSetNode]) -> _Complete:
        """How a value that is not null is written; the kind is without its NonNull."""
        if isinstance(kind, GraphQLList):
            item, nullable = _nullable(cast("Any", kind).of_type)
            return _list(self._complete(item, selections), nullable)
        if isinstance(kind, GraphQLObjectType):
            return self._object(kind, self._fields(kind, selections))
        if isinstance(kind, GraphQLUnionType):
            members = {t.name: self._fields(t, selections) for t in kind.types}
            return _union({t.name: self._object(t, members[t.name]) for t in kind.types})
        return _leaf(cast("GraphQLScalarType | GraphQLEnumType", kind))

    def _object(self, kind: GraphQLObjectType, fields: Sequence[_Field]) -> _Complete:
        name, is_node = kind.name, kind.name in self._nodes

        def complete(value: Any, path: Path, written: Written) -> Any:
            if type(value) is not Row or (is_node and value.type != name):
                raise Unwritten
            return _object(name, fields, value, path, written)

        return complete


def _nullable(kind: Any) -> tuple[Any, bool]:
    """The kind without its NonNull, and whether it had none."""
    nullable = not isinstance(kind, GraphQLNonNull)
    return (kind if nullable else cast("Any", kind).of_type), nullable


def _object(name: str, fields: Sequence[_Field], row: Row, path: Path, written: Written) -> Any:
    data = row.data
    found: dict[str, Any] = {}
    for part in fields:
        if part.key == "__typename":
            found[part.name] = name
            continue
        value = data.get(part.key)
        if value is DENIED or value is UNCONSENTED:
            problem = FieldDenied if value is DENIED else ConsentRequired
            field_name = part.coordinate.partition(".")[2]
            value = _refused(problem(f"{row.type}.{field_name}"), part, path, written)
        elif type(value) is Unanswered:
            raise Unwritten
        elif type(value) is Masked:
            value = value.value
            if value is not None:
                written.masked.append(_listed((path, part.name)))
        found[part.name] = _completed(value, part, path, written)
    return found


def _completed(value: Any, part: _Field, path: Path, written: Written) -> Any:
    if value is None:
        if not part.nullable:
            raise Unwritten
        return None
    return part.complete(value, (path, part.name), written)


def _refused(problem: FieldDenied | ConsentRequired, part: _Field, path: Path, to: Written) -> None:
    """Null with an error; a field that may not be null takes its parents with it."""
    if not part.nullable:
        raise Unwritten
    where = _listed((path, part.name))
    to.errors.append(GraphQLError(str(problem), path=where, original_error=problem))


def _listed(path: Path) -> list[str | int]:
    found: list[str | int] = []
    while path is not None:
        path, key = path
        found.append(key)
    return found[::-1]


def _same(value: Any, _path: Path, _written: Written) -> Any:
    return value


def _list(item: _Complete, nullable: bool) -> _Complete:
    def complete(value: Any, path: Path, written: Written) -> Any:
        if not isinstance(value, list | tuple):
            raise Unwritten
        found: list[Any] = []
        for at, part in enumerate(cast("Sequence[Any]", value)):
            if part is None and not nullable:
                raise Unwritten
            found.append(None if part is None else item(part, (path, at), written))
        return found

    return complete


def _union(members: Mapping[str, _Complete]) -> _Complete:
    def complete(value: Any, path: Path, written: Written) -> Any:
        if type(value) is not Row or value.type not in members:
            raise Unwritten
        return members[value.type](value, path, written)

    return complete


def _leaf(kind: GraphQLScalarType | GraphQLEnumType) -> _Complete:
    plain = _PLAIN.get(kind.name)
    known: dict[Any, Any] = {}
    is_enum = isinstance(kind, GraphQLEnumType)

    def complete(value: Any, _path: Path, _written: Written) -> Any:
        if type(value) is plain:
            return value
        if is_enum and value.__hash__ and value in known:
            return known[value]
        try:
            found = kind.coerce_output_value(value)
        except Exception as error:
            raise Unwritten from error
        if is_enum:
            known[value] = found
        return found

    return complete
