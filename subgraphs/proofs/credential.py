"""A credential as SD-JWT VC (draft-ietf-oauth-sd-jwt-vc): who signed it, what it states, for whom.

    {"relation": {"question", "words"},
     "subject": {"name", "birthDate", "citizenNumber"}, "relative": {the same}}

Each of the seven can be disclosed alone. What the holder may not be told is not in it, and a digest
of nothing stands in its place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from graph.problems import BadArgument
from resolvers.telling import FIELDS, RELATIVE, SUBJECT, Told
from subgraphs.proofs.sd_jwt import ALGORITHM, DIGEST_ALGORITHM, DIGESTS, Parts, concealed
from subgraphs.proofs.signing import Signer
from subgraphs.proofs.words import in_words

TYPE = "dc+sd-jwt"
KIND = "urn:citizengraph:credential:relation:1"
"""`vct`."""
RELATION = "relation"
_HOLDER_KEY_MAX = 1_000
_PUBLIC = ("kty", "crv", "x", "y")
_NO_KEY = "holderKey is no public key of P-256 as JSON Web Key."


@dataclass(frozen=True)
class Frame:
    """What is not disclosed: for whose key, where its status is, from when until when."""

    holder: Mapping[str, str]
    status: Mapping[str, Any]
    issued: int
    ends: int


def issue(signer: Signer, question: str, told: Told, frame: Frame) -> str:
    """The credential with all its disclosures, as its holder keeps it."""
    words = {"question": question, "words": in_words(question, told.answer)}
    outer, disclosures = concealed({RELATION: words})
    inner: dict[str, Any] = {}
    for who, values in ((SUBJECT, told.subject), (RELATIVE, told.relative)):
        inner[who], more = concealed(values, len(FIELDS))
        disclosures += more
    claims = {
        "iss": signer.issuer,
        "iat": frame.issued,
        "exp": frame.ends,
        "vct": KIND,
        "cnf": {"jwk": dict(frame.holder)},
        "status": dict(frame.status),
        DIGEST_ALGORITHM: ALGORITHM,
        DIGESTS: outer[DIGESTS],
        **inner,
    }
    return Parts(signer.signed(TYPE, claims), disclosures).shown


def holder_key(text: str) -> dict[str, str]:
    """The public key of the holder. Raises BAD_ARGUMENT, which never repeats what was sent."""
    given = _object(text)
    if "d" in given:
        words = "holderKey is a private key, which its holder keeps to themselves."
        raise BadArgument(words, "Make another key and send its public part.")
    key = {name: str(given.get(name, "")) for name in _PUBLIC}
    if (key["kty"], key["crv"]) != ("EC", "P-256") or not on_curve(key):
        raise BadArgument(_NO_KEY, "Send kty, crv, x and y (RFC 7517).")
    return key


def on_curve(key: Mapping[str, str]) -> bool:
    """Whether it is a point of the curve."""
    try:
        return ECKey.import_key(dict(key)).public_key.curve.name == "secp256r1"
    except (JoseError, ValueError, TypeError):
        return False


def _object(text: str) -> Mapping[str, Any]:
    try:
        given: Any = json.loads(text) if len(text) <= _HOLDER_KEY_MAX else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise BadArgument(_NO_KEY, "Send kty, crv, x and y (RFC 7517).")
    return cast("Mapping[str, Any]", given)
