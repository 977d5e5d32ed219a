"""What a proof can be about: the question, what the claim says of it, and whose budget it costs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.declarations import Label
from graph.problems import BadArgument
from graph.selection import PersonRef
from resolvers.proving import PairQuestion, Question, RowQuestion

_DIVISION = re.compile(r"(\d\d){1,3}|[A-Z]{2}-[0-9A-Za-z]{1,16}")
_DIGITS = 6


@dataclass(frozen=True)
class Claim:
    """`kind` names the budget and the root field, `told` stands in the proof.

    `also` is counted beside the subject; `labels` are what is told in words of both languages.
    """

    kind: str
    told: Mapping[str, str | int]
    labels: Mapping[str, Label] = field(default_factory=dict[str, Label])
    also: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """Its name."""
        return str(self.told["question"])

    @property
    def root(self) -> str:
        """The root field by which it is asked for."""
        return f"prove{self.kind.capitalize()}"

    @property
    def details(self) -> Mapping[str, object]:
        """What its words name."""
        return {**self.told, **self.labels}


Asked = tuple[Question, Claim]
Sought = tuple[RowQuestion, Claim]


def relationship(question: str, person: PersonRef, of: PersonRef) -> Asked:
    """Whether the person is to the other what the question says."""
    return PairQuestion(question, person, of), Claim("relationship", {"question": question})


def age(years: int, of: str, person: PersonRef) -> Asked:
    """Whether the person is at least so old; `of` is the field that says so."""
    question = RowQuestion("Person", of, person.field, person.value)
    return question, Claim("age", {"question": "isAtLeast", "years": years})


def residence(person: PersonRef, division: str, on: str) -> Sought:
    """Whether the person resides in the division. Raises BAD_ARGUMENT."""
    code = _division(division)
    question = RowQuestion("Person", "residesIn", person.field, person.value, code, on)
    return question, _on(on, Claim("residence", {"question": "isResidentIn", "district": code}))


def licence(person: PersonRef, kind: str, label: Label, on: str) -> Sought:
    """Whether the person holds a valid licence of the kind."""
    question = RowQuestion("Person", "holdsLicence", person.field, person.value, kind, on)
    told = {"question": "holdsLicence", "kind": kind}
    return question, _on(on, Claim("licence", told, {"kind": label}))


def entity_licence(entity: str, kind: str, label: Label, on: str) -> Sought:
    """The same of a legal entity."""
    question = RowQuestion("LegalEntity", "holdsLicence", "creditCode", entity, kind, on)
    told = {"question": "entityHoldsLicence", "entity": entity, "kind": kind}
    return question, _on(on, Claim("licence", told, {"kind": label}))


def representation(person: PersonRef, entity: str) -> Sought:
    """Whether the person is legal representative of the entity today."""
    question = RowQuestion("Person", "represents", person.field, person.value, entity)
    told = {"question": "isRepresentativeOf", "entity": entity}
    return question, Claim("representation", told, also=(f"creditCode:{entity}",))


def _on(day: str, claim: Claim) -> Claim:
    return Claim(claim.kind, {**claim.told, "on": day}, claim.labels) if day else claim


def _division(code: str) -> str:
    """A whole code; of GB/T 2260 its first two or four digits do."""
    if not _DIVISION.fullmatch(code):
        words = "district is a code of GB/T 2260, or its first two or four digits."
        raise BadArgument(words, "Send a code such as 110101, 1101 or 11.")
    return code.ljust(_DIGITS, "0") if code.isdigit() else code
