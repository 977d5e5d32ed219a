"""The proofs as a subgraph: it answers the question itself, so it also runs alone."""

from __future__ import annotations

from resolvers.context import Caller
from resolvers.desk import DeskRequest
from resolvers.proving import Prover
from subgraphs.proofs.budget import Budget
from subgraphs.proofs.desk import ProofMeans
from subgraphs.proofs.signing import Signer
from subgraphs.service import Service, decided


class ProofService(Service):
    """A subgraph whose root fields are signed answers."""

    signer: Signer | None = None
    budget: Budget | None = None

    def request(self, caller: Caller) -> DeskRequest:
        """The context of one execution."""
        assert self.signer and self.budget, "application() gives them"
        policies = self._policies.of(caller.policy)
        decision = decided(policies, caller)
        prover = Prover(self.statements, caller, decision, self._store.read)
        audiences = policies.contracts.consumers[caller.consumer].audiences
        means = ProofMeans(prover, self.signer, self.budget, audiences)
        return DeskRequest(caller, decision, self._recorder, self.name, _no_desk, means)


def _no_desk() -> None:
    """The desk of the policies is another subgraph's."""
