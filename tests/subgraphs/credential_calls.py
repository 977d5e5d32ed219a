"""Asking for credentials, as their tests do: a holder with a key, each time a new request."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from harness import Harness
from joserfc.jwk import ECKey
from proof_calls import own, person
from redis import Redis

from runtime.keys import public_keys_file
from subgraphs.proofs.sd_jwt import disclosed, parts, places, presented

ISSUE = """mutation ($k: String!, $q: ProvableQuestion!, $o: PersonRef!, $h: String!, $d: Int!) {
  issueCredential(key: $k, question: $q, of: $o, holderKey: $h, days: $d) {
    credential reference claims expiresAt } }"""
OWN = """{ credentials { reference question other claims issuedAt expiresAt checkedAt standing
  words { en zh } revocation { at reason words { en zh } } } }"""
REVOKE = """mutation ($r: String!) { revokeCredential(reference: $r) {
  reference standing revocation { reason } } }"""
HOLDER = ECKey.generate_key("P-256", private=True)
AUDIENCE, NONCE = "sports-club", "nonce-0001"
KEPT = "citizengraph:credentials:*"


def forget(valkey: str) -> Redis:
    """As if none had ever been issued, and nothing spent."""
    client = Redis.from_url(valkey, decode_responses=True)
    for pattern in (KEPT, "citizengraph:proofs:*"):
        for name in client.scan_iter(pattern):
            client.delete(name)
    return client


def public(key: ECKey) -> str:
    return json.dumps(key.as_dict(private=False))


async def issue(
    harness: Harness,
    of: str = "grandchild",
    question: str = "isMotherOf",
    *,
    who: str = "daughter",
    key: str = "",
    holder: str = "",
    days: int = 7,
    **caller: Any,
) -> dict[str, Any]:
    """The answer."""
    given = {"k": key or uuid4().hex, "q": question, "o": person(of), "d": days}
    given["h"] = holder or public(HOLDER)
    return await harness.graphql("proofs", ISSUE, given, **(own(who) | caller))


async def issued(harness: Harness, *what: str, **more: Any) -> dict[str, Any]:
    """The credential with its reference."""
    answer = await issue(harness, *what, **more)
    assert answer["data"]["issueCredential"], answer
    return answer["data"]["issueCredential"]


async def credentials(harness: Harness, who: str = "daughter") -> list[dict[str, Any]]:
    answer = await harness.graphql("proofs", OWN, **own(who))
    assert answer["data"], answer
    return answer["data"]["credentials"]


async def revoke(harness: Harness, reference: str, who: str = "daughter") -> dict[str, Any]:
    return await harness.graphql("proofs", REVOKE, {"r": reference}, **own(who))


def published(harness: Harness) -> dict[str, Any]:
    return json.loads(public_keys_file(harness.settings.home, "proofs").read_text())


def payload(token: str) -> dict[str, Any]:
    """What is signed, unchecked."""
    middle = token.split(".")[1]
    return json.loads(urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))


def whole(text: str) -> dict[str, Any]:
    """Everything that the credential says."""
    given = parts(text)
    return disclosed(payload(given.token), given.disclosures)


def shown(text: str, names: Iterable[str], *, key: ECKey = HOLDER, **claims: Any) -> str:
    """A presentation with these disclosures; `claims` replace those that the key binds to."""
    given = parts(text)
    known: Mapping[str, str] = places(payload(given.token), given.disclosures)
    bound = {"iat": int(time.time()), "aud": AUDIENCE, "nonce": NONCE} | claims
    return presented(given, [known[name] for name in names], key, bound)
