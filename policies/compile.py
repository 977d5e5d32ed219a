"""From checked policies to one Decision per consumer, purpose and legal basis.

A field is granted in a mode where some permit of that mode holds and no forbid does. A row
condition that cannot be evaluated, because a value is missing, never shows anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cedarpy import pst

from graph.catalogue import Catalogue
from graph.conditions import ALWAYS, NEVER, Condition, all_of, any_of
from graph.decision import Coordinate, Decision, Effect
from graph.masks import MASKS
from policies.cedar_schema import Action, actions, taken_from_caller
from policies.contracts import Contracts
from policies.masking import masks_of
from policies.modes import CLEAR, CONSENT, FILTER, MASKED
from policies.parsing import Policy
from policies.problems import PolicyInvalid, Problem, Unsupported
from policies.pushdown import Setting, condition, negated
from policies.scopes import named_actions, names_consumer
from policies.simplify import simplify

Key = tuple[str, str, str]


@dataclass(frozen=True)
class _Rule:
    """What one policy says of one action; `mask` of a permit on a masked field."""

    policy: str
    condition: Condition
    mask: str = ""


@dataclass
class _Rules:
    """What applies to one action."""

    permits: list[_Rule] = field(default_factory=list[_Rule])
    forbids: list[_Rule] = field(default_factory=list[_Rule])

    def effect(self) -> Effect:
        """Some permit and no forbid."""
        return self._effect(any_of(*(rule.condition for rule in self.permits)))

    def allowed(self) -> Condition:
        """No forbid."""
        return simplify(all_of(*(negated(rule.condition) for rule in self.forbids)))

    def by_mask(self) -> Iterator[tuple[str, Effect]]:
        """The strictest of the masks that apply; where that is unknown, none."""
        stricter: Condition = NEVER
        for mask in MASKS:
            permitted = any_of(*(r.condition for r in self.permits if r.mask == mask.name))
            effect = self._effect(all_of(permitted, negated(stricter)))
            if effect.condition != NEVER:
                yield mask.name, effect
            stricter = any_of(stricter, permitted)

    def _effect(self, permitted: Condition) -> Effect:
        ids = tuple(rule.policy for rule in (*self.permits, *self.forbids))
        return Effect(simplify(all_of(permitted, self.allowed())), ids)


@dataclass
class _Heads:
    """The actions that policies name and their masks, found once for all tables.

    `taken` has what the caller's token must say for derived fields.
    """

    catalogue: Catalogue
    every: tuple[Action, ...]
    attributes: Mapping[str, Mapping[str, Collection[str]]]
    taken: Mapping[Coordinate, tuple[str, ...]]
    found: dict[str, tuple[tuple[Action, ...], Mapping[Action, str]]] = field(
        default_factory=dict[str, tuple[tuple[Action, ...], Mapping[Action, str]]]
    )

    @classmethod
    def of(cls, catalogue: Catalogue) -> _Heads:
        """Of the model, before any policy is looked at."""
        taken = {
            (name, field): derived.caller
            for name, node in catalogue.nodes.items()
            for field, derived in node.worked_out.items()
        }
        return cls(catalogue, actions(catalogue), taken_from_caller(catalogue), taken)

    def head(self, policy: Policy) -> tuple[tuple[Action, ...], Mapping[Action, str]]:
        """Raises Unsupported."""
        if policy.id not in self.found:
            chosen = named_actions(policy.tree, self.every)
            self.found[policy.id] = chosen, masks_of(policy, chosen, self.catalogue)
        return self.found[policy.id]


def compile_tables(
    policies: Sequence[Policy], catalogue: Catalogue, contracts: Contracts
) -> Mapping[Key, Decision]:
    """Every table that the contracts allow. Raises PolicyInvalid; no policy is ever skipped."""
    problems: dict[Problem, None] = {}
    heads = _Heads.of(catalogue)
    tables: dict[Key, Decision] = {}
    about = {name: _about(policies, name) for name in contracts.consumers}
    behind = _behind(catalogue)
    for key in contracts.tables():
        known = frozenset(contracts.consumers[key[0]].principal)
        rules: dict[Action, _Rules] = defaultdict(_Rules)
        for policy in about[key[0]]:
            try:
                _apply(policy, rules, key, heads, known)
            except Unsupported as refusal:
                place = refusal.token, refusal.in_body
                found = policy.text.problem(refusal.reason, refusal.instead, *place)
                problems[found] = None
        tables[key] = _decision(rules, key, behind)
    if problems:
        raise PolicyInvalid(list(problems))
    return tables


def _about(policies: Sequence[Policy], consumer: str) -> list[Policy]:
    """Those that speak of the consumer, and those that cannot say of whom they speak."""
    found: list[Policy] = []
    for policy in policies:
        try:
            named = names_consumer(policy.tree, consumer)
        except Unsupported:
            named = True
        found += [policy] * named
    return found


def _apply(
    policy: Policy,
    rules: dict[Action, _Rules],
    key: Key,
    heads: _Heads,
    known: frozenset[str],
) -> None:
    """Add the policy's condition to each action it speaks of."""
    if not names_consumer(policy.tree, key[0]):
        return
    chosen, masks = heads.head(policy)
    held = {
        row_type: held_when(policy.tree, Setting(*key, row_type, heads.attributes[row_type], known))
        for row_type in dict.fromkeys(action.type_name for action in chosen)
    }
    for action in chosen:
        if held[action.type_name] != NEVER:
            _check_caller(policy, action, key[0], known, heads.taken)
            rule = rules[action]
            side = rule.permits if policy.tree.effect == "permit" else rule.forbids
            side.append(_Rule(policy.id, held[action.type_name], masks.get(action, "")))


