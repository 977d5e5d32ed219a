"""Whether a department's schema fits what the model declares of it: what is missing, what differs.

What it has besides is safe: the guard asks for nothing that is not declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graphql import (
    DocumentNode,
    EnumTypeDefinitionNode,
    EnumTypeExtensionNode,
    FieldDefinitionNode,
    GraphQLError,
    InterfaceTypeDefinitionNode,
    ListTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    StringValueNode,
    TypeNode,
    parse,
    print_ast,
)

from graph.catalogue import Catalogue
from graph.declarations import Field, Held
from subgraphs.joined.declared import held_by

Kind = Literal["unfit", "breaks", "safe"]
TAKEN: Mapping[str, frozenset[str]] = {
    "String": frozenset({"String", "ID"}),
    "Int": frozenset({"Int"}),
    "Float": frozenset({"Float", "Int"}),
    "Boolean": frozenset({"Boolean"}),
    "PartialDate": frozenset({"PartialDate", "Date", "String"}),
    "DateTime": frozenset({"DateTime", "String"}),
}
"""Types of a department's fields whose values can be those of a declared type."""


@dataclass(frozen=True)
class Use:
    """Operations that ask for something: how often one was recorded, or that it is offered."""

    consumer: str
    operation: str
    count: int

    @property
    def words(self) -> str:
        """As a person would say it."""
        name = self.operation or "an operation without a name"
        return f"{self.consumer}: {name}, " + (
            f"{self.count:,} recorded" if self.count else "offered as a first query"
        )


@dataclass(frozen=True)
class Finding:
    """What was found at a coordinate, and what to do. `used` of what it breaks.

    `unfit` where no recorded operation asks for it; `safe` needs nothing to be done.
    """

    kind: Kind
    coordinate: str
    words: str
    advice: str = ""
    used: Sequence[Use] = ()


Types = Mapping[str, Mapping[str, FieldDefinitionNode]]


def fitted(catalogue: Catalogue, name: str, sdl: str) -> list[Finding]:
    """Every difference between the department's SDL and the declaration."""
    try:
        document = parse(sdl)
    except GraphQLError as error:
        return [Finding("unfit", "", f"The SDL does not parse: {error.message}", "Correct it.")]
    types, enums = _types(document), _enums(document)
    found: list[Finding] = []
    for held in held_by(catalogue, name):
        found += _entity(catalogue, held, document, types)
        found += _rows(catalogue, held, types, enums)
    return [*found, *_besides(catalogue, name, types)]


def named(sdl: str, catalogue: Catalogue) -> list[str]:
    """The subgraphs of which the SDL has some declared type."""
    try:
        types = _types(parse(sdl))
    except GraphQLError:
        return []
    return list(dict.fromkeys(h.subgraph for h in catalogue.held.values() if h.name in types))


def _types(document: DocumentNode) -> Types:
    found: dict[str, dict[str, FieldDefinitionNode]] = {}
    for node in document.definitions:
        if isinstance(
            node, ObjectTypeDefinitionNode | ObjectTypeExtensionNode | InterfaceTypeDefinitionNode
        ):
            fields = {field.name.value: field for field in node.fields or ()}
            found.setdefault(node.name.value, {}).update(fields)
    return found


def _enums(document: DocumentNode) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for node in document.definitions:
        if isinstance(node, EnumTypeDefinitionNode | EnumTypeExtensionNode):
            values = {value.name.value for value in node.values or ()}
            found.setdefault(node.name.value, set()).update(values)
    return found


def _keys(document: DocumentNode, of: str) -> set[str]:
    """Fields of the type's keys, each key as it is written."""
    nodes = (n for n in document.definitions if getattr(n, "name", None))
    return {
        argument.value.value
        for node in nodes
        if isinstance(node, ObjectTypeDefinitionNode | ObjectTypeExtensionNode)
        and node.name.value == of
        for directive in node.directives or ()
        if directive.name.value == "key"
        for argument in directive.arguments or ()
        if argument.name.value == "fields" and isinstance(argument.value, StringValueNode)
    }


