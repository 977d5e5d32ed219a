"""What the page asks goes to the gateway, with the token of the session and nothing else added.

The console has no way to the data of its own: the gateway sees one more consumer.
"""

from __future__ import annotations

import httpx
from starlette.requests import Request
from starlette.responses import Response

from console.answers import refusal
from console.sessions import Session

ANSWER_SECONDS_MAX = 30.0
BODY_BYTES_MAX = 1_000_000
PASSED_ON = ("citizengraph-purpose", "citizengraph-basis", "citizengraph-case", "accept")
PASSED_BACK = ("content-type", "citizengraph-operation")


class Gateway:
    """The gateway's GraphQL address."""

    def __init__(self, url: str) -> None:
        self._url = url
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=20)
        self._http = httpx.AsyncClient(timeout=ANSWER_SECONDS_MAX, limits=limits, trust_env=False)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def ask(self, request: Request, session: Session) -> Response:
        """The gateway's answer, byte for byte."""
        body = await _body(request)
        if body is None:
            words = f"An operation may have {BODY_BYTES_MAX:,} bytes."
            return refusal("REQUEST_TOO_LARGE", words)
        given = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        given |= {"authorization": f"Bearer {session.token}", "content-type": "application/json"}
        try:
            answer = await self._http.post(self._url, content=body, headers=given)
        except httpx.HTTPError:
            return refusal("SUBGRAPH_UNAVAILABLE", "The gateway does not answer. Try again.")
        back = {name: answer.headers[name] for name in PASSED_BACK if name in answer.headers}
        back |= {"cache-control": "no-store", "x-content-type-options": "nosniff"}
        return Response(answer.content, answer.status_code, back)


async def _body(request: Request) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > BODY_BYTES_MAX:
            return None
        parts.append(part)
    return b"".join(parts)
