"""GraphQL over HTTP for one subgraph: authenticate, execute, answer with coded errors."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any, cast
from uuid import uuid4

import orjson
from graphql import GraphQLError, GraphQLSyntaxError
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

from resolvers.context import HEADER, Caller
from resolvers.planned import Asked
from runtime.errors import CitizengraphError
from subgraphs.rates import Rates
from subgraphs.service import Service

BODY_BYTES_MAX = 4 * 1024 * 1024
_HEADER = HEADER.encode()
_log = logging.getLogger("citizengraph.subgraphs")


@dataclass(frozen=True, slots=True)
class Answer:
    """A response with JSON: an ASGI application, and no more of a framework than that."""

    content: bytes
    status: int

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it."""
        length = str(len(self.content)).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", length)]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.content})


class Endpoint:
    """The ASGI application of `POST /<subgraph>/graphql`."""

    def __init__(self, service: Service, rates: Rates | None = None) -> None:
        self._service = service
        self._rates = rates or Rates()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A GraphQL response; 401 without a valid context token, whatever is asked."""
        try:
            response = await self._answer(_token(scope), receive)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _answer(self, token: str | None, receive: Receive) -> Answer:
        started = perf_counter()
        try:
            caller = self._service.authenticate(token)
        except CitizengraphError as error:
            return _refused(error)
        try:
            return await self._of(caller, receive)
        finally:
            self._rates.note(caller.consumer, self._service.name, perf_counter() - started)

    async def _of(self, caller: Caller, receive: Receive) -> Answer:
        try:
            asked = _operation(await read_body(receive))
            request = self._service.request(caller)
            schema = self._service.schema(caller)
        except CitizengraphError as error:
            return _refused(error)
        try:
            result = await self._service.execute(schema, request, asked)
        except (CannotGetOperationTypeError, InvalidOperationTypeError):
            unknown = CitizengraphError(
                "QUERY_INVALID", "The document has no such operation, or it is not a query."
            )
            return respond({"errors": [coded(unknown)]})
        except Exception as error:
            failed = GraphQLError(str(error), original_error=error)
            return respond({"data": None, "errors": [error_of(failed)]})
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [error_of(error) for error in result.errors]
            if not any(error.path for error in result.errors):
                answer["data"] = None
        if request.masked and answer["data"] is not None:
            answer["extensions"] = {"masked": request.masked}
        return respond(answer)


def _refused(error: CitizengraphError) -> Answer:
    status = error.status if error.status in (401, 413) else 200
    return respond({"errors": [coded(error)]}, status)


async def read_body(receive: Receive) -> bytes:
    """The whole body. Raises REQUEST_TOO_LARGE, and ClientDisconnect where it does not come."""
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > BODY_BYTES_MAX:
            raise CitizengraphError(
                "REQUEST_TOO_LARGE", f"The request is larger than {BODY_BYTES_MAX} bytes."
            )
        if not message.get("more_body"):
            return body


def _token(scope: Scope) -> str | None:
    found: Iterable[tuple[bytes, bytes]] = scope["headers"]
    return next((value.decode("latin-1") for name, value in found if name == _HEADER), None)


def _operation(body: bytes) -> Asked:
    invalid = CitizengraphError(
        "QUERY_INVALID", "The body is not a GraphQL request.", "Send JSON with a query."
    )
    try:
        parsed: Any = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise invalid from error
    if not isinstance(parsed, dict):
        raise invalid
    request = cast("Mapping[str, Any]", parsed)
    query, name = request.get("query"), request.get("operationName")
    variables: Any = request.get("variables") or {}
    if not query or not isinstance(query, str) or not isinstance(variables, dict):
        raise invalid
    return Asked(query, cast("dict[str, Any]", variables), str(name) if name else None)


def error_of(error: GraphQLError) -> dict[str, Any]:
    """The error for the gateway: coded and, where it is not ours to show, masked."""
    original = error.original_error
    while isinstance(original, GraphQLError) and original.original_error is not None:
        original = original.original_error
    if isinstance(original, CitizengraphError):
        shown = coded(original)
    elif isinstance(error, GraphQLSyntaxError):
        shown = coded(CitizengraphError("QUERY_INVALID", error.message))
    elif error.path is None and (original is None or isinstance(original, GraphQLError)):
        # The gateway has validated the operation: what is left is a value a scalar does not take.
        shown = coded(CitizengraphError("BAD_ARGUMENT", error.message))
    else:
        shown = _masked(original or error)
    if error.path:
        shown["path"] = error.path
    return shown


def coded(error: CitizengraphError) -> dict[str, Any]:
    """The error as GraphQL shows it."""
    message = f"{error.message} {error.hint}".strip()
    return {
        "message": message,
        "extensions": {"code": error.code, "docs": f"docs/errors/{error.code}.md"},
    }


def _masked(error: BaseException) -> dict[str, Any]:
    reference = uuid4().hex[:12]
    _log.error("internal error %s", reference, exc_info=error)
    return coded(CitizengraphError("INTERNAL", f"Something failed here. Reference: {reference}."))


def respond(content: Mapping[str, Any], status: int = 200) -> Answer:
    """A JSON response."""
    return Answer(orjson.dumps(content), status)
