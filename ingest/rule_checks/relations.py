"""Rules about relations that cannot be, as far as one record shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from graph.facts import EdgeFact
from ingest.rule_checks.scene import BY_DESCENT, Found, Scene, earliest, latest

PARENT_YEARS_MIN = 10


def nobody_is_their_own_parent(scene: Scene) -> Iterator[Found]:
    """A parenthood of any kind has two ends."""
    for edge in scene.parents:
        if edge.from_key == edge.to_key:
            yield Found("OWN_PARENT", "Parenthood", "", "parent and child are one person")


def nobody_marries_themself(scene: Scene) -> Iterator[Found]:
    """A marriage has two ends, and so has a couple without one."""
    for edge in (*scene.marriages, *scene.couples):
        if edge.from_key == edge.to_key:
            yield Found("OWN_SPOUSE", edge.relationship, "", "both spouses are one person")


def parents_are_older(scene: Scene) -> Iterator[Found]:
    """A parent by birth, adoption or in law was born before the child; plausibly years before."""
    for edge in scene.parents:
        if edge.kind not in BY_DESCENT or edge.from_key == edge.to_key:
            continue
        parent, child = scene.birth(edge.from_key), scene.birth(edge.to_key)
        if parent is None or child is None:
            continue
        words = f"the parent was born on {parent}, the child on {child}"
        if is_not_before(parent, child):
            yield Found("PARENT_YOUNGER", "Parenthood", parent, words)
        elif edge.kind != "ADOPTIVE" and is_within_years(parent, child, PARENT_YEARS_MIN):
            yield Found("PARENT_TOO_YOUNG", "Parenthood", parent, words)


def one_birth_mother(scene: Scene) -> Iterator[Found]:
    """No child has two mothers by birth at one time."""
    mothers: defaultdict[str, list[EdgeFact]] = defaultdict(list)
    for edge in scene.parents:
        if edge.kind != "BIRTH" or scene.sex(edge.from_key) != "FEMALE":
            continue
        others = mothers[edge.to_key]
        if any(other.from_key != edge.from_key and _overlap(other, edge) for other in others):
            yield Found("TWO_BIRTH_MOTHERS", "Parenthood", "", "the child has two mothers by birth")
        others.append(edge)


def spouses_are_alive(scene: Scene) -> Iterator[Found]:
    """No marriage begins after a spouse's death that the record states."""
    if not scene.deaths:
        return
    for edge in scene.marriages:
        begins = edge.source.valid_from
        for key in (edge.from_key, edge.to_key):
            died = scene.deaths.get(key)
            if begins and died and earliest(begins) > latest(died):
                words = f"the marriage begins on {begins}, a spouse died on {died}"
                yield Found("SPOUSE_AFTER_DEATH", "Marriage.validFrom", begins, words)


def is_not_before(date: str, other: str) -> bool:
    """Whether a partial date certainly lies on or after another."""
    if len(date) == len(other) == 10:
        return date >= other
    return earliest(date) > latest(other)


def is_within_years(date: str, other: str, years: int) -> bool:
    """Whether another partial date certainly lies less than so many years after the first."""
    first = earliest(date)
    return latest(other) < f"{int(first[:4]) + years:04d}{first[4:]}"


def _overlap(one: EdgeFact, other: EdgeFact) -> bool:
    """Whether both can be true on one day."""
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: EdgeFact, other: EdgeFact) -> bool:
    ends, begins = one.source.valid_to, other.source.valid_from
    return ends is not None and begins is not None and latest(ends) <= earliest(begins)
