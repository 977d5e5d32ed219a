"""A licence as its caller sees it: read under their own decision, and recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.catalogue import Catalogue
from graph.cypher import Clock
from graph.selection import EdgePick, LookupPick, Page, ScalarPick, TypePick
from resolvers.answer import Answer
from resolvers.asked import written
from resolvers.desk import DeskRequest
from resolvers.lone import alone, maps_of
from resolvers.operation import disclosure
from resolvers.reading import Readers
from resolvers.rows import DENIED, UNCONSENTED, Masked, Row
from runtime.errors import CitizengraphError
from subgraphs.administration.means import Means

FIELDS = ("number", "kind", "status", "issueDate", "expiryDate", "district", "version")
OF_PARTY = {"Person": ("name",), "LegalEntity": ("name", "creditCode")}
PARTIES = {"holders": ("Person", "LegalEntity"), "issuers": ("LegalEntity",)}
PARTIES_MAX = 10


@dataclass(frozen=True)
class SeenLicence:
    """What is shown of a licence: fields by name, holders and issuers as lists of fields."""

    id: str
    shown: Mapping[str, Any]


async def seen_licence(request: DeskRequest, number: str, whole: bool) -> SeenLicence:
    """The licence; with holders and issuers if `whole`. Raises LICENCE_UNKNOWN."""
    means: Means = request.means
    pick = _pick(means.catalogue, number, PARTIES if whole else {})
    about = means.statements, request.caller, request.decision, means.pen.rows, Clock.system()
    answer = Answer(means.catalogue, Readers(request.decision))
    row = answer.root("it", pick, await maps_of(pick, *about))
    asked, rows = written(alone(pick), []), tuple(answer.disclosed.rows())
    outcome = "disclosed" if row else "empty"
    record = disclosure(request.caller, request.subgraph, outcome, rows, asked)
    await request.recorder.write(record)
    if row is None:
        raise CitizengraphError("LICENCE_UNKNOWN", "There is no licence of this number for you.")
    return SeenLicence(row.data["id"], dict(_shown(row)))


def _pick(catalogue: Catalogue, number: str, parties: Mapping[str, tuple[str, ...]]) -> LookupPick:
    edges = {
        name: EdgePick(
            catalogue.edges["Licence"][name],
            Page(PARTIES_MAX),
            targets={of: TypePick(of, _scalars(OF_PARTY[of])) for of in types},
        )
        for name, types in parties.items()
    }
    return LookupPick(TypePick("Licence", _scalars(FIELDS), edges=edges), "number", [number])


def _scalars(names: tuple[str, ...]) -> dict[str, ScalarPick]:
    return {name: ScalarPick(name) for name in names}


def _shown(row: Row) -> Iterator[tuple[str, Any]]:
    """Each value that the row shows, masked where it is masked; nothing of what is denied."""
    for name, value in row.data.items():
        if name == "id" or value is None or value is DENIED or value is UNCONSENTED:
            continue
        if isinstance(value, Row):
            parties = [dict(_shown(edge.data["node"])) for edge in value.data["edges"]]
            yield name, [party for party in parties if party]
        else:
            yield name, value.value if isinstance(value, Masked) else value
