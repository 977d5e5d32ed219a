"""The floor: bare ASGI, one hand-written statement an operation, orjson; no policy, no audit.

`python -m bench.peers.floor PORT`. `POST /<operation>` takes the variables as JSON and answers with
a list; `GET /statements` says how many statements were sent.
"""

from __future__ import annotations

from typing import Any

import orjson

from bench.peers.graph import Graph
from bench.peers.operations import read_operations
from bench.peers.serving import serve

TEXT = "floor.cypher"
_HEADERS = [(b"content-type", b"application/json")]


class Floor:
    """The ASGI application; its graph is opened in the loop that serves."""

    _graph: Graph

    def __init__(self) -> None:
        texts = {operation.name: operation.text(TEXT) for operation in read_operations()}
        self._texts = {f"/{name}": text for name, text in texts.items() if text}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """One request."""
        if scope["type"] == "lifespan":
            self._graph = Graph()
            return
        content = await self._answer(scope["path"], receive)
        await send({"type": "http.response.start", "status": 200, "headers": _headers(content)})
        await send({"type": "http.response.body", "body": content})

    async def _answer(self, path: str, receive: Any) -> bytes:
        if path == "/statements":
            return orjson.dumps(self._graph.statements)
        variables = orjson.loads(await _body(receive))
        return orjson.dumps(
            [row[0] for row in await self._graph.read(self._texts[path], variables)]
        )


async def _body(receive: Any) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


def _headers(content: bytes) -> list[tuple[bytes, bytes]]:
    return [*_HEADERS, (b"content-length", str(len(content)).encode())]


if __name__ == "__main__":
    serve(Floor())
