"""How long it takes to issue, change, show and verify a licence, through the gateway.

`python -m bench.licences --rounds 200` asks the gateway of a running stack with a city, one request
after another: it issues a teacher qualification to each of so many people, verifies it by its
numbers, has a code made, verifies that, and suspends it. Each operation is whole: token checked,
planned, decided, stated and derived in one transaction, recorded on disk. Tokens are there before.
Prints the median and the 99th percentile of each; `--json` for machines. The licences stay.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx

from cli.client import Asker, Client
from cli.load import open_store
from cli.output import print_json, print_table
from runtime.settings import Settings, load_settings

WARM = 10
GROUNDS = {"reason": "bench", "legalBasis": "教师法第十条", "evidence": "bench"}
PEOPLE = """MATCH (p:Person) WHERE p.district = $district AND p.citizenNumber IS NOT NULL
  AND p.underProtectionUntil IS NULL
  RETURN p.citizenNumber AS number ORDER BY number LIMIT $rounds"""
OFFICE = """MATCH (e:LegalEntity {kind: 'GOVERNMENT', district: $district})
  WHERE e.name CONTAINS '教育委员会' RETURN e.creditCode AS code LIMIT 1"""
ISSUE = """mutation ($key: String!, $n: String!, $grounds: LicenceGrounds!) {
  issueLicence(key: $key, kind: TEACHER_QUALIFICATION, citizenNumber: $n, grounds: $grounds) {
    licence { number } } }"""
SUSPEND = """mutation ($key: String!, $number: String!, $grounds: LicenceGrounds!) {
  suspendLicence(key: $key, number: $number, expects: 1, grounds: $grounds) { version } }"""
VERIFY = "query ($l: String!, $n: String!) { verifyLicence(number: $l, holderNumber: $n) }"
CODE = "query ($l: String!) { licenceCode(number: $l) { code } }"
SCAN = "query ($c: String!) { verifyLicenceCode(code: $c) }"
RENDER = "query ($l: String!) { licenceRendition(number: $l, form: PDF) { content } }"


class Watch:
    """Asks over one connection, and keeps how long each operation took."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(trust_env=False, timeout=30)
        self._url = url
        self.taken: dict[str, list[float]] = defaultdict(list)

    def ask(self, name: str, headers: Mapping[str, str], query: str, **variables: Any) -> Any:
        """The value of the one root field."""
        body = {"query": query, "variables": variables}
        started = time.perf_counter()
        content = self._http.post(self._url, json=body, headers=dict(headers)).json()
        self.taken[name].append((time.perf_counter() - started) * 1000)
        if content.get("errors"):
            raise SystemExit(f"{name}: {content['errors']}")
        (value,) = content["data"].values()
        return value


def life(watch: Watch, office: Mapping[str, str], own: Mapping[str, str], number: str) -> None:
    """Of one licence, from its issue to its suspension."""
    key, given = str(uuid4()), {"grounds": GROUNDS}
    issued = watch.ask("issueLicence", office, ISSUE, key=key, n=number, **given)
    licence = issued["licence"]["number"]
    verdicts = [watch.ask("verifyLicence", office, VERIFY, l=licence, n=number)]
    code = watch.ask("licenceCode", own, CODE, l=licence)["code"]
    verdicts.append(watch.ask("verifyLicenceCode", office, SCAN, c=code))
    watch.ask("licenceRendition PDF", own, RENDER, l=licence)
    watch.ask("suspendLicence", office, SUSPEND, key=key, number=licence, **given)
    verdicts.append(watch.ask("verifyLicence", office, VERIFY, l=licence, n=number))
    if verdicts != ["VALID", "VALID", "NOT_VALID"]:
        raise SystemExit(f"{licence}: {verdicts}")


async def sample(settings: Settings, district: str, rounds: int) -> tuple[str, list[str]]:
    """The office that issues, and who gets a licence."""
    async with open_store(settings) as store:
        offices = await store.read(OFFICE, {"district": district})
        people = await store.read(PEOPLE, {"district": district, "rounds": rounds})
    if not offices or len(people) < rounds:
        raise SystemExit("The graph has no such office or too few people; load the city.")
    return offices[0]["code"], [row["number"] for row in people]


def run(rounds: int, district: str) -> list[dict[str, Any]]:
    """Every operation, the first ones left out."""
    settings = load_settings()
    authority, people = asyncio.run(sample(settings, district, rounds + WARM))
    client = Client(settings)
    office = client.headers(
        Asker("licence-authority", district=district, worker="bench", authority=authority)
    )
    owners = {number: client.headers(Asker("citizen", person=number)) for number in people}
    watch = Watch(client.url)
    for number in people:
        life(watch, office, owners[number], number)
    return [_row(name, taken) for name, taken in watch.taken.items()]


def _row(name: str, taken: list[float]) -> dict[str, Any]:
    kept = sorted(taken[WARM:])
    at = min(len(kept) - 1, round(0.99 * len(kept)))
    half = round(statistics.median(kept), 1)
    return {"operation": name, "times": len(kept), "p50 ms": half, "p99 ms": round(kept[at], 1)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.licences", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="licences")
    parser.add_argument("--district", default="110101", help="of the office and its people")
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    rows = run(given.rounds, given.district)
    if given.json:
        print_json(rows)
        return
    print_table("Licences", list(rows[0]), [[str(v) for v in row.values()] for row in rows])


if __name__ == "__main__":
    main()
