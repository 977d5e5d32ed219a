"""Each fact of the vocabulary (graph/evidence.py) as a claim: what decides it, who may know."""

from __future__ import annotations

from graph import evidence
from graph.cypher.claim_writer import Claim
from graph.cypher.claims_linked import LinkedClaims
from graph.cypher.claims_stated import StatedClaims


class Claims(StatedClaims, LinkedClaims):
    """Writes the claim of any fact."""

    def of(self, fact: evidence.AnyFact) -> Claim:
        """The claim of a fact."""
        row = self._roles[fact.of]
        match fact:
            case evidence.Alive():
                return self.dead(row, "NOT {dead}")
            case evidence.Deceased():
                return self.dead(row, "{dead}")
            case evidence.Age():
                return self.age(row, fact)
            case evidence.Married():
                return self.married(row)
            case evidence.NotMarried():
                married = self.married(row)
                return Claim(married.ways, married.rows, f"NOT ({married.verdict})")
            case evidence.ResidesIn():
                return self.resides(row, fact.district)
            case evidence.RegisteredIn():
                return self.registered(row, fact.district)
            case evidence.HouseholdBook():
                return self.in_book(row)
            case evidence.Licence():
                return self.licence(row, fact)
            case evidence.ParentOf():
                return self.parent(row)
            case evidence.SpouseOf():
                return self.spouse(row, ended=fact.of == "deceased")
            case evidence.SameHouseholdBook():
                return self.same_book(row)
            case evidence.HeirOf():
                return self.heir(row)
            case evidence.Represents():
                return self.represents(row)
            case evidence.ActiveEntity():
                return self.active(row)
            case evidence.OnPaper():
                return Claim(((),), "[]", "false")
