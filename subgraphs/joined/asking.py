"""One request to a department: what is asked of which persons, sent, and the answer read.

Nothing that a department says is passed on as words; the log has why, and no value.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import httpx
import orjson

from graph.declarations import Held
from resolvers.context import Caller
from runtime.errors import CitizengraphError
from runtime.joined import read_joined
from subgraphs.joined.signing import GuardSigner

SECONDS_MAX = 3.0
BYTES_MAX = 4 * 1024 * 1024
CONNECTIONS_MAX = 32
OK = 200
_log = logging.getLogger("citizengraph.subgraphs")


class Unreachable(Exception):
    """The department does not answer; the words are for the log."""


class Unfit(Exception):
    """The department does not answer as it declared; the words are for the log."""


@dataclass(frozen=True)
class Wanted:
    """Rows of one type that hang on the nodes with these numbers, and their fields to ask for."""

    held: Held
    identifier: str
    numbers: Sequence[str]
    fields: Sequence[str]


def document(wanted: Mapping[str, Wanted]) -> str:
    """The operation, with `_entities` once for each type. It asks back whose rows they are."""
    variables = ", ".join(f"${name}: [_Any!]!" for name in wanted)
    parts = (
        f"{name}: _entities(representations: ${name}) {{ ... on {part.held.of} {{"
        f" {part.identifier} {part.held.through.field} {{ {' '.join(part.fields)} }} }} }}"
        for name, part in wanted.items()
    )
    return f"query Held({variables}) {{ {' '.join(parts)} }}"


def representations(part: Wanted) -> list[dict[str, str]]:
    """The entities asked about, by the number that the department knows them by."""
    return [{"__typename": part.held.of, part.identifier: number} for number in part.numbers]


class Department:
    """A joined department, as its guard asks it; where it has joined unless an address is named."""

    def __init__(self, home: Path, name: str, url: str = "") -> None:
        self.name = name
        self._url = url
        self._home = home
        self._signer = GuardSigner(home)
        self._client: httpx.AsyncClient | None = None

    async def answer(self, wanted: Mapping[str, Wanted], caller: Caller) -> dict[str, Any]:
        """The response to what is wanted, not judged yet. Raises Unreachable and Unfit."""
        variables = {name: representations(part) for name, part in wanted.items()}
        return await self.ask(document(wanted), variables, caller)

    async def ask(
        self, text: str, variables: Mapping[str, Any], caller: Caller | None = None
    ) -> dict[str, Any]:
        """The response to an operation. Raises Unreachable and Unfit."""
        url = self._address()
        body = orjson.dumps({"query": text, "variables": variables})
        headers = {
            "content-type": "application/json",
            "accept": "application/json",
            "accept-encoding": "identity",
            "authorization": f"Bearer {self._signer.token(self.name, body, caller)}",
        }
        try:
            async with asyncio.timeout(SECONDS_MAX):
                content = await self._post(url, body, headers)
        except TimeoutError as error:
            raise Unreachable(f"took longer than {SECONDS_MAX:.0f} s") from error
        except httpx.HTTPError as error:
            raise Unreachable(type(error).__name__) from error
        return _response(content)

    def _address(self) -> str:
        if self._url:
            return self._url
        try:
            joined = read_joined(self._home, self.name)
        except CitizengraphError as error:
            raise Unreachable(error.message) from error
        if joined is None:
            raise Unreachable("has not joined")
        return joined.url

    async def _post(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        async with self._http().stream("POST", url, content=body, headers=headers) as answer:
            if answer.status_code != OK:
                raise Unreachable(f"answered with status {answer.status_code}")
            content = bytearray()
            async for part in answer.aiter_raw():
                content += part
                if len(content) > BYTES_MAX:
                    raise Unfit(f"answered more than {BYTES_MAX} bytes")
            return bytes(content)

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            limits = httpx.Limits(max_connections=CONNECTIONS_MAX, keepalive_expiry=4)
            self._client = httpx.AsyncClient(
                timeout=SECONDS_MAX, limits=limits, trust_env=False, follow_redirects=False
            )
        return self._client

    async def close(self) -> None:
        """Close the connections."""
        if self._client:
            await self._client.aclose()


def _response(content: bytes) -> dict[str, Any]:
    try:
        body: object = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise Unfit("did not answer with JSON") from error
    if not isinstance(body, dict):
        raise Unfit("did not answer with a GraphQL response")
    return cast("dict[str, Any]", body)


def log(name: str, why: Exception) -> None:
    """Why a department's part is missing."""
    _log.warning("the register of %s %s", name, why)
