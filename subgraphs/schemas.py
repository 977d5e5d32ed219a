"""The schema of a subgraph: made from the model's rows, of a desk's operations, of the proofs."""

from __future__ import annotations

from strawberry.federation import Schema

from graph.catalogue import Catalogue
from resolvers.desk import OnRecord
from resolvers.operation import OneStatement
from subgraphs.administration.schema import SUBGRAPH as DESK
from subgraphs.administration.schema import desk_schema
from subgraphs.build import SchemaBuilder
from subgraphs.proofs.fields import SUBGRAPH as PROOFS
from subgraphs.proofs.fields import resolvers
from subgraphs.services import RESOLVERS as OF_SERVICES
from subgraphs.services import SUBGRAPH as SERVICES
from subgraphs.visible import EVERYTHING, Visible


def schema(catalogue: Catalogue, name: str, visible: Visible, policed: bool = False) -> Schema:
    """What the subgraph shows; `policed` to answer with, and without only to be looked at."""
    on_record = [OnRecord] if policed else []
    if name == DESK:
        return desk_schema(catalogue, visible, on_record)
    if name == PROOFS:
        shown = resolvers(catalogue, visible)
        return desk_schema(catalogue, visible, on_record, PROOFS, shown)
    if name == SERVICES:
        return desk_schema(catalogue, visible, on_record, SERVICES, OF_SERVICES)
    return SchemaBuilder(catalogue, name, visible).build([OneStatement] if policed else [])


def full_schema(catalogue: Catalogue, name: str) -> Schema:
    """Everything the subgraph can say: for composition and reference, never for a consumer."""
    return schema(catalogue, name, EVERYTHING)
