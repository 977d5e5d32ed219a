"""Operations that the gateway refused: `POST /refusals` writes them into the audit.

A consumer that asks for what does not exist for it leaves a record as one that is answered does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from audit.record import Row
from resolvers.context import HEADER, ContextVerifier
from resolvers.operation import Recorder, disclosure
from runtime.errors import CitizengraphError
from subgraphs.endpoint import coded, read_body, respond

AUDIT = "audit"
FIELDS_MAX = 20


class Refusals:
    """The handler: 204 once the record is durable, 401 without the gateway's token, else 503."""

    def __init__(self, verifier: ContextVerifier, recorder: Recorder) -> None:
        self._verifier = verifier
        self._recorder = recorder

    async def __call__(self, http: Request) -> ASGIApp:
        """Record one refusal: its code and the fields that were asked for."""
        try:
            caller = self._verifier.verify(http.headers.get(HEADER))
            rows = _rows(await read_body(http.receive))
            await self._recorder.write(disclosure(caller, "gateway", "refused", rows))
        except CitizengraphError as error:
            return respond({"errors": [coded(error)]}, error.status)
        return Response(status_code=204)


def _rows(body: bytes) -> tuple[Row, ...]:
    """A row per type, with the fields that were refused; the code stands as a row of its own."""
    try:
        refusal = cast("Mapping[str, Any]", orjson.loads(body))
        fields = [str(field) for field in cast("Sequence[object]", refusal["fields"])]
        code = str(refusal["code"])
    except (ValueError, KeyError, TypeError) as error:
        raise CitizengraphError("BAD_ARGUMENT", "A refusal has a code and fields.") from error
    by_type: dict[str, list[str]] = {}
    for coordinate in fields[:FIELDS_MAX]:
        type_name, _, field = coordinate.partition(".")
        by_type.setdefault(type_name, []).append(field)
    refused = (Row(type_name, code, (), tuple(names)) for type_name, names in by_type.items())
    return tuple(refused) or (Row("Query", code),)
