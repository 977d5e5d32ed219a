"""Where the gateway records refusals: POST /refusals with a context token for the audit.

It also stands for the subgraph that has the status list of proofs.
"""

import asyncio
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from toy_subgraphs import context_claims


class Refusals:
    """Keeps what was recorded; `status` and `seconds` are how and how late it answers."""

    def __init__(self, keys_file: Path) -> None:
        self.keys_file = keys_file
        self.seen: list[dict[str, Any]] = []
        self.status, self.seconds = 204, 0.0
        self.status_list = (200, "a.signed.list")
        routes = [
            Route("/refusals", self.record, methods=["POST"]),
            Route("/proofs/status/0", self.proofs, methods=["GET"]),
        ]
        self.app = Starlette(routes=routes)

    async def proofs(self, _: Request) -> Response:
        status, text = self.status_list
        return Response(text, status)

    async def record(self, request: Request) -> Response:
        try:
            claims = context_claims(request, self.keys_file, "audit")
        except Exception:
            return Response(status_code=401)
        await asyncio.sleep(self.seconds)
        self.seen.append({"claims": claims, "body": await request.json()})
        return Response(status_code=self.status)
