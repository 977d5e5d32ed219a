"""Checks across model files: names that must exist, names that must not clash."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from graph.declarations import (
    AGE_FROM,
    PLACED,
    Attribute,
    CallerSet,
    Declared,
    Derived,
    Field,
    Node,
    Provable,
    Provenance,
    Shown,
)
from graph.masks import fitting
from graph.vocabulary import SCALARS, SUBGRAPHS

if TYPE_CHECKING:
    from graph.catalogue import Catalogue

_TYPE_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
_FIELD_NAME = re.compile(r"[a-z][A-Za-z0-9]*")
_CALLER = re.compile(r"\$principal_(\w+)")
_SOUGHT = re.compile(r"\{sought\}|\{within\[")
_STORED_TYPE = re.compile(r"[A-Z][A-Z0-9_]*")
RESERVED = frozenset({"id", "facts", "history", "between", "edges", "node", "cursor", "pageInfo"})
STORED = frozenset({"key", "type", "rank", "disputedFields", "withdrawn", "lock"})
"""Properties of stored rows and statements beside the model's fields."""


def check(catalogue: Catalogue, declared: Sequence[Declared]) -> list[str]:
    """Every contradiction, a line each: type, field, reason."""
    return [
        *_duplicates(declared),
        *_names(catalogue),
        *_field_types(catalogue),
        *_ends(catalogue),
        *_clashes(catalogue),
        *_owners(catalogue),
        *_governors(catalogue),
        *_attributes(catalogue),
        *_derived(catalogue),
        *_held(catalogue),
    ]


def _duplicates(declared: Iterable[Declared]) -> Iterator[str]:
    names = Counter(d.name for d in declared if not isinstance(d, Provenance))
    yield from (f"{name}: declared {count} times" for name, count in names.items() if count > 1)


def _all_fields(catalogue: Catalogue) -> Iterator[tuple[str, Mapping[str, Shown]]]:
    yield from ((name, node.worked_out) for name, node in catalogue.nodes.items())
    for group in (
        catalogue.nodes,
        catalogue.relationships,
        catalogue.held,
        catalogue.answers,
        catalogue.values,
    ):
        for name, declared in group.items():
            yield name, declared.fields
    yield "provenance", catalogue.provenance


def _names(catalogue: Catalogue) -> Iterator[str]:
    for type_name, fields in _all_fields(catalogue):
        if type_name != "provenance" and not _TYPE_NAME.fullmatch(type_name):
            yield f"{type_name}: a type name is written like LegalEntity"
        for field in fields:
            if not _FIELD_NAME.fullmatch(field):
                yield f"{type_name}.{field}: a field name is written like birthDate"
            if field in RESERVED | STORED or (
                type_name != "provenance" and field in catalogue.provenance
            ):
                yield f"{type_name}.{field}: the name is reserved"
    for name, relationship in catalogue.relationships.items():
        if bool(relationship.type) == bool(relationship.kinds):
            yield f"{name}: declare either type or kinds"
        for stored in relationship.types.values():
            if not _STORED_TYPE.fullmatch(stored) or stored.endswith("_FACT"):
                yield f"{name}: relationship type {stored!r} is written like MEMBER_OF"


def _field_types(catalogue: Catalogue) -> Iterator[str]:
    for type_name, fields in _all_fields(catalogue):
        for name, field in fields.items():
            if bool(field.type) == bool(field.codes):
                yield f"{type_name}.{name}: declare either type or codes"
            if field.codes and field.codes not in catalogue.codes:
                yield f"{type_name}.{name}: unknown code table {field.codes!r}"
            known = SCALARS | catalogue.values.keys() | catalogue.nodes.keys()
            if field.type and field.type.strip("[]") not in known:
                yield f"{type_name}.{name}: unknown type {field.type!r}"
            if isinstance(field, Field):
                yield from _unfit_mask(f"{type_name}.{name}", field)
                yield from _unfit_filter(f"{type_name}.{name}", field)
    for name, node in catalogue.nodes.items():
        for field, until in node.protective.items():
            if node.fields[field].of != "Boolean" or until in node.fields:
                yield f"{name}.{field}: a protective field is a Boolean, and {until} is its end"
        for span, of in node.spans.items():
            if span in node.fields or not {of.field, of.until} <= node.fields.keys():
                yield f"{name}.{span}: a span is no field, and of fields that {name} has"
        for property_name in sorted(node.derived_properties & node.fields.keys()):
            yield f"{name}.{property_name}: the name is reserved"
        if node.near and any(f not in node.fields or node.fields[f].of != "Float" for f in PLACED):
            yield f"{name}.near: it needs the fields {' and '.join(PLACED)} of type Float"
        if node.identifier not in node.fields:
            yield f"{name}.identifier: no field {node.identifier!r}"


