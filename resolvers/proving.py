"""The question inside a proof, answered under the same decision as the plain question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from audit.record import Row as DisclosedRow
from graph.catalogue import Catalogue
from graph.cypher import Clock, Statements
from graph.decision import Decision
from graph.moments import NOW, Moment
from graph.selection import (
    KinshipPick,
    LookupPick,
    PersonRef,
    RootPick,
    ScalarPick,
    TypePick,
)
from resolvers.answer import Answer
from resolvers.asked import written
from resolvers.context import Caller
from resolvers.lone import Maps, Read, alone, maps_of
from resolvers.questions import work_out
from resolvers.reading import Readers
from resolvers.rows import FieldDenied, is_denial
from resolvers.standing import holds
from runtime.errors import CitizengraphError

KINSHIP = "KinshipAnswer"
_AGE = re.compile(r"ageOver(\d+)")
UNDETERMINED = "NOT_DETERMINABLE"
_VERDICTS = {True: "YES", False: "NO", None: UNDETERMINED}


@dataclass(frozen=True)
class Finding:
    """What was found: an answer or the refusal, about whom, and the account of it.

    `persons` are handles: the id of a person of whom the caller may know, the reference as it was
    given otherwise. So a handle does not tell whether somebody hidden is there.
    """

    answer: str
    persons: tuple[str, ...]
    rows: tuple[DisclosedRow, ...]
    asked: tuple[str, ...]
    refusal: CitizengraphError | None = None

    def stands(self, answer: str) -> bool:
        """Whether that is still the answer, and may be told."""
        return self.refusal is None and self.answer == answer


@dataclass(frozen=True)
class RowQuestion:
    """Whether a field of a row is true. `sought`: what is asked for; `on`: a day that is not today.

    The row is the one of the type whose field `by` has the value.
    """

    type: str
    field: str
    by: str
    value: str
    sought: str = ""
    on: str = ""


@dataclass(frozen=True)
class PairQuestion:
    """Whether person is to `of` what the question of that name says."""

    name: str
    person: PersonRef
    of: PersonRef


Question = RowQuestion | PairQuestion


def provable(catalogue: Catalogue) -> Sequence[str]:
    """The questions about two persons that have a yes and a no."""
    questions = catalogue.answers[KINSHIP].questions
    return [name for name, question in questions.items() if question.terms]


def ages(catalogue: Catalogue) -> Mapping[int, str]:
    """The field of Person by each age that can be proved."""
    matches = (_AGE.fullmatch(name) for name in catalogue.nodes["Person"].derived)
    return {int(found[1]): found[0] for found in matches if found}


class Prover:
    """Asks for one caller. `case` and principal are those of the context token."""

    def __init__(
        self, statements: Statements, caller: Caller, decision: Decision, read: Read
    ) -> None:
        self._statements = statements
        self._catalogue = statements.catalogue
        self._caller = caller
        self._decision = decision
        self._read = read
        self._clock = Clock.system()

    async def of_pair(self, asked_of: PairQuestion) -> Finding:
        """Whether it is so. Raises NUMBER_AMBIGUOUS."""
        question, person, of = asked_of.name, asked_of.person, asked_of.of
        pick = KinshipPick(question, of, person, fields={"answer"})
        asked = written(alone(pick), [question])
        answer = Answer(self._catalogue, Readers(self._decision))
        allowed = self._decision.field("Query", question).condition
        if not holds(allowed, self._caller.principal):
            answer.disclosed.add("Query", question, (), (question,))
            refusal = FieldDenied(f"Query.{question}", "for this purpose")
            return Finding("", (), tuple(answer.disclosed.rows()), asked, refusal)
        terms = self._catalogue.answers[KINSHIP].questions[question].terms
        today = self._clock.parameters()["today"]
        worked = work_out(self._catalogue, pick, await self._maps(pick), today, terms)
        row, found = answer.asked(worked), worked.found
        handles = (
            _handle(person, found.relative if found.relative_seen else ""),
            _handle(of, found.subject if found.subject_seen else ""),
        )
        return _finding(answer, asked, handles, lambda: row.get("answer", "answer"))

    async def of_row(self, question: RowQuestion) -> Finding:
        """Whether it is so. Raises NUMBER_AMBIGUOUS."""
        field = question.field
        moment = Moment(as_of=question.on) if question.on else NOW
        node = TypePick(question.type, {field: ScalarPick(field, moment, question.sought)})
        pick = LookupPick(node, question.by, [question.value])
        asked = written(alone(pick), [])
        answer = Answer(self._catalogue, Readers(self._decision))
        row = answer.root("it", pick, await self._maps(pick))
        reference = PersonRef(question.by, question.value)
        if row is None:
            refusal = CitizengraphError("PERSON_UNKNOWN", "There is no such person.")
            rows = tuple(answer.disclosed.rows())
            return Finding("", (_handle(reference, ""),), rows, asked, refusal)
        handles = (_handle(reference, row.data["id"]),)
        return _finding(answer, asked, handles, lambda: _VERDICTS[row.get(field, field)])

    async def sought(self, question: RowQuestion) -> Finding:
        """The same, where no row and a row that does not tell it are not determinable either."""
        finding = await self.of_row(question)
        return replace(finding, answer=UNDETERMINED, refusal=None) if finding.refusal else finding

    async def found(self, question: Question) -> Finding:
        """The answer to either kind of question. Raises NUMBER_AMBIGUOUS."""
        if isinstance(question, PairQuestion):
            return await self.of_pair(question)
        return await self.of_row(question)

    async def _maps(self, pick: RootPick) -> Maps:
        about = self._statements, self._caller, self._decision, self._read, self._clock
        return await maps_of(pick, *about)


def _finding(
    answer: Answer, asked: tuple[str, ...], persons: tuple[str, ...], value: Callable[[], Any]
) -> Finding:
    rows = tuple(answer.disclosed.rows())
    try:
        return Finding(str(value()), persons, rows, asked)
    except CitizengraphError as refusal:
        if not is_denial(refusal):
            raise
        return Finding("", persons, rows, asked, refusal)


def _handle(asked: PersonRef, known: str) -> str:
    return f"id:{known}" if known else f"{asked.field}:{asked.value}"
