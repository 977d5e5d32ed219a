"""What a department's own subgraph looks like, written from what the model declares of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from graph.catalogue import Catalogue
from graph.declarations import Field, Held
from runtime.errors import CitizengraphError

BUILT_IN = frozenset({"String", "Int", "Float", "Boolean"})
HEAD = (
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n'
    "# {department}. Persons are asked about by their number; the guard asks for no other fields.\n"
)


def held_by(catalogue: Catalogue, name: str) -> list[Held]:
    """The types that the department holds. Raises SETTING_INVALID where the model has none."""
    found = [held for held in catalogue.held.values() if held.subgraph == name]
    if not found:
        known = ", ".join(catalogue.joined)
        words = f"The model declares nothing that {name!r} holds; it knows {known}."
        hint = "Declare its types in graph/model/ first; docs/joining.md shows one."
        raise CitizengraphError("SETTING_INVALID", words, hint)
    return found


def department_sdl(catalogue: Catalogue, name: str) -> str:
    """The schema that fits the declaration exactly."""
    held = held_by(catalogue, name)
    parts = [HEAD.format(department=held[0].department.en)]
    for of in dict.fromkeys(part.of for part in held):
        parts.append(_entity(catalogue, of, [part for part in held if part.of == of]))
    parts += [_type(part) for part in held]
    fields = [field for part in held for field in part.fields.values()]
    scalars = dict.fromkeys(f.type for f in fields if f.type and f.type not in BUILT_IN)
    parts += [f"scalar {scalar}\n" for scalar in scalars]
    parts += [_enum(catalogue, codes) for codes in dict.fromkeys(f.codes for f in fields) if codes]
    return "\n".join(parts)


def tables(catalogue: Catalogue, name: str) -> str:
    """The tables of the scaffold, as JSON."""
    found: list[Mapping[str, Any]] = [
        {
            "of": held.of,
            "field": held.through.field,
            "table": _snake(held.name),
            "key": catalogue.nodes[held.of].identifier,
            "columns": list(held.fields),
        }
        for held in held_by(catalogue, name)
    ]
    return json.dumps(found, indent=2) + "\n"


def _entity(catalogue: Catalogue, of: str, held: list[Held]) -> str:
    identifier = catalogue.nodes[of].identifier
    lines = [f'type {of} @key(fields: "{identifier}") {{', f"  {identifier}: String!"]
    lines += [f"  {part.through.field}: [{part.name}!]!" for part in held]
    return "\n".join([*lines, "}\n"])


def _type(held: Held) -> str:
    lines = [f'"{held.label.en} · {held.label.zh}"', f"type {held.name} {{"]
    return "\n".join([*lines, *_fields(held), "}\n"])


def _fields(held: Held) -> Iterator[str]:
    for name, field in held.fields.items():
        yield f'  "{field.label.en} · {field.label.zh}"'
        yield f"  {name}: {_of(field)}" + ("!" if name == held.identifier else "")


def _of(field: Field) -> str:
    return field.codes or field.type or ""


def _enum(catalogue: Catalogue, codes: str) -> str:
    table = catalogue.codes[codes]
    lines = [f"enum {codes} {{"]
    for value, code in table.values.items():
        lines += [f'  "{code.label.en} · {code.label.zh}"', f"  {value}"]
    return "\n".join([*lines, "}\n"])


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
