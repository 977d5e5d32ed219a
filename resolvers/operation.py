"""One operation from document to answer: select → decide → one statement → rows → audit.

This is a Strawberry extension; schema resolvers only pick out what it fetched.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, cast

from graphql import GraphQLError
from graphql.execution.values import get_variable_values
from graphql.utilities import get_operation_ast
from strawberry.extensions import SchemaExtension

from audit.record import Disclosure, Outcome
from audit.record import Row as DisclosedRow
from graph.catalogue import Catalogue
from graph.conditions import ALWAYS
from graph.cypher import Asking, Clock, Statement, Statements
from graph.decision import Decision
from graph.selection import (
    CustodyPick,
    KinshipPick,
    ListPick,
    LookupPick,
    QuestionPick,
    ResidentsPick,
    RootPick,
    Selection,
)
from resolvers import custody, residents
from resolvers.answer import Answer, Asked
from resolvers.asked import shape, written
from resolvers.context import Caller
from resolvers.documents import fragments_of
from resolvers.questions import Question, work_out
from resolvers.reading import Readers
from resolvers.relatives_of import gather
from resolvers.residents import Residents
from resolvers.rows import DENIED, Row, is_denial
from resolvers.select import Selected, Selector
from resolvers.standing import holds
from runtime.errors import CitizengraphError

Read = Callable[[str, Any], Awaitable[list[dict[str, Any]]]]


Rows = Sequence[dict[str, Any]]
Complete = Callable[[Mapping[str, tuple[RootPick, Rows]]], Awaitable[None]]


class Recorder(Protocol):
    """Makes a disclosure durable. Raises AUDIT_UNAVAILABLE if it cannot."""

    async def write(self, disclosure: Disclosure) -> None:
        """Return only when the record would survive a crash."""
        ...


@dataclass
class Request:
    """The context value of one GraphQL execution."""

    statements: Statements
    subgraph: str
    caller: Caller
    decision: Decision
    read: Read
    recorder: Recorder
    clock: Clock = field(default_factory=Clock.system)
    keys: dict[int, str] = field(default_factory=dict[int, str])
    roots: dict[str, Any] = field(default_factory=dict[str, Any])
    entities: dict[tuple[str, str], Row] = field(default_factory=dict[tuple[str, str], Row])
    asked: tuple[str, ...] = ()
    masked: list[list[str | int]] = field(default_factory=list[list[str | int]])
    """Paths of the response at which a masked value stands."""
    permissions: Callable[[], list[Row]] = list
    """What the caller's consumer may see for each of its purposes."""
    observe: Callable[[Selection], None] = lambda _: None
    complete: Complete | None = None
    """Puts in what other departments hold, by the numbers that the graph gave."""

    @property
    def catalogue(self) -> Catalogue:
        """The model."""
        return self.statements.catalogue

    @property
    def asking(self) -> Asking:
        """Who asks, when, and about which case."""
        return Asking(self.caller.principal, self.clock, self.caller.case)


class OneStatement(SchemaExtension):
    """Fetches before execution, and records before the answer leaves."""

    async def on_execute(self) -> AsyncIterator[None]:  # type: ignore[override]
        request = cast("Request", self.execution_context.context)
        answer = Answer(request.catalogue, Readers(request.decision))
        async with on_failure_recorded(request):
            selected = self._select(request)
            request.asked = written(selected.selection, selected.fields.values())
            await fetch(request, selected, answer)
        yield
        if selected.selection.roots:
            result = cast("Any", self.execution_context.result)
            errors = cast("Sequence[GraphQLError]", (result and result.errors) or ())
            if rejects(request, errors):
                result.data = None
            await record(request, answer, errors)

    def _select(self, request: Request) -> Selected:
        context = self.execution_context
        document = context.graphql_document
        assert document is not None
        schema = cast("Any", context.schema)._schema
        operation = get_operation_ast(document, context._provided_operation_name)  # pyright: ignore[reportPrivateUsage]
        if operation is None:
            raise CitizengraphError(
                "QUERY_INVALID", "The document has several operations.", "Send operationName."
            )
        variables = get_variable_values(
            schema, operation.variable_definitions or (), context.variables or {}
        )
        if isinstance(variables, list):  # graphql-core reports them itself when it executes
            return Selected(Selection({}))
        fragments = fragments_of(document)
        return Selector(request.catalogue, schema, fragments, variables).select(operation)


@asynccontextmanager
async def on_failure_recorded(request: Request) -> AsyncGenerator[None]:
    """Whatever fails before the answer is written down as failed."""
    try:
        yield
    except Exception:
        failed = disclosure(request.caller, request.subgraph, "failed", (), request.asked)
        await request.recorder.write(failed)
        raise


def rejects(request: Request, errors: Sequence[GraphQLError]) -> bool:
    """Whether nothing is shown: of a strict operation in which something is denied."""
    return request.caller.strict and any(is_denial(error.original_error) for error in errors)


