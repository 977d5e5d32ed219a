"""A proof that was issued, as it is kept to be asked again: sealed, because it names persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from graph.selection import PersonRef
from resolvers.context import Caller
from resolvers.proving import PairQuestion, Question, RowQuestion
from subgraphs.proofs.sealing import sealed, unsealed


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
        self._secret = secret

    def closed(self, issued: Issued) -> str:
        """The proof, encrypted."""
        return sealed(orjson.dumps(asdict(issued)), self._secret)

    def opened(self, text: str | bytes) -> Issued | None:
        """The proof; nothing where the secret is another by now."""
        content = unsealed(text, self._secret)
        return None if content is None else _issued(orjson.loads(content))


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
