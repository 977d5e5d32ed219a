"""Signed proofs on the real graph: what they say, for whom, and under which rights."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from harness import Harness, codes
from joserfc import jwt
from proof_calls import (
    GRANTS,
    NOBODY,
    RELATION,
    SCHOOL,
    age,
    family_with_proofs,
    forget_budget,
    keys,
    opened,
    person,
    relation,
)

from graph.catalogue import model
from resolvers.proving import provable
from runtime.keys import private_key_file, rotate_key
from runtime.neo4j.server import Neo4jAddress
from runtime.secrets import read_secret, secret_file
from subgraphs.proofs.signing import PROOF_SECONDS, Signer
from subgraphs.proofs.words import in_words
from tests.family import NUMBERS
from tests.granted import policies_with


@pytest.fixture(scope="module")
async def harness(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    directory = tmp_path_factory.mktemp("proofs")
    async with family_with_proofs(neo4j_server, valkey_server, directory) as running:
        yield running


@pytest.fixture(autouse=True)
def fresh_budget(valkey_server: str) -> None:
    forget_budget(valkey_server)


async def test_a_school_gets_a_signed_yes_without_any_input(harness: Harness) -> None:
    answer = await relation(harness, "isMotherOf", "daughter", "grandchild", nonce="nonce-0001")
    claims = opened(harness, answer)
    proof = answer["data"]["proveRelationship"]
    assert claims["claim"].items() >= {"question": "isMotherOf", "answer": "YES"}.items()
    assert (claims["aud"], claims["nonce"], claims["iss"]) == (
        SCHOOL,
        "nonce-0001",
        "citizengraph-proofs",
    )
    assert (claims["jti"], claims["policy"]) == (proof["reference"], harness.policy)
    assert claims["exp"] - claims["iat"] == PROOF_SECONDS
    assert datetime.fromisoformat(proof["expiresAt"]) == datetime.fromtimestamp(claims["exp"], UTC)
    assert claims["words"] == {
        "en": "By the registers, the person is the mother of the other person.",
        "zh": "据登记，该人是另一人的母亲。",
    }
    assert set(claims) == {
        *("iss", "aud", "iat", "exp", "jti", "nonce", "sub", "claim", "words", "policy", "status")
    }
    known = await harness.store.read("MATCH (n:Person) RETURN n.id AS id, n.name AS name", {})
    text = json.dumps(claims, ensure_ascii=False)
    secrets = [*NUMBERS.values(), *(v for row in known for v in row.values() if v)]
    assert [value for value in secrets if value in text] == []


async def test_no_and_not_determinable_are_signed_too(harness: Harness) -> None:
    no = opened(harness, await relation(harness, "isMotherOf", "mother", "grandchild"))
    assert no["claim"]["answer"] == "NO"
    assert no["words"]["zh"] == "据登记，并非该人是另一人的母亲。"
    query = "query ($p: PersonRef!, $o: PersonRef!) { isMotherOf(person: $p, of: $o) { answer } }"
    pairs = [(one, "grandchild") for one in ("daughter", "mother", "former", "stranger", NOBODY)]
    for one, of in pairs:
        given = {"p": person(one), "o": person(of)}
        plain = await harness.graphql("people", query, given, consumer=SCHOOL)
        proof = opened(harness, await relation(harness, "isMotherOf", one, of))
        assert proof["claim"]["answer"] == plain["data"]["isMotherOf"]["answer"], one


async def test_a_person_is_called_the_same_by_one_audience_and_otherwise_by_another(
    harness: Harness,
) -> None:
    first = opened(harness, await relation(harness, "isMotherOf", "daughter", "grandchild"))
    again = opened(harness, await relation(harness, "isParentOf", "daughter", "grandchild"))
    assert (first["sub"], first["claim"]["of"]) == (again["sub"], again["claim"]["of"])
    assert first["sub"] != first["claim"]["of"]
    assert len(first["sub"]) == 64
    called = Signer(harness.settings.home, "x").pseudonym
    assert called(SCHOOL, "id:x") != called("another-school", "id:x")


@pytest.mark.parametrize("who", ["mother", "stranger", NOBODY])
async def test_of_an_adult_and_of_nobody_the_school_is_told_the_same(
    harness: Harness, who: str
) -> None:
    answer = await relation(harness, "isMotherOf", "daughter", who)
    assert answer["data"] == {"proveRelationship": None}
    assert codes(answer) == ["FIELD_DENIED"]
    assert answer["errors"][0]["message"] == (
        "The policy does not show KinshipAnswer.answer of this row."
    )
    answer = await age(harness, who, 18)
    assert (answer["data"], codes(answer)) == ({"proveAge": None}, ["PERSON_UNKNOWN"])
    assert answer["errors"][0]["message"] == "There is no such person."


async def renumber(harness: Harness, before: str, after: str) -> None:
    text = "MATCH (n:Person {citizenNumber: $before}) SET n.citizenNumber = $after"
    await harness.store.write([(text, {"before": before, "after": after})])


async def test_the_pseudonym_of_somebody_hidden_is_that_of_the_number_that_was_given(
    harness: Harness,
) -> None:
    """An adult is in no register as far as the school is told."""
    number = NUMBERS["stranger"]
    there = opened(harness, await relation(harness, "isMotherOf", "stranger", "grandchild"))
    await renumber(harness, number, "moved")
    gone = opened(harness, await relation(harness, "isMotherOf", "stranger", "grandchild"))
    await renumber(harness, "moved", number)
    assert (gone["sub"], gone["claim"]) == (there["sub"], there["claim"])


async def test_only_what_the_plain_question_is_granted_for(harness: Harness) -> None:
    for question in ("isSpouseOf", "isSiblingOf", "isEnemyOf"):
        answer = await relation(harness, question, "daughter", "grandchild")
        assert (answer["data"], codes(answer)) == (None, ["BAD_ARGUMENT"])
        named = set(re.findall(r"'(is\w+)'", answer["errors"][0]["message"]))
        assert named <= {question, "isMotherOf", "isFatherOf", "isParentOf"}
    pair = ("isMotherOf", "daughter", "grandchild")
    caseworker = await relation(harness, *pair, consumer="caseworker")
    assert "ProvableQuestion" in str(caseworker["errors"])
    assert caseworker["data"] is None


async def test_a_citizen_proves_what_is_about_themselves(harness: Harness) -> None:
    own = {"consumer": "citizen", "principal": {"person": NUMBERS["daughter"]}}
    claims = opened(harness, await age(harness, "daughter", 18, **own))
    assert claims["claim"] == {"question": "isAtLeast", "years": 18, "answer": "YES"}
    assert claims["words"]["zh"] == "据登记，该人已满18周岁。"
    assert "1988" not in json.dumps({**claims, "policy": "", "sub": "", "jti": "", "nonce": ""})
    no = opened(harness, await age(harness, "daughter", 60, **own))
    assert no["claim"]["answer"] == "NO"
    for other in ("mother", "stranger", NOBODY):
        assert codes(await age(harness, other, 18, **own)) == ["PERSON_UNKNOWN"]
    assert codes(await age(harness, "grandchild", 18, **own)) == ["FIELD_DENIED"]
    answer = await relation(harness, "isMotherOf", "mother", "stranger", **own)
    assert codes(answer) == ["FIELD_DENIED"]


async def test_a_proof_needs_no_look_up(
    neo4j_server: Neo4jAddress,
    valkey_server: str,
    tmp_path_factory: pytest.TempPathFactory,
    harness: Harness,
) -> None:
    """The other way round, who may look somebody up has no proof by that."""
    without = {SCHOOL: 'Action::"clear:Query.person",\n     '}
    directory = policies_with(tmp_path_factory.mktemp("alone"), GRANTS, without)
    async with Harness(neo4j_server, valkey_server, directory) as running:
        assert opened(running, await age(running, "grandchild", 14))["claim"]["answer"] == "NO"
        query = "query ($n: String!) { person(citizenNumber: $n) { ageOver14 } }"
        given = {"n": NUMBERS["grandchild"]}
        plain = await running.graphql("people", query, given, consumer=SCHOOL)
        assert plain["data"] is None
    texts = policies_with(tmp_path_factory.mktemp("none"), GRANTS)
    file = texts / "grants" / "school-enrolment.cedar"
    granted = 'Action::"clear:Query.proveRelationship"'
    file.write_text(file.read_text().replace(granted, 'Action::"clear:Query.isSpouseOf"'))
    async with Harness(neo4j_server, valkey_server, texts) as running:
        answer = await relation(running, "isMotherOf", "daughter", "grandchild")
        assert answer["data"] is None
        assert "ProvableQuestion" in answer["errors"][0]["message"]


async def test_an_age_that_nobody_granted_is_no_argument(harness: Harness) -> None:
    answer = await age(harness, "grandchild", 60)
    assert codes(answer) == ["BAD_ARGUMENT"]
    assert answer["errors"][0]["message"] == "atLeast is one of 14, 16, 18."
    assert codes(await age(harness, "grandchild", 17)) == ["BAD_ARGUMENT"]


@pytest.mark.parametrize("audience", ["caseworker", "https://elsewhere.example", "", "*"])
async def test_no_proof_is_made_out_for_an_audience_that_is_not_declared(
    harness: Harness, audience: str
) -> None:
    answer = await relation(harness, "isMotherOf", "daughter", "grandchild", audience=audience)
    assert codes(answer) == ["BAD_ARGUMENT"]
    assert answer["data"] == {"proveRelationship": None}


@pytest.mark.parametrize(
    "nonce", ["short", "a" * 129, "with blank 1", "line\nbreak1", "数字数字数字数字"]
)
async def test_a_nonce_is_a_nonce(harness: Harness, nonce: str) -> None:
    answer = await relation(harness, "isMotherOf", "daughter", "grandchild", nonce=nonce)
    assert codes(answer) == ["BAD_ARGUMENT"]


async def test_without_audit_or_budget_there_is_no_proof(
    neo4j_server: Neo4jAddress, tmp_path_factory: pytest.TempPathFactory, harness: Harness
) -> None:
    directory = policies_with(tmp_path_factory.mktemp("dark"), GRANTS)
    async with Harness(neo4j_server, "redis://127.0.0.1:1/0", directory) as dark:
        answer = await relation(dark, "isMotherOf", "daughter", "grandchild")
        assert codes(answer) == ["AUDIT_UNAVAILABLE"]
        assert "token" not in json.dumps(answer)


async def test_alone_it_answers_as_with_all(harness: Harness) -> None:
    given = {"q": "isMotherOf", "p": person("daughter"), "o": person("grandchild")}
    given |= {"a": SCHOOL, "n": uuid4().hex}
    answer = await harness.graphql("proofs", RELATION, given, consumer=SCHOOL, alone=True)
    assert opened(harness, answer)["claim"]["answer"] == "YES"


async def test_keys_and_secret_are_their_owners_only(harness: Harness) -> None:
    await relation(harness, "isMotherOf", "daughter", "grandchild")
    home = harness.settings.home
    for file in (private_key_file(home, "proofs"), secret_file(home, "proofs")):
        assert file.stat().st_mode & 0o777 == 0o600
    assert len(read_secret(home, "proofs") or "") == 64


async def test_a_rotated_key_signs_the_next_proof_and_the_old_ones_still_hold(
    harness: Harness,
) -> None:
    before = await relation(harness, "isMotherOf", "daughter", "grandchild")
    kid = rotate_key(harness.settings.home, "proofs")
    after = await relation(harness, "isMotherOf", "daughter", "grandchild")
    token = after["data"]["proveRelationship"]["token"]
    assert jwt.decode(token, keys(harness), algorithms=["ES256"]).header["kid"] == kid
    assert opened(harness, before)["claim"] == opened(harness, after)["claim"]


def test_every_question_has_words() -> None:
    for question in provable(model()):
        for answer in ("YES", "NO", "NOT_DETERMINABLE"):
            words = in_words(question, answer)
            assert all(words.values()) and "{" not in str(list(words.values()))
