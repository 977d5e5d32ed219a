"""The head of a policy: which consumers, actions and row types it speaks of."""

from __future__ import annotations

from cedarpy import pst

from policies.cedar_schema import CONSUMER, Action
from policies.problems import Unsupported

_TEST_ATTRIBUTES = "test attributes of the row in a when clause instead"


def names_consumer(policy: pst.Template, consumer: str) -> bool:
    """Whether the policy speaks of the consumer."""
    match policy.principal:
        case pst.ScopeAny():
            return True
        case pst.ScopeEq(pst.EntityUid(entity_type, name)):
            return str(entity_type) == CONSUMER and name == consumer
        case pst.ScopeIs(entity_type):
            return str(entity_type) == CONSUMER
        case _:
            reason = "`principal in` asks for a hierarchy, and consumers have none"
            raise Unsupported(
                reason, f'write principal == {CONSUMER}::"<id>"', "principal", in_body=False
            )


def named_actions(policy: pst.Template, every: tuple[Action, ...]) -> tuple[Action, ...]:
    """The actions that the policy speaks of, whatever the row."""
    match policy.action:
        case pst.ScopeAny():
            chosen = every
        case pst.ActionEq(entity):
            chosen = tuple(a for a in every if a.id == entity.id)
        case pst.ActionIn(entities):
            ids = {entity.id for entity in entities}
            chosen = tuple(a for a in every if a.id in ids or a.group_id in ids)
    return tuple(action for action in chosen if _names_type(policy, action.type_name))


def _names_type(policy: pst.Template, row_type: str) -> bool:
    match policy.resource:
        case pst.ScopeAny():
            return True
        case pst.ScopeIs(entity_type):
            return str(entity_type) == row_type
        case pst.ScopeEq():
            reason = "a policy cannot name a single row"
            raise Unsupported(reason, _TEST_ATTRIBUTES, "resource", in_body=False)
        case _:
            reason = "`resource in` asks for a hierarchy, and rows have none"
            raise Unsupported(reason, _TEST_ATTRIBUTES, "resource", in_body=False)
