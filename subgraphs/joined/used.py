"""Which operations ask for what a department holds: those in the audit, and those offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from graphql import (
    GraphQLObjectType,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    parse,
    visit,
)

from audit.operations import AskedOperation
from graph.catalogue import Catalogue
from subgraphs.joined.declared import held_by
from subgraphs.joined.fitting import Finding, Use
from subgraphs.schemas import full_schema
from subgraphs.warm import first_asked

Uses = Mapping[str, Sequence[Use]]


def uses(catalogue: Catalogue, name: str, recorded: Mapping[AskedOperation, int]) -> Uses:
    """By coordinate, the most frequent first. What was refused was not given, and is not lost."""
    held = held_by(catalogue, name)
    of = {part.name for part in held}
    leading = {f"{part.of}.{part.through.field}" for part in held}
    counted: dict[tuple[str, str, str], int] = {}
    for operation, count in recorded.items():
        for asked in operation.asked if not operation.refused else ():
            if asked in leading or asked.partition(".")[0] in of:
                key = asked, operation.consumer, operation.name or operation.hash[:12]
                counted[key] = counted.get(key, 0) + count
    for coordinate, consumer, operation in _offered(catalogue, name, leading, of):
        counted.setdefault((coordinate, consumer, operation), 0)
    found: dict[str, list[Use]] = {}
    for (asked, consumer, operation), count in sorted(counted.items(), key=lambda e: -e[1]):
        found.setdefault(asked, []).append(Use(consumer, operation, count))
    return found


def _offered(
    catalogue: Catalogue, name: str, leading: set[str], of: set[str]
) -> Iterator[tuple[str, str, str]]:
    """Coordinate, consumer and name of what first queries ask of the subgraph."""
    core = full_schema(catalogue, name)._schema  # pyright: ignore[reportPrivateUsage]
    for fetch in first_asked():
        if fetch.subgraph != name:
            continue
        document, info = parse(fetch.operation), TypeInfo(core)
        reader = _Reader(info)
        visit(document, TypeInfoVisitor(info, reader))
        operation = cast("OperationDefinitionNode", document.definitions[0]).name
        for coordinate in reader.found:
            if coordinate in leading or coordinate.partition(".")[0] in of:
                yield coordinate, fetch.consumer, operation.value if operation else ""


class _Reader(Visitor):
    """Coordinates of the fields of a document."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info = info
        self.found: set[str] = set()

    def enter_field(self, node: object, *_: object) -> None:
        """Note one."""
        parent = self._info.get_parent_type()
        name = getattr(getattr(node, "name", None), "value", "")
        if isinstance(parent, GraphQLObjectType):
            self.found.add(f"{parent.name}.{name}")


def weighed(findings: Iterable[Finding], used: Uses) -> list[Finding]:
    """What does not fit and is asked for breaks operations; those come first."""
    found = [
        replace(finding, kind="breaks", used=used[finding.coordinate])
        if finding.kind == "unfit" and finding.coordinate in used
        else finding
        for finding in findings
    ]
    return sorted(found, key=lambda finding: ("breaks", "unfit", "safe").index(finding.kind))


def undeclared(catalogue: Catalogue, name: str, used: Uses) -> Iterator[Finding]:
    """What operations ask for of the department's types and the model no longer declares."""
    fields = {f"{part.name}.{field}" for part in held_by(catalogue, name) for field in part.fields}
    fields |= {f"{part.of}.{part.through.field}" for part in held_by(catalogue, name)}
    for coordinate, by in used.items():
        if coordinate not in fields:
            words = f"{coordinate} is no longer declared in the model."
            yield Finding("breaks", coordinate, words, "Declare it again, or tell them first.", by)
