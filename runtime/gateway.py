"""The gateway as a part: its composition and configuration are made before it starts."""

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import partial

from runtime.errors import CitizengraphError
from runtime.files import private_directory, write_file
from runtime.keys import private_key_file, public_keys_file
from runtime.node import NODE, ensure_gateway, gateway_source
from runtime.parts import Part
from runtime.process import Report, guarded
from runtime.process import environment as child_environment
from runtime.ready import http_ready
from runtime.settings import Settings

# Measured together: 225 MB instead of 317 MB after 11,000 requests.
MEMORY_FLAGS = ("--max-semi-space-size=16", "--single-threaded-gc")
# No object has a member __proto__ through which what a client names could reach the others.
NODE_FLAGS = (*MEMORY_FLAGS, "--disable-proto=delete")
COMPOSE = (sys.executable, "-m", "cli", "compose")


def gateway_part(settings: Settings, environment: Mapping[str, str]) -> Part:
    """The Node program behind http://127.0.0.1:<port>/graphql."""
    port = settings.gateway_port
    url = f"http://127.0.0.1:{port}"
    return Part(
        "gateway",
        partial(http_ready, f"{url}/health"),
        command=partial(_command, settings),
        environment={"NODE_ENV": "production"},
        port=port,
        url=url,
        depends_on=("subgraphs", "issuer"),
        prepare=partial(_prepare, settings, environment),
    )


def _command(settings: Settings) -> list[str]:
    program = ensure_gateway(settings.cache, gateway_source(), lambda _: None) / "main.mjs"
    return [str(NODE), *NODE_FLAGS, str(program), str(settings.home / "gateway" / "gateway.json")]


def _prepare(settings: Settings, environment: Mapping[str, str], report: Report) -> None:
    """Install the packages, write the base configuration, compose the subgraphs.

    `citizengraph compose` may add to the configuration (examples, the development login).
    """
    ensure_gateway(settings.cache, gateway_source(), report)
    directory = private_directory(settings.home / "gateway")
    content = json.dumps(_configuration(settings), indent=2) + "\n"
    write_file(directory / "gateway.json", content, mode=0o600)
    report("composing the subgraphs")
    waiting = (*COMPOSE, "--wait", str(settings.start_seconds_max))
    command, values = guarded(waiting), child_environment(environment)
    done = subprocess.run(command, env=values, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        words = f"`citizengraph compose` failed: {(done.stderr or done.stdout).strip()[-1500:]}"
        hint = "Correct what it says, then start again."
        raise CitizengraphError("PART_FAILED", words, hint)


def _configuration(settings: Settings) -> dict[str, str | int]:
    subgraphs = f"http://127.0.0.1:{settings.subgraphs_port}"
    return {
        "host": "127.0.0.1",
        "port": settings.gateway_port,
        "composition": str(settings.home / "gateway"),
        "signingKeyFile": str(private_key_file(settings.home, "gateway")),
        "proofKeysFile": str(public_keys_file(settings.home, "proofs")),
        "proofStatusUrl": f"{subgraphs}/proofs/status/0",
        "credentialStatusUrl": f"{subgraphs}/proofs/status/credentials",
        "jwksUrl": settings.issuer_jwks_url,
        "refusalsUrl": f"{subgraphs}/refusals",
        "issuer": settings.issuer,
        "audience": settings.audience,
    }
