"""Asking again what was signed: as whoever asked, under the policies of now."""

from __future__ import annotations

from dataclasses import replace

from graph.decision import Decision
from policies.table import PolicySet
from resolvers.context import Caller
from resolvers.standing import holds
from runtime.errors import CitizengraphError


def as_before(
    policies: PolicySet, caller: Caller, root: str, name: str
) -> tuple[Caller, Decision] | None:
    """Who asks as the caller did, and what they may; None where they may not ask this any more.

    `root`: Query or Mutation, `name`: its field.
    """
    principal = policies.contracts.stated(caller.consumer, caller.principal)
    try:
        decision = policies.decision(caller.consumer, caller.purpose, caller.basis)
    except CitizengraphError:
        return None
    if not holds(decision.field(root, name).condition, principal):
        return None
    return replace(caller, principal=principal, policy=policies.version), decision
