"""What one subgraph needs to answer: policies, graph, audit, and a schema per consumer."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from strawberry.federation import Schema

from graph.catalogue import Catalogue
from graph.store import Store
from policies.table import PolicySet
from resolvers.context import Caller, ContextVerifier
from resolvers.operation import OneStatement, Recorder, Request
from runtime.errors import CitizengraphError
from subgraphs.build import SchemaBuilder
from subgraphs.visible import EVERYTHING, visible_to


class Service:
    """One subgraph."""

    def __init__(
        self,
        name: str,
        catalogue: Catalogue,
        policies: PolicySet,
        verifier: ContextVerifier,
        store: Store,
        recorder: Recorder,
    ) -> None:
        self.name = name
        self._catalogue = catalogue
        self._policies = policies
        self._verifier = verifier
        self._store = store
        self._recorder = recorder
        self._schema = lru_cache(maxsize=256)(self._build)

    def authenticate(self, token: str | None) -> Caller:
        """The caller. Raises CONTEXT_MISSING, CONTEXT_INVALID or POLICY_VERSION_MISMATCH."""
        caller = self._verifier.verify(token)
        if caller.policy != self._policies.version:
            raise CitizengraphError(
                "POLICY_VERSION_MISMATCH",
                "The policy changed while the request was on its way.",
                "Send the operation again.",
            )
        return caller

    def request(self, caller: Caller) -> Request:
        """The context of one execution."""
        decision = self._policies.decision(caller.consumer, caller.purpose, caller.basis)
        return Request(
            self._catalogue,
            self.name,
            self._complete(caller),
            decision,
            self._store.read,
            self._recorder,
        )

    def _complete(self, caller: Caller) -> Caller:
        """The caller with nothing for each attribute its token lacks: conditions then fail."""
        known = self._policies.contracts.principal_attributes()
        principal = {name: caller.principal.get(name) for name in known}
        return replace(caller, principal=principal)

    def schema(self, consumer: str) -> Schema:
        """What the consumer can ever get from this subgraph."""
        return self._schema(consumer)

    def _build(self, consumer: str) -> Schema:
        visible = visible_to(
            self._policies.visible(consumer), self._policies.visible_types(consumer)
        )
        return SchemaBuilder(self._catalogue, self.name, visible).build([OneStatement])


def full_schema(catalogue: Catalogue, subgraph: str) -> Schema:
    """Everything the subgraph can say: for composition and reference, never for a consumer."""
    return SchemaBuilder(catalogue, subgraph, EVERYTHING).build([])
