"""A licence verified and shown: what is told, to whom, and what an altered code is worth."""

from __future__ import annotations

import io
import json
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator
from typing import Any

import pytest
from harness import Harness, codes
from joserfc import jwt
from joserfc.jwk import ECKey
from licence_calls import asked, change, issue, number_of, receipt
from pypdf import PdfReader

from audit.reader import read
from runtime.keys import public_keys_file
from runtime.neo4j.server import Neo4jAddress
from subgraphs.proofs.budget import WRONG_MAX
from subgraphs.proofs.signing import KEY, Signer
from subgraphs.services.licence_codes import CODE, RENDITION, checked_code
from tests.authorities import MARKET, POLICE, bodies
from tests.family import COMPANY, NUMBERS

VERIFY = """query ($n: String!, $h: String!, $k: LicenceKind) {
  verifyLicence(number: $n, holderNumber: $h, kind: $k) }"""
CODE_OF = "query ($n: String!) { licenceCode(number: $n) { code reference expiresAt } }"
SCAN = "query ($c: String!) { verifyLicenceCode(code: $c) }"
RENDER = """query ($n: String!, $f: LicenceForm!) {
  licenceRendition(number: $n, form: $f) { mediaType content expiresAt } }"""
ISSUER = "citizengraph-proofs"


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await running.load()
        await running.load(bodies())
        yield running


async def issued(harness: Harness, person: str = "daughter", **given: Any) -> str:
    return await number_of(harness, receipt(await issue(harness, person, **given)))


async def citizen(harness: Harness, query: str, person: str, **variables: Any) -> dict[str, Any]:
    principal = {"person": NUMBERS[person]}
    return await harness.graphql(
        "services", query, variables, consumer="citizen", principal=principal
    )


async def verdict(harness: Harness, number: str, holder: str, who: str = "son", **of: Any) -> Any:
    answer = await citizen(harness, VERIFY, who, n=number, h=holder, **of)
    return codes(answer) or answer["data"]["verifyLicence"]


async def shown_code(harness: Harness, number: str, person: str = "daughter") -> str:
    answer = await citizen(harness, CODE_OF, person, n=number)
    return answer["data"]["licenceCode"]["code"]


async def scanned(harness: Harness, code: str, who: str = "stranger") -> Any:
    answer = await citizen(harness, SCAN, who, c=code)
    return codes(answer) or answer["data"]["verifyLicenceCode"]


def published(harness: Harness) -> Any:
    return json.loads(public_keys_file(harness.settings.home, KEY).read_text())


async def test_valid_for_whoever_knows_both_numbers_until_it_is_suspended(
    harness: Harness,
) -> None:
    number, holder = await issued(harness, "mother"), NUMBERS["mother"]
    assert await verdict(harness, number, holder) == "VALID"
    assert await verdict(harness, number, holder, k="DRIVING_LICENCE") == "VALID"
    assert await verdict(harness, number, holder, k="BUSINESS_LICENCE") == "UNKNOWN"
    assert await verdict(harness, number, NUMBERS["father"]) == "UNKNOWN"
    assert await verdict(harness, "JS-NOTHING", holder) == "UNKNOWN"
    receipt(await change(harness, "suspend", number, 1))
    assert await verdict(harness, number, holder) == "NOT_VALID"
    receipt(await change(harness, "resume", number, 2))
    assert await verdict(harness, number, holder) == "VALID"


async def test_a_companys_licence_by_its_credit_code(harness: Harness) -> None:
    number = await issued(harness, kind="BUSINESS_LICENCE", authority=MARKET, code=COMPANY)
    assert await verdict(harness, number, COMPANY) == "VALID"
    query = VERIFY
    principal = {"district": "110101", "person": NUMBERS["officer"], "worker": "W-1"}
    answer = await harness.graphql(
        "services", query, {"n": number, "h": COMPANY}, consumer="caseworker", principal=principal
    )
    assert answer["data"] == {"verifyLicence": "VALID"}


async def test_guessing_ends_after_a_few_and_tells_nothing(harness: Harness) -> None:
    number, holder = await issued(harness, "officer"), NUMBERS["officer"]
    for guess in range(WRONG_MAX):
        assert await verdict(harness, number, f"guess-{guess}", "adopted") == "UNKNOWN"
    spent = ["LICENCE_GUESSES_SPENT"]
    assert await verdict(harness, number, holder, "adopted") == spent
    assert await verdict(harness, number, holder, "stranger") == "VALID", "each on their own"
    for guess in range(WRONG_MAX):
        assert await verdict(harness, f"JS-{guess}", holder, "former") == "UNKNOWN"
    assert await verdict(harness, number, holder, "former") == spent
    assert await verdict(harness, "JS-MORE", holder, "former") == spent
    for _ in range(2 * WRONG_MAX):
        assert await verdict(harness, number, holder, "husband") == "VALID"


async def test_a_code_names_nobody_and_is_verified_here_and_offline(harness: Harness) -> None:
    number = await issued(harness)
    code = await shown_code(harness, number)
    claims = checked_code(code, published(harness), ISSUER)
    assert claims["exp"] - claims["iat"] == 300
    assert set(claims) == {"iss", "iat", "exp", "jti", "licence", "ref"}
    assert set(claims["licence"]) == {"kind", "status", "issueDate", "expiryDate"}
    assert await scanned(harness, code) == "VALID"
    other = checked_code(await shown_code(harness, number), published(harness), ISSUER)
    assert other["ref"] != claims["ref"], "two codes of one licence have nothing in common"
    ids = await harness.ids("Licence")
    told = b"".join(map(part, code.split(".")[:2])).decode()
    for secret in (number, NUMBERS["daughter"], "李娜", ids[f"licence:{number}"]):
        assert secret not in told
    receipt(await change(harness, "revoke", number, 1))
    assert await scanned(harness, code) == "NOT_VALID"
    assert checked_code(code, published(harness), ISSUER)["licence"]["status"] == "VALID"