def _unfit_mask(where: str, field: Field) -> Iterator[str]:
    masks = [mask.name for mask in fitting(field)]
    if field.mask and field.mask not in masks:
        yield f"{where}: mask {field.mask!r} does not fit; {', '.join(masks) or 'none'} would"


def _unfit_filter(where: str, field: Field) -> Iterator[str]:
    for operator in {"startsWith", "contains", "pinyin"} & set(field.filter):
        if field.of != "String":
            yield f"{where}: {operator} is for text"


def _ends(catalogue: Catalogue) -> Iterator[str]:
    for name, relationship in catalogue.relationships.items():
        for end in (*relationship.origin, *relationship.to):
            if end not in catalogue.nodes:
                yield f"{name}: unknown node type {end!r}"
        told = relationship.reveals
        if told and any(
            told.field not in catalogue.nodes[node].fields
            for node in (relationship.origin if told.end == "from" else relationship.to)
            if node in catalogue.nodes
        ):
            yield f"{name}.reveals: no field {told.field!r} at that end"
        shield = relationship.shields
        if shield and any(
            shield.attribute not in catalogue.nodes[node].attributes
            for node in (relationship.origin if shield.end == "from" else relationship.to)
            if node in catalogue.nodes
        ):
            yield f"{name}.shields: no attribute {shield.attribute!r} at that end"
        if not (relationship.both or (relationship.out and relationship.into)):
            yield f"{name}: name both directions (out and in), or both"


def _clashes(catalogue: Catalogue) -> Iterator[str]:
    for name, relationship in catalogue.relationships.items():
        for end in (relationship.out, relationship.into, relationship.both):
            owners = relationship.to if end is relationship.into else relationship.origin
            for owner in owners:
                node = catalogue.nodes.get(owner)
                if end and node and (end.field in node.fields or end.field in RESERVED):
                    yield f"{name}: {owner}.{end.field} is already a field"
    roots = Counter(_root_fields(catalogue))
    yield from (f"{field}: declared twice" for field, n in roots.items() if n > 1)
    known: dict[str, str] = {}
    for name, relationship in catalogue.relationships.items():
        for stored in relationship.types.values():
            first = known.setdefault(stored, name)
            if first != name:
                yield f"{name}: {stored} stores {first} already"


def _root_fields(catalogue: Catalogue) -> Iterator[str]:
    for node in catalogue.nodes.values():
        yield from (f"Query.{name}" for name in node.queries.names())
    for answer in catalogue.answers.values():
        yield from (f"Query.{name}" for name in answer.questions)
    for desk in catalogue.operations.values():
        yield from (f"{root}.{name}" for root, name, _ in desk.roots)


def _owners(catalogue: Catalogue) -> Iterator[str]:
    for group in (
        catalogue.nodes,
        catalogue.relationships,
        catalogue.held,
        catalogue.answers,
        catalogue.values,
        catalogue.operations,
    ):
        for name, declared in group.items():
            if declared.subgraph not in SUBGRAPHS:
                yield f"{name}.subgraph: {declared.subgraph!r} is none of {', '.join(SUBGRAPHS)}"


def attributes_of(nodes: Mapping[str, Node], name: str) -> Mapping[str, Attribute]:
    """Row attributes of a node type; none where the model does not have it."""
    return nodes[name].attributes if name in nodes else dict[str, Attribute]()


