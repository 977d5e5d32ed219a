"""What one subgraph needs to answer: policies, graph, audit, and a schema per consumer."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial

from strawberry.federation import Schema

from graph.catalogue import Catalogue
from graph.store import Store
from resolvers.context import Caller, ContextVerifier
from resolvers.operation import OneStatement, Recorder, Request
from resolvers.permissions import permissions
from subgraphs.build import SchemaBuilder
from subgraphs.policies_in_force import Policies
from subgraphs.visible import EVERYTHING, visible_to


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
        self._policies = policies
        self._verifier = verifier
        self._store = store
        self._recorder = recorder
        self.build_schema = lru_cache(maxsize=256)(self._build)

    def authenticate(self, token: str | None) -> Caller:
        """The caller. Raises CONTEXT_MISSING, CONTEXT_INVALID and the codes of a policy."""
        caller = self._verifier.verify(token)
        contracts = self._policies.of(caller.policy).contracts
        return replace(caller, principal=contracts.stated(caller.consumer, caller.principal))

    def request(self, caller: Caller) -> Request:
        """The context of one execution."""
        policies = self._policies.of(caller.policy)
        decision = policies.decision(caller.consumer, caller.purpose, caller.basis)
        return Request(
            self.catalogue,
            self.name,
            caller,
            decision,
            self._store.read,
            self._recorder,
            permissions=partial(permissions, policies, caller.consumer),
        )

    def schema(self, caller: Caller) -> Schema:
        """What the consumer can ever get from this subgraph."""
        return self.build_schema(caller.policy, caller.consumer)

    def _build(self, version: str, consumer: str) -> Schema:
        policies = self._policies.of(version)
        visible = visible_to(policies, consumer)
        return SchemaBuilder(self.catalogue, self.name, visible).build([OneStatement])


def full_schema(catalogue: Catalogue, subgraph: str) -> Schema:
    """Everything the subgraph can say: for composition and reference, never for a consumer."""
    return SchemaBuilder(catalogue, subgraph, EVERYTHING).build([])
