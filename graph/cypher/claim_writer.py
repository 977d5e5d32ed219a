"""What claims are written with: links, statements, sources, and who may know of them.

A claim reads a list of rows {held, source}: `held` is true, false, or null where the registers
leave it open, because a date is not precise enough or two registers disagree. The verdict over the
list is true, false or null in the same way. Rows that the caller may not know are not in the list;
of a row that does not show what is asked, `held` is null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph import evidence
from graph.cypher.attributes import possibly, surely
from graph.cypher.derived import CALLERS_DISTRICT
from graph.cypher.edges import guarded, told_when
from graph.cypher.predicates import may_see
from graph.cypher.rights import Right, Ways, told
from graph.cypher.rows import stated
from graph.cypher.writer import Writer, conjunction
from graph.selection import ScalarPick

Settle = Callable[[str], str]
"""An expression over the parties in, and the variable that holds it out."""


@dataclass(frozen=True)
class Claim:
    """`ways`: what it rests on. `rows`: the list; `verdict` is over its variable `l`.

    `reads`: what each row at the end of a link must show besides.
    """

    ways: Ways
    rows: str
    verdict: str
    reads: tuple[Right, ...] = ()

    @property
    def coordinates(self) -> tuple[str, ...]:
        """Everything that it rests on, each once."""
        rights = (*(right for way in self.ways for right in way), *self.reads)
        return tuple(dict.fromkeys(right.coordinate for right in rights))


FIRST = "l[0].held"
"""The verdict over the one row that a party itself is."""


class ClaimWriter:
    """`roles` names the variable of each party; the applicant's is there always."""

    def __init__(
        self, writer: Writer, roles: Mapping[str, str], sources: bool, settle: Settle = str
    ) -> None:
        """`sources`: whether the register and record behind a row are read too."""
        self._writer = writer
        self._roles = roles
        self._applicant = roles["applicant"]
        self._sources = sources
        self._settle = settle

    def told(self, *ways: tuple[Right, ...]) -> str:
        """Whether the caller may be told what rests on the parties in one of these ways."""
        return self._settle(told(self._writer, ways))

    def links(
        self,
        relationship: str,
        pattern: str,
        seen: str = "",
        held: str = "true",
        also: str = "",
        *,
        to: str = "n",
        kinds: tuple[str, ...] = (),
    ) -> str:
        """A row per fact that may hold today; of the type `seen` only what the caller may know."""
        where = conjunction(possibly("f"), also, may_see(self._writer, seen, "n") if seen else "")
        sure = f"({surely('f')} AND NOT coalesce(f.disputed, false))"
        once = f" WITH f, {held} AS h" if held != "true" else ""
        value = f"CASE WHEN NOT h THEN false WHEN {sure} THEN h END" if once else f"{sure} OR null"
        return (
            f"COLLECT {{ MATCH {pattern.format(types=self.types(relationship, kinds))}{where}{once}"
            f" RETURN {{held: {value}, source: {self.source(relationship, to)}}} }}"
        )

    def types(self, relationship: str, kinds: tuple[str, ...] = ()) -> str:
        stored = self._writer.catalogue.relationships[relationship].types
        return "|".join(f"{stored[kind]}_FACT" for kind in kinds or stored)

    def source(self, relationship: str, to: str) -> str:
        """{register, record} of the fact `f`, as far as the link shows them."""
        if not self._sources:
            return "null"
        declared = self._writer.catalogue.relationships[relationship]
        when = told_when(self._writer, declared, to)
        when = self._settle(when) if to in self._roles.values() else when
        shown = {
            field: guarded(declared, field, when, f"f.{field}")
            for field in ("register", "record")
            if told(self._writer, ((Right(relationship, field),),)) == "true"
        }
        return _map(shown)

    def statement(self, type_name: str, row: str, field: str) -> str:
        """{register, record} of the statement behind the field, where the row shows its sources."""
        if not self._sources:
            return "null"
        known = self.told((Right(type_name, "facts", row),))
        wanted = "{register: {0}.register, record: {0}.record}"
        source = stated(self._writer, type_name, row, ScalarPick(field), wanted)
        return "null" if known == "false" else f"CASE WHEN {known} THEN {source} END"

    def district(self, district: str) -> tuple[str, Ways]:
        """The division as an expression, and what the caller must be shown to know it."""
        if district != evidence.OF_OFFICE:
            return self._writer.bind(district), ((),)
        self._writer.callers.add("district")
        registered = Right("Person", "district", self._applicant)
        office = f"coalesce($office, {CALLERS_DISTRICT}, {self._applicant}.district)"
        return self._settle(office), ((registered,),)


def decided(nothing: str = "false") -> str:
    """One row that holds is enough; an open one leaves it open; `nothing` where none decides."""
    return (
        "CASE WHEN any(x IN l WHERE coalesce(x.held, false)) THEN true"
        f" WHEN any(x IN l WHERE x.held IS NULL) THEN null ELSE {nothing} END"
    )


def _map(entries: Mapping[str, str]) -> str:
    body = ", ".join(f"{key}: {value}" for key, value in entries.items())
    return f"{{{body}}}" if entries else "null"


def both(one: Ways, other: Ways) -> Ways:
    """What rests on either side rests on a way of each."""
    return tuple((*first, *second) for first in one for second in other)
