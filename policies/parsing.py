"""Policy texts parsed and checked: syntax, ids, every name, and Cedar's strict validation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import cedarpy
from cedarpy import pst

from policies.cedar_schema import CONSUMER, Action
from policies.contracts import Contracts
from policies.problems import PolicyInvalid, Problem, suggestion
from policies.strict import invalid
from policies.texts import PolicyText

_ATTRIBUTE = re.compile(r"attribute `(\w+)` on entity type `(\w+)`")
_BACKTICKS = re.compile(r"`([^`]*)`")


@dataclass(frozen=True)
class Policy:
    """One policy: its text with its place, and Cedar's tree of it."""

    text: PolicyText
    tree: pst.Template

    @property
    def id(self) -> str:
        """The value of its @id annotation."""
        return self.text.id


@dataclass(frozen=True)
class Names:
    """Everything that a policy may name."""

    contracts: Contracts
    actions: tuple[Action, ...]
    row_attributes: Mapping[str, Collection[str]]
    provenance: Collection[str]

    @cached_property
    def action_ids(self) -> frozenset[str]:
        """Single actions."""
        return frozenset(action.id for action in self.actions)

    @cached_property
    def group_ids(self) -> frozenset[str]:
        """Action groups."""
        return frozenset(action.group_id for action in self.actions if action.group_id)

    def members(self, group_id: str) -> list[Action]:
        """Actions of a group."""
        return [action for action in self.actions if action.group_id == group_id]


def parse(
    texts: Sequence[PolicyText],
    names: Names,
    schema: str,
    checked_besides: Callable[[Policy], Iterable[Problem]] = lambda _: (),
) -> list[Policy]:
    """Trees of all policies. Raises PolicyInvalid with every problem found in any of them."""
    policies: list[Policy] = []
    valid: list[Policy] = []
    problems = list(_id_problems(texts))
    for text in texts:
        found = _parse_one(text)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        problems += checked_besides(found)
        named = list(_name_problems(found, names))
        problems += named
        policies.append(found)
        if not named:
            valid.append(found)
    problems += _strict_problems(valid, names, schema)
    if problems:
        raise PolicyInvalid(problems)
    return policies


def _parse_one(text: PolicyText) -> Policy | Problem:
    try:
        parsed = cedarpy.policies_to_pst(text.text)
    except ValueError as error:
        token = next(iter(_BACKTICKS.findall(str(error))), "")
        return text.problem(f"not Cedar: {error}", token=token)
    if parsed.templates:
        return text.problem("slots are not available", f'write {CONSUMER}::"<id>"', "?principal")
    return Policy(text, next(iter(parsed.static_policies.values())))


def _id_problems(texts: Sequence[PolicyText]) -> Iterator[Problem]:
    count = Counter(text.id for text in texts)
    for text in texts:
        if not text.id:
            yield text.problem("the policy has no id", 'put @id("<words>") above it')
        elif count[text.id] > 1:
            yield text.problem("another policy has the same id", "give each its own", text.id)


def _name_problems(policy: Policy, names: Names) -> Iterator[Problem]:
    yield from _entity_problems(policy, names)
    if policy.tree.effect == "permit":
        yield from _breadth_problems(policy, names)
    contracts = names.contracts
    known = {"purpose": contracts.purposes.keys(), "basis": contracts.bases.keys()}
    for clause in policy.tree.clauses:
        for attribute, value in _compared_with_context(clause.expr):
            if attribute in known and value not in known[attribute]:
                hint = suggestion(value, known[attribute])
                yield policy.text.problem(f"unknown {attribute} {value!r}", hint, value)


def _entity_problems(policy: Policy, names: Names) -> Iterator[Problem]:
    known = {
        CONSUMER: ("consumer", names.contracts.consumers.keys()),
        "Action": ("action", names.action_ids | names.group_ids),
    }
    for entity in sorted(pst.entity_uids(policy.tree), key=str):
        word, ids = known.get(str(entity.type), ("", frozenset({entity.id})))
        if entity.id not in ids:
            hint = suggestion(entity.id, ids)
            yield policy.text.problem(f"unknown {word} {entity.id!r}", hint, entity.id)


def _breadth_problems(policy: Policy, names: Names) -> Iterator[Problem]:
    """A permit names fields one by one, so that a field added to the model stays denied.

    What every fact carries (source and dates) may be granted as a group.
    """
    match policy.tree.action:
        case pst.ScopeAny():
            hint = "name the actions, so that a new field stays denied"
            yield policy.text.problem("a permit without actions grants everything", hint, "action")
        case pst.ActionIn(entities):
            for group in sorted({e.id for e in entities} & names.group_ids):
                members = names.members(group)
                if not all(action.field in names.provenance for action in members):
                    reason = f"a permit on the group {group!r} would also grant fields added later"
                    hint = f"name its fields: {', '.join(action.id for action in members)}"
                    yield policy.text.problem(reason, hint, group)
        case pst.ActionEq():
            return


def _strict_problems(policies: Sequence[Policy], names: Names, schema: str) -> Iterator[Problem]:
    """What Cedar's strict validation finds, each policy by itself where there is anything."""
    pairs = [(policy.text.text, policy.tree) for policy in policies]
    suspects = sorted(invalid(pairs, schema, names.actions))
    if not suspects:
        return
    whole = cedarpy.Schema.from_str(schema)
    for place in suspects:
        yield from _validation_problems(policies[place].text, names, whole)


def _validation_problems(
    text: PolicyText, names: Names, schema: cedarpy.Schema
) -> Iterator[Problem]:
    result = cedarpy.validate_policies(text.text, schema)  # pyright: ignore[reportUnknownMemberType]
    for error in result.errors:
        words = re.sub(r"^for policy `[^`]*`, ", "", error.error)
        token = next(iter(_BACKTICKS.findall(words)), "")
        yield text.problem(words, _validation_hint(words, names), token)


def _validation_hint(words: str, names: Names) -> str:
    callers = names.contracts.principal_attributes()
    match _ATTRIBUTE.findall(words):
        case [(attribute, "Consumer")] if attribute in callers:
            return f"write principal has {attribute} && … before it; not every caller has it"
        case [(attribute, type_name)]:
            return suggestion(attribute, names.row_attributes.get(type_name, callers))
        case _:
            return ""


def _compared_with_context(expression: pst.Expr) -> Iterator[tuple[str, str]]:
    """(attribute of the context, string that it is compared with), anywhere in the expression."""
    match expression:
        case pst.BinaryOp(_, pst.GetAttr(pst.Var("context"), name), pst.StringLit(value)):
            yield name, value
        case pst.BinaryOp(_, pst.StringLit(value), pst.GetAttr(pst.Var("context"), name)):
            yield name, value
        case pst.BinaryOp(_, pst.Set(elements), pst.GetAttr(pst.Var("context"), name)):
            yield from ((name, e.value) for e in elements if isinstance(e, pst.StringLit))
        case pst.BinaryOp(_, left, right):
            yield from _compared_with_context(left)
            yield from _compared_with_context(right)
        case pst.UnaryOp(_, argument):
            yield from _compared_with_context(argument)
        case pst.IfThenElse(test, then, otherwise):
            for part in (test, then, otherwise):
                yield from _compared_with_context(part)
        case _:
            return
