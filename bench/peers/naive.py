"""Naive Strawberry: types with resolvers over dataloaders; no policy, no audit.

`python -m bench.peers.naive PORT`. `POST /graphql`; `GET /statements` as the floor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import strawberry
from starlette.responses import JSONResponse
from strawberry.asgi import GraphQL
from strawberry.types import Info

from bench.peers.graph import Graph
from bench.peers.naive_loaders import PAGE, Loaders
from bench.peers.serving import serve


def _loaders(info: Info) -> Loaders:
    return info.context["loaders"]


@strawberry.type
class Licence:
    """A row of the graph."""

    number: str
    kind: str | None
    status: str | None
    expiry_date: str | None


@strawberry.type
class Person:
    """A row of the graph, and what it is linked to."""

    id: str
    citizen_number: str | None
    name: str | None
    sex: str | None
    birth_date: str | None
    district: str | None
    marital_status: str | None

    @strawberry.field
    async def parents(self, info: Info) -> list[PersonTie]:
        return _person_ties(await _loaders(info)["parents"].load(self.id))

    @strawberry.field
    async def children(self, info: Info) -> list[PersonTie]:
        return _person_ties(await _loaders(info)["children"].load(self.id))

    @strawberry.field
    async def spouses(self, info: Info) -> list[PersonTie]:
        return _person_ties(await _loaders(info)["spouses"].load(self.id))

    @strawberry.field
    async def licences(self, info: Info) -> list[Licence]:
        return [_made(Licence, row) for row in await _loaders(info)["licences"].load(self.id)]

    @strawberry.field
    async def households(self, info: Info) -> list[HouseholdTie]:
        rows = await _loaders(info)["households"].load(self.id)
        return [
            HouseholdTie(relation_to_head=row["relationToHead"], node=_made(Household, row["node"]))
            for row in rows
        ]


@strawberry.type
class PersonTie:
    """A link to a person."""

    register: str | None
    record: str | None
    relation_to_head: str | None
    valid_from: str | None
    valid_to: str | None
    share_percent: float | None
    direct: bool | None
    node: Person


@strawberry.type
class Household:
    """A row of the graph, and who is in it."""

    id: str
    book_number: str
    kind: str | None
    address: str | None

    @strawberry.field
    async def members(self, info: Info) -> list[PersonTie]:
        return _person_ties(await _loaders(info)["members"].load(self.id))

    @strawberry.field
    async def members_ever(self, info: Info) -> list[PersonTie]:
        return _person_ties(await _loaders(info)["members_ever"].load(self.id))


@strawberry.type
class HouseholdTie:
    """A link to a household."""

    relation_to_head: str | None
    node: Household


@strawberry.type
class LegalEntity:
    """A row of the graph, and who owns it."""

    id: str
    credit_code: str
    name: str | None
    kind: str | None
    status: str | None
    address: str | None

    @strawberry.field
    async def beneficial_owners(self, info: Info) -> list[PersonTie]:
        return _person_ties(await _loaders(info)["owners"].load(self.id))


def _made(kind: Any, row: dict[str, Any] | None) -> Any:
    return None if row is None else kind(**_snake(row))


def _person_ties(rows: Sequence[dict[str, Any]]) -> list[PersonTie]:
    return [PersonTie(**{**_snake(row), "node": _made(Person, row["node"])}) for row in rows]


def _snake(row: dict[str, Any]) -> dict[str, Any]:
    return {"".join(f"_{c.lower()}" if c.isupper() else c for c in n): v for n, v in row.items()}


@strawberry.type
class Query:
    """The ways in."""

    @strawberry.field
    async def person(self, info: Info, citizen_number: str) -> Person | None:
        return _made(Person, await _loaders(info)["person"].load(citizen_number))

    @strawberry.field
    async def people_by_number(self, info: Info, keys: list[str]) -> list[Person | None]:
        rows = await _loaders(info)["person"].load_many(keys)
        return [_made(Person, row) for row in rows]

    @strawberry.field
    async def people(
        self,
        info: Info,
        district: str,
        sex: str,
        born_from: str,
        born_to: str,
        first: int,
        offset: int,
    ) -> list[Person]:
        page = {"first": first, "offset": offset}
        wanted = {"district": district, "sex": sex, "from": born_from, "to": born_to, **page}
        return [_made(Person, row) for (row,) in await _loaders(info).graph.read(PAGE, wanted)]

    @strawberry.field
    async def household(self, info: Info, book_number: str) -> Household | None:
        return _made(Household, await _loaders(info)["household"].load(book_number))

    @strawberry.field
    async def legal_entity(self, info: Info, credit_code: str) -> LegalEntity | None:
        return _made(LegalEntity, await _loaders(info)["company"].load(credit_code))


class Server(GraphQL[Any, Any]):
    """Strawberry's own ASGI application, with fresh loaders for each request."""

    graph: Graph

    async def get_context(self, request: Any, response: Any) -> Any:
        """What resolvers find in `info.context`."""
        return {"loaders": Loaders(self.graph)}


def application() -> Any:
    """`/graphql` and `/statements`; the graph is opened in the loop that serves."""
    server = Server(strawberry.Schema(Query), graphql_ide=None)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            server.graph = Graph()
        elif scope["path"] == "/statements":
            await JSONResponse(server.graph.statements)(scope, receive, send)
        else:
            await server(scope, receive, send)

    return app


if __name__ == "__main__":
    serve(application())
