"""The root fields that prove what one row says, in answer to what is asked for by whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from graph.catalogue import Catalogue
from graph.problems import BadArgument
from resolvers import arguments
from subgraphs.parts import Argument, code_enum
from subgraphs.proofs import claims
from subgraphs.proofs.arguments import PERSON, Given, proving, reference
from subgraphs.proofs.desk import ProofDesk
from subgraphs.proofs.signing import Signed
from subgraphs.scalars import Day
from subgraphs.visible import Visible

_ON = Argument("on", Day, "The day for which it is asked; today when not given, and none to come.")
_DISTRICT = "Code of GB/T 2260, or its first two or four digits; or of another scheme, as NL-0599."
_ENTITY = "Unified social credit code of the legal entity."


def row_resolvers(catalogue: Catalogue, visible: Visible, person: Any) -> Iterator[tuple[str, Any]]:
    """By name, those for which the consumer has something to ask."""
    if visible.field("Person", "residesIn"):
        days = _days(catalogue, visible, "Person", "residesIn")
        yield "proveResidence", _residence(person, days)
    holders = [n for n in ("Person", "LegalEntity") if visible.field(n, "holdsLicence")]
    if holders:
        days = any(_days(catalogue, visible, name, "holdsLicence") for name in holders)
        yield "proveLicence", _licence(catalogue, person, holders, days)
    if visible.field("Person", "represents"):
        yield "proveRepresentation", _representation(person)


def _days(catalogue: Catalogue, visible: Visible, owner: str, field: str) -> bool:
    """Whether the consumer could ever be told it for another day than today."""
    edges = catalogue.edges[owner]
    sources = catalogue.nodes[owner].provable[field].origin
    dated = [edges[source].relationship.name for source in sources if source in edges]
    shown = all(visible.field(owner, source) for source in sources)
    return shown and all(visible.field(name, "history") for name in (owner, *dated))


def _residence(person: Any, days: bool) -> Any:
    async def ask(desk: ProofDesk, given: Given) -> Signed:
        who = reference("person", given["person"])
        return await desk.sought(claims.residence(who, given["district"], _day(given)))

    taken = [
        Argument("person", person, PERSON, True),
        Argument("district", str, _DISTRICT, True),
        *([_ON] if days else []),
    ]
    return proving(ask, taken)


def _licence(catalogue: Catalogue, person: Any, holders: list[str], days: bool) -> Any:
    kinds = catalogue.codes["LicenceKind"].values

    async def ask(desk: ProofDesk, given: Given) -> Signed:
        if ("person" in given) == ("entity" in given):
            raise BadArgument("A licence is proved of either a person or an entity.")
        kind: str = arguments.plain(given["kind"])
        about = (kind, kinds[kind].label, _day(given))
        if "person" in given:
            return await desk.sought(claims.licence(reference("person", given["person"]), *about))
        entity = arguments.identifier("entity", given["entity"])
        return await desk.sought(claims.entity_licence(entity, *about))

    who = {
        "Person": Argument("person", person, PERSON),
        "LegalEntity": Argument("entity", str, _ENTITY),
    }
    taken = [
        *(who[name] for name in holders),
        Argument("kind", code_enum("LicenceKind"), "The kind of licence.", True),
        *([_ON] if days else []),
    ]
    return proving(ask, taken)


def _representation(person: Any) -> Any:
    async def ask(desk: ProofDesk, given: Given) -> Signed:
        who = reference("person", given["person"])
        entity = arguments.identifier("entity", given["entity"])
        return await desk.sought(claims.representation(who, entity))

    taken = [
        Argument("person", person, PERSON, True),
        Argument("entity", str, _ENTITY, True),
    ]
    return proving(ask, taken)


def _day(given: Given) -> str:
    """The day; empty for today. Raises BAD_ARGUMENT for one to come."""
    today, day = datetime.now(UTC).date().isoformat(), str(given.get("on", ""))
    if day > today:
        raise BadArgument("on is a day to come; nobody can prove that yet.")
    return "" if day == today else day
