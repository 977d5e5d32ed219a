"""Verification of licences, their codes, and renditions: what leaves of a licence, and to whom."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from graph.catalogue import EdgeField
from graph.cypher import Clock
from graph.cypher.licences import STANDING, STANDING_BY_ID
from graph.declarations import Label
from resolvers.desk import DeskRequest
from resolvers.disclosed import sought
from runtime.errors import CitizengraphError
from subgraphs.administration.means import Means
from subgraphs.proofs.budget import WRONG_MAX
from subgraphs.proofs.signing import Signed
from subgraphs.services.licence_codes import DOCUMENT_SECONDS, RENDITION, licence_of, signed_code
from subgraphs.services.licence_reading import SeenLicence, seen_licence
from subgraphs.services.licence_rules import NO_END

Verdict = Literal["VALID", "NOT_VALID", "UNKNOWN"]
NUMBER_MAX = 64
_SPENT = f"You have been wrong about this licence or this holder {WRONG_MAX} times today."


@dataclass(frozen=True)
class Document:
    """A rendition as it leaves: text of a media type, and until when it is good."""

    media_type: str
    content: str
    ends: int


class LicenceShowing:
    """One caller who verifies a licence or shows one."""

    def __init__(self, request: DeskRequest) -> None:
        self._request = request
        self._means: Means = request.means
        assert self._means.signer and self._means.budget, "application() gives them"
        self._signer, self._budget = self._means.signer, self._means.budget
        self._today = Clock.system().parameters()["today"]

    async def verify(self, number: str, kind: str | None, holder: str) -> Verdict:
        """Whether it is valid; UNKNOWN unless both numbers belong to it.

        Raises BAD_ARGUMENT and LICENCE_GUESSES_SPENT.
        """
        if not all(0 < len(given) <= NUMBER_MAX for given in (number, holder)):
            raise CitizengraphError("BAD_ARGUMENT", "Both numbers are needed.")
        digest = self._signer.digest
        about = [digest("licence", number), digest("holder", holder)]
        guess = "wrong", about, digest("guess", number, holder, kind or "")
        if not await self._budget.take(self._asker, *guess):
            raise CitizengraphError("LICENCE_GUESSES_SPENT", _SPENT, "Ask again tomorrow (UTC).")
        asked = {"number": number, "kind": kind, "holder": holder, "today": self._today}
        verdict = await self._verdict(STANDING, asked, number)
        if verdict != "UNKNOWN":
            await self._budget.give_back(self._asker, *guess)
        return verdict

    async def verify_code(self, code: str) -> Verdict:
        """Whether the licence is valid now. Raises LICENCE_CODE_INVALID, LICENCE_CODE_EXPIRED."""
        id = licence_of(self._signer, code)
        return await self._verdict(STANDING_BY_ID, {"id": id, "today": self._today}, id)

    async def code(self, number: str) -> Signed:
        """A code for a QR picture, for a few minutes. Raises LICENCE_UNKNOWN."""
        seen = await seen_licence(self._request, number, whole=False)
        return signed_code(self._signer, seen.id, seen.shown)

    async def json(self, number: str) -> Document:
        """Signed JSON: a JSON Web Token with what the caller sees. Raises LICENCE_UNKNOWN."""
        seen = await seen_licence(self._request, number, whole=True)
        signed = self._signer.token(RENDITION, DOCUMENT_SECONDS, {"licence": dict(seen.shown)})
        return Document("application/jwt", signed.token, signed.ends)

    async def pdf(self, number: str) -> Document:
        """The same on a page, with a code that can be verified. Raises LICENCE_UNKNOWN."""
        seen = await seen_licence(self._request, number, whole=True)
        code = signed_code(self._signer, seen.id, seen.shown, DOCUMENT_SECONDS)
        page = await asyncio.to_thread(_page, self._rows(seen), code)
        return Document("application/pdf", b64encode(page).decode(), code.ends)

    def _rows(self, seen: SeenLicence) -> list[tuple[str, str]]:
        """(label in both languages, value) of each field that is shown."""
        node, edges = self._means.catalogue.nodes["Licence"], self._means.catalogue.edges["Licence"]
        found: list[tuple[str, str]] = []
        for name, value in seen.shown.items():
            label = _end(edges[name]) if name in edges else node.fields[name].label
            found.append((f"{label.zh} {label.en}", self._words(name, value)))
        return found

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, list):
            parties = cast("list[Mapping[str, Any]]", value)
            return "; ".join(" ".join(map(str, party.values())) for party in parties)
        if value == NO_END:
            return "长期 no end"
        table = self._means.catalogue.nodes["Licence"].fields[name].codes
        code = self._means.catalogue.codes[table].values.get(value) if table else None
        return f"{code.label.zh} {code.label.en}" if code else str(value)

    async def _verdict(self, text: str, asked: dict[str, Any], sought_by: str) -> Verdict:
        """Recorded before it is told."""
        found = await self._means.pen.rows(text, asked)
        if len(found) != 1:
            await self._request.note("Licence", sought(sought_by))
            return "UNKNOWN"
        await self._request.note("Licence", found[0]["id"], "status")
        return "VALID" if found[0]["valid"] else "NOT_VALID"

    @property
    def _asker(self) -> str:
        """Whoever the token names has a count of their own, and else the consumer."""
        caller = self._request.caller
        named = (str(caller.principal.get(name)) for name in ("person", "worker", "authority"))
        return self._signer.digest("asker", caller.consumer, *named)


def _page(rows: Sequence[tuple[str, str]], code: Signed) -> bytes:
    """The library is large, and most processes never print: it is loaded with the first page."""
    from subgraphs.services.licence_pdf import licence_pdf

    return licence_pdf(rows, code)


def _end(edge: EdgeField) -> Label:
    """What the relationship is called as seen from the licence."""
    of = edge.relationship
    end = of.into if edge.direction == "in" else of.out
    return end.label if end else of.label
