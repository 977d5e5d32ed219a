"""Facts that a party's own row states: life, age, registration, status."""

from __future__ import annotations

from graph import evidence
from graph.cypher.claim_writer import FIRST, Claim, ClaimWriter, both
from graph.cypher.derived import inside, years_between
from graph.cypher.rights import Right


class StatedClaims(ClaimWriter):
    """Claims about one row."""

    def _stated(self, type_name: str, row: str, fields: tuple[str, ...], held: str) -> str:
        """One row: a field about which registers disagree leaves it open."""
        contested = " OR ".join(f"'{field}' IN {row}.disputedFields" for field in fields)
        return (
            f"[{{held: CASE WHEN coalesce({contested}, false) THEN null ELSE {held} END,"
            f" source: {self.statement(type_name, row, fields[0])}}}]"
        )

    def dead(self, row: str, held: str) -> Claim:
        dead = f"coalesce({row}.deathDate <= $today OR {row}.deceased, {row}.deceased, false)"
        fields = ("deathDate", "deceased")
        return Claim(
            (tuple(Right("Person", field, row) for field in fields),),
            self._stated("Person", row, fields, f"({held.format(dead=dead)})"),
            FIRST,
        )

    def age(self, row: str, fact: evidence.Age) -> Claim:
        bounds: list[str] = []
        if fact.at_least is not None:
            bounds.append(_at_least(self._writer.bind(fact.at_least)))
        if fact.under is not None:
            bounds.append(f"(NOT {_at_least(self._writer.bind(fact.under))})")
        fields: tuple[str, ...] = ("birthDate",)
        held = (
            f"head([age IN [{years_between(f'{row}.birthDate', '$today')}]"
            f" WHERE {row}.birthDate <= $today | {' AND '.join(bounds)}])"
        )
        if fact.sex:
            fields = ("birthDate", "sex")
            held = (
                f"CASE WHEN NOT {row}.sex IN ['MALE', 'FEMALE'] THEN null"
                f" WHEN {row}.sex <> {self._writer.bind(fact.sex)} THEN true"
                f" WHEN {row}.sex IS NOT NULL THEN {held} END"
            )
        rights = tuple(Right("Person", field, row) for field in fields)
        return Claim((rights,), self._stated("Person", row, fields, held), FIRST)

    def registered(self, row: str, district: str) -> Claim:
        office, ways = self.district(district)
        held = f"({inside(f'{row}.district', office)})"
        rows = self._stated("Person", row, ("district",), held)
        return Claim(both(((Right("Person", "district", row),),), ways), rows, FIRST)

    def active(self, row: str) -> Claim:
        fields = ("status", "dissolvedDate")
        held = (
            f"CASE WHEN {row}.status <> 'ACTIVE' OR {row}.dissolvedDate <= $today THEN false"
            f" WHEN {row}.status = 'ACTIVE' THEN true END"
        )
        rights = tuple(Right("LegalEntity", field, row) for field in fields)
        return Claim((rights,), self._stated("LegalEntity", row, fields, held), FIRST)


def _at_least(years: str) -> str:
    return f"CASE WHEN age[0] >= {years} THEN true WHEN age[1] < {years} THEN false END"
