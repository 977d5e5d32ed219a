"""What may be told of a relation of two persons, under the decision of whoever asks.

The relation, and of each of the two the fields that the asker is shown whole. One statement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from audit.record import Row as DisclosedRow
from graph.cypher import Asking, Clock, Statements
from graph.decision import Decision
from graph.selection import KinshipPick, LookupPick, PersonRef, ScalarPick, Selection, TypePick
from resolvers.answer import Answer
from resolvers.asked import written
from resolvers.context import Caller
from resolvers.lone import Read
from resolvers.proving import KINSHIP, PairQuestion
from resolvers.questions import work_out
from resolvers.reading import Readers
from resolvers.rows import FieldDenied, Row, is_denial
from resolvers.standing import holds
from runtime.errors import CitizengraphError

FIELDS = ("name", "birthDate", "citizenNumber")
"""Of a person, as far as they are shown."""
SUBJECT, RELATIVE = "subject", "relative"
_YES = "YES"
_Values = Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """The answer, what may be told of each of the two, and the account of it."""

    answer: str
    subject: _Values
    relative: _Values
    rows: tuple[DisclosedRow, ...]
    asked: tuple[str, ...]
    refusal: CitizengraphError | None = None

    @property
    def holds(self) -> bool:
        """Whether the registers say that it is so, and the asker may be told."""
        return self.refusal is None and self.answer == _YES

    def values(self) -> dict[str, str]:
        """What is told of both, by `<who>.<field>`."""
        parts = {SUBJECT: self.subject, RELATIVE: self.relative}
        return {f"{who}.{name}": value for who, of in parts.items() for name, value in of.items()}

    def withheld(self) -> Told:
        """The same where nothing of the persons left: only the answer was told."""
        rows = (row if row.type == KINSHIP else _withheld(row) for row in self.rows)
        return replace(self, rows=tuple(rows))


@dataclass(frozen=True)
class Teller:
    """Asks for one caller."""

    statements: Statements
    caller: Caller
    decision: Decision
    read: Read
    clock: Clock = field(default_factory=Clock.system)

    async def told(self, question: PairQuestion) -> Told:
        """What holds now. Raises NUMBER_AMBIGUOUS."""
        pick = KinshipPick(question.name, question.of, question.person, fields={"answer"})
        persons = {SUBJECT: _looked_up(question.person), RELATIVE: _looked_up(question.of)}
        selection = Selection({"relation": pick, **persons})
        asked = written(selection, [question.name])
        answer = Answer(self.statements.catalogue, Readers(self.decision))
        allowed = self.decision.field("Query", question.name).condition
        if not holds(allowed, self.caller.principal):
            answer.disclosed.add("Query", question.name, (), (question.name,))
            refusal = FieldDenied(f"Query.{question.name}", "for this purpose")
            return Told("", {}, {}, tuple(answer.disclosed.rows()), asked, refusal)
        maps = await self._maps(selection)
        verdict, refusal = self._verdict(pick, maps["relation"], answer)
        subject, relative = (
            _values(of, answer.root(who, persons[who], maps[who]))
            for who, of in ((SUBJECT, question.person), (RELATIVE, question.of))
        )
        rows = tuple(answer.disclosed.rows())
        return Told(verdict, subject, relative, rows, asked, refusal)

    def _verdict(
        self, pick: KinshipPick, maps: list[Mapping[str, Any]], answer: Answer
    ) -> tuple[str, CitizengraphError | None]:
        terms = self.statements.catalogue.answers[KINSHIP].questions[pick.question].terms
        today = self.clock.parameters()["today"]
        row = answer.asked(work_out(self.statements.catalogue, pick, maps, today, terms))
        try:
            return str(row.get("answer", "answer")), None
        except CitizengraphError as refusal:
            if not is_denial(refusal):
                raise
            return "", refusal

    async def _maps(self, selection: Selection) -> dict[str, list[Mapping[str, Any]]]:
        asking = Asking(self.caller.principal, self.clock, self.caller.case)
        statement = self.statements.selection(selection, self.decision, asking)
        found = (await self.read(statement.text, statement.parameters))[0]
        return {key: found[column] for key, column in statement.columns.items()}


def _looked_up(person: PersonRef) -> LookupPick:
    node = TypePick("Person", {name: ScalarPick(name) for name in FIELDS})
    return LookupPick(node, person.field, [person.value])


def _values(person: PersonRef, row: Row | None) -> dict[str, str]:
    """What the row shows whole; a number that the asker gave themselves is no secret from them."""
    shown = {name: row.data.get(name) for name in FIELDS} if row else {}
    found = {person.field: person.value} | {n: v for n, v in shown.items() if isinstance(v, str)}
    return {name: found[name] for name in FIELDS if name in found}


def _withheld(row: DisclosedRow) -> DisclosedRow:
    return replace(row, shown=(), masked=(), denied=(*row.shown, *row.denied))
