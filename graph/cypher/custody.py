"""The question who has custody of one person: the records from which kinship/custody.py derives it.

The records are those that hold on the day, as they are believed at the moment; of marriages those
that had begun, because an ended one counts too.
"""

from __future__ import annotations

from graph import kin
from graph.conditions import all_of
from graph.cypher import asking
from graph.cypher.edges import guarded
from graph.cypher.predicates import believed, check_moment, condition, day_of, held
from graph.cypher.rows import stated
from graph.cypher.writer import Writer
from graph.declarations import Relationship
from graph.moments import Moment
from graph.problems import BadArgument
from graph.selection import CustodyPick, ScalarPick

_ADULTS_MAX = 50
"""So many facts of one kind are read; nobody has more parents, guardians or marriages."""


def question(writer: Writer, pick: CustodyPick) -> str:
    """One row for each person that the reference stands for: the id, and the records.

    `records` is {minor, persons, parents, couples, guardians}; every fact has its `source`, empty
    where the caller may not see the field that it states. On other days than today only where the
    birth date may be seen, because the answer changes with age.
    """
    check_moment(pick.moment)
    if pick.moment.history:
        raise BadArgument("history cannot be used in a question about custody.")
    subject = writer.variable("a")
    guards = asking.guards(writer, pick.answer, pick.fields, pick.moment, {"subject": subject})
    told = asking.birth_told(writer, subject)
    if not pick.moment.is_now:
        guards["_see"] = f"({guards['_see']} AND {told})"
    allowed = asking.may_ask(guards, pick.fields)
    entries = {"subject": f"{subject}.id", "_told": told, "records": "records"} | guards
    body = ", ".join(f"{key}: {value}" for key, value in entries.items())
    read = _Records(writer, pick.moment, told)
    return (
        f"{asking.of_one(writer, subject, pick.subject, allowed)}"
        f" WITH {subject}, asked, {read.links()}"
        f" WITH {subject}, asked, parents, guardians, {read.couples()} AS couples"
        f" WITH {subject}, asked, parents, guardians, couples, {read.persons()} AS persons"
        f" WITH {subject}, {read.map()} AS records"
        f" RETURN {{{body}}}"
    )


class _Records:
    """Writes what is read about the list `asked`."""

    def __init__(self, writer: Writer, moment: Moment, told: str) -> None:
        """`told`: whether the birth date of the person asked about may be seen."""
        self._writer = writer
        self._moment = moment
        self._told = told
        self._known = Moment(as_known=moment.as_known)
        self._day = day_of(writer, moment)

    def links(self) -> str:
        """`parents` and `guardians` as lists of [person, fact]."""
        scope = "coalesce(f.scope, '') <> 'PROPERTY'"
        return (
            f"{self._held('Parenthood', 'true')} AS parents,"
            f" {self._held('Guardianship', scope)} AS guardians"
        )

    def couples(self) -> str:
        """Lists of [parent, the other, fact]."""
        unions = kin.fact_types(self._writer.catalogue, "Marriage")
        return (
            f"COLLECT {{ UNWIND parents AS x WITH DISTINCT x[0] AS p"
            f" MATCH (p)-[f:{unions}]-(m:Person) WHERE {self._begun('f')}"
            f" RETURN [p, m, f] LIMIT {_ADULTS_MAX} }}"
        )

    def persons(self) -> str:
        """Maps of whoever is in it: id, sex, born, dead, death and ward (the statement)."""
        died, gone = self._value("n", "deathDate"), self._value("n", "deceased")
        return (
            "COLLECT { UNWIND asked + [x IN parents + guardians | x[0]] + [x IN couples | x[1]]"
            " AS n WITH DISTINCT n"
            f" RETURN {{id: n.id, sex: {self._value('n', 'sex')},"
            f" born: {self._value('n', 'birthDate')},"
            f" dead: coalesce({died} <= {self._day}, {gone}, false),"
            f" death: {self._statement('n', 'deathDate', self._known)},"
            f" ward: {self._statement('n', 'underGuardianship', self._moment)}}} }}"
        )

    def map(self) -> str:
        """{minor, persons, parents, couples, guardians}."""
        return (
            f"{{minor: head(COLLECT {{ {self._minor()} }}), persons: persons,"
            f" parents: [x IN parents | {{{self._fact('x[1]', 'Parenthood')}, id: x[0].id,"
            f" type: type(x[1]), number: x[1].parentNumber, since: x[1].lawfulFrom}}],"
            f" couples: [x IN couples | {{{self._fact('x[2]', 'Marriage')}, id: x[1].id,"
            f" parent: x[0].id, form: x[2].form, begins: x[2].validFrom, ends: x[2].validTo,"
            f" ended: coalesce(x[2].validTo <= {self._day}, false)}}],"
            f" guardians: [x IN guardians | {{{self._fact('x[1]', 'Guardianship')}, id: x[0].id,"
            f" basis: x[1].basis}}]}}"
        )

    def _held(self, relationship: str, more: str) -> str:
        stored = kin.fact_types(self._writer.catalogue, relationship)
        return (
            f"COLLECT {{ UNWIND asked AS n MATCH (p:Person)-[f:{stored}]->(n)"
            f" WHERE {held(self._writer, self._moment, 'f')} AND {more}"
            f" RETURN [p, f] LIMIT {_ADULTS_MAX} }}"
        )

    def _minor(self) -> str:
        homes = kin.fact_types(self._writer.catalogue, "Residence")
        return (
            f"UNWIND asked AS n RETURN {{id: n.id, scheme: {self._value('n', 'numberScheme')},"
            f" custody: {self._statement('n', 'custody', self._moment)},"
            f" abroad: {self._value('n', 'birthCountry')} IS NOT NULL OR EXISTS {{"
            f" MATCH (n)-[r:{homes}]->(place:Place)"
            f" WHERE {self._begun('r')} AND place.country IS NOT NULL }}}}"
        )

    def _value(self, node: str, field: str) -> str:
        if self._known.is_now:
            return f"{node}.{field}"
        return stated(
            self._writer, "Person", node, ScalarPick(field, self._known), f"{{0}}.{field}"
        )

    def _statement(self, node: str, field: str, moment: Moment) -> str:
        """What states the field: {fact, value, since, source}."""
        decide = self._writer.decision.shown
        shown = all_of(*(decide("Person", name, moment) for name in (field, "facts")))
        seen = condition(self._writer, shown, "Person", {"row": node})
        wanted = (
            f"{{fact: elementId({{0}}), value: {{0}}.{field}, since: {{0}}.validFrom,"
            f" source: CASE WHEN {seen} THEN {self._source('{0}')} END}}"
        )
        return stated(self._writer, "Person", node, ScalarPick(field, moment), wanted)

    def _fact(self, fact: str, relationship: str) -> str:
        declared = self._writer.catalogue.relationships[relationship]
        told = self._told if declared.reveals else "true"
        return f"fact: {fact}.id, source: {self._source(fact, declared, told)}"

    def _source(self, fact: str, declared: Relationship | None = None, told: str = "true") -> str:
        entries = (
            f"{name}: {guarded(declared, name, told, value) if declared else value}"
            for name in self._writer.catalogue.provenance
            for value in [f"{fact}.{name}"]
        )
        return "{" + ", ".join(entries) + "}"

    def _begun(self, fact: str) -> str:
        return (
            f"{believed(self._writer, self._moment, fact)}"
            f" AND ({fact}.validFrom IS NULL OR {fact}.validFrom <= {self._day})"
        )
