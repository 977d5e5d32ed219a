"""Operations of a desk: root fields that are not about rows. Decided and recorded, then done.

The record is durable before anything is read or changed, so nothing is done that left no trace.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from graphql.utilities import get_operation_ast
from strawberry.extensions import SchemaExtension

from audit.record import Row as DisclosedRow
from graph.decision import Decision
from resolvers.context import Caller
from resolvers.documents import fragments_of, root_fields
from resolvers.operation import Recorder, disclosure
from resolvers.standing import holds
from runtime.errors import CitizengraphError


@dataclass
class DeskRequest:
    """The context value of one GraphQL execution at a desk."""

    caller: Caller
    decision: Decision
    recorder: Recorder
    subgraph: str
    open_desk: Callable[[], Any]
    means: Any = None
    """What the desks that work on the graph have at hand."""
    masked: list[list[str | int]] = field(default_factory=list[list[str | int]])

    @cached_property
    def desk(self) -> Any:
        """The desk of the policies, opened when first needed. Raises POLICY_UNAVAILABLE."""
        return self.open_desk()

    async def note(self, type_name: str, record: str, *fields: str) -> None:
        """Write down whom the operation is about, before it takes effect."""
        outcome = "disclosed" if fields else "empty"
        row = DisclosedRow(type_name, record, fields)
        await self.recorder.write(disclosure(self.caller, self.subgraph, outcome, (row,)))

    def allows(self, root: str, name: str) -> bool:
        """Whether the caller may use the root field for this purpose."""
        return holds(self.decision.field(root, name).condition, self.caller.principal)


class OnRecord(SchemaExtension):
    """Writes what is asked and what is denied before it is answered."""

    async def on_execute(self) -> AsyncIterator[None]:  # type: ignore[override]
        request = cast("DeskRequest", self.execution_context.context)
        root, names = self._asked()
        rows = tuple(_row(request, root, name) for name in names)
        if rows:
            outcome = "disclosed" if any(row.shown for row in rows) else "denied"
            asked = tuple(sorted(f"{root}.{name}" for name in names))
            record = disclosure(request.caller, request.subgraph, outcome, rows, asked)
            await request.recorder.write(record)
        yield

    def _asked(self) -> tuple[str, list[str]]:
        """The root type, and each root field once."""
        context = self.execution_context
        document = context.graphql_document
        assert document is not None
        operation = get_operation_ast(document, context._provided_operation_name)  # pyright: ignore[reportPrivateUsage]
        if operation is None:
            words = "The document has several operations."
            raise CitizengraphError("QUERY_INVALID", words, "Send operationName.")
        nodes = root_fields(operation.selection_set, fragments_of(document))
        names = (n for node in nodes if (n := node.name.value)[:2] != "__")
        root = operation.operation.value.capitalize()
        return root, list(dict.fromkeys(name for name in names if name != "_service"))


def _row(request: DeskRequest, root: str, name: str) -> DisclosedRow:
    if request.allows(root, name):
        return DisclosedRow(root, name, (name,))
    return DisclosedRow(root, name, (), (name,))
