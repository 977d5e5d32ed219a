"""The reference of every type, field, relationship and code table, written from the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph.catalogue import Catalogue
from graph.declarations import (
    Answer,
    Attribute,
    CodeTable,
    Derived,
    Field,
    Held,
    Kind,
    Label,
    Node,
    Operations,
    Relationship,
    Value,
)

HEAD = """# Reference

Written from `graph/model/` by `make golden`; do not edit. A field is denied to everyone until a
policy grants it ([policies](policies.md)). 未经策略授权的字段一律不可见。
"""


def reference(catalogue: Catalogue) -> str:
    """Markdown of the whole model."""
    parts = [HEAD]
    for node in catalogue.nodes.values():
        parts.append(_node(catalogue, node))
    for relationship in catalogue.relationships.values():
        parts.append(_relationship(catalogue, relationship))
    parts += [_held(held) for held in catalogue.held.values()]
    for answer in catalogue.answers.values():
        parts.append(_answer(answer))
    parts += [_value(value) for value in catalogue.values.values()]
    parts += [_desk(desk) for desk in catalogue.operations.values()]
    parts.append("## Provenance · 来源\n\nEvery fact carries:\n\n" + _fields(catalogue.provenance))
    parts.append(_caller_sets(catalogue))
    parts += [_codes(table) for table in catalogue.codes.values()]
    return "\n".join(parts)


def _heading(name: str, label: Label, description: str) -> str:
    return f"## {name} · {label.zh}\n\n{label.en}. {description}\n"


def _owner(declared: Node | Relationship | Held | Answer) -> str:
    department = declared.department
    return (
        f"Subgraph `{declared.subgraph}`; {department.en} · {department.zh}; register "
        f"`{declared.register_}`; updated {declared.update}; sharing {declared.sharing}.\n"
    )


def _node(catalogue: Catalogue, node: Node) -> str:
    edges = [
        (name, ", ".join(edge.targets), edge.relationship.name, edge.relationship.description)
        for name, edge in catalogue.edges[node.name].items()
    ]
    edges += [
        (field, held.name, "held by its department", f"{held.through.label.en}.")
        for field, held in catalogue.held_of[node.name].items()
    ]
    queries = ", ".join(f"`{name}`" for name in node.queries.names())
    return "\n".join(
        [
            _heading(node.name, node.label, node.description),
            _owner(node),
            f"Queries: {queries}. Identifier: `{node.identifier}`.\n",
            _fields(node.fields),
            *([_derived("derived field", node.derived)] if node.derived else []),
            *([_derived("only in a proof", node.provable)] if node.provable else []),
            *([_table(("edge", "to", "relationship", "meaning"), edges)] if edges else []),
            *_attributes(node.attributes),
        ]
    )


def _kind_meaning(kind: Kind) -> str:
    held = f"Register `{kind.register_}`." if kind.register_ else ""
    return " ".join(filter(None, (kind.description, held)))


def _relationship(catalogue: Catalogue, relationship: Relationship) -> str:
    kinds = [
        (kind, declared.type, f"{declared.label.en} · {declared.label.zh}", _kind_meaning(declared))
        for kind, declared in relationship.kinds.items()
    ]
    ends = f"From {', '.join(relationship.origin)} to {', '.join(relationship.to)}"
    stored = f", stored as `{relationship.type}`" if relationship.type else ""
    return "\n".join(
        [
            _heading(relationship.name, relationship.label, relationship.description),
            _owner(relationship),
            f"{ends}{stored}.\n",
            *([_table(("kind", "stored as", "label", "meaning"), kinds)] if kinds else []),
            *([_fields(relationship.fields)] if relationship.fields else []),
        ]
    )


def _held(held: Held) -> str:
    return "\n".join(
        [
            _heading(held.name, held.label, held.description),
            _owner(held),
            f"Not in the graph: `{held.of}.{held.through.field}` is asked of the department, which"
            f" joins as [joining](joining.md) says. At most {held.rows_max} of one {held.of}; told"
            f" apart by `{held.identifier}`.\n",
            _fields(held.fields),
        ]
    )


def _answer(answer: Answer) -> str:
    questions = [
        (name, f"{question.label.en} · {question.label.zh}", ", ".join(question.terms))
        for name, question in answer.questions.items()
    ]
    return "\n".join(
        [
            _heading(answer.name, answer.label, answer.description),
            _owner(answer),
            _table(("question", "asks", "terms that are a yes"), questions),
            _fields(answer.fields),
            *_attributes(answer.attributes),
        ]
    )


def _attributes(attributes: Mapping[str, Attribute]) -> list[str]:
    rows = [(n, a.type, ", ".join(a.caller), a.description) for n, a in attributes.items()]
    return [_table(("policies may test", "type", "of the caller", "meaning"), rows)] if rows else []


def _caller_sets(catalogue: Catalogue) -> str:
    rows = [(n, ", ".join(s.caller), s.description) for n, s in catalogue.caller_sets.items()]
    return (
        "## Caller sets · 调用人关系集\n\nWhat the caller is to rows; attributes test whether a row"
        " is in one:\n\n" + _table(("set", "of the caller", "who or what is in it"), rows)
    )


def _value(value: Value) -> str:
    granted = f"Granted with `{value.governed_by}`.\n"
    return "\n".join(
        [_heading(value.name, value.label, value.description), granted, _fields(value.fields)]
    )


def _desk(desk: Operations) -> str:
    rows = [
        (f"{root}.{name}", f"{o.label.en} · {o.label.zh}", o.description)
        for root, name, o in desk.roots
    ]
    department = f"{desk.department.en} · {desk.department.zh}"
    return "\n".join(
        [
            _heading(desk.name, desk.label, desk.description),
            f"Subgraph `{desk.subgraph}`; {department}.\n",
            _table(("root field", "label", "meaning"), rows),
        ]
    )


def _codes(table: CodeTable) -> str:
    rows = [
        (name, code.code, f"{code.label.en} · {code.label.zh}")
        for name, code in table.values.items()
    ]
    return "\n".join(
        [
            _heading(table.name, table.label, table.standard),
            _table(("value", "code", "label"), rows),
        ]
    )


def _fields(fields: Mapping[str, Field]) -> str:
    rows = [
        (
            name,
            field.of,
            f"{field.label.en} · {field.label.zh}",
            field.sensitivity,
            ", ".join([*field.filter, *(["sort"] if field.sort else [])]),
            _meaning(field),
        )
        for name, field in fields.items()
    ]
    return _table(("field", "type", "label", "sensitivity", "filters", "meaning"), rows)


def _derived(heading: str, derived: Mapping[str, Derived]) -> str:
    rows = [
        (
            name,
            field.of,
            f"{field.label.en} · {field.label.zh}",
            field.sensitivity,
            ", ".join([*field.origin, *(f"caller's {taken}" for taken in field.caller)]),
            field.description,
        )
        for name, field in derived.items()
    ]
    return _table((heading, "type", "label", "sensitivity", "from", "meaning"), rows)


def _meaning(field: Field) -> str:
    order = ", ".join(field.precedence)
    parts = [
        field.description,
        f"Preferred: {order}; then by the registers' precedence." if order else "",
        f"Masked: {field.mask}." if field.mask else "",
    ]
    return " ".join(part for part in parts if part)


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(_lines(list(columns), rows)) + "\n"


def _lines(columns: list[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield "|" + "---|" * len(columns)
    yield from (
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows
    )
