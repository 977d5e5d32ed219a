"""What descent rules out: nobody is an ancestor of their own, and nobody adopts one."""

from __future__ import annotations

from kinship.relations import GENERATIONS_MAX, Relation
from kinship.ties import Status
from kinship.walk import ancestry
from kinship.web import BY_DESCENT
from resolvers.kinship_found import Found

_UPWARDS = frozenset({"mother", "father", "parent", "grandmother", "grandfather", "grandparent"})
_DOWNWARDS = frozenset({"daughter", "son", "child", "granddaughter", "grandson", "grandchild"})


def excluded(found: Found, terms: frozenset[str]) -> bool:
    """Whether proven descent the other way round makes every one of the terms impossible.

    The caller needs to know of both persons, and the right to be told of those between.
    """
    if not (found.subject_seen and found.relative_seen):
        return False
    proven = [relation for relation in found.relations if _descends(found, relation)]
    below = any(relation.up == 0 for relation in proven)
    above = any(relation.down == 0 for relation in proven)
    ruled_out = (below and terms <= _UPWARDS) or (above and terms <= _DOWNWARDS)
    return ruled_out and not _in_a_circle(found)


def _descends(found: Found, relation: Relation) -> bool:
    humans = found.around.web.humans
    told = found.between or not any(humans[person].recorded for person in relation.people[1:-1])
    proven = relation.status is Status.PROVEN and relation.kind in BY_DESCENT
    return told and proven and relation.current


def _in_a_circle(found: Found) -> bool:
    """Whether records make each an ancestor of the other: then they prove neither."""
    web, one, other = found.around.web, found.subject, found.relative
    return one in ancestry(web, other, GENERATIONS_MAX) and other in ancestry(
        web, one, GENERATIONS_MAX
    )
