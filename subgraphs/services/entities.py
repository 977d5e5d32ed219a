"""Rows of other subgraphs that an operation leads to: their id; the rest is asked for there.

What is shown of such a row is decided by the subgraph that owns it, as of any row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, cast

import strawberry
from strawberry.federation.schema_directives import Key

_BY_ID = [Key(fields=cast("Any", "id"), resolvable=False)]


@strawberry.federation.type(keys=_BY_ID)
class Case:
    id: strawberry.ID


@strawberry.federation.type(keys=_BY_ID)
class Consent:
    id: strawberry.ID


@strawberry.federation.type(keys=_BY_ID)
class CreditRecord:
    id: strawberry.ID


@strawberry.federation.type(keys=_BY_ID)
class Household:
    id: strawberry.ID


@strawberry.federation.type(keys=_BY_ID)
class LegalEntity:
    id: strawberry.ID


@strawberry.federation.type(keys=_BY_ID)
class Licence:
    id: strawberry.ID


@strawberry.federation.type(keys=_BY_ID)
class Person:
    id: strawberry.ID


@strawberry.federation.type(keys=_BY_ID)
class Place:
    id: strawberry.ID


ENTITIES: Mapping[str, Any] = {
    kind.__name__: kind
    for kind in (Case, Consent, CreditRecord, Household, LegalEntity, Licence, Person, Place)
}
Entity = Annotated[
    Case | Consent | CreditRecord | Household | LegalEntity | Licence | Person | Place,
    strawberry.union("Entity", description="A row of any subgraph · 关联对象"),
]
