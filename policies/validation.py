"""What a set of policies that loads should still be looked into for, before it is put into force.

Errors keep a version from being approved. Warnings are told and may be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.conditions import ALWAYS, NEVER, Condition, all_of
from policies.bundle import SERVICES_FILE
from policies.cedar_schema import Action, actions, taken_from_caller
from policies.compile import Key, held_when
from policies.entail import relation
from policies.leaving import left_open
from policies.parsing import Policy
from policies.pushdown import Setting, negated
from policies.scopes import named_actions, names_consumer
from policies.table import PolicySet
from policies.terms import due, ending

WARNED_DAYS = 30
SENSITIVE = frozenset({"special", "identifier", "identity", "vital", "family"})
_Cell = tuple[Key, Action]
_Held = dict[str, dict[_Cell, Condition]]


@dataclass(frozen=True)
class Finding:
    """One line of a report: `code` names the kind, `where` the place or the coordinate."""

    level: Literal["error", "warning"]
    code: str
    where: str
    words: str
    policy: str = ""


def findings(policies: PolicySet, days: int = WARNED_DAYS) -> list[Finding]:
    """Everything, errors first."""
    held = _held(policies)
    found = [
        *_unreachable(policies, held),
        *_overridden(policies, held),
        *_left_open(policies, held),
        *_ends(policies, days),
        *_nobody(policies),
        *_everybody(policies),
        *_unused(policies),
    ]
    return sorted(found, key=lambda finding: finding.level)


def _held(policies: PolicySet) -> _Held:
    """Per policy, the cells that it has a say in, and when."""
    every = actions(policies.catalogue)
    attributes = taken_from_caller(policies.catalogue)
    return {
        policy.id: dict(_cells(policy, policies, every, attributes)) for policy in policies.policies
    }


def _cells(
    policy: Policy,
    policies: PolicySet,
    every: tuple[Action, ...],
    attributes: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> Iterator[tuple[_Cell, Condition]]:
    named = named_actions(policy.tree, every)
    about = {name for name in policies.consumers if names_consumer(policy.tree, name)}
    for key in policies.lasting:
        if key[0] not in about:
            continue
        known = frozenset(policies.consumers[key[0]].principal)
        types = dict.fromkeys(action.type_name for action in named)
        when = {
            name: held_when(policy.tree, Setting(*key, name, attributes[name], known))
            for name in types
        }
        for action in named:
            if relation(when[action.type_name], NEVER) != "equal":
                yield (key, action), when[action.type_name]


def _unreachable(policies: PolicySet, held: _Held) -> Iterator[Finding]:
    for policy in policies.policies:
        if not held[policy.id]:
            words = "no table uses it: it names nobody who may call, or its condition never holds"
            yield Finding("error", "UNREACHABLE", _place(policy), words, policy.id)


def _overridden(policies: PolicySet, held: _Held) -> Iterator[Finding]:
    """A permit that a forbid takes away: everywhere is an error, of some fields a warning."""
    forbids = [policy.id for policy in policies.policies if policy.tree.effect == "forbid"]
    for policy in policies.policies:
        cells = held[policy.id]
        if policy.tree.effect == "forbid" or not cells:
            continue
        gone = {cell: by for cell in cells if (by := _taken_away(cells[cell], cell, forbids, held))}
        kept = {action for key, action in cells if (key, action) not in gone}
        lost = {action for _, action in gone} - kept
        by = ", ".join(dict.fromkeys(gone.values()))
        if len(gone) == len(cells):
            words = f"{by} takes away all that it permits"
            yield Finding("error", "CONFLICT", _place(policy), words, policy.id)
            continue
        for action in sorted(lost, key=lambda action: action.id):
            words = f"{by} takes away {action.id} everywhere"
            yield Finding("warning", "CONFLICT", _place(policy), words, policy.id)


def _taken_away(permitted: Condition, cell: _Cell, forbids: list[str], held: _Held) -> str:
    """The forbids that leave nothing of the permit in the cell; empty if something is left."""
    against = {name: held[name][cell] for name in forbids if cell in held[name]}
    left = all_of(permitted, *(negated(condition) for condition in against.values()))
    return ", ".join(against) if against and relation(left, NEVER) == "equal" else ""


def _left_open(policies: PolicySet, held: _Held) -> Iterator[Finding]:
    """A forbid on clear whose fields a permit goes on showing, masked or with consent."""
    for left in left_open(policies.policies, held):
        shown = ", ".join(left.fields)
        words = f"{left.permit} still shows {shown} by {left.mode}:"
        advice = f'forbid {left.mode}: too, or say @leaves("{left.mode}") above it'
        place = _place(left.policy)
        yield Finding("error", "LEFT_OPEN", place, f"{words} {advice}", left.policy.id)


def _ends(policies: PolicySet, days: int) -> Iterator[Finding]:
    for policy, left in ending(policies.policies, policies.day, days):
        code = "ENDS" if left >= 0 else "ENDED"
        words = f"it ends in {left} days" if left >= 0 else f"it ended {-left} days ago"
        yield Finding("warning", code, _place(policy), words, policy.id)
    for policy, left in due(policies.policies, policies.day, days):
        words = f"it is to be reviewed in {left} days" if left >= 0 else "its review is overdue"
        yield Finding("warning", "REVIEW_DUE", _place(policy), words, policy.id)


def _nobody(policies: PolicySet) -> Iterator[Finding]:
    for type_name, field, _ in policies.catalogue.coordinates():
        effects = (table.field(type_name, field) for table in policies.tables.values())
        if all(effect.condition == NEVER for effect in effects):
            words = "nobody can see it"
            yield Finding("warning", "UNSEEN", f"{type_name}.{field}", words)


def _everybody(policies: PolicySet) -> Iterator[Finding]:
    """A sensitive field that each consumer can see of every row, for some purpose."""
    for type_name, field, group in policies.catalogue.coordinates():
        if group not in SENSITIVE or type_name not in policies.catalogue.nodes:
            continue
        seers = {
            key[0]
            for key, table in policies.tables.items()
            if table.field(type_name, field).condition == ALWAYS
        }
        if seers and seers == set(policies.consumers):
            words = f"everybody can see it of every row, and it is {group}"
            yield Finding("warning", "SEEN_BY_ALL", f"{type_name}.{field}", words)


def _unused(policies: PolicySet) -> Iterator[Finding]:
    """Departments and papers that no service names."""
    every = policies.services.services.values()
    departments = {of.department for service in every for of in (service, *service.parts)}
    papers = {paper for service in every for paper, _ in service.papers}
    for what, named in (("departments", departments), ("papers", papers)):
        for name in sorted(getattr(policies.services, what).keys() - named):
            yield Finding(
                "warning", "UNUSED", f"{SERVICES_FILE}: {what}.{name}", "no service names it"
            )


def _place(policy: Policy) -> str:
    return f"{policy.text.file}:{policy.text.line}"
