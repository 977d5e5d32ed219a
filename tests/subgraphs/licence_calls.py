"""What tests of the licence desk ask."""

from __future__ import annotations

from itertools import count
from typing import Any

from harness import Harness

from tests.authorities import POLICE
from tests.family import HOME, NUMBERS

GROUNDS = {"reason": "考试合格", "legalBasis": "道路交通安全法第十九条", "evidence": "AJ-2026-001"}
RECEIPT = "{ reference version status licence { id } }"
ISSUE = f"""mutation ($key: String!, $kind: LicenceKind!, $grounds: LicenceGrounds!, $n: String,
  $second: String, $code: String) {{
  issueLicence(key: $key, kind: $kind, grounds: $grounds, citizenNumber: $n,
    secondCitizenNumber: $second, creditCode: $code) {RECEIPT} }}"""
CHANGE = """mutation ($key: String!, $number: String!, $expects: Int!, $grounds: LicenceGrounds!) {{
  {name}Licence(key: $key, number: $number, expects: $expects, grounds: $grounds) {receipt} }}"""
_KEYS = count(1)


def new_key() -> str:
    """A key that no request had before."""
    return f"request-{next(_KEYS):06d}"


async def asked(
    harness: Harness,
    operation: str,
    authority: str = POLICE,
    district: str = HOME,
    subgraph: str = "services",
    **variables: Any,
) -> dict[str, Any]:
    """The whole answer to an officer of the authority."""
    principal = {"authority": authority, "district": district, "worker": "W-7"}
    who = {"consumer": "licence-authority", "principal": principal}
    return await harness.graphql(subgraph, operation, variables, **who)


async def issue(
    harness: Harness,
    person: str = "daughter",
    kind: str = "DRIVING_LICENCE",
    authority: str = POLICE,
    district: str = HOME,
    **given: Any,
) -> dict[str, Any]:
    """The whole answer to an issue."""
    holder = {} if {"n", "code"} & set(given) else {"n": NUMBERS.get(person, person)}
    variables = {"key": new_key(), "kind": kind, "grounds": GROUNDS, **holder, **given}
    return await asked(harness, ISSUE, authority, district, **variables)


async def change(
    harness: Harness,
    name: str,
    number: str,
    expects: int,
    authority: str = POLICE,
    district: str = HOME,
    **given: Any,
) -> dict[str, Any]:
    """The whole answer to a change."""
    operation = CHANGE.format(name=name, receipt=RECEIPT)
    variables = {"key": new_key(), "grounds": GROUNDS, **given}
    asking = asked(
        harness, operation, authority, district, number=number, expects=expects, **variables
    )
    return await asking


def receipt(answer: dict[str, Any]) -> dict[str, Any]:
    """The receipt; the test fails here if there is none."""
    assert "errors" not in answer, answer
    (value,) = answer["data"].values()
    return value


async def number_of(harness: Harness, receipt: dict[str, Any]) -> str:
    """The number of the licence of a receipt."""
    text = "MATCH (l:Licence {id: $id}) RETURN l.number AS number"
    return (await harness.store.read(text, {"id": receipt["licence"]["id"]}))[0]["number"]


async def state_of_graph(harness: Harness) -> list[dict[str, Any]]:
    """How much there is of each kind of node and link, to show that nothing was half done."""
    text = """MATCH (n) WITH labels(n)[0] AS kind, count(n) AS n RETURN kind, n ORDER BY kind
      UNION ALL MATCH ()-[r]->() WITH type(r) AS kind, count(r) AS n RETURN kind, n ORDER BY kind"""
    return await harness.store.read(text, {})
