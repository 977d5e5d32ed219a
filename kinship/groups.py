"""Groups of relatives around one person: ancestors, descendants, family, and declared orders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from kinship.relations import Relation, relations
from kinship.ties import PARTNERSHIP
from kinship.web import Web

DECLARATION = Path(__file__).parent / "groups.yaml"
ANCESTORS, DESCENDANTS, FAMILY = "ancestors", "descendants", "family"


class Group(BaseModel):
    """A declared order of relatives; the file says what each setting means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    classes: tuple[tuple[str, ...], ...]
    living: bool = False
    full: bool = False
    first: bool = False
    represented: bool = False


@dataclass(frozen=True)
class Relative:
    """Somebody of a group: the class they stand in, 1 first, and the relation that puts them."""

    person: str
    rank: int
    relation: Relation


@lru_cache(maxsize=1)
def groups() -> Mapping[str, Group]:
    """The declared groups by name."""
    declared = yaml.safe_load(DECLARATION.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, Group]).validate_python(declared)


def relatives(
    web: Web,
    subject: str,
    group: str,
    within: int,
    dead: Collection[str] = (),
    hidden: Collection[str] = (),
) -> list[Relative]:
    """Who of the web belongs to the group, in order; each person once, by the nearest relation.

    `within` counts generations for ancestors and descendants, links for the family. Relations
    through somebody hidden are passed over.
    """
    everybody = [h.id for h in web.humans.values() if h.recorded and h.id != subject]
    found: list[Relative] = []
    for person in sorted(everybody):
        related = _told(relations(web, subject, person), hidden)
        ranked = [Relative(person, rank, r) for r in related for rank in _ranks(r, group, within)]
        living = group not in groups() or not groups()[group].living or person not in dead
        if ranked and living:
            found.append(min(ranked, key=_order))
        elif group in groups():
            found += _in_place(person, related, groups()[group], dead)
    found.sort(key=_order)
    if found and group in groups() and groups()[group].first:
        found = [relative for relative in found if relative.rank == found[0].rank]
    return found


def _told(related: Iterable[Relation], hidden: Collection[str]) -> list[Relation]:
    return [r for r in related if not any(person in hidden for person in r.people[1:-1])]


def _order(relative: Relative) -> tuple[int, int, bool, str]:
    relation = relative.relation
    return relative.rank, len(relation.ties), not relation.current, relative.person


def _ranks(relation: Relation, group: str, within: int) -> Iterator[int]:
    """The class of the relation in the group: generations or links where none is declared."""
    if group == ANCESTORS:
        rank = relation.up if relation.down == 0 else None
    elif group == DESCENDANTS:
        rank = relation.down if relation.up == 0 else None
    elif group == FAMILY:
        rank = len(relation.ties)
    else:
        declared = groups()[group]
        if not declared.full or _full(relation):
            yield from (n for n, c in enumerate(declared.classes, 1) if relation.base in c)
        return
    if rank is not None and rank <= within:
        yield rank


def _full(relation: Relation) -> bool:
    """Whether it holds, and is neither by step, by foster care nor by a partnership alone."""
    return (
        relation.current
        and relation.kind not in ("STEP", "FOSTER")
        and not any(PARTNERSHIP in tie.kinds for tie in relation.ties)
    )


def _in_place(
    person: str, related: Iterable[Relation], declared: Group, dead: Collection[str]
) -> Iterator[Relative]:
    """Who stands in for somebody dead between: of a child any descendant, of a sibling a child."""
    if not declared.represented or person in dead:
        return
    for relation in related:
        up, down = relation.up, relation.down
        if up is None or down is None or not _full(relation):
            continue
        between = relation.people[up + 1 : -1]
        if between and all(each in dead for each in between):
            if up == 0:
                yield Relative(person, 1, relation)
                return
            if (up, down) == (1, 2):
                yield Relative(person, 2, relation)
                return