def _attributes(catalogue: Catalogue) -> Iterator[str]:
    """What is declared of the caller is what the expression takes, and inherited names exist."""
    declared: list[tuple[str, Attribute | Derived | CallerSet]] = [
        (f"{name}.{attribute}", found)
        for name, of in (*catalogue.nodes.items(), *catalogue.answers.items())
        for attribute, found in of.attributes.items()
    ]
    declared += [
        (f"{n}.{f}", d) for n, of in catalogue.nodes.items() for f, d in of.worked_out.items()
    ]
    declared += list(catalogue.caller_sets.items())
    for name, found in declared:
        taken = set(_CALLER.findall(found.cypher))
        for caller_set, members in catalogue.caller_sets.items():
            taken |= set(members.caller) if f"{{{caller_set}}}" in found.cypher else set()
        if taken != set(found.caller):
            yield f"{name}.caller: the expression takes {', '.join(sorted(taken)) or 'nothing'}"
    persons = attributes_of(catalogue.nodes, "Person")
    for name, answer in catalogue.answers.items():
        for attribute in (a for names in answer.inherits.values() for a in names):
            if attribute not in persons:
                yield f"{name}.inherits: Person has no attribute {attribute!r}"


def _derived(catalogue: Catalogue) -> Iterator[str]:
    """Names of derived fields are free, and what they are worked out from exists and is named."""
    for name, node in catalogue.nodes.items():
        known = {*node.fields, *_links(catalogue, name)}
        for field, derived in node.worked_out.items():
            where = f"{name}.{field}"
            if field in known or (field in node.derived and field in node.provable):
                yield f"{where}: it is already a field"
            if isinstance(derived, Provable) and not _SOUGHT.search(derived.cypher):
                yield f"{where}.sought: the expression does not look for it"
            for source in derived.origin:
                if source not in known:
                    yield f"{where}.from: no field or link {source!r}"
            for source in sorted(_read(derived, node) - set(derived.origin)):
                yield f"{where}.from: the expression reads {source!r}"


def _held(catalogue: Catalogue) -> Iterator[str]:
    """What another department holds hangs on a node, is of plain values, and is its own subgraph's.

    Its rows are not in the graph: nothing chooses them there, and nothing prefers one source.
    """
    ours = {d.subgraph for d in (*catalogue.nodes.values(), *catalogue.relationships.values())}
    ours |= {d.subgraph for d in (*catalogue.answers.values(), *catalogue.operations.values())}
    for name, held in catalogue.held.items():
        node, field = catalogue.nodes.get(held.of), held.through.field
        if node is None:
            yield f"{name}.of: unknown node type {held.of!r}"
        elif field in {*node.fields, *node.worked_out, *_links(catalogue, held.of)} | RESERVED:
            yield f"{name}.through: {held.of}.{field} is already a field"
        elif not held.schemes or not set(held.schemes) <= set(node.schemes):
            yield f"{name}.schemes: name some of {', '.join(node.schemes)}"
        if held.identifier not in held.fields:
            yield f"{name}.identifier: no field {held.identifier!r}"
        if held.subgraph in ours:
            yield f"{name}.subgraph: {held.subgraph!r} has rows of the graph"
        if not held.sensitivity:
            yield f"{name}.sensitivity: name the group of the field that leads to it"
        for part, declared in held.fields.items():
            if declared.type and declared.type not in SCALARS - {"ID"}:
                yield f"{name}.{part}: {declared.type!r} is no plain value"
            if declared.filter or declared.sort or declared.precedence or declared.protective:
                yield f"{name}.{part}: filter, sort, precedence and protective are for the graph"


def _links(catalogue: Catalogue, owner: str) -> Iterator[str]:
    """Fields through which the node type sees its relationships."""
    for of in catalogue.relationships.values():
        for end, owners in ((of.out, of.origin), (of.into, of.to), (of.both, of.origin)):
            if end and owner in owners:
                yield end.field


def _read(derived: Derived, node: Node) -> set[str]:
    """Plain fields that the expression reads, by name or as an age."""
    named = {field for field in node.fields if f"{{{field}}}" in derived.cypher}
    return named | set(AGE_FROM if derived.tells_age else ())


def _governors(catalogue: Catalogue) -> Iterator[str]:
    for name, value in catalogue.values.items():
        owner, _, field = value.governed_by.partition(".")
        answer = catalogue.answers.get(owner)
        if answer is None or field not in answer.fields:
            yield f"{name}.governedBy: no answer field {value.governed_by!r}"
