"""What one subgraph needs to answer: policies, graph, audit, and a schema per consumer."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, cast

from strawberry.federation import Schema

from graph.catalogue import Catalogue
from graph.cypher import Statements
from graph.decision import Decision
from graph.store import Store
from policies.table import PolicySet
from resolvers.context import Caller, ContextVerifier
from resolvers.desk import DeskRequest
from resolvers.operation import Recorder, Request
from resolvers.permissions import permissions
from resolvers.planned import Asked, answer
from resolvers.plans import Plans
from resolvers.standing import for_caller, shape_of
from runtime.latest import Latest
from subgraphs.policies_in_force import Policies
from subgraphs.schemas import schema
from subgraphs.visible import visible_to

DECISIONS_KEPT = 512


class Service:
    """One subgraph."""

    def __init__(
        self,
        name: str,
        catalogue: Catalogue,
        policies: Policies,
        verifier: ContextVerifier,
        store: Store,
        recorder: Recorder,
    ) -> None:
        self.name = name
        self.catalogue = catalogue
        self.statements = Statements(catalogue)
        self.plans = Plans(self.statements)
        self._decisions = Latest[tuple[Decision, Decision]](DECISIONS_KEPT)
        self._policies = policies
        self._verifier = verifier
        self._store = store
        self._recorder = recorder
        self.build_schema = lru_cache(maxsize=256)(self._build)

    def authenticate(self, token: str | None) -> Caller:
        """The caller. Raises CONTEXT_MISSING, CONTEXT_INVALID and the codes of a policy."""
        return self.stated(self._verifier.verify(token))

    def stated(self, caller: Caller) -> Caller:
        """The caller with what tokens of their consumer can say. Raises codes of a policy."""
        contracts = self._policies.of(caller.policy).contracts
        return replace(caller, principal=contracts.stated(caller.consumer, caller.principal))

    def request(self, caller: Caller) -> Request | DeskRequest:
        """The context of one execution."""
        policies = self._policies.of(caller.policy)
        return Request(
            self.statements,
            self.name,
            caller,
            self._for_caller(decided(policies, caller), caller),
            self._store.read,
            self._recorder,
            permissions=partial(permissions, policies, caller.consumer),
        )

    def _for_caller(self, decision: Decision, caller: Caller) -> Decision:
        """The decision for callers of this shape, made once."""
        key = (id(decision), shape_of(caller.principal))
        made = self._decisions.of(key, lambda: (decision, for_caller(decision, caller.principal)))
        return made[1]

    async def execute(self, schema: Schema, request: Request | DeskRequest, asked: Asked) -> Any:
        """The result: by a plan where the operation has one, else by the schema's execution."""
        if isinstance(request, Request):
            core = cast("Any", schema)._schema
            planned = await answer(self.plans, core, request, asked)
            if planned is not None:
                return planned
        return await schema.execute(
            asked.text,
            variable_values=dict(asked.variables),
            operation_name=asked.name,
            context_value=request,
        )

    def schema(self, caller: Caller) -> Schema:
        """What the consumer can ever get from this subgraph."""
        return self.build_schema(caller.policy, caller.consumer)

    def _build(self, version: str, consumer: str) -> Schema:
        policies = self._policies.of(version)
        return schema(self.catalogue, self.name, visible_to(policies, consumer), policed=True)


def decided(policies: PolicySet, caller: Caller) -> Decision:
    """What the caller may see. Raises PURPOSE_UNKNOWN or BASIS_UNKNOWN."""
    return policies.decision(caller.consumer, caller.purpose, caller.basis)
