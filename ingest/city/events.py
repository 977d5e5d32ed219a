"""What changes household books, in the order in which it happens."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

from ingest.city.care import CareOrders
from ingest.city.clock import TODAY
from ingest.city.population import Population

# Events of one day happen in this order.
BIRTH, ARRIVAL, WEDDING, ADOPTION, DIVORCE, LEAVING, MOVE, DEATH = range(8)


@dataclass
class Agenda:
    """A queue of (day, kind, subject, sequence), earliest first."""

    _queue: list[tuple[int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int]])
    _added: int = 0

    def add(self, day: int, kind: int, subject: int) -> None:
        """Plan an event, unless it lies after the reference day."""
        if day <= TODAY:
            self._added += 1
            heapq.heappush(self._queue, (day, kind, subject, self._added))

    def take(self) -> tuple[int, int, int] | None:
        """The next day, kind and subject."""
        return heapq.heappop(self._queue)[:3] if self._queue else None


def planned(population: Population, care: CareOrders) -> Agenda:
    """Everything known beforehand: subjects are people, for weddings and divorces unions."""
    agenda = Agenda()
    for person in population.people:
        if person.arrived is not None:
            agenda.add(person.arrived, ARRIVAL, person.index)
        else:
            agenda.add(person.born, BIRTH, person.index)
        agenda.add(person.died, DEATH, person.index)
    for union in population.unions:
        agenda.add(union.start, WEDDING, union.index)
        if union.end is not None and union.reason == "DIVORCE":
            agenda.add(union.end, DIVORCE, union.index)
    for child, (day, _) in care.adopters.items():
        agenda.add(day, ADOPTION, child)
    return agenda
