"""How long the steps of a case take, through the gateway of a running stack.

`python -m bench.cases --cases 100` opens a case on each of so many persons of the caseworker's
district and takes it through its life, one step after the other: open, look at the evidence, write,
decide the part, decide. Prints the median and the 99th percentile of each step, over the wire; the
first ten cases are not counted. The cases stay in the graph. `--json` for machines.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx

from cli.client import Asker, Client
from cli.load import open_store
from cli.output import print_json, print_table
from cli.story import read_story
from runtime.settings import Settings, load_settings

WARM = 10
SERVICE, PART, DEPARTMENT = "old-age-allowance", "pension", "human-resources"
RECEIPT = "{ number version }"
STEPS: Mapping[str, str] = {
    "openCase": "mutation ($key: String!, $service: String!, $person: String!) {"
    f" openCase(key: $key, service: $service, citizenNumber: $person) {RECEIPT} }}",
    "evidenceOfCase": "query ($number: String!) { evidenceOfCase(number: $number) {"
    " requirement state } }",
    "sendMessage": "mutation ($key: String!, $number: String!) {"
    f' sendMessage(key: $key, number: $number, text: "请补充说明") {RECEIPT} }}',
    "decidePart": "mutation ($key: String!, $part: String!) { decidePart(key: $key, reference:"
    f' $part, decision: GRANTED, reason: "材料齐全", expects: 1) {RECEIPT} }}',
    "decideCase": "mutation ($key: String!, $number: String!) { decideCase(key: $key, number:"
    f' $number, decision: GRANTED, reason: "材料齐全", expects: 1) {RECEIPT} }}',
}
PERSONS = """MATCH (n:Person {district: $district})
WHERE n.underProtectionUntil IS NULL AND n.staffUntil IS NULL AND n.citizenNumber IS NOT NULL
  AND NOT EXISTS { (n)-[:SUBJECT_OF_CASE]->(:Case {service: $service, state: 'OPEN'}) }
RETURN n.citizenNumber AS number ORDER BY number LIMIT $most"""


class Bench:
    """One caseworker, who also decides for the department, and one connection."""

    def __init__(self, settings: Settings, http: httpx.Client) -> None:
        client = Client(settings)
        story = read_story(settings)
        if story is None:
            raise SystemExit("There is no city; `citizengraph generate` one and load it.")
        who = story["caseworker"]
        self.district = who["district"]
        asker = Asker(
            "caseworker", self.district, who["number"], who["worker"], department=DEPARTMENT
        )
        self._http, self._url, self._headers = http, client.url, client.headers(asker)
        self.took: defaultdict[str, list[float]] = defaultdict(list)

    def life(self, person: str) -> None:
        """One case, from its opening to its decision."""
        opened = self._step("openCase", service=SERVICE, person=person)
        number = opened["openCase"]["number"]
        for step in ("evidenceOfCase", "sendMessage", "decidePart", "decideCase"):
            self._step(step, number=number, part=f"{number}/{PART}")

    def _step(self, step: str, **given: str) -> Any:
        named = {"key": str(uuid4()), **given}
        variables = {name: value for name, value in named.items() if f"${name}:" in STEPS[step]}
        body = {"query": STEPS[step], "variables": variables}
        response = self._http.post(self._url, json=body, headers=self._headers)
        content = response.json()
        if content.get("errors"):
            raise SystemExit(f"{step} was refused: {content['errors'][0]['message']}")
        self.took[step].append(response.elapsed.total_seconds() * 1000)
        return content["data"]


async def persons(settings: Settings, district: str, most: int) -> list[str]:
    """Of whom no such case is open."""
    asked = {"district": district, "service": SERVICE, "most": most}
    async with open_store(settings) as store:
        return [row["number"] for row in await store.read(PERSONS, asked)]


def run(cases: int) -> list[dict[str, Any]]:
    """A row for each step."""
    settings = load_settings()
    with httpx.Client(trust_env=False, timeout=60) as http:
        bench = Bench(settings, http)
        for person in asyncio.run(persons(settings, bench.district, WARM + cases)):
            bench.life(person)
    return [_row(step, took[WARM:]) for step, took in bench.took.items()]


def _row(step: str, took: list[float]) -> dict[str, Any]:
    if len(took) < 2:
        raise SystemExit("Too few persons of the district; load a larger city.")
    last = statistics.quantiles(took, n=100, method="inclusive")[98]
    return {
        "step": step,
        "cases": len(took),
        "median ms": round(statistics.median(took), 1),
        "p99 ms": round(last, 1),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.cases", description=__doc__)
    parser.add_argument("--cases", type=int, default=100, help="cases that are counted")
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    rows = run(given.cases)
    if given.json:
        print_json(rows)
        return
    cells = [[str(value) for value in row.values()] for row in rows]
    print_table("The steps of a case", list(rows[0]), cells)


if __name__ == "__main__":
    main()
