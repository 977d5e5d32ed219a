"""A proof that was issued, as it is kept to be asked again: sealed, because it names persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from graph.selection import PersonRef
from resolvers.context import Caller
from resolvers.proving import PairQuestion, Question, RowQuestion

_HEADER = {"alg": "dir", "enc": "A256GCM"}


@dataclass(frozen=True)
class Issued:
    """Who asked what, through which root field, the answer, and the id of the proof."""

    caller: Caller
    question: Question
    root: str
    answer: str
    proof: str


class Seal:
    """Encrypts with a secret that the server which keeps it does not have."""

    def __init__(self, secret: bytes) -> None:
        self._key = OctKey.import_key(secret)

    def closed(self, issued: Issued) -> str:
        """The proof, encrypted (RFC 7516, A256GCM)."""
        return jwe.encrypt_compact(_HEADER, orjson.dumps(asdict(issued)), self._key)

    def opened(self, sealed: str | bytes) -> Issued | None:
        """The proof; nothing where the secret is another by now."""
        try:
            found = jwe.decrypt_compact(sealed, self._key, algorithms=list(_HEADER.values()))
        except JoseError:
            return None
        return _issued(orjson.loads(found.plaintext or b"{}"))


def _issued(given: Mapping[str, Any]) -> Issued:
    caller = Caller(**given["caller"])
    return Issued(
        caller, _question(given["question"]), given["root"], given["answer"], given["proof"]
    )


def _question(given: Mapping[str, Any]) -> Question:
    if "name" in given:
        person, of = (PersonRef(**given[which]) for which in ("person", "of"))
        return PairQuestion(given["name"], person, of)
    return RowQuestion(**given)
