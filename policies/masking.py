"""Which mask a policy leaves of a field: its own, named by @mask, or the field's default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.catalogue import Catalogue
from graph.declarations import Field
from graph.masks import BY_NAME, MASKS, fitting
from policies.cedar_schema import Action
from policies.modes import MASKED, plain_field
from policies.parsing import Policy
from policies.problems import Unsupported, suggestion

ANNOTATION = "mask"


def masks_of(
    policy: Policy, chosen: Iterable[Action], catalogue: Catalogue
) -> Mapping[Action, str]:
    """The mask of each action that the policy permits masked. Raises Unsupported."""
    permitted = policy.tree.effect == "permit"
    masked = [action for action in chosen if action.mode == MASKED] if permitted else []
    named = policy.tree.annotations.get(ANNOTATION)
    if named is not None and not masked:
        reason = "@mask says how a permit on masked: actions shows them, and there are none"
        raise _refused(reason, "leave it out", "@mask")
    if named is not None and named not in BY_NAME:
        raise _refused(f"unknown mask {named!r}", suggestion(named, BY_NAME), named)
    return {action: _mask(action, named or "", catalogue) for action in masked}


def _mask(action: Action, named: str, catalogue: Catalogue) -> str:
    declared = plain_field(catalogue, action.type_name, action.field)
    if not isinstance(declared, Field):
        raise ValueError(f"{action.id} is no plain field")
    known = [mask.name for mask in fitting(declared)]
    mask = named or declared.mask
    if not mask:
        reason = f"{action.id} has no mask, and its field has none of its own"
        raise _refused(reason, f'put @mask("{known[0]}") above the policy', action.id)
    if mask not in known:
        reason = f"the mask {mask!r} does not fit {action.type_name}.{action.field}"
        raise _refused(reason, f"{', '.join(known)} would", mask)
    return mask


def _refused(reason: str, instead: str, token: str) -> Unsupported:
    return Unsupported(reason, instead, token, in_body=False)


def mask_expressions(catalogue: Catalogue) -> str:
    """What decides what a mask leaves: it tells as much as the policy text does."""
    masks = [f"{mask.name} = {mask.cypher}" for mask in MASKS]
    nodes, links, held = catalogue.nodes, catalogue.relationships, catalogue.held
    declared = (*nodes.values(), *links.values(), *held.values())
    defaults = [f"{d.name}.{n} = {f.mask}" for d in declared for n, f in d.fields.items()]
    return "\n".join([*masks, *defaults])
