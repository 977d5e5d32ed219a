"""The Cedar schema, derived from the model and the consumers. Strict validation rests on it.

Row attributes are required, because Cedar skips a forbid that fails on a missing one. Of the
caller, only what every consumer's token has is required; the rest needs `principal has …`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.catalogue import Catalogue
from graph.declarations import Attribute
from policies.contracts import Contracts
from policies.modes import MODES, offers

_CEDAR_TYPES = {"String": "String", "Boolean": "Bool", "Int": "Long"}
CONSUMER = "Consumer"
ROOTS = ("Query", "Mutation")


@dataclass(frozen=True)
class Action:
    """`clear:Person.name` (mode `clear`, field `name`), or `see:Person` (field empty)."""

    type_name: str
    field: str = ""
    group: str = ""
    mode: str = "clear"

    @cached_property
    def id(self) -> str:
        """As written in a policy: Action::"<id>"."""
        about = f"{self.type_name}.{self.field}" if self.field else self.type_name
        return f"{self.mode if self.field else 'see'}:{about}"

    @cached_property
    def group_id(self) -> str:
        """The action group of its sensitivity group; empty when it has none."""
        return f"{self.mode}:{self.type_name}/{self.group}" if self.group else ""


def actions(catalogue: Catalogue) -> tuple[Action, ...]:
    """Everything that can be granted, in the model's order, mode by mode."""
    seen = [Action(name) for name in (*catalogue.nodes, *catalogue.answers)]
    coordinates = list(catalogue.coordinates())
    granted = (
        Action(*coordinate, mode)
        for mode in MODES
        for coordinate in coordinates
        if offers(catalogue, mode, *coordinate[:2])
    )
    return (*seen, *granted)


def row_attributes(catalogue: Catalogue) -> Mapping[str, Mapping[str, Attribute]]:
    """What a policy may test about a row, by type; nothing about an edge or a root field.

    Nor about a row that another department holds: what may be shown is settled before it is asked.
    """
    tested = {n: d.attributes for n, d in (*catalogue.nodes.items(), *catalogue.answers.items())}
    return {
        **{root: {} for root in ROOTS},
        **tested,
        **{name: {} for name in (*catalogue.relationships, *catalogue.held)},
    }


def taken_from_caller(catalogue: Catalogue) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The caller's attributes that each row attribute is computed with, by type and name."""
    return {
        type_name: {name: declared.caller for name, declared in attributes.items()}
        for type_name, attributes in row_attributes(catalogue).items()
    }


def row_expressions(catalogue: Catalogue) -> str:
    """The Cypher behind row attributes and derived fields: it tells as much as policy texts do."""
    attributes = [
        f"{type_name}.{name} = {attribute.cypher}"
        for type_name, attributes in row_attributes(catalogue).items()
        for name, attribute in attributes.items()
    ]
    sets = (f"{name} = {found.cypher}" for name, found in catalogue.caller_sets.items())
    derived = (
        f"{name}.{field} = {found.cypher} from {found.origin}"
        for name, node in catalogue.nodes.items()
        for field, found in node.worked_out.items()
    )
    return "\n".join([*attributes, *sets, *derived])


def cedar_schema(catalogue: Catalogue, contracts: Contracts) -> str:
    """The schema in Cedar's own syntax."""
    lines = [
        "// Derived from graph/model/ and policies/consumers.yaml; do not edit.",
        'type Request = { purpose: String, basis: String, "case"?: String };',
        f"entity {CONSUMER} = {_record(_principal(contracts))};",
    ]
    for type_name, attributes in row_attributes(catalogue).items():
        lines.append(f"entity {type_name} = {_record(_row(attributes))};")
    return "\n".join([*lines, *_action_lines(actions(catalogue))]) + "\n"


def narrowed(schema: str, types: Collection[str], every: Iterable[Action]) -> str:
    """The schema without actions on other types.

    It says the same of policies that name actions on these types alone, in a fraction of the time:
    Cedar tries a policy on every action of the schema.
    """
    head = [line for line in schema.splitlines() if not line.startswith("action ")]
    kept = tuple(action for action in every if action.type_name in types)
    return "\n".join([*head, *_action_lines(kept)]) + "\n"


def _principal(contracts: Contracts) -> Iterator[tuple[str, str]]:
    required = contracts.required_attributes()
    for name, type_name in sorted(contracts.principal_attributes().items()):
        yield f'"{name}"' + ("" if name in required else "?"), type_name


def _row(attributes: Mapping[str, Attribute]) -> Iterator[tuple[str, str]]:
    yield from ((f'"{name}"', declared.type) for name, declared in attributes.items())


def _record(attributes: Iterator[tuple[str, str]]) -> str:
    inner = ", ".join(f"{name}: {_CEDAR_TYPES[type_name]}" for name, type_name in attributes)
    return f"{{ {inner} }}" if inner else "{}"


def _action_lines(every: tuple[Action, ...]) -> Iterator[str]:
    for group in dict.fromkeys(action.group_id for action in every if action.group_id):
        yield f'action "{group}";'
    for action in every:
        parent = f' in ["{action.group_id}"]' if action.group_id else ""
        yield (
            f'action "{action.id}"{parent} appliesTo '
            f"{{ principal: [{CONSUMER}], resource: [{action.type_name}], context: Request }};"
        )
