"""Rows of other subgraphs that an operation leads to: their id; the rest is asked for there.

What is shown of such a row is decided by the subgraph that owns it, as of any row.
"""

from __future__ import annotations

from typing import Any, cast

import strawberry
from strawberry.federation.schema_directives import Key

_BY_ID = [Key(fields=cast("Any", "id"), resolvable=False)]


@strawberry.federation.type(keys=_BY_ID)
class Case:
    id: strawberry.ID


@strawberry.federation.type(keys=_BY_ID)
class Licence:
    id: strawberry.ID


@strawberry.federation.type(keys=_BY_ID)
class Person:
    id: strawberry.ID


@strawberry.federation.type(keys=_BY_ID)
class LegalEntity:
    id: strawberry.ID
