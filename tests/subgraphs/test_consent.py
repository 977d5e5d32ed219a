"""Fields shown with consent, on the real graph: given, withdrawn, somebody else's, not yet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from harness import Harness, codes

from audit.reader import read
from graph.facts import EdgeFact, Fact, NodeFact, Value
from runtime.neo4j.server import Neo4jAddress
from tests.family import NUMBERS, key, source
from tests.granted import policies_with

GRANTS = """
@id("elsewhere-with-consent")
permit (
  principal == Consumer::"caseworker",
  action in [Action::"consent:Person.name", Action::"consent:Person.citizenNumber"],
  resource
)
when { context.purpose == "household-services" };

@id("elsewhere-number-masked")
permit (
  principal == Consumer::"caseworker",
  action == Action::"masked:Person.citizenNumber",
  resource
)
when { context.purpose == "household-services" };
"""
QUERY = "query ($n: String!) { person(citizenNumber: $n) { name citizenNumber sex } }"
TODAY = date.today()


@pytest.fixture(scope="module")
async def harness(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    directory = policies_with(tmp_path_factory.mktemp("consent"), GRANTS)
    async with Harness(neo4j_server, valkey_server, directory) as running:
        await running.empty()
        await running.load()
        yield running


def consent(person: str, reference: str, **changed: Value) -> Iterator[Fact]:
    """A consent as the register states it, to the caseworker's purpose unless changed."""
    stated: dict[str, Value] = {
        "reference": reference,
        "consumer": "caseworker",
        "purpose": "household-services",
        "givenOn": (TODAY - timedelta(days=10)).isoformat(),
    }
    where = source(reference, register="consent")
    node = f"consent:{reference}"
    yield NodeFact("Consent", node, where, stated | changed)
    yield EdgeFact("ConsentGiving", "", "Person", key(person), "Consent", node, where, {})


def withdrawal(reference: str, day: str) -> Iterator[Fact]:
    """A further fact about the consent."""
    where = source(f"{reference}-W", day if len(day) == 10 else None, register="consent")
    yield NodeFact("Consent", f"consent:{reference}", where, {"withdrawnOn": day})


async def asked(harness: Harness, person: str, **caller: Any) -> dict[str, Any]:
    return await harness.graphql("people", QUERY, {"n": NUMBERS[person]}, **caller)


async def test_without_consent_the_field_is_null_with_its_code(harness: Harness) -> None:
    answer = await asked(harness, "adopted", operation="unconsented-operation")
    assert answer["data"]["person"] == {
        "name": None,
        "citizenNumber": "****" + NUMBERS["adopted"][-4:],
        "sex": None,
    }
    coded = {e["path"][-1]: e["extensions"]["code"] for e in answer["errors"]}
    assert coded == {"name": "CONSENT_REQUIRED", "sex": "FIELD_DENIED"}
    assert "赵云" not in str(answer)
    (record,) = read(harness.settings.redis_url, operation="unconsented-operation")
    assert record.rows[0].denied == ("name", "sex")


async def test_consent_shows_it_and_withdrawing_takes_it_away(harness: Harness) -> None:
    await harness.load(consent("stranger", "C-1"))
    answer = await asked(harness, "stranger")
    whole = {"name": "孙丽", "citizenNumber": NUMBERS["stranger"], "sex": None}
    assert answer["data"]["person"] == whole
    assert "extensions" not in answer, "with consent the number is whole"
    assert codes(answer) == ["FIELD_DENIED"]
    await harness.load(withdrawal("C-1", TODAY.isoformat()))
    answer = await asked(harness, "stranger")
    assert answer["data"]["person"]["name"] is None
    assert "孙丽" not in str(answer)
    assert "CONSENT_REQUIRED" in codes(answer)
    await harness.load(consent("stranger", "C-1-again"))
    assert (await asked(harness, "stranger"))["data"]["person"] == whole, "a new one counts"
    await harness.load(withdrawal("C-1-again", str(TODAY.year)))
    answer = await asked(harness, "stranger")
    assert answer["data"]["person"]["name"] is None, "a withdrawal of this year may be of today"


@pytest.mark.parametrize(
    ("reference", "changed"),
    [
        ("C-consumer", {"consumer": "citizen"}),
        ("C-purpose", {"purpose": "own-data"}),
        ("C-tomorrow", {"givenOn": (TODAY + timedelta(days=1)).isoformat()}),
        ("C-year", {"givenOn": str(TODAY.year)}),
        ("C-over", {"withdrawnOn": (TODAY - timedelta(days=1)).isoformat()}),
        ("C-month", {"withdrawnOn": TODAY.isoformat()[:7]}),
    ],
)
async def test_what_is_no_consent_to_this_or_not_today(
    harness: Harness, reference: str, changed: dict[str, Value]
) -> None:
    await harness.load(consent("former", reference, **changed))
    answer = await asked(harness, "former")
    assert answer["data"]["person"]["name"] is None
    assert "王强" not in str(answer)
    assert "CONSENT_REQUIRED" in codes(answer)


async def test_a_consent_that_the_register_takes_back_is_none(harness: Harness) -> None:
    facts = list(consent("former", "C-retracted"))
    ended = source("C-retracted", register="consent", recorded_to="2020-01-01T00:00:00Z")
    retracted = [NodeFact(f.type, f.key, ended, f.fields) for f in facts if isinstance(f, NodeFact)]
    await harness.load([*retracted, *(f for f in facts if isinstance(f, EdgeFact))])
    assert (await asked(harness, "former"))["data"]["person"]["name"] is None


async def test_a_consent_to_one_consumer_is_none_to_another(harness: Harness) -> None:
    """The school gets the answer that it gets about anybody: no record, no code."""
    query = "query ($n: String!) { person(citizenNumber: $n) { name } }"
    answer = await harness.graphql(
        "people", query, {"n": NUMBERS["former"]}, consumer="school-enrolment"
    )
    assert answer == {"data": {"person": None}}


async def test_the_field_is_found_by_no_filter_without_consent(harness: Harness) -> None:
    await harness.load(consent("adopted", "C-9"))
    where = "query ($w: PersonFilter) { people(where: $w) { edges { node { name } } } }"
    for name, expected in (("赵云", [{"node": {"name": "赵云"}}]), ("王强", [])):
        answer = await harness.graphql("people", where, {"w": {"name": {"equals": name}}})
        assert answer["data"]["people"]["edges"] == expected


async def test_a_citizen_sees_their_own_consents(harness: Harness) -> None:
    await harness.load(consent("daughter", "C-own"))
    query = """query ($n: String!) { person(citizenNumber: $n) { consents { edges {
      register node { reference consumer purpose withdrawnOn } } } } }"""
    answer = await harness.graphql("people", query, {"n": NUMBERS["daughter"]}, consumer="citizen")
    (edge,) = answer["data"]["person"]["consents"]["edges"]
    assert (edge["register"], edge["node"]["reference"]) == ("consent", "C-own")
    by_reference = '{ consent(reference: "C-9") { purpose } }'
    answer = await harness.graphql("people", by_reference, consumer="citizen")
    assert answer["data"] is None, "there is no look-up of consents for citizens"
