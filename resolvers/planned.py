"""One operation by its plan: bind → one statement → rows → answer → audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import ExecutionResult, GraphQLSchema

from graph.cypher import Statement
from graph.selection import EvidencePick, KinshipPick
from resolvers.answer import Answer
from resolvers.opened import Opened
from resolvers.operation import Request, fetch, on_failure_recorded, record, rejects
from resolvers.plans import Plan, Plans
from resolvers.select import Selected
from resolvers.standing import holds
from resolvers.writing import Unwritten, Written
from runtime.errors import CitizengraphError


@dataclass(frozen=True)
class Asked:
    """An operation as it arrives."""

    text: str
    variables: Mapping[str, Any]
    name: str | None


async def answer(
    plans: Plans, schema: GraphQLSchema, request: Request, asked: Asked
) -> ExecutionResult | None:
    """The answer, durably recorded; nothing for an operation without a plan, which is untouched.

    Raises the codes of graph and audit, and NUMBER_AMBIGUOUS.
    """
    try:
        found = plans.of(schema, request.decision, asked.text, asked.name, asked.variables)
        selected = found and found[0].filled(found[1])
    except CitizengraphError:
        return None
    if found is None or selected is None:
        return None
    return await _answered(request, *found, selected)


def prepared(
    plans: Plans, schema: GraphQLSchema, request: Request, asked: Asked
) -> list[Statement]:
    """The statements that the operation would send; none for one that has no plan.

    Raises BadArgument and the codes of page limits.
    """
    found = plans.of(schema, request.decision, asked.text, asked.name, asked.variables)
    if found is None:
        return []
    plan, variables = found
    caller, fields = request.caller.principal, plan.selected.fields.values()
    if not all(holds(request.decision.field("Query", name).condition, caller) for name in fields):
        return []
    first = plan.statement(variables, request.asking)
    questions = {
        key: EvidencePick(pick, (), ())
        for key, pick in plan.selected.selection.roots.items()
        if isinstance(pick, KinshipPick) and (pick.steps or pick.places)
    }
    if not questions:
        return [first]
    return [first, request.statements.evidence(questions, request.decision, request.asking)]


async def _answered(
    request: Request, plan: Plan, variables: Opened, selected: Selected
) -> ExecutionResult:
    made = Answer(request.catalogue, plan.readers)
    async with on_failure_recorded(request):
        request.asked = plan.asked
        statement = plan.statement(variables, request.asking)
        await fetch(request, selected, made, statement)
    result = _written(request, plan, variables)
    errors = result.errors or ()
    if selected.selection.roots:
        if rejects(request, errors):
            result = ExecutionResult(None, list(errors))
        await record(request, made, errors)
    return result


def _written(request: Request, plan: Plan, variables: Opened) -> ExecutionResult:
    """The answer out of what was fetched; by GraphQL's execution where a row is odd."""
    written = Written()
    try:
        entities = {
            name: [
                request.entities.get((f"{name}:{entity['__typename']}", entity["id"]))
                for entity in plan.represented(node, variables)
            ]
            for name, node in plan.entities.items()
        }
        data = plan.writer.write(request.roots, entities, written)
    except Unwritten:
        return plan.execute(request, variables)
    request.masked = written.masked
    return ExecutionResult(data, written.errors or None)
