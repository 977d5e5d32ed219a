"""The desks as a subgraph: a desk for each caller, over one store of versions and one graph."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from audit.notices import Notices
from resolvers.context import Caller
from resolvers.desk import DeskRequest
from runtime.errors import CitizengraphError
from runtime.settings import Settings
from subgraphs.administration.desk import Desk
from subgraphs.administration.means import Means, Pen
from subgraphs.proofs.budget import Budget
from subgraphs.proofs.signing import Signer
from subgraphs.rates import Rates
from subgraphs.service import Service, decided

DeskOf = Callable[[Caller], Desk]


class DeskService(Service):
    """A subgraph whose root fields are operations."""

    desk_of: DeskOf | None = None
    """None where policies are not kept as versions."""
    notices: Notices | None = None
    settings: Settings | None = None
    rates: Rates | None = None
    signer: Signer | None = None
    budget: Budget | None = None

    @cached_property
    def _pen(self) -> Pen:
        return Pen(self._store, self.catalogue)

    def request(self, caller: Caller) -> DeskRequest:
        """The context of one execution."""

        def open_desk() -> Desk:
            if self.desk_of is None:
                raise CitizengraphError(
                    "POLICY_UNAVAILABLE",
                    "Policies are kept in a directory here, without versions.",
                    "Unset CITIZENGRAPH_POLICIES_DIR to administer them here.",
                )
            return self.desk_of(caller)

        assert self.notices and self.settings, "application() gives a desk what it works with"
        policies = self._policies.of(caller.policy)
        given = self.notices, self.statements, self.settings, self.signer, self.budget, self.rates
        means = Means(self._pen, self.catalogue, policies, *given)
        decision = decided(policies, caller)
        return DeskRequest(caller, decision, self._recorder, self.name, open_desk, means)
