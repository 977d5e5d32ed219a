"""Two real federation subgraphs, people and households, that demand the context token."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import strawberry
from graphql import GraphQLError
from joserfc import jwt
from joserfc.jwk import KeySet
from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from strawberry.asgi import GraphQL
from strawberry.extensions import SchemaExtension

SECRET = "MATCH (p:Person {citizenNumber: '110101199001010000'}) at bolt://10.0.0.7:7687"
NAMES = {"1": "王芳", "2": "李娜", "3": "张伟"}


class Denied(GraphQLError):
    def __init__(self) -> None:
        super().__init__("The policy denies this field.", extensions={"code": "FIELD_DENIED"})


def note_masked(info: strawberry.Info) -> None:
    """Note the path of a masked value, as a subgraph does."""
    info.context.setdefault("masked", []).append(info.path.as_list())


class MaskedPaths(SchemaExtension):
    """Puts the noted paths into the response's extensions."""

    def get_results(self) -> dict[str, Any]:
        context = self.execution_context.context
        noted = context.get("masked") if isinstance(context, dict) else None
        return {"masked": noted} if noted else {}


@strawberry.input
class PersonFilter:
    name: str | None = None
    citizen_number: str | None = None


@strawberry.federation.type(keys=["id"])
class Person:
    id: strawberry.ID
    name: str | None

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "Person":
        return cls(id=id, name=NAMES.get(id))

    @strawberry.field
    def mother(self) -> "Person | None":
        return Person.resolve_reference(strawberry.ID(str(int(self.id) + 1)))

    @strawberry.field
    def citizen_number(self) -> str | None:
        raise Denied

    @strawberry.field
    def initial(self, info: strawberry.Info) -> str | None:
        note_masked(info)
        return f"{NAMES[self.id][0]}*" if self.id in NAMES else None


@strawberry.type
class PeopleQuery:
    @strawberry.field
    def person(self, citizen_number: str) -> Person | None:
        return Person.resolve_reference(strawberry.ID(citizen_number))

    @strawberry.field
    def people(self, filter: PersonFilter | None = None) -> list[Person]:
        return [Person(id=strawberry.ID(id), name=name) for id, name in NAMES.items()]

    @strawberry.field
    def broken(self) -> str | None:
        raise RuntimeError(SECRET)

    @strawberry.field
    async def slow(self) -> str | None:
        await asyncio.sleep(3)
        return "late"

    @strawberry.field
    async def pause(self) -> str | None:
        await asyncio.sleep(0.3)
        return "paused"


@strawberry.federation.type(keys=["id"])
class Household:
    id: strawberry.ID
    number: str | None


@strawberry.federation.type(keys=["id"], name="Person")
class PersonWithHousehold:
    id: strawberry.ID

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "PersonWithHousehold":
        return cls(id=id)

    @strawberry.field
    def household(self) -> Household | None:
        return Household(id=self.id, number=f"H-{self.id}")

    @strawberry.field
    def address(self, info: strawberry.Info) -> str | None:
        note_masked(info)
        return "***"


@strawberry.type
class HouseholdsQuery:
    @strawberry.field
    def household(self, number: str) -> Household | None:
        return Household(id=strawberry.ID(number), number=number)


SCHEMAS = {
    "people": strawberry.federation.Schema(
        query=PeopleQuery, federation_version="2.9", extensions=[MaskedPaths]
    ),
    "households": strawberry.federation.Schema(
        query=HouseholdsQuery,
        types=[PersonWithHousehold],
        federation_version="2.9",
        extensions=[MaskedPaths],
    ),
}

CASEWORKER = frozenset(
    {
        "Query.person",
        "Query.person(citizenNumber:)",
        "Query.people",
        "Query.people(filter:)",
        "Query.broken",
        "Query.slow",
        "Query.pause",
        "PersonFilter.name",
        "Person",
        "Person.name",
        "Person.mother",
        "Person.citizenNumber",
        "Person.initial",
        "Person.address",
        "Person.household",
        "Household.number",
    }
)
SCHOOL = frozenset({"Query.person", "Query.person(citizenNumber:)", "Person.name"})


def context_claims(request: Request, keys_file: Path, audience: str) -> dict[str, Any]:
    """The claims of the request's context token; an exception when it is not for `audience`."""
    keys = KeySet.import_key_set(json.loads(keys_file.read_text()))
    token = jwt.decode(request.headers["Citizengraph-Context"], keys, algorithms=["ES256"])
    registry = jwt.JWTClaimsRegistry(
        aud={"essential": True, "value": audience}, exp={"essential": True}
    )
    registry.validate(token.claims)
    return token.claims


class ContextCheck(BaseHTTPMiddleware):
    """Answers 401 without a valid context token; keeps what it saw in `seen`."""

    def __init__(self, app: Any, name: str, keys_file: Path, seen: list[dict[str, Any]]) -> None:
        super().__init__(app)
        self.name, self.keys_file, self.seen = name, keys_file, seen

    async def dispatch(
        self, request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        try:
            claims = context_claims(request, self.keys_file, self.name)
        except Exception:
            error = {"message": "no", "extensions": {"code": "CONTEXT_INVALID"}}
            return JSONResponse({"errors": [error]}, 401)
        headers = dict(request.headers)
        self.seen.append({"subgraph": self.name, "claims": claims, "headers": headers})
        return await call_next(request)


def create_app(name: str, keys_file: Path, seen: list[dict[str, Any]]) -> Starlette:
    app = Starlette()
    app.add_middleware(ContextCheck, name=name, keys_file=keys_file, seen=seen)
    app.mount("/", GraphQL(SCHEMAS[name]))
    return app
