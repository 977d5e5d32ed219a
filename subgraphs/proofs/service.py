"""The proofs as a subgraph: it answers the question itself, so it also runs alone."""

from __future__ import annotations

from resolvers.context import Caller
from resolvers.desk import DeskRequest
from resolvers.operation import Recorder
from resolvers.proving import Prover, Read
from resolvers.telling import Teller
from subgraphs.policies_in_force import Policies
from subgraphs.proofs.budget import Budget
from subgraphs.proofs.credential_book import CredentialBook
from subgraphs.proofs.credential_rounds import Rounds
from subgraphs.proofs.desk import ProofMeans
from subgraphs.proofs.signing import Signer
from subgraphs.proofs.status import StatusBook
from subgraphs.proofs.status_list import Examiner, StatusList
from subgraphs.service import Service, decided


class ProofService(Service):
    """A subgraph whose root fields are signed answers."""

    signer: Signer | None = None
    budget: Budget | None = None
    status: StatusBook | None = None
    credentials: CredentialBook | None = None

    def request(self, caller: Caller) -> DeskRequest:
        """The context of one execution."""
        assert self.signer and self.budget and self.status, "application() gives them"
        assert self.credentials, "application() gives them"
        policies = self._policies.of(caller.policy)
        decision = decided(policies, caller)
        prover = Prover(self.statements, caller, decision, self._store.read)
        audiences = policies.contracts.consumers[caller.consumer].audiences
        given = prover, self.signer, self.budget, self.status, audiences
        teller = Teller(self.statements, caller, decision, self._store.read)
        means = ProofMeans(*given, credentials=(teller, self.credentials))
        return DeskRequest(caller, decision, self._recorder, self.name, _no_desk, means)


def status_list(
    service: ProofService, recorder: Recorder, policies: Policies, read: Read
) -> StatusList:
    """The published list of the service's proofs."""
    assert service.signer and service.status, "application() gives them"
    examiner = Examiner(service.status, policies, service.statements, read, recorder)
    return StatusList(examiner, service.status, service.signer)


def rounds(service: ProofService, recorder: Recorder, policies: Policies, read: Read) -> Rounds:
    """Who asks the service's credentials again."""
    assert service.signer and service.credentials, "application() gives them"
    given = service.credentials, service.signer, policies, service.statements
    return Rounds(*given, read, recorder)


def _no_desk() -> None:
    """The desk of the policies is another subgraph's."""
