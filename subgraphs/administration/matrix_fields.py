"""The whole of a version at a glance, and what texts that are not saved yet would say and do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import strawberry

from policies.compile import Key
from policies.contracts import Contracts
from policies.matrix import Matrix, MatrixCell, MatrixRow
from policies.reading import Reading
from policies.validation import Finding
from resolvers.desk import DeskRequest
from subgraphs.administration.types import (
    Context,
    PolicyChange,
    PolicyChangeCount,
    PolicyCondition,
    PolicyDifference,
    PolicyExplanation,
    PolicyReplay,
    PolicyReplayed,
    PolicyTextInput,
    Words,
)

if TYPE_CHECKING:  # the desk composes, and composing asks for the schema made here
    from subgraphs.administration.desk import Checked, Desk

CHANGES_MAX = 1000
OPERATIONS_MAX = 100_000
_PLACE = re.compile(r"(?P<path>[^:\s]+\.(?:cedar|yaml))(?::(?P<line>\d+))?(?::(?P<column>\d+))?")


@strawberry.federation.type(description="Who calls, for what, on which basis · 授权矩阵列")
class PolicyColumn:
    consumer: str
    consumer_label: Words
    organisation: Words
    purpose: str
    purpose_label: Words
    basis: str
    basis_label: Words
    citation: str
    caller: list[str] = strawberry.field(description="What its tokens say of the caller.")

    @classmethod
    def of(cls, key: Key, contracts: Contracts) -> PolicyColumn:
        """The column in the words of the contracts."""
        consumer, purpose, basis = key
        contract, legal = contracts.consumers[consumer], contracts.bases[basis]
        return cls(
            consumer=consumer,
            consumer_label=Words.of(contract.label),
            organisation=Words.of(contract.organisation),
            purpose=purpose,
            purpose_label=Words.of(contracts.purposes[purpose].label),
            basis=basis,
            basis_label=Words.of(legal.label),
            citation=legal.citation,
            caller=sorted(contract.principal),
        )


@strawberry.federation.type(description="A mode in which a cell is granted · 授权方式")
class PolicyGranted:
    mode: str = strawberry.field(description="see, clear, masked, consent or filter.")
    mask: str | None
    condition: int = strawberry.field(description="Place in the matrix's list of conditions.")


@strawberry.federation.type(description="What one consumer sees of a field · 授权矩阵单元")
class PolicyCell:
    column: int = strawberry.field(description="Place in the matrix's list of columns.")
    granted: list[PolicyGranted]

    @classmethod
    def of(cls, cell: MatrixCell) -> PolicyCell:
        """The cell, mode by mode."""
        granted = [
            PolicyGranted(mode=one.mode, mask=one.mask or None, condition=one.condition)
            for one in cell.granted
        ]
        return cls(column=cell.column, granted=granted)


@strawberry.federation.type(description="A field, and who sees it · 授权矩阵行")
class PolicyRow:
    type: str
    field: str | None = strawberry.field(description="Null for that a row exists.")
    type_label: Words
    label: Words
    sensitivity: str
    cells: list[PolicyCell] = strawberry.field(description="Those in which something is granted.")

    @classmethod
    def of(cls, row: MatrixRow) -> PolicyRow:
        """The row; cells that are not listed grant nothing."""
        return cls(
            type=row.type_name,
            field=row.field or None,
            type_label=Words.of(row.type_label),
            label=Words.of(row.label),
            sensitivity=row.sensitivity,
            cells=[PolicyCell.of(cell) for cell in row.cells],
        )


@strawberry.federation.type(description="All grants of a version at a glance · 授权矩阵")
class PolicyMatrix:
    number: int
    columns: list[PolicyColumn]
    rows: list[PolicyRow]
    conditions: list[PolicyCondition]

    @classmethod
    def of(cls, number: int, made: Matrix, contracts: Contracts) -> PolicyMatrix:
        """The matrix of a version."""
        return cls(
            number=number,
            columns=[PolicyColumn.of(key, contracts) for key in made.columns],
            rows=[PolicyRow.of(row) for row in made.rows],
            conditions=[
                PolicyCondition(never=False, parts=[Words.of(part) for part in parts])
                for parts in made.conditions
            ],
        )


@strawberry.federation.type(description="One policy in plain words · 授权规则")
class PolicyReading:
    policy: str
    effect: str
    path: str
    line: int
    consumers: list[str]
    until: date | None = strawberry.field(description="Its last day; null where it does not end.")
    review: date | None
    document: str | None
    words: Words

    @classmethod
    def of(cls, reading: Reading) -> PolicyReading:
        """The policy read aloud."""
        return cls(
            policy=reading.policy,
            effect=reading.effect,
            path=reading.path,
            line=reading.line,
            consumers=list(reading.consumers),
            until=reading.until,
            review=reading.review,
            document=reading.document or None,
            words=Words.of(reading.words),
        )


@strawberry.federation.type(description="What is wrong with a text, and where · 文本问题")
class PolicyProblem:
    level: str
    code: str
    path: str | None
    line: int | None
    column: int | None
    policy: str | None
    words: str

    @classmethod
    def of(cls, found: Finding) -> PolicyProblem:
        """The finding with its place taken apart."""
        place = _PLACE.fullmatch(found.where)
        line, column = (place[name] if place else None for name in ("line", "column"))
        return cls(
            level=found.level,
            code=found.code,
            path=place["path"] if place else found.where,
            line=int(line) if line else None,
            column=int(column) if column else None,
            policy=found.policy or None,
            words=found.words,
        )


@strawberry.federation.type(description="Texts that are not saved, checked · 文本检查")
class PolicyCheck:
    problems: list[PolicyProblem] = strawberry.field(
        description="All errors, and the warnings that the version in force does not have."
    )
    readings: list[PolicyReading] = strawberry.field(
        description="Policies of the given texts in plain words; none while there are errors."
    )
    difference: PolicyDifference | None = strawberry.field(
        description="What would change from the version in force; null while there are errors."
    )
    replay: PolicyReplay | None = strawberry.field(
        description="Recorded operations that would differ; null where none were asked for."
    )


async def policy_matrix(
    info: Context, number: int | None = None, coordinate: str | None = None
) -> PolicyMatrix:
    record, made, contracts = await _desk(info).matrix(number, coordinate or "")
    return PolicyMatrix.of(record.number, made, contracts)


async def policy_readings(info: Context, number: int | None = None) -> list[PolicyReading]:
    return [PolicyReading.of(found) for found in await _desk(info).readings(number)]


async def policy_check(
    info: Context,
    texts: list[PolicyTextInput],
    base: int | None = None,
    first: int = 200,
    operations: int = 0,
) -> PolicyCheck:
    limits = max(1, min(first, CHANGES_MAX)), max(0, min(operations, OPERATIONS_MAX))
    given = {text.path: text.content for text in texts}
    return _checked(await _desk(info).check(given, base, limits[1]), limits[0])


async def policy_denials(info: Context, operation: str) -> list[PolicyExplanation]:
    found = await _desk(info).denials(operation)
    return [PolicyExplanation.of(*explained) for explained in found]


RESOLVERS: Mapping[str, Any] = {
    "policyMatrix": policy_matrix,
    "policyReadings": policy_readings,
    "policyCheck": policy_check,
    "policyDenials": policy_denials,
}


def _desk(info: Context) -> Desk:
    request: DeskRequest = info.context
    return request.desk


def _checked(found: Checked, first: int) -> PolicyCheck:
    differing = found.differing
    return PolicyCheck(
        problems=[PolicyProblem.of(finding) for finding in found.findings],
        readings=[PolicyReading.of(reading) for reading in found.readings],
        difference=None
        if differing is None
        else PolicyDifference(
            cells=len(differing.changes),
            counts=[
                PolicyChangeCount(consumer=consumer, kind=kind, cells=cells)
                for (consumer, kind), cells in differing.counts().items()
            ],
            changes=[PolicyChange.of(change) for change in differing.changes[:first]],
            text=differing.text,
        ),
        replay=None
        if found.replay is None
        else PolicyReplay(
            operations=found.replay[0],
            affected=sum(one.recorded.count for one in found.replay[1]),
            differing=[PolicyReplayed.of(one) for one in found.replay[1]],
        ),
    )
