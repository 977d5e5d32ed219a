"""What a forbid on clear leaves open: the same fields, masked or with consent.

    @id("never-special") @leaves("masked")

A forbid takes fields away in the modes that it names. Where it names `clear` alone and some permit
shows the same fields of the same rows in another mode, its author has to say that this is meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from cedarpy import pst

from graph.conditions import NEVER, Condition, all_of
from policies.cedar_schema import Action
from policies.compile import Key
from policies.entail import relation
from policies.modes import CLEAR, CONSENT, MASKED
from policies.parsing import Policy
from policies.problems import Problem
from policies.pushdown import negated

ANNOTATION = "leaves"
OTHER_MODES = (MASKED, CONSENT)
"""Modes that show a field, whole or in part, beside clear."""
Cell = tuple[Key, Action]


@dataclass(frozen=True)
class Left:
    """What one permit still shows of the fields that a forbid takes away."""

    policy: Policy
    permit: str
    mode: str
    fields: tuple[str, ...]


@dataclass
class _Said:
    """What policies say of one cell, by their ids."""

    permits: dict[str, Condition] = field(default_factory=dict[str, Condition])
    forbids: list[Condition] = field(default_factory=list[Condition])


def meant(policy: Policy) -> tuple[str, ...]:
    """The modes that the policy says it leaves."""
    stated = policy.tree.annotations.get(ANNOTATION, "")
    return tuple(part.strip() for part in stated.split(",") if part.strip())


def leaving_problems(policy: Policy) -> Iterator[Problem]:
    """A @leaves that says nothing, something unknown, or the opposite of the forbid."""
    if ANNOTATION not in policy.tree.annotations:
        return
    token, modes = f"@{ANNOTATION}", meant(policy)
    if policy.tree.effect == "permit":
        yield policy.text.problem("@leaves is for a forbid", "leave it out", token)
    elif unknown := [mode for mode in modes if mode not in OTHER_MODES]:
        hint = f"known are {', '.join(OTHER_MODES)}"
        yield policy.text.problem(f"unknown mode {unknown[0]!r} in @leaves", hint, token)
    elif not modes:
        hint = f'write @leaves("{", ".join(OTHER_MODES)}") or one of them'
        yield policy.text.problem("@leaves names no mode", hint, token)
    elif named := [mode for mode in modes if mode in _named_modes(policy)]:
        reason = f"@leaves says that {named[0]} stays open, and the forbid takes it away"
        yield policy.text.problem(reason, "leave one of the two out", token)


def _named_modes(policy: Policy) -> frozenset[str]:
    match policy.tree.action:
        case pst.ScopeAny():
            return frozenset(OTHER_MODES)
        case pst.ActionEq(entity):
            return frozenset({entity.id.partition(":")[0]})
        case pst.ActionIn(entities):
            return frozenset(entity.id.partition(":")[0] for entity in entities)


def left_open(
    policies: Iterable[Policy], held: Mapping[str, Mapping[Cell, Condition]]
) -> Iterator[Left]:
    """Every permit that goes on showing, in a mode not said to be meant, what a forbid is about."""
    known = list(policies)
    said = _by_cell(known, held)
    for policy in known:
        if policy.tree.effect != "forbid":
            continue
        found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for (key, action), when in held[policy.id].items():
            for mode in _unsaid(policy, action):
                other = said.get((key, replace(action, mode=mode)))
                for permit in _showing(other, when) if other else ():
                    found[permit, mode][f"{action.type_name}.{action.field}"] = None
        for (permit, mode), fields in found.items():
            yield Left(policy, permit, mode, tuple(fields))


def _by_cell(
    policies: Iterable[Policy], held: Mapping[str, Mapping[Cell, Condition]]
) -> Mapping[Cell, _Said]:
    said: dict[Cell, _Said] = defaultdict(_Said)
    for policy in policies:
        for cell, when in held[policy.id].items():
            if cell[1].mode not in OTHER_MODES:
                continue
            if policy.tree.effect == "permit":
                said[cell].permits[policy.id] = when
            else:
                said[cell].forbids.append(when)
    return said


def _unsaid(policy: Policy, action: Action) -> tuple[str, ...]:
    if action.mode != CLEAR or not action.field:
        return ()
    return tuple(mode for mode in OTHER_MODES if mode not in meant(policy))


def _showing(other: _Said, forbidden: Condition) -> Iterator[str]:
    """Permits that hold for some row that is forbidden, and that no forbid takes in this mode."""
    allowed = (negated(when) for when in dict.fromkeys(other.forbids))
    left = all_of(forbidden, *allowed)
    for permit, when in other.permits.items():
        if relation(all_of(when, left), NEVER) != "equal":
            yield permit
