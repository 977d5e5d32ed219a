"""The root fields that verify a licence, and that show one to others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry
from strawberry.types import Info

from policies.licence_types import KINDS
from resolvers import arguments
from subgraphs.parts import code_enum
from subgraphs.proofs.signing import Signed
from subgraphs.scalars import Time
from subgraphs.services.licence_showing import Document, LicenceShowing

if TYPE_CHECKING:
    Kind = str
else:
    Kind = code_enum(KINDS)


@strawberry.enum(description="What a verification tells · 核验结果")
class LicenceVerdict(Enum):
    VALID = "VALID"
    NOT_VALID = "NOT_VALID"
    UNKNOWN = "UNKNOWN"


@strawberry.enum(description="The form of a rendition · 证照文件格式")
class LicenceForm(Enum):
    JSON = "JSON"
    PDF = "PDF"


@strawberry.federation.type(description="A signed code of a licence · 亮证码")
class LicenceCode:
    code: str = strawberry.field(description="For a QR picture: JSON Web Token, ES256.")
    reference: str = strawberry.field(description="Its `jti`.")
    expires_at: Time

    @classmethod
    def of(cls, signed: Signed) -> LicenceCode:
        """The code as it leaves."""
        return cls(code=signed.token, reference=signed.id, expires_at=_moment(signed.ends))


@strawberry.federation.type(description="A rendition of a licence · 证照文件")
class LicenceDocument:
    media_type: str
    content: str = strawberry.field(description="A JSON Web Token (ES256), or a PDF in Base64.")
    expires_at: Time = strawberry.field(description="Until when it can be verified.")

    @classmethod
    def of(cls, document: Document) -> LicenceDocument:
        """The document as it leaves."""
        return cls(
            media_type=document.media_type,
            content=document.content,
            expires_at=_moment(document.ends),
        )


async def verify_licence(
    info: Info, number: str, holder_number: str, kind: Kind | None = None
) -> LicenceVerdict:
    showing = LicenceShowing(info.context)
    return LicenceVerdict(await showing.verify(number, arguments.plain(kind), holder_number))


async def verify_licence_code(info: Info, code: str) -> LicenceVerdict:
    return LicenceVerdict(await LicenceShowing(info.context).verify_code(code))


async def licence_code(info: Info, number: str) -> LicenceCode:
    return LicenceCode.of(await LicenceShowing(info.context).code(number))


async def licence_rendition(
    info: Info, number: str, form: LicenceForm = LicenceForm.JSON
) -> LicenceDocument:
    showing = LicenceShowing(info.context)
    made = showing.json if form is LicenceForm.JSON else showing.pdf
    return LicenceDocument.of(await made(number))


RESOLVERS: Mapping[str, Any] = {
    "verifyLicence": verify_licence,
    "verifyLicenceCode": verify_licence_code,
    "licenceCode": licence_code,
    "licenceRendition": licence_rendition,
}


def _moment(seconds: int) -> Time:
    return Time(datetime.fromtimestamp(seconds, UTC).isoformat())
