"""The root fields of the desk of proofs, as far as the consumer may ever use them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graph.catalogue import Catalogue
from graph.problems import BadArgument
from resolvers import arguments
from resolvers.proving import KINSHIP, ages, provable
from subgraphs import inputs
from subgraphs.parts import Argument, described, named_enum
from subgraphs.proofs import claims, credential_fields
from subgraphs.proofs.arguments import PERSON, Given, proving, reference
from subgraphs.proofs.desk import ProofDesk
from subgraphs.proofs.row_fields import row_resolvers
from subgraphs.proofs.signing import Signed
from subgraphs.visible import Visible

SUBGRAPH = "proofs"
_OF = "The person to whom the relation would be."


def resolvers(catalogue: Catalogue, visible: Visible) -> Mapping[str, Any]:
    """By name, those for which the consumer has something to ask."""
    return dict(_resolvers(catalogue, visible))


def _resolvers(catalogue: Catalogue, visible: Visible) -> Iterator[tuple[str, Any]]:
    person = inputs.person_ref("Person", visible)
    questions = [name for name in provable(catalogue) if visible.field("Query", name)]
    fields = {
        years: field for years, field in ages(catalogue).items() if visible.field("Person", field)
    }
    if questions:
        choice = _choice(catalogue, questions)
        yield "proveRelationship", _relationship(choice, person)
        yield from credential_fields.resolvers(choice, person).items()
    if fields:
        yield "proveAge", _age(fields, person)
    yield from row_resolvers(catalogue, visible, person)


def _choice(catalogue: Catalogue, questions: list[str]) -> Any:
    declared = catalogue.answers[KINSHIP].questions
    labels = {name: described(declared[name].label) for name in questions}
    return named_enum("ProvableQuestion", labels, "What can be proved of two persons.")


def _relationship(choice: Any, person: Any) -> Any:
    async def ask(desk: ProofDesk, given: Given) -> Signed:
        pair = (reference(name, given[name]) for name in ("person", "of"))
        return await desk.plain(claims.relationship(arguments.plain(given["question"]), *pair))

    taken = (
        Argument("question", choice, "What the person would be to the other.", True),
        Argument("person", person, PERSON, True),
        Argument("of", person, _OF, True),
    )
    return proving(ask, taken)


def _age(fields: Mapping[int, str], person: Any) -> Any:
    known = ", ".join(map(str, fields))

    async def ask(desk: ProofDesk, given: Given) -> Signed:
        years: int = given["atLeast"]
        if years not in fields:
            raise BadArgument(f"atLeast is one of {known}.")
        who = reference("person", given["person"])
        return await desk.plain(claims.age(years, fields[years], who))

    taken = (
        Argument("person", person, PERSON, True),
        Argument("atLeast", int, f"Full years: {known}.", True),
    )
    return proving(ask, taken)
