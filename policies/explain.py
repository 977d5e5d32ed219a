"""Why a cell is as it is, rule by rule: each policy that names it, and what becomes of it there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from graph.conditions import ALWAYS, NEVER, Condition
from graph.decision import DENIED, Effect
from policies.cedar_schema import Action, actions, taken_from_caller
from policies.compile import Key, held_when
from policies.parsing import Policy
from policies.pushdown import Setting
from policies.scopes import named_actions, names_consumer
from policies.table import PolicySet
from policies.terms import holds_on, terms

Outcome = Literal["shown", "masked", "depends on the row", "denied"]


@dataclass(frozen=True)
class Reason:
    """What one policy says of the cell: when it holds, once what is known has been folded away.

    `actions` are those of the cell that it names, one for each mode.
    """

    policy: str
    effect: str
    actions: tuple[str, ...]
    condition: Condition
    ended: date | None
    place: str
    document: str

    @property
    def applies(self) -> bool:
        """Whether it has any say for some row."""
        return self.ended is None and self.condition != NEVER


@dataclass(frozen=True)
class CellExplanation:
    """When the cell is shown whole, and by which mask; every policy that names it in any mode;
    and which grant is missing for it to be shown whole, if one is.
    """

    type_name: str
    field: str
    effect: Effect
    masked: Mapping[str, Effect]
    consent: Effect
    reasons: tuple[Reason, ...]
    missing: str

    @property
    def outcome(self) -> Outcome:
        """What becomes of the cell."""
        if self.effect.condition == ALWAYS:
            return "shown"
        conditions = [effect.condition for effect in (self.effect, *self.masked.values())]
        with_consent = self.consent.condition != NEVER
        if not with_consent and all(condition == NEVER for condition in conditions):
            return "denied"
        whole, *masked = conditions
        certain = whole == NEVER and not with_consent and ALWAYS in masked
        return "masked" if certain else "depends on the row"


def explain_cell(policies: PolicySet, key: Key, type_name: str, field: str) -> CellExplanation:
    """Raises PURPOSE_UNKNOWN or BASIS_UNKNOWN for a table that is not there."""
    decision = policies.decision(*key)
    effect = decision.field(type_name, field) if field else decision.row(type_name)
    masked = dict(decision.masked.get((type_name, field), ()))
    consent = decision.consent.get((type_name, field), DENIED)
    reasons = tuple(_reasons(policies, key, type_name, field))
    whole = Action(type_name, field).id
    missing = _missing(key, [r for r in reasons if whole in r.actions], whole)
    return CellExplanation(type_name, field, effect, masked, consent, reasons, missing)


def _reasons(policies: PolicySet, key: Key, type_name: str, field: str) -> Iterator[Reason]:
    every = actions(policies.catalogue)
    asked = [a for a in every if (a.type_name, a.field) == (type_name, field)]
    attributes = taken_from_caller(policies.catalogue)[type_name]
    known = frozenset(policies.consumers[key[0]].principal)
    setting = Setting(*key, type_name, attributes, known)
    for policy in policies.policies:
        if not names_consumer(policy.tree, key[0]):
            continue
        named = named_actions(policy.tree, every)
        about = tuple(action.id for action in asked if action in named)
        if about:
            yield _reason(policies, policy, about, held_when(policy.tree, setting))


def _reason(policies: PolicySet, policy: Policy, about: tuple[str, ...], held: Condition) -> Reason:
    said = terms(policy)
    ended = None if holds_on(policy, policies.day, policies.last) else said.until or policies.last
    place = f"{policy.text.file}:{policy.text.line}"
    return Reason(policy.id, policy.tree.effect, about, held, ended, place, said.basis)


def _missing(key: Key, reasons: Sequence[Reason], action: str) -> str:
    """The grant that would be needed; nothing where some permit has a say."""
    permits = [reason for reason in reasons if reason.effect == "permit"]
    if any(reason.applies for reason in permits):
        return ""
    wanted = f'a permit of Action::"{action}" for Consumer::"{key[0]}"'
    if any(reason.ended for reason in permits):
        return f"{wanted} that has not ended"
    if permits:
        return f"{wanted} whose condition can hold for purpose {key[1]} on basis {key[2]}"
    return wanted
