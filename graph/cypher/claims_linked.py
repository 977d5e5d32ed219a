"""Facts that links state: marriages, books, licences, homes, kin, companies."""

from __future__ import annotations

from graph import evidence
from graph.cypher.attributes import certainly, possibly, surely
from graph.cypher.claim_writer import Claim, ClaimWriter, both, decided
from graph.cypher.derived import inside
from graph.cypher.predicates import may_see
from graph.cypher.rights import Right, told
from graph.cypher.writer import conjunction
from graph.moments import NOW, Moment

IN_LAW = ("BIRTH", "ADOPTIVE", "LEGAL")
"""Kinds of parenthood that make a parent in law."""
_EVER = Moment(history=True)
_MARRIED = ("MARRIED", "FIRST_MARRIAGE", "REMARRIED", "REMARRIED_SAME")
_NOT_SAID = "UNSTATED"
_AGREED = (
    "CASE WHEN size(l) = 0 THEN false WHEN all(x IN l WHERE coalesce(x.held, false)) THEN true"
    " WHEN all(x IN l WHERE NOT coalesce(x.held, true)) THEN false END"
)
"""Registers that disagree leave it open; without any row nothing is on file."""


class LinkedClaims(ClaimWriter):
    """Claims about links of one party, or between both."""

    def married(self, row: str) -> Claim:
        """Without a marriage it is no, unless the marital status says otherwise."""
        status = f"{row}.maritalStatus"
        nothing = (
            f"CASE WHEN {status} IN {self._writer.bind(list(_MARRIED))}"
            f" OR {status} = '{_NOT_SAID}' THEN null ELSE false END"
        )
        rights = Right("Person", "spouses", row), Right("Person", "maritalStatus", row)
        rows = self.links("Marriage", f"({row})-[f:{{types}}]-(n:Person)", "Person")
        return Claim((rights,), rows, decided(nothing))

    def in_book(self, row: str) -> Claim:
        rows = self.links("Membership", f"({row})-[f:{{types}}]->(n:Household)", "Household")
        return Claim(((Right("Person", "households", row),),), rows, decided())

    def licence(self, row: str, fact: evidence.Licence) -> Claim:
        holder = "LegalEntity" if fact.of == "entity" else "Person"
        shown = ("kind", "status", "expiryDate") if fact.valid else ("kind",)
        reads = tuple(Right("Licence", field, "n") for field in shown)
        known = told(self._writer, (reads,))
        kinds = self._writer.bind(list(fact.kinds))
        held = f"CASE WHEN {known} THEN {_valid(kinds) if fact.valid else f'n.kind IN {kinds}'} END"
        pattern = f"({row})-[f:{{types}}]->(n:Licence)"
        rows = self.links("LicenceHolding", pattern, "Licence", held)
        return Claim(((Right(holder, "licences", row),),), rows, decided(), reads)

    def resides(self, row: str, district: str) -> Claim:
        office, ways = self.district(district)
        fields = ("divisionCode", "country")
        reads = tuple(Right("Place", field, "n") for field in fields)
        known = told(self._writer, (reads,))
        held = (
            f"CASE WHEN NOT {known} THEN null WHEN n.country IS NOT NULL THEN false"
            f" ELSE {inside('n.divisionCode', office)} END"
        )
        rows = self.links("Residence", f"({row})-[f:{{types}}]->(n:Place)", "Place", held)
        return Claim(both(((Right("Person", "residences", row),),), ways), rows, _AGREED, reads)

    def parent(self, child: str) -> Claim:
        """A no needs two other parents on file: until then a place is not filled."""
        kind = Right("Parenthood", "kind")
        ways = (
            (Right("Person", "children", self._applicant), kind),
            (Right("Person", "parents", child), kind),
        )
        rows = self._parenthood(self._applicant, child)
        return Claim(ways, rows, decided(f"CASE WHEN {self._filled(child)} THEN false END"))

    def spouse(self, other: str, ended: bool) -> Claim:
        moment = _EVER if ended else NOW
        ways = tuple(
            (Right("Person", "spouses", row, moment, "Marriage"), *_died(other, ended))
            for row in (self._applicant, other)
        )
        return Claim(ways, self._marriage(other, ended), decided())

    def heir(self, dead: str) -> Claim:
        """A spouse, child or parent. A no needs both parents of both on file."""
        ways = tuple(
            (
                Right("Person", "parents", row),
                Right("Person", "children", row),
                Right("Person", "spouses", row, _EVER, "Marriage"),
                Right("Parenthood", "kind"),
                *_died(dead, ended=True),
            )
            for row in (self._applicant, dead)
        )
        rows = " + ".join(
            (
                self._parenthood(self._applicant, dead),
                self._parenthood(dead, self._applicant),
                self._marriage(dead, ended=True),
            )
        )
        filled = f"{self._filled(dead)} AND {self._filled(self._applicant)}"
        return Claim(ways, rows, decided(f"CASE WHEN {filled} THEN false END"))

    def same_book(self, other: str) -> Claim:
        rights = tuple(Right("Person", "households", row) for row in (self._applicant, other))
        pattern = f"({self._applicant})-[f:{{types}}]->(n:Household)<-[g:{{types}}]-({other})"
        sure = f"CASE WHEN {surely('g')} THEN true END"
        rows = self.links("Membership", pattern, "Household", sure, f"{possibly('g')}")
        return Claim((rights,), rows, decided())

    def represents(self, entity: str) -> Claim:
        ways = (
            (Right("Person", "representedEntities", self._applicant),),
            (Right("LegalEntity", "representatives", entity),),
        )
        rows = self.links("Representation", f"({self._applicant})-[f:{{types}}]->({entity})")
        return Claim(ways, rows, decided())

    def _parenthood(self, parent: str, child: str) -> str:
        pattern = f"({parent})-[f:{{types}}]->({child})"
        return self.links("Parenthood", pattern, to=child, kinds=IN_LAW)

    def _marriage(self, other: str, ended: bool) -> str:
        """Marriages of both; `ended`: what counts is whether it held when the other died."""
        pattern = f"({self._applicant})-[f:{{types}}]-({other})"
        if not ended:
            return self.links("Marriage", pattern)
        source = self.source("Marriage", other)
        types = self.types("Marriage")
        return (
            f"COLLECT {{ MATCH {pattern.format(types=types)} WHERE f.recordedTo IS NULL"
            f" RETURN {{held: {_held_at_death(other)}, source: {source}}} }}"
        )

    def _filled(self, child: str) -> str:
        """Whether two parents in law are on file, and the caller may know of them."""
        known = self.told((Right("Person", "parents", child),))
        where = conjunction(certainly("p"), may_see(self._writer, "Person", "m"))
        types = self.types("Parenthood", IN_LAW)
        return (
            f"({known} AND size(COLLECT {{ MATCH (m:Person)-[p:{types}]->({child}){where}"
            " RETURN DISTINCT m.id }) > 1)"
        )


def _died(other: str, ended: bool) -> tuple[Right, ...]:
    return (Right("Person", "deathDate", other),) if ended else ()


def _valid(kinds: str) -> str:
    """Of a licence `n`: one of the kinds and valid today; open where status or end are."""
    return (
        f"CASE WHEN NOT n.kind IN {kinds} OR n.status <> 'VALID' THEN false"
        " WHEN any(x IN ['kind', 'status', 'expiryDate'] WHERE x IN n.disputedFields) THEN null"
        " WHEN $today STARTS WITH n.expiryDate AND size(n.expiryDate) < 10 THEN null"
        " WHEN n.expiryDate <= $today THEN false"
        " WHEN n.kind IS NOT NULL AND n.status IS NOT NULL THEN true END"
    )


def _held_at_death(other: str) -> str:
    """Of a marriage `f`: begun and not ended when the other died; open without precise dates."""
    died = f"{other}.deathDate"
    dates = f"[f.validFrom, f.validTo, {died}]"
    return (
        f"CASE WHEN {died} IS NULL THEN null"
        f" WHEN any(x IN {dates} WHERE size(x) < 10) THEN null"
        f" ELSE coalesce(f.validFrom <= {died}, true) AND coalesce(f.validTo >= {died}, true) END"
    )
