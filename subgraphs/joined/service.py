"""The guard of a joined department: a subgraph whose rows are asked of the department.

The graph says by one statement which persons there are, of whom the caller may see what the
department holds, and by which number it knows them. Of those, and of no others, it is asked once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.selection import HeldPick, LookupPick, RootPick
from resolvers.context import Caller
from resolvers.held import Held as HeldRows
from resolvers.held import Settled, settled, wanted
from resolvers.operation import Request, Rows
from resolvers.rows import Unanswered
from runtime.errors import CitizengraphError
from subgraphs.joined.asking import Department, Unfit, Unreachable, Wanted, log
from subgraphs.joined.judging import Judged, judged
from subgraphs.service import Service

NUMBERS_MAX = 1_000
RETRY = "Repeat the request later."


@dataclass(frozen=True)
class _Place:
    """Where the number of one person stands in what was fetched, and what goes there."""

    row: dict[str, Any]
    key: str
    pick: HeldPick

    @property
    def number(self) -> str:
        """The number by which the department knows the person."""
        return self.row[self.key]


class JoinedService(Service):
    """One guard."""

    department: Department

    def request(self, caller: Caller) -> Request:
        """The context of one execution, with the department to complete it."""
        request = super().request(caller)
        assert isinstance(request, Request)

        async def complete(roots: Mapping[str, tuple[RootPick, Rows]]) -> None:
            await self._complete(request, list(_places(roots)))

        request.complete = complete
        return request

    async def _complete(self, request: Request, places: Sequence[_Place]) -> None:
        """Put the department's rows, or why there are none, in the place of each number."""
        if not places:
            return
        principal = request.caller.principal
        shown = {id(p.pick): settled(p.pick, request.decision, principal) for p in places}
        asked = {
            f"r{at}": self._wanted(field, [p for p in places if p.key == field], shown)
            for at, field in enumerate(dict.fromkeys(place.key for place in places))
        }
        found = await self._ask(asked, request.caller)
        names = {part.held.through.field: name for name, part in asked.items()}
        for place in places:
            answer = (
                found if isinstance(found, Exception) else found[names[place.key]][place.number]
            )
            place.row[place.key] = self._value(place.pick.type, answer, shown[id(place.pick)])

    def _wanted(self, field: str, places: Sequence[_Place], shown: Mapping[int, Settled]) -> Wanted:
        """One question about every person of the field. Raises QUERY_TOO_LARGE."""
        held = self.catalogue.held[places[0].pick.type]
        numbers = list(dict.fromkeys(place.number for place in places))
        if len(numbers) > NUMBERS_MAX:
            words = f"{held.of}.{field} is asked of more than {NUMBERS_MAX} at once."
            raise CitizengraphError("QUERY_TOO_LARGE", words, "Ask for smaller pages with first.")
        fields = wanted(shown[id(place.pick)] for place in places) | {held.identifier}
        return Wanted(held, self.catalogue.nodes[held.of].identifier, numbers, sorted(fields))

    async def _ask(
        self, asked: Mapping[str, Wanted], caller: Caller
    ) -> dict[str, dict[str, Judged]] | Unreachable | Unfit:
        """By name and number. One request, whatever is asked."""
        try:
            response = await self.department.answer(asked, caller)
            found = judged(self.catalogue, asked, response)
        except (Unreachable, Unfit) as error:
            log(self.name, error)
            return error
        for problem in {str(f): f for by in found.values() for f in by.values()}.values():
            if isinstance(problem, Exception):
                log(self.name, problem)
        return found

    def _value(self, kind: str, answer: Judged, shown: Settled) -> HeldRows | Unanswered:
        label = self.catalogue.held[kind].department.en
        match answer:
            case Unreachable():
                words = f"The register of the {label} does not answer."
                return Unanswered("REGISTER_UNAVAILABLE", words, RETRY)
            case Unfit():
                words = f"The register of the {label} does not answer as it declared."
                return Unanswered("REGISTER_INVALID", words)
            case rows:
                return HeldRows(kind, rows, shown)


def _places(roots: Mapping[str, tuple[RootPick, Rows]]) -> Iterator[_Place]:
    """Every person whom the department is to be asked about: the graph gave the number."""
    for pick, found in roots.values():
        if isinstance(pick, LookupPick):
            for held, wanted_of in pick.node.held.items():
                rows = (entry["row"] for entry in found)
                yield from (_Place(r, held, wanted_of) for r in rows if r.get(held) is not None)
