"""A whole stack of its own: embedded servers, subgraphs, issuer and gateway, on free ports."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from gateway.clients import clients_file
from gateway.tokens import fetch_token
from graph.catalogue import model
from policies.table import load
from runtime.ports import free_port
from runtime.settings import Settings, load_settings
from tests import family

OFFICER = family.NUMBERS["officer"]
"""The caseworker who asks unless a test says otherwise."""
PORTS = ("GATEWAY", "SUBGRAPHS", "ISSUER", "EDUCATION", "NEO4J", "VALKEY", "CONSOLE")
PURPOSES = {
    "caseworker": ("household-services", "statutory-duty"),
    "school-enrolment": ("school-enrolment", "compulsory-education"),
    "citizen": ("own-data", "data-subject-right"),
    "access-reviewer": ("access-review", "compliance-audit"),
    "policy-admin": ("policy-administration", "access-management"),
    "operator": ("operations", "system-operation"),
    "partner-developer": ("access-request", "access-management"),
    "licence-authority": ("licence-administration", "administrative-licensing"),
}

SOMEBODY: Mapping[str, Mapping[str, str]] = {
    "caseworker": {"district": family.HOME},
    "school-enrolment": {},
    "citizen": {"person": family.NUMBERS["daughter"]},
    "policy-admin": {"person": "P-1001", "organisation": "data-office"},
    "operator": {"person": "P-5005"},
    "partner-developer": {"person": "P-3003", "organisation": "school-enrolment"},
    "access-reviewer": {"person": "P-4004"},
    "licence-authority": {
        "authority": family.AUTHORITY,
        "district": family.HOME,
        "worker": "W-9",
    },
}
"""A caller of each consumer, for tests that ask as all of them."""


@dataclass(frozen=True)
class Reply:
    """Status, parsed body and operation id of one answer of the gateway."""

    status: int
    body: Mapping[str, Any]
    operation: str

    @property
    def data(self) -> Any:
        """The data; the test fails here if there is none."""
        assert self.body.get("data") is not None, self.body
        return self.body["data"]

    @property
    def codes(self) -> list[str]:
        """Codes of all errors, in order."""
        return [error["extensions"]["code"] for error in self.body.get("errors") or ()]


class Stack:
    """Started with `citizengraph up`, as a user would."""

    def __init__(self, home: Path) -> None:
        self.home = home
        ports = {f"CITIZENGRAPH_{name}_PORT": str(free_port()) for name in PORTS}
        limits = {"CITIZENGRAPH_NEO4J_HEAP": "700m", "CITIZENGRAPH_NEO4J_PAGE_CACHE": "256m"}
        self.environment = {**os.environ, "CITIZENGRAPH_HOME": str(home), **ports, **limits}
        self._tokens: dict[tuple[str | None, ...], str] = {}

    def command(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `citizengraph …` against this stack."""
        return subprocess.run(
            [sys.executable, "-m", "cli", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=check,
        )

    @property
    def settings(self) -> Settings:
        """The settings of the running stack."""
        return load_settings(home=self.home)

    @property
    def url(self) -> str:
        """The gateway."""
        return f"http://127.0.0.1:{self.environment['CITIZENGRAPH_GATEWAY_PORT']}"

    @property
    def subgraphs_url(self) -> str:
        """The process that serves all subgraphs."""
        return f"http://127.0.0.1:{self.environment['CITIZENGRAPH_SUBGRAPHS_PORT']}"

    def statements(self) -> int:
        """Cypher statements that the subgraphs have sent so far."""
        return int(httpx.get(f"{self.subgraphs_url}/health").json()["statements"])

    def policy(self) -> str:
        """The policy version in force."""
        return load(None, model()).version

    def token(
        self,
        consumer: str,
        district: str | None = None,
        person: str | None = None,
        organisation: str | None = None,
        subject: str | None = None,
        worker: str | None = None,
        department: str | None = None,
        authority: str | None = None,
    ) -> str:
        """An access token, fetched once per kind of caller."""
        if consumer == "caseworker":
            person = person or OFFICER
        key = (consumer, district, person, organisation, subject, worker, department, authority)
        if key not in self._tokens:
            port = self.environment["CITIZENGRAPH_ISSUER_PORT"]
            self._tokens[key] = fetch_token(
                f"http://127.0.0.1:{port}/token",
                clients_file(self.home),
                consumer,
                district=district,
                person=person,
                organisation=organisation,
                subject=subject,
                worker=worker,
                department=department,
                authority=authority,
            )
        return self._tokens[key]

    def ask(
        self,
        consumer: str,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        district: str | None = None,
        person: str | None = None,
        organisation: str | None = None,
        subject: str | None = None,
        worker: str | None = None,
        department: str | None = None,
        authority: str | None = None,
        headers: Mapping[str, str] | None = None,
        http: httpx.Client | None = None,
    ) -> Reply:
        """One operation through the gateway; `headers` replace what would be sent."""
        purpose, basis = PURPOSES[consumer]
        sent = {
            "Authorization": "Bearer "
            + self.token(
                consumer, district, person, organisation, subject, worker, department, authority
            ),
            "Citizengraph-Purpose": purpose,
            "Citizengraph-Basis": basis,
            **(headers or {}),
        }
        body = {"query": query, "variables": dict(variables or {})}
        send = http.post if http else httpx.post
        response = send(f"{self.url}/graphql", json=body, headers=sent, timeout=30)
        operation = response.headers.get("citizengraph-operation", "")
        return Reply(response.status_code, response.json(), operation)

    def parts(self) -> Mapping[str, Any]:
        """The state of every part, as the supervisor says."""
        return json.loads(self.command("status", "--json", check=False).stdout)["parts"]

    def kill(self, part: str) -> None:
        """kill -9."""
        os.kill(int(self.parts()[part]["pid"]), signal.SIGKILL)

    def wait_until(self, what: Any, seconds: float = 60.0) -> Any:
        """Repeat until the function returns something true; its last value."""
        deadline = time.monotonic() + seconds
        while True:
            value = what()
            if value or time.monotonic() > deadline:
                return value
            time.sleep(0.1)