def _check_caller(
    policy: Policy,
    action: Action,
    consumer: str,
    known: frozenset[str],
    taken: Mapping[Coordinate, tuple[str, ...]],
) -> None:
    """Raises Unsupported where the field is worked out from what the consumer never says."""
    unsaid = sorted(set(taken.get((action.type_name, action.field), ())) - known)
    if unsaid and policy.tree.effect == "permit":
        reason = f"{action.id} asks for the caller's {unsaid[0]}, and consumer {consumer!r}"
        hint = "declare it in consumers.yaml, or leave the field out"
        raise Unsupported(f"{reason} does not say it", hint, action.id, in_body=False)


def held_when(policy: pst.Template, setting: Setting) -> Condition:
    """When the policy's clauses all hold. Raises Unsupported."""
    held: Condition = ALWAYS
    for clause in policy.clauses:
        if held == NEVER:
            break
        found = condition(clause.expr, setting)
        held = all_of(held, found if isinstance(clause, pst.When) else negated(found))
    return held


def _behind(catalogue: Catalogue) -> Mapping[Coordinate, tuple[Coordinate, ...]]:
    """Of every derived field, what it is worked out from; of a link also its relationship."""
    return {
        (name, field): tuple(
            (source, edges[source].relationship.name if source in edges else "")
            for source in derived.origin
        )
        for name, edges in catalogue.edges.items()
        for field, derived in catalogue.nodes[name].worked_out.items()
    }


def _decision(
    rules: Mapping[Action, _Rules],
    key: Key,
    behind: Mapping[Coordinate, tuple[Coordinate, ...]],
) -> Decision:
    return Decision(
        clear=_effects(rules, CLEAR),
        see={action.type_name: rule.effect() for action, rule in rules.items() if not action.field},
        masked={
            (action.type_name, action.field): tuple(rule.by_mask())
            for action, rule in rules.items()
            if action.mode == MASKED
        },
        unhidden={a.type_name: rule.allowed() for a, rule in rules.items() if not a.field},
        consent=_effects(rules, CONSENT),
        filter=_effects(rules, FILTER),
        behind=behind,
        parameters={"consumer": key[0], "purpose": key[1]},
    )


def _effects(rules: Mapping[Action, _Rules], mode: str) -> Mapping[Coordinate, Effect]:
    return {
        (action.type_name, action.field): rule.effect()
        for action, rule in rules.items()
        if action.field and action.mode == mode
    }


def reachable(decisions: Iterable[Decision]) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    """Coordinates and types that some row of some of the decisions could show, whole or masked."""
    tables = list(decisions)
    shown = (c for table in tables for c in table.coordinates())
    see = (t for table in tables for t, effect in table.see.items() if effect.condition != NEVER)
    return frozenset(shown), frozenset(see)


def filterable(decisions: Iterable[Decision]) -> frozenset[Coordinate]:
    """Coordinates by which some of the decisions lets rows be chosen or put in order."""
    return frozenset(c for d in decisions for c in d.filter if d.testable(*c) != NEVER)
