"""The question who has custody of one person: the records from which kinship/custody.py derives it.

The records are those that hold on the day, as they are believed at the moment; of marriages those
that had begun, because an ended one counts too.
"""

from __future__ import annotations

from graph import kin
from graph.cypher import asking
from graph.cypher.predicates import believed, check_moment, day_of, held
from graph.cypher.rows import stated
from graph.cypher.writer import Writer
from graph.moments import Moment
from graph.problems import BadArgument
from graph.selection import CustodyPick, ScalarPick

_ADULTS_MAX = 50
"""So many facts of one kind are read; nobody has more parents, guardians or marriages."""


def question(writer: Writer, pick: CustodyPick) -> str:
    """One row for each person that the reference stands for: the id, and the records.

    `records` is {minor, parents, couples, guardians}; every fact has its `source`. On other days
    than today only where the birth date may be seen, because the answer changes with age.
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
    records = _Records(writer, pick.moment).map()
    return (
        f"{asking.of_one(writer, subject, pick.subject, allowed)}"
        f" WITH {subject}, {records} AS records"
        f" RETURN {{{body}}}"
    )


class _Records:
    """Writes what is read about the list `asked`."""

    def __init__(self, writer: Writer, moment: Moment) -> None:
        self._writer = writer
        self._moment = moment
        self._known = Moment(as_known=moment.as_known)
        self._day = day_of(writer, moment)
        self._parents = kin.fact_types(writer.catalogue, "Parenthood")

    def map(self) -> str:
        return (
            f"{{minor: head(COLLECT {{ {self._minor()} }}),"
            f" parents: COLLECT {{ {self._of_parents()} }},"
            f" couples: COLLECT {{ {self._of_couples()} }},"
            f" guardians: COLLECT {{ {self._of_guardians()} }}}}"
        )

    def _minor(self) -> str:
        homes = kin.fact_types(self._writer.catalogue, "Residence")
        begun = self._begun("r")
        return (
            f"UNWIND asked AS n RETURN {{{self._person('n')},"
            f" scheme: {self._value('n', 'numberScheme')},"
            f" custody: {self._statement('n', 'custody', self._moment)},"
            f" abroad: {self._value('n', 'birthCountry')} IS NOT NULL OR EXISTS {{"
            f" MATCH (n)-[r:{homes}]->(place:Place)"
            f" WHERE {begun} AND place.country IS NOT NULL }}}}"
        )

    def _of_parents(self) -> str:
        return (
            f"UNWIND asked AS n MATCH (p:Person)-[f:{self._parents}]->(n)"
            f" WHERE {held(self._writer, self._moment, 'f')}"
            f" RETURN {{{self._fact('f')}, {self._person('p')}, type: type(f),"
            f" number: f.parentNumber, since: f.lawfulFrom}} LIMIT {_ADULTS_MAX}"
        )

    def _of_couples(self) -> str:
        unions = kin.fact_types(self._writer.catalogue, "Marriage")
        return (
            f"UNWIND asked AS n MATCH (p:Person)-[g:{self._parents}]->(n)"
            f" WHERE {held(self._writer, self._moment, 'g')}"
            f" WITH DISTINCT p MATCH (p)-[f:{unions}]-(m:Person) WHERE {self._begun('f')}"
            f" RETURN {{{self._fact('f')}, {self._person('m')}, parent: p.id, form: f.form,"
            f" begins: f.validFrom, ends: f.validTo,"
            f" ended: coalesce(f.validTo <= {self._day}, false)}} LIMIT {_ADULTS_MAX}"
        )

    def _of_guardians(self) -> str:
        guardian = kin.fact_types(self._writer.catalogue, "Guardianship")
        return (
            f"UNWIND asked AS n MATCH (g:Person)-[f:{guardian}]->(n)"
            f" WHERE {held(self._writer, self._moment, 'f')}"
            f" AND coalesce(f.scope, '') <> 'PROPERTY'"
            f" RETURN {{{self._fact('f')}, {self._person('g')}, basis: f.basis}}"
            f" LIMIT {_ADULTS_MAX}"
        )

    def _person(self, node: str) -> str:
        """id, sex, born, died, dead and ward (the statement) of a person."""
        died = self._value(node, "deathDate")
        gone = self._value(node, "deceased")
        return (
            f"id: {node}.id, sex: {self._value(node, 'sex')},"
            f" born: {self._value(node, 'birthDate')},"
            f" dead: coalesce({died} <= {self._day}, {gone}, false),"
            f" death: {self._statement(node, 'deathDate', self._known)},"
            f" ward: {self._statement(node, 'underGuardianship', self._moment)}"
        )

    def _value(self, node: str, field: str) -> str:
        if self._known.is_now:
            return f"{node}.{field}"
        return stated(
            self._writer, "Person", node, ScalarPick(field, self._known), f"{{0}}.{field}"
        )

    def _statement(self, node: str, field: str, moment: Moment) -> str:
        """What states the field: {fact, value, source}."""
        wanted = f"{{fact: {{0}}.id, value: {{0}}.{field}, source: {self._source('{0}')}}}"
        return stated(self._writer, "Person", node, ScalarPick(field, moment), wanted)

    def _fact(self, fact: str) -> str:
        return f"fact: {fact}.id, source: {self._source(fact)}"

    def _source(self, fact: str) -> str:
        names = self._writer.catalogue.provenance
        return "{" + ", ".join(f"{name}: {fact}.{name}" for name in names) + "}"

    def _begun(self, fact: str) -> str:
        return (
            f"{believed(self._writer, self._moment, fact)}"
            f" AND ({fact}.validFrom IS NULL OR {fact}.validFrom <= {self._day})"
        )
