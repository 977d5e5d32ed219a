"""Cedar's strict validation of many policies, by the types that they speak of.

One call over everything would try each policy on every action of the model. Policies that name
actions on the same types are validated together, against the schema of these types.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import cedarpy
from cedarpy import pst

from policies.cedar_schema import Action, narrowed
from policies.problems import Unsupported
from policies.scopes import named_actions

Types = frozenset[str]


def invalid(
    trees: Sequence[tuple[str, pst.Template]], schema: str, every: tuple[Action, ...]
) -> set[int]:
    """Places of the (text, tree) pairs among which Cedar finds something wrong.

    Each pair that is wrong is in it, and those that were validated together with one.
    """
    by_name: dict[str, set[str]] = defaultdict(set)
    for action in every:
        by_name[action.id].add(action.type_name)
        by_name[action.group_id].add(action.type_name)
    groups: dict[Types, list[int]] = defaultdict(list)
    for place, (_, tree) in enumerate(trees):
        groups[_types(tree, every, by_name)].append(place)
    return {
        place
        for types, places in groups.items()
        if not _is_valid([trees[place][0] for place in places], narrowed(schema, types, every))
        for place in places
    }


def _types(tree: pst.Template, every: tuple[Action, ...], by_name: Mapping[str, set[str]]) -> Types:
    """The types of all actions that the policy names, anywhere in it; all types where it may."""
    found: set[str] = set()
    for entity in pst.entity_uids(tree):
        if str(entity.type) == "Action":
            found |= by_name[entity.id]
    if isinstance(tree.action, pst.ScopeAny):
        try:
            found |= {action.type_name for action in named_actions(tree, every)}
        except Unsupported:
            found.clear()
    return frozenset(found or {action.type_name for action in every})


def _is_valid(texts: Sequence[str], schema: str) -> bool:
    result = cedarpy.validate_policies(  # pyright: ignore[reportUnknownMemberType]
        "\n".join(texts), cedarpy.Schema.from_str(schema)
    )
    return bool(result.validation_passed) and not result.errors
