"""Explain one fetch: the same schema, selection and statement, and no graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.record import Disclosure
from graph.catalogue import model
from graph.cypher import Statement, Statements
from graph.selection import Selection
from policies.table import PolicySet
from resolvers.context import Caller
from resolvers.explanation import Explanation, explanation
from resolvers.operation import Request, compile_request
from runtime.errors import CitizengraphError
from subgraphs.administration.schema import SUBGRAPH as DESK
from subgraphs.proofs.fields import SUBGRAPH as PROOFS
from subgraphs.schemas import schema
from subgraphs.services import SUBGRAPH as SERVICES
from subgraphs.visible import visible_to


class _Explained(Exception):
    """Ends the execution once the statement is known."""


class _NothingToRecord:
    async def write(self, disclosure: Disclosure) -> None:
        """Nothing is asked and nothing disclosed."""


async def explain_operation(
    policies: PolicySet, caller: Caller, subgraph: str, text: str, variables: Mapping[str, Any]
) -> Explanation:
    """What the subgraph would do. Raises QUERY_INVALID and BAD_ARGUMENT as it would itself."""
    if subgraph in (DESK, PROOFS, SERVICES):
        raise _refused(None)
    visible = visible_to(policies, caller.consumer)
    shown = schema(model(), subgraph, visible, policed=True)
    decision = policies.decision(caller.consumer, caller.purpose, caller.basis)
    found: list[tuple[Selection, Statement]] = []

    async def read(_text: str, _parameters: Any) -> list[dict[str, Any]]:
        raise _Explained

    request = Request(Statements(model()), subgraph, caller, decision, read, _NothingToRecord())
    request.observe = lambda selection: found.append(
        (selection, compile_request(request, selection))
    )
    result = await shown.execute(text, variable_values=dict(variables), context_value=request)
    if not found:
        raise _refused(result.errors)
    selection, statement = found[0]
    return explanation(subgraph, text, selection, decision, statement)


def _refused(errors: Any) -> CitizengraphError:
    if not errors:
        return CitizengraphError("QUERY_INVALID", "The operation asks nothing of the graph.")
    original = errors[0].original_error
    if isinstance(original, CitizengraphError):
        return original
    return CitizengraphError("QUERY_INVALID", str(errors[0].message))
