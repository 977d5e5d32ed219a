"""From checked policies to one Decision per consumer, purpose and legal basis.

A field is shown where some permit holds and no forbid does. A row condition that cannot be
evaluated, because a value is missing, never shows anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cedarpy import pst

from graph.catalogue import Catalogue
from graph.conditions import ALWAYS, NEVER, Condition, all_of, any_of
from graph.decision import Decision, Effect
from policies.cedar_schema import Action, actions, taken_from_caller
from policies.contracts import Contracts
from policies.parsing import Policy
from policies.problems import PolicyInvalid, Problem, Unsupported
from policies.pushdown import Setting, condition, negated
from policies.scopes import named_actions, names_consumer
from policies.simplify import simplify

Key = tuple[str, str, str]


@dataclass
class _Rules:
    """What applies to one action: (policy id, condition) of permits and forbids."""

    permits: list[tuple[str, Condition]] = field(default_factory=list[tuple[str, Condition]])
    forbids: list[tuple[str, Condition]] = field(default_factory=list[tuple[str, Condition]])

    def effect(self) -> Effect:
        """Some permit and no forbid."""
        permitted = any_of(*(held for _, held in self.permits))
        ids = tuple(name for name, _ in (*self.permits, *self.forbids))
        return Effect(simplify(all_of(permitted, self.allowed())), ids)

    def allowed(self) -> Condition:
        """No forbid."""
        return simplify(all_of(*(negated(held) for _, held in self.forbids)))


def compile_tables(
    policies: Sequence[Policy], catalogue: Catalogue, contracts: Contracts
) -> Mapping[Key, Decision]:
    """Every table that the contracts allow. Raises PolicyInvalid; no policy is ever skipped."""
    problems: dict[Problem, None] = {}
    every = actions(catalogue)
    attributes = taken_from_caller(catalogue)
    tables: dict[Key, Decision] = {}
    for key in contracts.tables():
        known = frozenset(contracts.consumers[key[0]].principal)
        rules: dict[Action, _Rules] = defaultdict(_Rules)
        for policy in policies:
            try:
                _apply(policy, rules, key, every, attributes, known)
            except Unsupported as refusal:
                place = refusal.token, refusal.in_body
                found = policy.text.problem(refusal.reason, refusal.instead, *place)
                problems[found] = None
        tables[key] = _decision(rules)
    if problems:
        raise PolicyInvalid(list(problems))
    return tables


def _apply(
    policy: Policy,
    rules: dict[Action, _Rules],
    key: Key,
    every: tuple[Action, ...],
    attributes: Mapping[str, Mapping[str, Collection[str]]],
    known: frozenset[str],
) -> None:
    """Add the policy's condition to each action it speaks of."""
    if not names_consumer(policy.tree, key[0]):
        return
    chosen = named_actions(policy.tree, every)
    held = {
        row_type: held_when(policy.tree, Setting(*key, row_type, attributes[row_type], known))
        for row_type in dict.fromkeys(action.type_name for action in chosen)
    }
    for action in chosen:
        if held[action.type_name] != NEVER:
            rule = rules[action]
            side = rule.permits if policy.tree.effect == "permit" else rule.forbids
            side.append((policy.id, held[action.type_name]))


def held_when(policy: pst.Template, setting: Setting) -> Condition:
    """When the policy's clauses all hold. Raises Unsupported."""
    held: Condition = ALWAYS
    for clause in policy.clauses:
        if held == NEVER:
            break
        found = condition(clause.expr, setting)
        held = all_of(held, found if isinstance(clause, pst.When) else negated(found))
    return held


def _decision(rules: Mapping[Action, _Rules]) -> Decision:
    effects = [(action, rule.effect()) for action, rule in rules.items()]
    return Decision(
        clear={(a.type_name, a.field): effect for a, effect in effects if a.field},
        see={a.type_name: effect for a, effect in effects if not a.field},
        unhidden={a.type_name: rule.allowed() for a, rule in rules.items() if not a.field},
    )


def reachable(decisions: Iterable[Decision]) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    """Coordinates and types that some row of some of the decisions could show."""
    tables = list(decisions)
    clear = (c for table in tables for c, effect in table.clear.items() if _possible(effect))
    see = (t for table in tables for t, effect in table.see.items() if _possible(effect))
    return frozenset(clear), frozenset(see)


def _possible(effect: Effect) -> bool:
    return effect.condition != NEVER
