"""The records that would decide a question about kinship, as precisely as the caller may know.

Of whom the caller may not know, nothing is recorded as far as these words go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.catalogue import Catalogue
from kinship.relations import Relation
from kinship.ties import Move, Tie
from kinship.web import BY_DESCENT
from resolvers.kinship_found import Found, Parent, complete, filled, is_open, parents

FEMALE, MALE = "FEMALE", "MALE"
_ADOPTION = "ADOPTIVE"


@dataclass(frozen=True)
class Gap:
    """A record that would decide a question: of which relationship, in both languages."""

    relationship: str
    record: str
    record_zh: str
    kind: str = ""


Words = tuple[str, str]
_ASKED: Words = ("the person asked about", "被问者")
_OTHER: Words = ("the other person", "另一人")
_CHILD: Words = ("the child", "子女")
_GRANDCHILD: Words = ("the grandchild", "孙辈")
_EACH: Words = ("each of the two", "双方各自")
_PARENTS: Words = ("both parents", "父母双方")
_EITHER: Words = ("the other parent", "父母中的另一方")
_ADOPTED: Words = ("an adoption", "收养登记")
_ELDERS: Words = ("all grandparents", "全部祖辈")
_BY_SEX: dict[str, Words] = {FEMALE: ("the mother", "母亲"), MALE: ("the father", "父亲")}
_OPPOSITE = {FEMALE: MALE, MALE: FEMALE}
_SIDES: dict[str, Words] = {
    FEMALE: ("the maternal grandparents", "外祖父母"),
    MALE: ("the paternal grandparents", "祖父母"),
}
_ON_SIDES: dict[tuple[str, Words], Words] = {
    (FEMALE, _BY_SEX[FEMALE]): ("the maternal grandmother", "外祖母"),
    (FEMALE, _BY_SEX[MALE]): ("the maternal grandfather", "外祖父"),
    (MALE, _BY_SEX[FEMALE]): ("the paternal grandmother", "祖母"),
    (MALE, _BY_SEX[MALE]): ("the paternal grandfather", "祖父"),
}
_PERSON = Gap("Parenthood", *_ASKED)
_MARRIAGE = Gap("Marriage", "a marriage of the two", "两人的婚姻登记")
SEX = Gap("Parenthood", "the sex of the person", "当事人的性别")
ALL_PARENTS = Gap("Parenthood", "both parents of both persons", "双方各自的父母")


def missing(terms: frozenset[str], found: Found) -> tuple[Gap, ...]:
    """What would have to be recorded, and be seen by the caller, for a no to be certain."""
    own = parents(found, found.subject) if found.subject_seen else []
    other = parents(found, found.relative) if found.relative_seen else []
    if "spouse" in terms and not found.subject_seen:
        return (_PERSON,)
    for term, sex in (("mother", FEMALE), ("father", MALE)):
        if terms == frozenset({term}) and not filled(own, sex):
            return (_gap(_BY_SEX[sex], _ASKED),)
    if "parent" in terms:
        return _of_two(_lacking(own), None, _OTHER)
    if "child" in terms:
        return _of_two(None, _lacking(other), _CHILD)
    if "sibling" in terms:
        return _of_two(_lacking(own), _lacking(other), _OTHER)
    if "grandparent" in terms:
        return tuple(_gap(what, _ASKED) for what in _elders(found, own))
    if "grandchild" in terms:
        return tuple(_gap(what, _GRANDCHILD) for what in _elders(found, other))
    return ()


def would_settle(found: Found, relation: Relation) -> Iterator[Gap]:
    """What would decide a relation that the records allow, or of which they contradict each other.

    Nobody between the two is named. Whose parent is only known to exist lacks a record of them.
    """
    humans, parenthoods = (
        found.around.web.humans,
        [t for t in relation.ties if t.move is Move.PARENT],
    )
    births = [tie for tie in parenthoods if is_open(tie) or not humans[tie.origin].recorded]
    marriage = any(is_open(tie) for tie in relation.ties if tie.move is Move.SPOUSE)
    if births and {tie.to for tie in births} <= {found.subject, found.relative}:
        own = _stated([tie for tie in births if tie.to == found.subject], found)
        other = _stated([tie for tie in births if tie.to == found.relative], found)
        yield from _of_two(own, other, _CHILD if relation.up == 0 else _OTHER)
    elif births or not marriage:
        yield ALL_PARENTS
    if marriage:
        yield _MARRIAGE


def holder(catalogue: Catalogue, gap: Gap) -> tuple[str, str]:
    """Code of the register that would hold the record, and who keeps it."""
    declared = catalogue.relationships[gap.relationship]
    kind = declared.kinds.get(gap.kind)
    department = kind.department if kind and kind.department else declared.department
    register = kind.register_ if kind and kind.register_ else declared.register_
    return register, f"{department.en} {department.zh}"


def _gap(what: Words, whose: Words) -> Gap:
    if (what, whose) == (_PARENTS, _EACH):
        return ALL_PARENTS
    kind = _ADOPTION if what == _ADOPTED else ""
    return Gap("Parenthood", f"{what[0]} of {whose[0]}", f"{whose[1]}的{what[1]}", kind)


def _of_two(own: Words | None, other: Words | None, relative: Words) -> tuple[Gap, ...]:
    if own is not None and own == other:
        return (_gap(own, _EACH),)
    each = ((own, _ASKED), (other, relative))
    return tuple(_gap(what, whose) for what, whose in each if what is not None)


def _lacking(known: Sequence[Parent]) -> Words | None:
    """Which parent is not recorded; None where all are."""
    if complete(known):
        return None
    if not known:
        return _PARENTS
    return _BY_SEX.get(_OPPOSITE.get(known[0].sex, ""), _EITHER)


def _stated(ties: Iterable[Tie], found: Found) -> Words | None:
    """Which parent the ties leave open; where none of them is by descent, the adoption."""
    known = list(ties)
    if not known:
        return None
    if not any(kind in BY_DESCENT for tie in known for kind in tie.kinds):
        return _ADOPTED
    sexes = {found.around.web.humans[tie.origin].sex for tie in known}
    return _BY_SEX.get(sexes.pop(), _PARENTS) if len(sexes) == 1 else _PARENTS


def _elders(found: Found, own: Sequence[Parent]) -> list[Words]:
    """Which grandparents are not recorded; by their side only if persons between may be told of."""
    above = {parent.id: _lacking(parents(found, parent.id)) for parent in own}
    if complete(own) and not any(above.values()):
        return []
    sexes = {parent.sex for parent in own}
    if not own or not found.between or not sexes <= _SIDES.keys():
        return [_ELDERS]
    open_sides: list[Words] = []
    for sex in (FEMALE, MALE):
        if sex not in sexes and not complete(own):
            open_sides.append(_SIDES[sex])
        elif what := next((above[p.id] for p in own if p.sex == sex and above[p.id]), None):
            open_sides.append(_ON_SIDES.get((sex, what), _SIDES[sex]))
    return [_ELDERS] if open_sides == list(_SIDES.values()) else open_sides
