"""What proofs cost: how many of one person in a day, and what the audit has of each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from harness import Harness, codes
from proof_calls import (
    AGE,
    SCHOOL,
    age,
    family_with_proofs,
    forget_budget,
    relation,
)
from redis import Redis

from audit.reader import read
from runtime.neo4j.server import Neo4jAddress
from subgraphs.proofs.budget import AGES_MAX, RELATIONS_MAX
from subgraphs.proofs.desk import PROOFS_MAX
from tests.family import NUMBERS


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


async def test_thresholds_of_one_person_are_limited_by_the_day(harness: Harness) -> None:
    asked = [await age(harness, "grandchild", years) for years in (14, 16, 14, 18)]
    assert [codes(answer) for answer in asked] == [[], [], [], ["PROOF_BUDGET_SPENT"]]
    assert asked[-1]["data"] == {"proveAge": None}
    assert AGES_MAX == 2
    by_id = {"p": {"citizenNumber": NUMBERS["grandchild"]}, "y": 18, "a": SCHOOL, "n": uuid4().hex}
    many = AGE.replace("{ proveAge(", "{ a: proveAge(")
    assert codes(await harness.graphql("proofs", many, by_id, consumer=SCHOOL)) == [
        "PROOF_BUDGET_SPENT"
    ]


async def test_by_number_or_by_id_it_is_one_person(harness: Harness) -> None:
    own = {"consumer": "citizen", "principal": {"person": NUMBERS["daughter"]}}
    ids = await harness.ids("Person")
    by_id = {"id": ids[f"GB11643:{NUMBERS['daughter']}"]}
    assert codes(await age(harness, "daughter", 14, **own)) == []
    assert codes(await age(harness, "daughter", 16, **own)) == []
    given = {"p": by_id, "y": 18, "a": SCHOOL, "n": uuid4().hex}
    answer = await harness.graphql("proofs", AGE, given, **own)
    assert codes(answer) == ["PROOF_BUDGET_SPENT"]


async def test_one_citizen_does_not_use_up_the_budget_of_another(harness: Harness) -> None:
    questions = ("isMotherOf", "isFatherOf", "isParentOf", "isChildOf", "isSiblingOf", "isSpouseOf")
    for who in ("mother", "son"):
        own = {"consumer": "citizen", "principal": {"person": NUMBERS[who]}}
        for question in questions:
            assert codes(await relation(harness, question, who, "stranger", **own)) == []
    own = {"consumer": "citizen", "principal": {"person": NUMBERS["daughter"]}}
    assert codes(await relation(harness, "isSpouseOf", "daughter", "stranger", **own)) == []


async def test_who_is_the_mother_cannot_be_tried_out_at_will(harness: Harness) -> None:
    numbers = [f"1101011990010{day:02d}01X" for day in range(10, 30)]
    seen = [codes(await relation(harness, "isMotherOf", n, "grandchild")) for n in numbers]
    assert seen.count([]) == RELATIONS_MAX
    assert seen[RELATIONS_MAX:] == [["PROOF_BUDGET_SPENT"]] * (len(numbers) - RELATIONS_MAX)
    answer = await relation(harness, "isMotherOf", numbers[0], "grandchild")
    assert codes(answer) == [], "what was told before is told again"
    spent = await relation(harness, "isMotherOf", numbers[0], "mother")
    assert codes(spent) == ["FIELD_DENIED"], "a spent budget tells nothing of who may not be known"


def at_once(count: int) -> str:
    """Proofs about one child and so many others, in one operation."""
    parts = " ".join(
        f'p{i}: proveRelationship(question: isMotherOf, person: {{citizenNumber: "X{i}"}},'
        f' of: {{citizenNumber: "{NUMBERS["grandchild"]}"}}, audience: "{SCHOOL}",'
        f' nonce: "nonce-{i:04d}") {{ token }}'
        for i in range(count)
    )
    return f"{{ {parts} }}"


async def test_many_at_once_get_no_more(harness: Harness) -> None:
    for number in range(RELATIONS_MAX - 2):
        await relation(harness, "isMotherOf", f"Y{number}", "grandchild")
    answer = await harness.graphql("proofs", at_once(PROOFS_MAX), consumer=SCHOOL)
    given = [part for part in answer["data"].values() if part]
    assert len(given) == 2
    assert set(codes(answer)) == {"PROOF_BUDGET_SPENT"}
    answer = await harness.graphql("proofs", at_once(PROOFS_MAX + 1), consumer=SCHOOL)
    assert codes(answer).count("QUERY_TOO_LARGE") == 1


async def test_the_store_of_the_budget_holds_no_number(
    harness: Harness, valkey_server: str
) -> None:
    await relation(harness, "isMotherOf", "daughter", "grandchild")
    client = Redis.from_url(valkey_server, decode_responses=True)
    found = {key: client.smembers(key) for key in client.scan_iter("citizengraph:proofs:*")}
    ends = [client.ttl(key) for key in found]
    client.close()
    assert len(found) == 2
    assert all(0 < end <= 2 * 86_400 for end in ends)
    assert [number for number in NUMBERS.values() if number in str(found)] == []


async def test_the_audit_names_question_persons_and_proof(
    harness: Harness, valkey_server: str
) -> None:
    operation = str(uuid4())
    answer = await relation(harness, "isMotherOf", "daughter", "grandchild", operation=operation)
    records = read(valkey_server, operation=operation)
    ids = await harness.ids("Person")
    pair = ":".join(ids[f"GB11643:{NUMBERS[name]}"] for name in ("grandchild", "daughter"))
    rows = [row for record in records for row in record.rows]
    proof = answer["data"]["proveRelationship"]["reference"]
    assert {(row.type, row.record, row.shown) for row in rows} == {
        ("Query", "proveRelationship", ("proveRelationship",)),
        ("KinshipAnswer", pair, ("isMotherOf.answer",)),
        ("Proof", proof, (f"isMotherOf.{SCHOOL}",)),
    }
    assert {record.subgraph for record in records} == {"proofs"}


async def test_what_is_refused_is_in_the_audit_as_not_shown(
    harness: Harness, valkey_server: str
) -> None:
    for years in (14, 16):
        await age(harness, "grandchild", years)
    operation = str(uuid4())
    await age(harness, "grandchild", 18, operation=operation)
    await age(harness, "stranger", 14, operation=operation)
    await relation(harness, "isMotherOf", "daughter", "mother", operation=operation)
    rows = [row for record in read(valkey_server, operation=operation) for row in record.rows]
    told = [row for row in rows if row.type != "Query"]
    assert [row.shown for row in told] == [()] * len(told)
    assert {field for row in told for field in row.denied} >= {"ageOver18", "isMotherOf.answer"}
    assert "Proof" not in {row.type for row in rows}
