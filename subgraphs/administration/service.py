"""The desk of the policies as a subgraph: a desk for each caller, over one store."""

from __future__ import annotations

from collections.abc import Callable

from resolvers.context import Caller
from resolvers.desk import DeskRequest
from runtime.errors import CitizengraphError
from subgraphs.administration.desk import Desk
from subgraphs.service import Service

DeskOf = Callable[[Caller], Desk]


class DeskService(Service):
    """A subgraph whose root fields are operations."""

    desk_of: DeskOf | None = None
    """None where policies are not kept as versions."""

    def request(self, caller: Caller) -> DeskRequest:
        """The context of one execution. Raises POLICY_UNAVAILABLE."""
        decision = self.decision(caller)
        if self.desk_of is None:
            raise CitizengraphError(
                "POLICY_UNAVAILABLE",
                "Policies are kept in a directory here, without versions.",
                "Unset CITIZENGRAPH_POLICIES_DIR to administer them here.",
            )
        return DeskRequest(caller, decision, self._recorder, self.name, self.desk_of(caller))