def part(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def text_of(content: Any) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


async def test_an_altered_code_is_worth_nothing(harness: Harness) -> None:
    number = await issued(harness, "husband")
    good = await shown_code(harness, number, "husband")
    header, payload, signature = good.split(".")
    claims, head = json.loads(part(payload)), json.loads(part(header))
    later = {**claims, "exp": claims["exp"] + 10**6}
    kind = {**claims, "licence": {**claims["licence"], "kind": "TEACHER_QUALIFICATION"}}
    key = ECKey.generate_key("P-256", {"alg": "ES256", "use": "sig"}, auto_kid=True)
    own = jwt.encode({"alg": "ES256", "typ": CODE, "kid": key.kid}, claims, key)
    named = jwt.encode({**head}, claims, key)
    signer = Signer(harness.settings.home, ISSUER)
    sealed = {"licence": claims["licence"], "ref": claims["ref"][:-4] + "AAAA"}
    forged = (
        f"{header}.{text_of(later)}.{signature}",
        f"{header}.{text_of(kind)}.{signature}",
        f"{text_of({**head, 'alg': 'none'})}.{payload}.",
        f"{header}.{payload}.{signature[:-4]}AAAA",
        own,
        named,
        signer.sign("school-enrolment", "nonce-0001", {"claim": {}}).token,
        signer.token(RENDITION, 300, claims).token,
        signer.token(CODE, 300, {"ref": claims["ref"]}).token,
        signer.token(CODE, 300, sealed).token,
        Signer(harness.settings.home, "another-issuer").token(CODE, 300, sealed).token,
        "",
        "x" * 10_000,
    )
    for code in forged:
        assert await scanned(harness, code) == ["LICENCE_CODE_INVALID"], code
    expired = signer.token(CODE, -1, {"licence": claims["licence"], "ref": claims["ref"]})
    assert await scanned(harness, expired.token) == ["LICENCE_CODE_EXPIRED"]
    assert await scanned(harness, good) == "VALID"


async def test_nobody_shows_the_licence_of_somebody_else(harness: Harness) -> None:
    number = await issued(harness, "former")
    nobodys = await citizen(harness, CODE_OF, "former", n="JS-NOTHING")
    assert codes(nobodys) == ["LICENCE_UNKNOWN"]
    assert await citizen(harness, CODE_OF, "stranger", n=number) == nobodys
    for form in ("JSON", "PDF"):
        refused = await citizen(harness, RENDER, "stranger", n=number, f=form)
        assert codes(refused) == ["LICENCE_UNKNOWN"]


async def test_a_rendition_has_what_its_caller_sees(harness: Harness) -> None:
    number = await issued(harness, "son")
    answer = await citizen(harness, RENDER, "son", n=number, f="JSON")
    document = answer["data"]["licenceRendition"]
    assert document["mediaType"] == "application/jwt"
    claims = checked_code(document["content"], published(harness), ISSUER, RENDITION)
    licence = claims["licence"]
    assert (licence["number"], licence["holders"]) == (number, [{"name": "李明"}])
    assert licence["issuers"] == [{"name": "北京市公安局东城分局", "creditCode": POLICE}]
    assert "district" not in licence, "a citizen is not granted it"
    assert await scanned(harness, document["content"]) == ["LICENCE_CODE_INVALID"]
    other = await asked(harness, RENDER, n=number, f="JSON")
    seen = checked_code(
        other["data"]["licenceRendition"]["content"], published(harness), ISSUER, RENDITION
    )
    assert seen["licence"]["district"] == "110101"


async def test_a_page_has_the_fields_and_a_code(harness: Harness) -> None:
    number = await issued(harness, "adopted")
    answer = await citizen(harness, RENDER, "adopted", n=number, f="PDF")
    content = b64decode(answer["data"]["licenceRendition"]["content"])
    (page,) = PdfReader(io.BytesIO(content)).pages
    text = page.extract_text()
    for words in (number, "赵云", "机动车驾驶证", "北京市公安局东城分局", "有效"):
        assert words in text
    assert "发证区划" not in text, "a citizen is not granted it"
    assert len(content) < 100_000


async def test_what_was_shown_and_asked_stands_in_the_audit(harness: Harness) -> None:
    number = await issued(harness, "stranger")
    ids = await harness.ids("Licence")
    principal = {"person": NUMBERS["stranger"]}
    for query, variables, operation in (
        (CODE_OF, {"n": number}, "code-on-record"),
        (VERIFY, {"n": number, "h": NUMBERS["stranger"]}, "verify-on-record"),
        (VERIFY, {"n": number, "h": NUMBERS["son"]}, "sought-on-record"),
    ):
        await harness.graphql(
            "services",
            query,
            variables,
            consumer="citizen",
            principal=principal,
            operation=operation,
        )

    def rows(operation: str) -> dict[str, Any]:
        records = read(harness.settings.redis_url, operation=operation)
        return {row.record: row.shown for record in records for row in record.rows}

    id = ids[f"licence:{number}"]
    assert {"number", "kind", "status"} <= set(rows("code-on-record")[id])
    assert rows("verify-on-record")[id] == ("status",)
    assert id not in rows("sought-on-record")
    assert any(name.startswith("sought:") for name in rows("sought-on-record"))