async def record(request: Request, answer: Answer, errors: Sequence[GraphQLError]) -> None:
    """Make the account of the answer durable. Raises AUDIT_UNAVAILABLE."""
    rows = tuple(answer.disclosed.rows())
    if rejects(request, errors):
        rows = tuple(replace(row, shown=(), masked=()) for row in rows)
    told = any(set(row.shown) - {"id"} or row.masked for row in rows)
    outcome = "failed" if answer.unanswered and not told else _outcome(rows)
    made = disclosure(request.caller, request.subgraph, outcome, rows, request.asked)
    await request.recorder.write(made)


def _permitted(request: Request, selected: Selected, answer: Answer) -> Selection:
    """The selection without root fields that nothing grants the caller for this purpose."""
    denied = {
        key: name
        for key, name in selected.fields.items()
        if not holds(request.decision.field("Query", name).condition, request.caller.principal)
    }
    for key, name in denied.items():
        request.roots[key] = DENIED
        answer.disclosed.add("Query", "FIELD_DENIED", (), (name,))
    if not denied:
        return selected.selection
    roots = selected.selection.roots
    return Selection({key: pick for key, pick in roots.items() if key not in denied})


def compile_request(request: Request, selection: Selection) -> Statement:
    """The statement that answers the selection for this caller."""
    return request.statements.selection(selection, request.decision, request.asking)


async def fetch(
    request: Request, selected: Selected, answer: Answer, statement: Statement | None = None
) -> None:
    """Put what is selected into the request, as far as it is permitted.

    `statement` is that of the whole selection, where it is known.
    """
    request.keys = selected.keys
    selection = _permitted(request, selected, answer)
    if not selection.roots:
        return
    request.observe(selection)
    if statement is None or selection is not selected.selection:
        statement = compile_request(request, selection)
    found = (await request.read(statement.text, statement.parameters))[0]
    if request.complete:
        roots = selection.roots.items()
        await request.complete({key: (pick, found[statement.columns[key]]) for key, pick in roots})
    asked: dict[str, Asked] = {}
    for key, pick in selection.roots.items():
        maps = found[statement.columns[key]]
        if isinstance(pick, LookupPick | ListPick):
            request.roots[key] = answer.root(key, pick, maps)
        else:
            asked[key] = _work_out(request, pick, maps)
    await _read_evidence(request, asked)
    for key, question in asked.items():
        request.roots[key] = answer.asked(question)
    request.entities = answer.entities


def _work_out(request: Request, pick: QuestionPick, maps: list[dict[str, Any]]) -> Asked:
    today = request.clock.parameters()["today"]
    if isinstance(pick, KinshipPick):
        terms = request.catalogue.answers["KinshipAnswer"].questions[pick.question].terms
        return work_out(request.catalogue, pick, maps, today, terms)
    if isinstance(pick, CustodyPick):
        return custody.work_out(request.catalogue, pick, maps, today)
    if isinstance(pick, ResidentsPick):
        return residents.work_out(pick, maps)
    seen = request.decision.row("Person").condition == ALWAYS
    return gather(request.catalogue, pick, maps, today, seen)


async def _read_evidence(request: Request, asked: Mapping[str, Asked]) -> None:
    """What answers rest on, for those that show it: one more statement."""
    needed = {key: question.needs() for key, question in asked.items()}
    picks = {key: pick for key, pick in needed.items() if pick is not None}
    if not picks:
        return
    statement = request.statements.evidence(picks, request.decision, request.asking)
    found = (await request.read(statement.text, statement.parameters))[0]
    for key in picks:
        facts, persons = (
            found[statement.columns[f"{key}.{part}"]] for part in ("facts", "persons")
        )
        question = asked[key]
        if not isinstance(question, Residents):
            question.persons = {person["_id"]: person for person in persons}
        if isinstance(question, Question):
            question.facts = {fact["_id"]: fact for fact in facts}


def _outcome(rows: Sequence[DisclosedRow]) -> Outcome:
    """An opaque id shown beside fields that are denied is still a denial."""
    if any(row.masked or set(row.shown) - {"id"} for row in rows):
        return "disclosed"
    if any(row.denied for row in rows):
        return "denied"
    return "disclosed" if any(row.shown for row in rows) else "empty"


def disclosure(
    caller: Caller,
    subgraph: str,
    outcome: Outcome,
    rows: tuple[DisclosedRow, ...],
    asked: tuple[str, ...] = (),
) -> Disclosure:
    """A record about the caller's operation."""
    return Disclosure(
        operation=caller.operation,
        operation_name=caller.operation_name,
        operation_hash=caller.operation_hash,
        subgraph=subgraph,
        consumer=caller.consumer,
        subject=caller.subject,
        purpose=caller.purpose,
        basis=caller.basis,
        case=caller.case,
        policy=caller.policy,
        outcome=outcome,
        rows=rows,
        shape=shape(asked),
        asked=asked,
    )
