"""A consumer of the running gateway, with a token from the development issuer."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from gateway.clients import clients_file
from gateway.tokens import fetch_token
from policies.bundle import read_bundle
from policies.contracts import read_contracts
from runtime.errors import CODES, CitizengraphError
from runtime.settings import Settings

ANSWER_SECONDS_MAX = 30.0


@dataclass(frozen=True)
class Answer:
    """What came back: data, errors, the operation's id and how long it took."""

    data: Mapping[str, Any]
    errors: tuple[Mapping[str, Any], ...]
    operation: str
    milliseconds: float


@dataclass(frozen=True)
class Asker:
    """Who asks: a consumer, and what its token says of it."""

    consumer: str
    district: str | None = None
    person: str | None = None
    worker: str | None = None
    department: str | None = None
    authority: str | None = None


class Client:
    """Sends operations to the gateway, each with a fresh token."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._consumers = read_contracts(read_bundle(settings.policies_dir)).consumers
        self.url = f"http://127.0.0.1:{settings.gateway_port}/graphql"

    def send(self, asker: Asker, query: str, variables: Mapping[str, Any]) -> Answer:
        """The answer. Raises the error's own code where nothing came back."""
        headers = self.headers(asker)
        started = time.perf_counter()
        try:
            with httpx.Client(trust_env=False, timeout=ANSWER_SECONDS_MAX) as http:
                body = {"query": query, "variables": dict(variables)}
                response = http.post(self.url, json=body, headers=headers)
                content: dict[str, Any] = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise CitizengraphError(
                "NOT_RUNNING", "The gateway does not answer.", "Start it with `citizengraph up`."
            ) from error
        elapsed = (time.perf_counter() - started) * 1000
        errors = tuple(content.get("errors") or ())
        if content.get("data") is None:
            raise failure(errors)
        operation = response.headers.get("citizengraph-operation", "")
        return Answer(content["data"], errors, operation, elapsed)

    def headers(self, asker: Asker) -> dict[str, str]:
        """Token, purpose and legal basis (the first the consumer has)."""
        consumer = self._consumers.get(asker.consumer)
        if consumer is None:
            known = ", ".join(self._consumers)
            raise CitizengraphError("BAD_ARGUMENT", f"{asker.consumer} is none of {known}.")
        purpose, bases = next(iter(consumer.purposes.items()))
        token = fetch_token(
            f"http://127.0.0.1:{self._settings.issuer_port}/token",
            clients_file(self._settings.home),
            asker.consumer,
            district=asker.district,
            person=asker.person,
            worker=asker.worker,
            department=asker.department,
            authority=asker.authority,
        )
        return {
            "Authorization": f"Bearer {token}",
            "Citizengraph-Purpose": purpose,
            "Citizengraph-Basis": bases[0],
        }


def failure(errors: tuple[Mapping[str, Any], ...]) -> CitizengraphError:
    """What the first error says."""
    if not errors:
        return CitizengraphError("INTERNAL", "The gateway gave no answer.")
    extensions: Mapping[str, Any] = errors[0].get("extensions") or {}
    code = str(extensions.get("code"))
    return CitizengraphError(code if code in CODES else "INTERNAL", str(errors[0]["message"]))
