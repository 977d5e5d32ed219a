"""The root fields of the desk of credentials: issuing one, seeing one's own, revoking one."""

from __future__ import annotations

import time
from collections.abc import Mapping
from enum import Enum
from typing import Any

import strawberry
from strawberry.types import Info

from resolvers import arguments
from subgraphs.administration.consent_fields import Words
from subgraphs.parts import Argument
from subgraphs.proofs.arguments import declaring, moment, reference
from subgraphs.proofs.credential import RELATION
from subgraphs.proofs.credential_desk import DAYS_MAX, CredentialDesk, Wanted
from subgraphs.proofs.credential_kept import Entry, Issue
from subgraphs.proofs.words import in_words, reason_in_words
from subgraphs.scalars import Time

_OF = "The other person: what the caller is to them."
_KEY = "Drawn by the client for each request; sent again, the same credential comes back."
_HOLDER = "Public key of the holder: JSON Web Key of P-256, as text. Never the private one."
_DAYS = f"How long it lives, 1 to {DAYS_MAX} days."


@strawberry.enum(description="Whether a credential stands · 凭证状态")
class CredentialStanding(Enum):
    VALID = "VALID"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"


@strawberry.federation.type(description="A credential as its holder keeps it · 凭证")
class IssuedCredential:
    credential: str = strawberry.field(description="SD-JWT VC (RFC 9901) with all disclosures.")
    reference: str = strawberry.field(description="By which the office knows it.")
    claims: list[str] = strawberry.field(description="What can be disclosed, each by itself.")
    expires_at: Time

    @classmethod
    def of(cls, issue: Issue) -> IssuedCredential:
        """The credential as it leaves."""
        return cls(
            credential=issue.credential,
            reference=issue.reference,
            claims=list(issue.claims),
            expires_at=moment(issue.ends),
        )


@strawberry.federation.type(description="Why a credential was revoked · 撤销原因")
class CredentialRevocation:
    at: Time
    reason: str
    words: Words


@strawberry.federation.type(description="A credential that was issued to the caller · 已签发凭证")
class OwnCredential:
    reference: str
    question: str
    other: str = strawberry.field(description="The other person, as the caller named them.")
    words: Words
    claims: list[str]
    issued_at: Time
    expires_at: Time
    checked_at: Time = strawberry.field(description="When the registers were last asked about it.")
    standing: CredentialStanding
    revocation: CredentialRevocation | None

    @classmethod
    def of(cls, entry: Entry) -> OwnCredential:
        """The credential as the book has it."""
        kept, gone = entry.kept, entry.revocation
        return cls(
            reference=kept.reference,
            question=kept.question.name,
            other=kept.question.of.value,
            words=Words(**in_words(kept.question.name, "YES")),
            claims=[RELATION, *kept.stated],
            issued_at=moment(kept.issued),
            expires_at=moment(kept.ends),
            checked_at=moment(entry.asked),
            standing=_standing(entry),
            revocation=CredentialRevocation(
                at=moment(gone.at), reason=gone.reason, words=Words(**reason_in_words(gone.reason))
            )
            if gone
            else None,
        )


def resolvers(choice: Any, person: Any) -> Mapping[str, Any]:
    """By name. `choice`: the questions, `person`: how a person is named."""

    async def issue(info: Info, **given: Any) -> IssuedCredential:
        wanted = Wanted(
            given["key"],
            arguments.plain(given["question"]),
            reference("of", given["of"]),
            given["holderKey"],
            given["days"],
        )
        return IssuedCredential.of(await CredentialDesk(info.context).issue(wanted))

    taken = (
        Argument("key", str, _KEY, True),
        Argument("question", choice, "What the caller is to the other person.", True),
        Argument("of", person, _OF, True),
        Argument("holderKey", str, _HOLDER, True),
        Argument("days", int, _DAYS, True),
    )
    return {
        "issueCredential": declaring(issue, taken, IssuedCredential),
        "credentials": _credentials,
        "revokeCredential": _revoke,
    }


async def _credentials(info: Info) -> list[OwnCredential]:
    return [OwnCredential.of(entry) for entry in await CredentialDesk(info.context).own()]


async def _revoke(info: Info, reference: str) -> OwnCredential:
    return OwnCredential.of(await CredentialDesk(info.context).revoke(reference))


def _standing(entry: Entry) -> CredentialStanding:
    if entry.revocation:
        return CredentialStanding.REVOKED
    ended = entry.kept.ends <= time.time()
    return CredentialStanding.EXPIRED if ended else CredentialStanding.VALID
