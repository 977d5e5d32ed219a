"""Who in the end owns an entity: shares followed through other entities, circles included. Pure.

With A the shares that entities hold in entities and B those of ultimate owners, the effective
shares X satisfy X = B + A·X. Chains are followed in order; each circle is solved as a system.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.owners_solve import NoSolution, Row, circles, solve

CIRCLE_ENTITIES_MAX = 200
# Shares that add up to more are a contradiction, not rounding.
TOTAL_MAX = 1.01
Bounds = tuple[float, float]
Shares = dict[str, Bounds]


@dataclass(frozen=True, slots=True)
class Holding:
    """A direct share between `low` and `high`, as fractions of 1; equal where it is exact."""

    holder: str
    held: str
    low: float
    high: float


@dataclass
class Owners:
    """By entity: the effective share of each ultimate owner, or why there is none.

    An ultimate owner is a holder in which nobody holds anything.
    """

    shares: dict[str, Shares] = field(default_factory=lambda: dict[str, Shares]())
    unresolved: dict[str, str] = field(default_factory=lambda: dict[str, str]())


def ultimate_owners(holdings: Iterable[Holding], cut: Collection[str] = ()) -> Owners:
    """Ultimate owners of every entity that is held; holders of those in `cut` are not known."""
    direct = _direct(holdings)
    owners = Owners(unresolved=dict.fromkeys(cut, "its holders lie deeper than was looked"))
    for circle in circles({held: list(held_by) for held, held_by in direct.items()}):
        members = [entity for entity in circle if entity in direct]
        if members:
            reason = _unresolvable(members, direct, owners)
            if reason:
                owners.unresolved.update({m: owners.unresolved.get(m, reason) for m in members})
            else:
                _resolve(members, direct, owners)
    return owners


def through(holder_kinds: Iterable[tuple[str, str, str]]) -> list[Holding]:
    """Arrangements as holdings: (holder, arrangement, kind of control interest).

    Of a nominee arrangement the nominators are the holders, of a trust the beneficiaries, else
    the settlors. One alone has all of it; of several, each has an unknown part.
    """
    parties: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for holder, arrangement, kind in holder_kinds:
        parties[arrangement][kind].append(holder)
    found: list[Holding] = []
    for arrangement, by_kind in parties.items():
        kinds = ("NOMINATOR", "BENEFICIARY", "SETTLOR")
        holders = dict.fromkeys(next((by_kind[k] for k in kinds if k in by_kind), list[str]()))
        low = 1.0 if len(holders) == 1 else 0.0
        found += [Holding(holder, arrangement, low, 1.0) for holder in holders]
    return found


def _direct(holdings: Iterable[Holding]) -> dict[str, Shares]:
    """By held entity, the share of each holder; what others certainly have is not left to it."""
    found: defaultdict[str, Shares] = defaultdict(dict)
    for holding in holdings:
        low, high = found[holding.held].get(holding.holder, (0.0, 0.0))
        found[holding.held][holding.holder] = low + holding.low, min(high + holding.high, 1.0)
    return {held: _narrowed(shares) for held, shares in found.items()}


def _narrowed(shares: Shares) -> Shares:
    total = sum(low for low, _ in shares.values())
    return {
        holder: (low, high if low == high else max(low, min(high, 1 - (total - low))))
        for holder, (low, high) in shares.items()
    }


def _unresolvable(
    members: Sequence[str], direct: Mapping[str, Shares], owners: Owners
) -> str | None:
    if len(members) > CIRCLE_ENTITIES_MAX:
        return f"more than {CIRCLE_ENTITIES_MAX} entities hold shares of each other in a circle"
    for member in members:
        if member in owners.unresolved:
            return owners.unresolved[member]
        if sum(low for low, _ in direct[member].values()) > TOTAL_MAX:
            return "the shares in it, or in one it holds in a circle, exceed 100 percent"
        if any(holder in owners.unresolved for holder in direct[member]):
            return "the owners of one of its holders are not resolved"
    return None


def _resolve(members: Sequence[str], direct: Mapping[str, Shares], owners: Owners) -> None:
    try:
        low = _effective(members, direct, owners, 0)
    except NoSolution:
        reason = "the entities of a circle hold all of each other; nobody outside owns them"
        owners.unresolved.update(dict.fromkeys(members, reason))
        return
    try:
        high = _effective(members, direct, owners, 1)
    except NoSolution:
        high = [dict.fromkeys(row, 1.0) for row in low]
    for member, least, most in zip(members, low, high, strict=True):
        owners.shares[member] = {
            owner: (min(least.get(owner, 0.0), 1.0), min(share, 1.0))
            for owner, share in most.items()
            if share > 0
        }


def _effective(
    members: Sequence[str], direct: Mapping[str, Shares], owners: Owners, bound: int
) -> list[Row]:
    """Effective shares in each member by one bound. Raises NoSolution."""
    places = {member: number for number, member in enumerate(members)}
    inside: list[dict[int, float]] = []
    outside: list[Row] = []
    for member in members:
        within: dict[int, float] = {}
        given: Row = {}
        for holder, bounds in direct[member].items():
            if holder in places:
                within[places[holder]] = bounds[bound]
                continue
            above = owners.shares.get(holder, {holder: (1.0, 1.0)})
            for owner, share in above.items():
                given[owner] = given.get(owner, 0.0) + bounds[bound] * share[bound]
        inside.append(within)
        outside.append(given)
    return solve(inside, outside) if any(inside) else outside
