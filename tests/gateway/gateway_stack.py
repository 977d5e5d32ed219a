"""Everything a gateway needs around it, on ports of its own: issuer, subgraphs, the process."""

import json
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import toy_subgraphs
import uvicorn
from joserfc import jwt
from recorder import Refusals
from starlette.applications import Starlette

from gateway.clients import clients_file
from gateway.compose import ConsumerContract, NodeServer, SubgraphSdl, compose
from gateway.configuration import (
    DevelopmentLogin,
    Example,
    LoginChoice,
    extend_configuration,
)
from gateway.issuer import create_app as create_issuer_app
from gateway.issuer import load_issuer
from runtime.gateway import NODE_FLAGS
from runtime.keys import private_key_file, public_keys_file
from runtime.ports import free_port
from runtime.settings import Settings

PURPOSES = {"kinship-check": ["civil-code-1111"], "licence-check": ["licence-act-9"]}
LOGIN = LoginChoice(
    "Caseworker", "caseworker", "kinship-check", "civil-code-1111", district="110101"
)


class Served:
    """An ASGI application under uvicorn in a thread."""

    def __init__(self, app: Starlette, port: int) -> None:
        self.app, self.port = app, port
        self.start()

    def start(self) -> None:
        config = uvicorn.Config(self.app, port=self.port, log_level="critical", lifespan="off")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.005)

    def stop(self) -> None:
        self.server.should_exit = True
        self.server.force_exit = True
        self.thread.join(5)


class Stack:
    """One gateway process over two toy subgraphs, and the issuer."""

    def __init__(self, home: Path, node: NodeServer) -> None:
        self.home, self.node = home, node
        self.settings = Settings(home=home)
        self.issuer = load_issuer(self.settings)
        self.seen: list[dict[str, Any]] = []
        self.issuer_port = free_port()
        self.served = {"issuer": Served(create_issuer_app(self.issuer), self.issuer_port)}
        keys = public_keys_file(home, "gateway")
        for name in toy_subgraphs.SCHEMAS:
            app = toy_subgraphs.create_app(name, keys, self.seen)
            self.served[name] = Served(app, free_port())
        self.refusals = Refusals(keys)
        self.served["audit"] = Served(self.refusals.app, free_port())
        self.compose("policy-1")
        self.port = free_port()
        self.log = home / "gateway.log"
        self.process = self.start()

    def subgraphs(self) -> list[SubgraphSdl]:
        return [
            SubgraphSdl(name, f"http://127.0.0.1:{self.served[name].port}/", schema.as_str())
            for name, schema in toy_subgraphs.SCHEMAS.items()
        ]

    def compose(self, policy: str, **visible: frozenset[str]) -> None:
        caseworker = visible.get("caseworker", toy_subgraphs.CASEWORKER)
        consumers = {
            "caseworker": ConsumerContract(caseworker, PURPOSES),
            "school-enrolment": ConsumerContract(
                toy_subgraphs.SCHOOL, {"kinship-check": ["education-act-12"]}
            ),
        }
        compose(self.subgraphs(), consumers, policy, self.home / "gateway", self.node)

    def start(self) -> "subprocess.Popen[bytes]":
        self.configure(self.home / "gateway.json")
        node, *arguments = self.node.command("main.mjs", str(self.home / "gateway.json"))
        command = [node, *NODE_FLAGS, *arguments]
        with self.log.open("ab") as output:
            process = subprocess.Popen(command, stdout=output, stderr=output)
        wait_until(lambda: self.health().is_success)
        return process

    def configure(self, path: Path) -> None:
        issuer = f"http://127.0.0.1:{self.issuer_port}"
        configuration = {
            "composition": str(self.home / "gateway"),
            "signingKeyFile": str(private_key_file(self.home, "gateway")),
            "proofKeysFile": str(public_keys_file(self.home, "proofs")),
            "proofStatusUrl": f"http://127.0.0.1:{self.served['audit'].port}/proofs/status/0",
            "jwksUrl": f"{issuer}/.well-known/jwks.json",
            "refusalsUrl": f"http://127.0.0.1:{self.served['audit'].port}/refusals",
            "port": self.port,
            "limits": {"subgraphMs": 1_000, "refusalMs": 1_000},
        }
        path.write_text(json.dumps(configuration))
        examples = [Example("Name", '{ person(citizenNumber: "1") { name } }')]
        login = DevelopmentLogin(f"{issuer}/token", clients_file(self.home), [LOGIN])
        extend_configuration(path, examples, login)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def health(self) -> httpx.Response:
        return httpx.get(f"{self.url}/health", trust_env=False)

    def token(self, client: str = "caseworker", **claims: Any) -> str:
        """A token of the issuer's key; claims given as None are left out."""
        now = int(time.time())
        usual = {
            "iss": "citizengraph-dev-issuer",
            "aud": "citizengraph",
            "sub": f"{client}:test",
            "client_id": client,
            "iat": now,
            "exp": now + 600,
            "principal": {"district": "110101"} if client == "caseworker" else {},
        }
        header = {"alg": "ES256", "typ": claims.pop("typ", "at+jwt"), "kid": self.issuer.key.kid}
        merged = {k: v for k, v in (usual | claims).items() if v is not None}
        return jwt.encode(header, merged, self.issuer.key)

    def headers(self, client: str = "caseworker", **more: str) -> dict[str, str]:
        basis = "education-act-12" if client == "school-enrolment" else "civil-code-1111"
        return {
            "Authorization": f"Bearer {self.token(client)}",
            "Citizengraph-Purpose": "kinship-check",
            "Citizengraph-Basis": basis,
            **more,
        }

    def ask(
        self,
        query: str,
        client: str = "caseworker",
        headers: Mapping[str, str] | None = None,
        **body: Any,
    ) -> httpx.Response:
        sent = self.headers(client) if headers is None else headers
        content = json.dumps({"query": query, **body})
        typed = {"Content-Type": "application/json", **sent}
        return httpx.post(f"{self.url}/graphql", content=content, headers=typed, trust_env=False)

    def log_entries(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        for served in self.served.values():
            served.stop()


def wait_until(condition: Any, seconds: float = 15) -> None:
    """Until the condition holds; an HTTP failure counts as not yet."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            if condition():
                return
        except httpx.HTTPError:
            pass
        if time.monotonic() > deadline:
            raise TimeoutError("the condition did not come true")
        time.sleep(0.02)
