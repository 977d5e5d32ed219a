"""What the relations of two persons answer: YES, NO or not determinable, and what would decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.catalogue import Catalogue
from kinship.relations import GENERATIONS_MAX, Relation, relations
from kinship.ties import PARTNERSHIP, Move, Status, Tie
from kinship.web import BY_DESCENT
from resolvers.relatives import Around

YES, NO, NOT_DETERMINABLE = "YES", "NO", "NOT_DETERMINABLE"
_LESS = frozenset({"STEP", "FOSTER"})
"""Kinds of parenthood that make no mother or father without further words."""
_NEUTRAL = {"mother": "parent", "father": "parent", "daughter": "child", "son": "child"}
_SIBLINGS = (1, 1)


@dataclass(frozen=True)
class Gap:
    """A record that would decide a question: of which relationship, in both languages."""

    relationship: str
    record: str
    record_zh: str


_MOTHER = Gap("Parenthood", "the mother of the person asked about", "被问者的母亲")
_FATHER = Gap("Parenthood", "the father of the person asked about", "被问者的父亲")
_PARENTS = Gap("Parenthood", "both parents of the person asked about", "被问者的父母双方")
_CHILDS = Gap("Parenthood", "both parents of the child", "子女的父母双方")
_BOTH = Gap("Parenthood", "both parents of both persons", "双方各自的父母")
_ELDERS = Gap("Parenthood", "all grandparents of the person asked about", "被问者的全部祖辈")
_GRANDCHILDS = Gap("Parenthood", "all grandparents of the grandchild", "孙辈的全部祖辈")
_MARRIAGE = Gap("Marriage", "a marriage of the two", "两人的婚姻登记")
_PERSON = Gap("Parenthood", "the person asked about", "被问者本人")
_SEX = Gap("Parenthood", "the sex of the person", "当事人的性别")


@dataclass(frozen=True)
class Found:
    """Two persons, what is recorded around them, and every relation of theirs.

    An id is empty where the reference stands for nobody; `seen` says whether the caller may know
    of the person.
    """

    subject: str
    relative: str
    subject_seen: bool
    relative_seen: bool
    around: Around
    relations: tuple[Relation, ...]


def find(around: Around, subject: str, relative: str, seen: tuple[bool, bool]) -> Found:
    """All relations of the two."""
    related = relations(around.web, subject, relative) if subject and relative else []
    return Found(subject, relative, *seen, around, tuple(related))


@dataclass(frozen=True)
class Verdict:
    """The answer, why in words, and the records that would decide it where it stays open."""

    answer: str
    reason: str
    missing: tuple[Gap, ...] = ()


def verdict(found: Found, shown: Sequence[Relation], terms: Sequence[str]) -> Verdict:
    """The answer to a question whose yes is any of the terms; with no terms, any relation shown.

    A no rests on what the registers state instead, so the caller needs to see whose record that
    is. Whether somebody is in the registers at all makes no difference to the answer.
    """
    if not terms:
        return _any(found, shown)
    wanted = {*terms, *(_NEUTRAL.get(term, term) for term in terms)}
    near = [relation for relation in found.relations if relation.base in wanted]
    for relation in near:
        if relation.base in terms and _holds(relation):
            return Verdict(YES, _stated(found, relation))
    if any(_holds(relation) for relation in near):
        return Verdict(NOT_DETERMINABLE, "The sex of the person is in no register here.", (_SEX,))
    for relation in near:
        if relation.current and relation.status is not Status.PROVEN:
            return _open(found, relation)
    missing = _missing(frozenset(terms), found)
    if missing is not None:
        reason = f"No record that you may see states {missing.record}."
        return Verdict(NOT_DETERMINABLE, reason, (missing,))
    if found.around.cut:
        return Verdict(NOT_DETERMINABLE, "More relatives are recorded than can be followed.")
    if "spouse" in terms:
        return Verdict(NO, "No register here states a marriage of the two that holds.")
    return Verdict(NO, "The registers state other relatives and not this relation.")


def _any(found: Found, shown: Sequence[Relation]) -> Verdict:
    for relation in shown:
        if _sure(relation):
            return Verdict(YES, _stated(found, relation))
    for relation in shown:
        return _open(found, relation)
    reason = (
        f"No relation is recorded: by blood within {GENERATIONS_MAX} generations, by marriage as"
        " far as such relations have names."
    )
    return Verdict(NOT_DETERMINABLE, reason, (_BOTH,))


def _holds(relation: Relation) -> bool:
    """Whether it answers a plain question with yes: a stepmother is not the mother."""
    return (
        _sure(relation)
        and relation.current
        and relation.kind not in _LESS
        and not any(PARTNERSHIP in tie.kinds for tie in relation.ties)
    )


def _sure(relation: Relation) -> bool:
    """Whether the records prove it.

    Two who share a proven parent are siblings, whether or not the other parent is known.
    """
    siblings = (relation.up, relation.down) == _SIBLINGS
    proven = relation.status is Status.PROVEN or siblings
    return proven and not any(_is_open(tie) for tie in relation.ties)


def _stated(found: Found, relation: Relation) -> str:
    return f"{relation.term} {relation.term_zh}, by register: {_registers(found, relation.ties)}."


def _open(found: Found, relation: Relation) -> Verdict:
    """The answer where records allow it without proof, or contradict each other."""
    name = f"{relation.term} {relation.term_zh}"
    own = _registers(found, relation.ties)
    if relation.status is Status.CONTRADICTED:
        others = [other for tie in relation.ties for other in rivals(found, tie)]
        stated = _registers(found, others)
        reason = f"{name}, by register: {own}; another record says otherwise: {stated or own}."
    else:
        reason = f"The records allow {name} and do not prove it ({own})."
    return Verdict(NOT_DETERMINABLE, reason, tuple(_would_settle(found, relation)))


def _would_settle(found: Found, relation: Relation) -> Iterator[Gap]:
    marriage = any(t.move is Move.SPOUSE and _is_open(t) for t in relation.ties)
    birth = any(t.move is Move.PARENT and _is_open(t) for t in relation.ties)
    if birth or not marriage:
        children = {t.to for t in relation.ties if t.move is Move.PARENT and _is_open(t)}
        yield _PARENTS if children == {found.subject} else _BOTH
    if marriage:
        yield _MARRIAGE


def _is_open(tie: Tie) -> bool:
    """Whether the records leave open that it is there, or of which kind it is."""
    return tie.status is not Status.PROVEN or len(tie.kinds) > 1


def rivals(found: Found, tie: Tie) -> list[Tie]:
    """What other records state in the place of a contradicted parent."""
    if tie.status is not Status.CONTRADICTED or tie.move is not Move.PARENT:
        return []
    humans = found.around.web.humans
    return [
        other
        for parent, ties in found.around.web.parents.get(tie.to, {}).items()
        for other in ties
        if parent != tie.origin
        and other.status is Status.CONTRADICTED
        and humans[parent].sex == humans[tie.origin].sex
    ]


def _registers(found: Found, ties: Iterable[Tie]) -> str:
    around = found.around
    stated = (
        f"{around.registers[fact]}{' (in doubt there)' if fact in around.disputed else ''}"
        for tie in ties
        for fact in tie.facts
    )
    return ", ".join(dict.fromkeys(stated))


@dataclass(frozen=True)
class _Parent:
    """`closed`: the register states all parents that there are in law."""

    id: str
    sex: str
    closed: bool


def _missing(terms: frozenset[str], found: Found) -> Gap | None:
    """What would have to be recorded, and be seen by the caller, for a no to be certain."""
    own = _parents(found, found.subject) if found.subject_seen else []
    other = _parents(found, found.relative) if found.relative_seen else []
    if "spouse" in terms and not found.subject_seen:
        return _PERSON
    if terms == frozenset({"mother"}) and not _filled(own, "FEMALE"):
        return _MOTHER
    if terms == frozenset({"father"}) and not _filled(own, "MALE"):
        return _FATHER
    if "parent" in terms and not _complete(own):
        return _PARENTS
    if "child" in terms and not _complete(other):
        return _CHILDS
    if "sibling" in terms and not (_complete(own) and _complete(other)):
        return _BOTH
    if "grandparent" in terms and not _all_complete(found, own):
        return _ELDERS
    if "grandchild" in terms and not _all_complete(found, other):
        return _GRANDCHILDS
    return None


def _parents(found: Found, child: str) -> list[_Parent]:
    """By birth or in law: who adopted a child says nothing of who bore it."""
    web = found.around.web
    return [
        _Parent(parent, web.humans[parent].sex, tie.kind == "LEGAL")
        for parent, ties in web.parents.get(child, {}).items()
        for tie in ties
        if not _is_open(tie) and tie.kind in BY_DESCENT and web.humans[parent].recorded
    ]


def _filled(parents: Sequence[_Parent], sex: str) -> bool:
    """Whether a parent of that sex is recorded, or the register states all there are."""
    return any(parent.closed or parent.sex == sex for parent in parents)


def _complete(parents: Sequence[_Parent]) -> bool:
    """Whether both parents are recorded, or the register states all there are."""
    closed = any(parent.closed for parent in parents)
    return closed or len({parent.id for parent in parents}) > 1


def _all_complete(found: Found, parents: Sequence[_Parent]) -> bool:
    return _complete(parents) and all(_complete(_parents(found, p.id)) for p in parents)


def holder(catalogue: Catalogue, gap: Gap) -> tuple[str, str]:
    """Code of the register that would hold the record, and who keeps it."""
    declared = catalogue.relationships[gap.relationship]
    return declared.register_, f"{declared.department.en} {declared.department.zh}"