def _entity(
    catalogue: Catalogue, held: Held, document: DocumentNode, types: Types
) -> Iterator[Finding]:
    of, field = held.of, held.through.field
    identifier, where = catalogue.nodes[of].identifier, f"{of}.{field}"
    if of not in types or identifier not in _keys(document, of):
        advice = f'Write: type {of} @key(fields: "{identifier}") {{ {identifier}: String! … }}'
        words = f"{of} has no key {identifier}, by which it is asked about."
        yield Finding("unfit", where, words, advice)
        return
    key = types[of].get(identifier)
    if key is None or _name(key.type) not in TAKEN["String"]:
        words = f"{of}.{identifier} is no String."
        yield Finding("unfit", where, words, f"Declare {identifier}: String!")
    leads = types[of].get(field)
    wanted = f"[{held.name}!]!"
    if leads is None:
        yield Finding("unfit", where, f"{where} is missing.", f"Add {field}: {wanted}")
        return
    yield from _arguments(where, leads)
    written = print_ast(leads.type)
    if written != wanted:
        advice = f"Declare {field}: {wanted}; an empty list says that there are none."
        yield Finding("unfit", where, f"{where} is {written}, not {wanted}.", advice)


def _rows(
    catalogue: Catalogue, held: Held, types: Types, enums: Mapping[str, set[str]]
) -> Iterator[Finding]:
    if held.name not in types:
        words = f"The type {held.name} is missing."
        for field in held.fields:
            yield Finding("unfit", f"{held.name}.{field}", words, f"Add type {held.name}.")
        return
    for name, declared in held.fields.items():
        where, field = f"{held.name}.{name}", types[held.name].get(name)
        if field is None:
            advice = f"Add {name}: {declared.of}, or have the field taken out of the model first."
            yield Finding("unfit", where, f"{where} is missing.", advice)
            continue
        yield from _arguments(where, field)
        yield from _value(catalogue, where, declared, field.type, enums)
        if name == held.identifier and not isinstance(field.type, NonNullTypeNode):
            words = f"{where} may be null, and it tells rows apart."
            yield Finding("unfit", where, words, f"Declare {name}: {declared.of}!")


def _value(
    catalogue: Catalogue, where: str, declared: Field, kind: TypeNode, enums: Mapping[str, set[str]]
) -> Iterator[Finding]:
    name, written = _name(kind), print_ast(kind)
    listed = isinstance(kind.type if isinstance(kind, NonNullTypeNode) else kind, ListTypeNode)
    fits = name in (enums if declared.codes else TAKEN[declared.of])
    if listed or not fits:
        words = f"{where} is {written}, and the model declares {declared.of}."
        yield Finding("unfit", where, words, f"Declare it as {declared.of}.")
    elif declared.codes:
        known = catalogue.codes[declared.codes].values.keys()
        strange = ", ".join(sorted(enums[name] - known))
        if strange:
            words = f"{where} can be {strange}, which the code table {declared.codes} has not."
            advice = f"Answer one of {', '.join(known)}, or null."
            yield Finding("unfit", where, words, advice)


def _arguments(where: str, field: FieldDefinitionNode) -> Iterator[Finding]:
    for argument in field.arguments or ():
        if isinstance(argument.type, NonNullTypeNode) and argument.default_value is None:
            words = f"{where} cannot be asked for without {argument.name.value}."
            yield Finding("unfit", where, words, "Give the argument a default.")


def _besides(catalogue: Catalogue, name: str, types: Types) -> Iterator[Finding]:
    held = {part.name: set(part.fields) for part in held_by(catalogue, name)}
    for part in held_by(catalogue, name):
        own = held.setdefault(part.of, {catalogue.nodes[part.of].identifier})
        own.add(part.through.field)
    for type_name, fields in types.items():
        for field in sorted(fields.keys() - held.get(type_name, set())):
            if type_name in held and not field.startswith("_"):
                words = f"{type_name}.{field} is not declared in the model: nobody is shown it."
                yield Finding("safe", f"{type_name}.{field}", words)


def _name(kind: TypeNode) -> str:
    while isinstance(kind, NonNullTypeNode | ListTypeNode):
        kind = kind.type
    return kind.name.value  # type: ignore[attr-defined]
