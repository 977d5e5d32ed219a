"""GB/T 4761-2008: what a member of a household book is to its head."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from ingest.city.care import CareOrders
from ingest.city.population import Population

HEAD, NOT_RELATED = "02", "99"
_SONS = ("22", "23", "24", "25", "26")
_DAUGHTERS = ("32", "33", "34", "35", "36")


class RelationCodes:
    """Codes from birth, adoption and marriage; adoption takes the place of birth."""

    def __init__(self, population: Population, care: CareOrders) -> None:
        self._population = population
        self._people = population.people
        self._adopters = care.adopters
        self._adopted: dict[int, list[int]] = {}
        for child, (_, union) in care.adopters.items():
            for carer in (union.wife, union.husband):
                self._adopted.setdefault(carer, []).append(child)
        self._step = {(o.carer, o.person) for o in care.orders if o.kind == "STEP"}

    def code(self, head: int, member: int, day: int) -> str:
        """The member's code while `head` is head, as it is on the day."""
        if head == member:
            return HEAD
        tests: tuple[Callable[[int, int, int], str], ...] = (
            self._spouse,
            self._child,
            self._parent,
            self._grandchild,
            self._child_in_law,
            self._parent_in_law,
            self._sibling,
            self._grandparent,
            self._nephew,
        )
        return next(filter(None, (t(head, member, day) for t in tests)), NOT_RELATED)

    def parents(self, person: int, day: int) -> list[int]:
        """Adoptive parents from the adoption on, before that those by birth."""
        adopted = self._adopters.get(person)
        if adopted and adopted[0] <= day:
            return [adopted[1].wife, adopted[1].husband]
        found = (self._people[person].mother, self._people[person].father)
        return [p for p in found if p is not None]

    def children(self, person: int, day: int) -> Iterator[int]:
        """Those of whom the person is a parent on the day."""
        for child in chain(self._people[person].children, self._adopted.get(person, ())):
            if person in self.parents(child, day):
                yield child

    def _male(self, person: int) -> bool:
        return self._people[person].male

    def _spouse(self, head: int, member: int, day: int) -> str:
        if self._population.spouse(head, day) != member:
            return ""
        return "11" if self._male(member) else "12"

    def _child(self, head: int, member: int, day: int) -> str:
        male = self._male(member)
        if (head, member) in self._step:
            return "27" if male else "37"
        if head not in self.parents(member, day):
            return ""
        if member not in self._people[head].children:
            return "27" if male else "37"
        children = self._people[head].children
        if len(children) == 1:
            return "21" if male else "31"
        order = [c for c in children if self._male(c) == male].index(member)
        codes = _SONS if male else _DAUGHTERS
        return codes[order] if order < len(codes) else "29" if male else "39"

    def _parent(self, head: int, member: int, day: int) -> str:
        male = self._male(member)
        if (member, head) in self._step:
            return "57" if male else "58"
        if member not in self.parents(head, day):
            return ""
        if head in self._people[member].children:
            return "51" if male else "52"
        return "57" if male else "58"

    def _grandchild(self, head: int, member: int, day: int) -> str:
        for parent in self.parents(member, day):
            if head in self.parents(parent, day):
                codes = ("41", "42") if self._male(parent) else ("43", "44")
                return codes[not self._male(member)]
            if any(head in self.parents(g, day) for g in self.parents(parent, day)):
                return "47" if self._male(member) else "48"
        return ""

    def _child_in_law(self, head: int, member: int, day: int) -> str:
        spouse = self._population.spouse(member, day)
        if spouse is None:
            return ""
        if head in self.parents(spouse, day):
            return "28" if self._male(member) else "38"
        return ("46" if self._male(member) else "45") if self._grandchild(head, spouse, day) else ""

    def _parent_in_law(self, head: int, member: int, day: int) -> str:
        spouse = self._population.spouse(head, day)
        if spouse is None or member not in self.parents(spouse, day):
            return ""
        codes = ("55", "56") if self._male(head) else ("53", "54")
        return codes[not self._male(member)]

    def _sibling(self, head: int, member: int, day: int) -> str:
        own = self._own_sibling(head, member, day)
        if own:
            return own
        spouse = self._population.spouse(member, day)
        code = self._own_sibling(head, spouse, day) if spouse is not None else ""
        return {"71": "72", "73": "74", "75": "76", "77": "78"}.get(code, "")

    def _own_sibling(self, head: int, member: int, day: int) -> str:
        if member == head or not set(self.parents(head, day)) & set(self.parents(member, day)):
            return ""
        older = self._people[member].born < self._people[head].born
        codes = ("71", "73") if self._male(member) else ("75", "77")
        return codes[not older]

    def _grandparent(self, head: int, member: int, day: int) -> str:
        for parent in self.parents(head, day):
            if member in self.parents(parent, day):
                codes = ("61", "62") if self._male(parent) else ("63", "64")
                return codes[not self._male(member)]
        return ""

    def _nephew(self, head: int, member: int, day: int) -> str:
        for parent in self.parents(member, day):
            if self._own_sibling(head, parent, day):
                codes = ("93", "94") if self._male(parent) else ("95", "96")
                return codes[not self._male(member)]
        return ""
