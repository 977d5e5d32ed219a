"""Questions about two persons: worked out from what was read, then shown with what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.catalogue import Catalogue
from graph.declarations import Relationship
from graph.problems import BadArgument
from graph.selection import EvidencePick, KinshipPick, QuestionPick, TypePick
from kinship.relations import Relation
from kinship.ties import COUPLE, Move, Tie
from resolvers.disclosed import Disclosed, sought
from resolvers.kinship import verdict
from resolvers.kinship_found import Found, find, rivals
from resolvers.kinship_gaps import Gap, holder
from resolvers.relatives import around
from resolvers.rows import DENIED, Row

Map = Mapping[str, Any]
_RELATIONSHIPS = {
    Move.PARENT: "Parenthood",
    Move.SPOUSE: "Marriage",
    Move.GUARDIAN: "Guardianship",
}
_RECORDS = ("evidence", "contradictedBy")


@dataclass
class Question:
    """One question: what it asks, and what was found.

    `shown` are the fields that it may tell, `terms` those that count as yes.
    """

    pick: KinshipPick
    found: Found
    shown: Sequence[str]
    terms: Sequence[str]
    facts: Mapping[str, Map] = field(default_factory=dict[str, Map])
    persons: Mapping[str, Map] = field(default_factory=dict[str, Map])

    def told(self) -> list[Relation]:
        """The relations that the caller may be told."""
        if self.found.between:
            return list(self.found.relations)
        web = self.found.around.web
        return [
            relation
            for relation in self.found.relations
            if all(
                person in self.persons or not web.humans[person].recorded
                for person in relation.people[1:-1]
            )
        ]

    def needs(self) -> EvidencePick | None:
        """What has to be read before the answer can be shown; None where nothing."""
        listed = "relations" in self.shown
        hidden = not self.found.between and (listed or not self.terms)
        if not self.found.relations or not (hidden or (listed and _with_records(self.pick))):
            return None
        persons: dict[str, None] = {}
        facts: dict[str, None] = {}
        for relation in self.found.relations:
            persons.update(dict.fromkeys((*relation.people, *relation.ancestors)))
            for tie in relation.ties if listed and self.pick.steps else ():
                facts.update(dict.fromkeys(tie.facts))
                for other in rivals(self.found, tie):
                    facts.update(dict.fromkeys(other.facts))
        humans = self.found.around.web.humans
        recorded = [person for person in persons if humans[person].recorded]
        starts = self.found.around.starts
        return EvidencePick(self.pick, [[starts[fact], fact] for fact in facts], recorded)


def _with_records(pick: KinshipPick) -> bool:
    return bool(pick.steps or pick.places)


def work_out(
    catalogue: Catalogue,
    pick: KinshipPick,
    maps: Sequence[Map],
    today: str,
    terms: Sequence[str],
) -> Question:
    """The question with every relation found. Raises NUMBER_AMBIGUOUS."""
    found, shown = asked_about(pick, maps)
    near = around(found["around"], catalogue, pick.moment.as_of or today)
    seen = (found["subjectSeen"], found["relativeSeen"])
    pair = (found["subject"] or "", found["relative"] or "")
    between = bool(found["_between"])
    return Question(pick, find(near, *pair, seen, between), shown, terms)


def asked_about(pick: QuestionPick, maps: Sequence[Map]) -> tuple[Map, list[str]]:
    """What was read of whom the question is about, and the fields that may be told of it.

    Raises NUMBER_AMBIGUOUS where something may be told and a number stands for several persons.
    """
    found = next((m for m in maps if _allowed(pick, m)), maps[0])
    shown = _allowed(pick, found)
    if shown and len(maps) > 1:
        raise BadArgument("A number stands for several persons.", "Ask by id.", "NUMBER_AMBIGUOUS")
    return found, shown


def _allowed(pick: QuestionPick, found: Map) -> list[str]:
    return [name for name in sorted(pick.fields) if found["_see"] and found[f"_{name}"]]


def relation_fields(relation: Relation) -> dict[str, Any]:
    """What is told of a relation wherever it stands."""
    return {
        "term": relation.term,
        "termZh": relation.term_zh,
        "kind": relation.kind,
        "status": relation.status.value,
        "up": relation.up,
        "down": relation.down,
        "current": relation.current,
        "half": relation.half,
        "side": relation.side or None,
    }


class QuestionRows:
    """Builds the rows of answers, and accounts for what they disclose.

    `person` builds the row of a person: what is wanted of them, what was read of any person on
    the way, and that map.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        disclosed: Disclosed,
        person: Callable[[TypePick, TypePick, Map], Row],
    ) -> None:
        self._catalogue = catalogue
        self._disclosed = disclosed
        self._person = person

    def answer(self, question: Question) -> Row:
        """The whole answer."""
        pick, shown = question.pick, question.shown
        told = question.told()
        given = verdict(question.found, told, question.terms)
        values: dict[str, Any] = dict.fromkeys(pick.fields, DENIED)
        if "answer" in shown:
            values["answer"] = given.answer
        if "reason" in shown:
            values["reason"] = given.reason
        if "missing" in shown:
            values["missing"] = [self._gap(gap) for gap in given.missing]
        if "relations" in shown:
            values["relations"] = [self._relation(question, relation) for relation in told]
        self._account(question)
        return Row("KinshipAnswer", values)

    def _account(self, question: Question) -> None:
        pick, found = question.pick, question.found
        ends = ((found.subject, pick.subject), (found.relative, pick.relative))
        pair = ":".join(end or sought(asked.value) for end, asked in ends)
        names = {name: f"{pick.question}.{name}" for name in sorted(pick.fields)}
        denied = [asked for name, asked in names.items() if name not in question.shown]
        shown = [names[name] for name in question.shown]
        self._disclosed.add("KinshipAnswer", pair, shown, denied)

    def _gap(self, gap: Gap) -> Row:
        register, department = holder(self._catalogue, gap)
        return Row(
            "KinshipGap",
            {
                "needed": gap.record,
                "neededZh": gap.record_zh,
                "heldIn": register,
                "department": department,
            },
        )

    def _relation(self, question: Question, relation: Relation) -> Row:
        places = question.pick.places
        ancestors = places.get("commonAncestors")
        found = (self._end(question, ancestors, person) for person in relation.ancestors)
        steps = relation.ties if question.pick.steps else ()
        return Row(
            "KinshipRelation",
            {
                **relation_fields(relation),
                "commonAncestors": [row for row in found if row is not None],
                "steps": [self._step(question, tie) for tie in steps],
            },
        )

    def _step(self, question: Question, tie: Tie) -> Row:
        data: dict[str, Any] = {
            "relationship": "Couple" if tie.kinds == (COUPLE,) else _RELATIONSHIPS[tie.move],
            "kind": tie.kind,
            "kinds": list(tie.kinds),
            "status": tie.status.value,
            "current": not tie.ended,
            **self._source(question.facts.get(tie.facts[0]) if tie.facts else None),
        }
        others = rivals(question.found, tie)
        data["evidence"] = self._records(question, tie.facts)
        data["contradictedBy"] = self._records(question, (f for o in others for f in o.facts))
        for end, person in (("from", tie.origin), ("to", tie.to)):
            data[end] = self._end(question, question.pick.places.get(end), person)
        plain = question.pick.steps - {"from", "to", *_RECORDS}
        for fact in tie.facts:
            self._disclose(question, fact, plain)
        return Row("KinshipStep", data)

    def _records(self, question: Question, facts: Iterable[str]) -> list[Row]:
        if not question.pick.steps & set(_RECORDS):
            return []
        rows: list[Row] = []
        for fact in facts:
            found = question.facts.get(fact)
            if found is None:
                continue
            self._disclose(question, fact, question.pick.evidence)
            own = {
                "relationship": self._stated_by(found).name,
                "relationToHead": found["relationToHead"],
            }
            rows.append(Row("KinshipEvidence", own | self._source(found)))
        return rows

    def _source(self, found: Map | None) -> dict[str, Any]:
        """Provenance, without what would tell a date that the caller may not see."""
        if found is None:
            return dict.fromkeys(self._catalogue.provenance)
        return {
            name: found[name] if found["_told"] or not self._dates(name) else DENIED
            for name in self._catalogue.provenance
        }

    def _disclose(self, question: Question, fact: str, names: Iterable[str]) -> None:
        found = question.facts.get(fact)
        if found is None:
            return
        denied = [n for n in sorted(names) if not found["_told"] and self._dates(n)]
        shown = [n for n in sorted(names) if n not in denied]
        self._disclosed.add(self._stated_by(found).name, fact, shown, denied)

    def _dates(self, name: str) -> bool:
        """Whether a fact of parenthood tells a birth date by this field."""
        reveals = self._catalogue.relationships["Parenthood"].reveals
        return reveals is not None and name in reveals.by

    def _stated_by(self, found: Map) -> Relationship:
        stored = str(found["type"]).removesuffix("_FACT")
        declared = self._catalogue.relationships.values()
        return next(r for r in declared if stored in r.types.values())

    def _end(self, question: Question, wanted: TypePick | None, person: str) -> Row | None:
        """A person on the way: what that place asks for, out of what was read."""
        found, read = question.persons.get(person), question.pick.persons
        if found is None or wanted is None or read is None:
            return None
        return self._person(wanted, read, found)
