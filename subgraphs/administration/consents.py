"""The desk of the citizen's consents: who asks for one, giving it, withdrawing it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from graph.conditions import Attribute, Compare, Literal, Principal, any_of
from graph.cypher import Clock
from graph.cypher.desk import (
    GIVEN,
    NOT_GIVEN,
    NOT_WITHDRAWN,
    consent_by_reference,
)
from graph.facts import EdgeFact, Fact, NodeFact, Source
from policies.consents import ConsentRequest, consent_requests
from resolvers.desk import DeskRequest
from resolvers.disclosed import sought
from runtime.errors import CitizengraphError
from subgraphs.administration.means import Means, person_of

REGISTER = "consent-portal"
ACTS_FOR = any_of(
    Compare("=", Attribute("citizenNumber"), Principal("person")),
    Compare("=", Attribute("wardOfCaller"), Literal(True)),
)
"""Of a person: it is the caller, or somebody for whom the caller acts today."""
BY_ANOTHER = "given by a parent or guardian · 由监护人代为授权"
Consent = dict[str, Any]


class ConsentDesk:
    """One caller at the desk."""

    def __init__(self, request: DeskRequest) -> None:
        self._request = request
        self._caller = request.caller
        self._means: Means = request.means
        self._clock = Clock.system()

    def requests(self) -> list[ConsentRequest]:
        """Who asks for what with consent, under the policies of the operation."""
        return list(consent_requests(self._means.policies))

    async def give(self, consumer: str, purpose: str, number: str | None) -> Consent:
        """The consent that counts from now on. Raises BAD_ARGUMENT and PERSON_UNKNOWN."""
        self._check(consumer, purpose)
        own = str(self._caller.principal["person"])
        about = self._clock, number or own, ACTS_FOR, "consents"
        words = "There is nobody for whom you may act."
        person = (await person_of(self._request, *about, words))["key"]
        asked = {"person": person, "for": consumer, "use": purpose, "today": self._today}
        reference = f"CP-{secrets.token_hex(8).upper()}"
        citation = None if (number or own) == own else BY_ANOTHER
        source = Source(REGISTER, reference, self._clock.second, citation=citation)
        facts = list(_given(person, reference, consumer, purpose, self._today, source))
        await self._means.pen.state((NOT_GIVEN, asked), facts, self._today)
        found = await self._means.pen.rows(GIVEN, asked)
        if not found:
            raise CitizengraphError("BAD_ARGUMENT", "It was withdrawn at the same moment.")
        return found[0]["consent"]

    async def withdraw(self, reference: str) -> Consent:
        """The consent with its withdrawal. Raises BAD_ARGUMENT."""
        key = await self._consent(reference)
        source = Source(REGISTER, f"{reference}/withdrawal", self._clock.second)
        fact = NodeFact("Consent", key, source, {"withdrawnOn": self._today})
        guard = NOT_WITHDRAWN, {"consent": key, "today": self._today}
        await self._means.pen.state(guard, [fact], self._today)
        return (await self._found(reference))[0]["consent"]

    @property
    def _today(self) -> str:
        return self._clock.parameters()["today"]

    def _check(self, consumer: str, purpose: str) -> None:
        """Nobody consents to what nobody asks for."""
        asked = {(request.consumer, request.purpose) for request in self.requests()}
        if (consumer, purpose) not in asked:
            raise CitizengraphError(
                "BAD_ARGUMENT",
                f"Nobody asks for consent as {consumer!r} for {purpose!r}.",
                "consentRequests lists who asks for what.",
            )

    async def _consent(self, reference: str) -> str:
        """Key of a consent of somebody for whom the caller acts."""
        found = await self._found(reference)
        if not found:
            await self._request.note("Consent", sought(reference))
            words = "There is no consent of this reference that you may withdraw."
            raise CitizengraphError("BAD_ARGUMENT", words)
        await self._request.note("Person", found[0]["id"], "consents")
        return found[0]["key"]

    async def _found(self, reference: str) -> list[dict[str, Any]]:
        about = reference, ACTS_FOR, self._request.decision, self._means.catalogue
        statement = consent_by_reference(*about, self._caller.principal, self._clock)
        return await self._means.pen.read(statement)


def _given(
    person: str, reference: str, consumer: str, purpose: str, day: str, source: Source
) -> Iterator[Fact]:
    key = f"consent:{reference}"
    fields = {"reference": reference, "consumer": consumer, "purpose": purpose, "givenOn": day}
    yield NodeFact("Consent", key, source, fields)
    yield EdgeFact("ConsentGiving", "", "Person", person, "Consent", key, source, {})
