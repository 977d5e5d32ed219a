"""What it takes to ask whether a service's requirements are on file.

`python -m bench.readiness --rounds 300` asks the gateway of a running stack as a caseworker, one
question after another, about applicants of the demo's district for every service in turn, and
prints the first answer (its statement is planned then), median, p99 and statements of each.
`--population FILE` draws the counts of `citizengraph readiness --population --json` as a picture.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any
from xml.sax.saxutils import escape

import httpx

from cli.client import Asker, Client
from cli.load import open_store
from cli.output import print_json, print_table
from cli.policy_sources import in_force
from cli.readiness import READINESS
from cli.story import read_story
from policies.services import Service
from runtime.settings import Settings, load_settings

KEPT = 200
APPLICANTS: Mapping[str | None, str] = {
    None: "MATCH (a:Person {district: $d}) RETURN a.citizenNumber AS a, null AS o",
    "partner": "MATCH (a:Person {district: $d}), (o:Person {district: $d})"
    " WHERE a <> o WITH a, o LIMIT 4000 RETURN a.citizenNumber AS a, o.citizenNumber AS o",
    "child": "MATCH (a:Person {district: $d})-[:BIRTH_PARENT_OF]->(o:Person)"
    " RETURN a.citizenNumber AS a, o.citizenNumber AS o",
    "deceased": "MATCH (a:Person {district: $d})<-[:BIRTH_PARENT_OF]-(o:Person)"
    " WHERE o.deathDate IS NOT NULL RETURN a.citizenNumber AS a, o.citizenNumber AS o",
    "entity": "MATCH (a:Person {district: $d})-[:REPRESENTS]->(o:LegalEntity)"
    " RETURN a.citizenNumber AS a, o.creditCode AS o",
}
ANSWERS = {"PERSON_UNKNOWN", "QUERY_TOO_LARGE"}
"""Of the sample some are protected; a server that was just started may take too long to plan."""
BAR, LEFT, STEP, TOP = 420, 220, 30, 46


async def applicants(settings: Settings, service: Service, district: str) -> list[dict[str, Any]]:
    """Variables of questions about the service, the same in each run."""
    async with open_store(settings) as store:
        rows = await store.read(APPLICANTS[service.other] + " ORDER BY a, o", {"d": district})
    chosen = Random(service.id).sample(rows, min(KEPT, len(rows)))
    other = "code" if service.other == "entity" else "other"
    return [
        {"service": service.id, "number": row["a"], other: row["o"]} for row in chosen if row["a"]
    ]


def measured(
    settings: Settings, asker: Asker, service: Service, rounds: int, questions: Sequence[Any]
) -> dict[str, Any]:
    """Milliseconds of the first answer and of the others, and statements of each."""
    client = Client(settings)
    headers = client.headers(asker)
    milliseconds: list[float] = []
    before = _statements(settings)
    with httpx.Client(trust_env=False, timeout=60) as http:
        for number in range(rounds + 1):
            body = {"query": READINESS, "variables": questions[number % len(questions)]}
            started = time.perf_counter()
            answer = http.post(client.url, json=body, headers=headers).json()
            milliseconds.append((time.perf_counter() - started) * 1000)
            codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
            assert codes <= ANSWERS, answer
    first, *others = milliseconds
    return {
        "service": service.id,
        "first_ms": round(first),
        "median_ms": round(median(others), 1),
        "p99_ms": round(quantiles(others, n=100)[98], 1),
        "statements": round((_statements(settings) - before) / (rounds + 1), 2),
    }


def _statements(settings: Settings) -> int:
    health = httpx.get(f"http://127.0.0.1:{settings.subgraphs_port}/health", trust_env=False)
    return int(health.json()["statements"])


def picture(counts: Sequence[Mapping[str, Any]]) -> str:
    """A bar for each service: the share of papers that need no longer be brought."""
    height = TOP + STEP * len(counts) + 10
    width = LEFT + BAR + 130
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        ' style="font-family:Helvetica,Arial,sans-serif;font-size:13px">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="22" font-weight="bold">'
        "Papers that need no longer be brought · 免提交材料</text>",
    ]
    for line, count in enumerate(counts):
        share = count["saved"] / count["papers"] if count["papers"] else 0.0
        y, name = TOP + STEP * line, escape(count["service"])
        words = f"{share:.0%} of {count['papers']:,}"
        parts += [
            f'<text x="{LEFT - 10}" y="{y + 14}" text-anchor="end">{name}</text>',
            f'<rect x="{LEFT}" y="{y}" width="{BAR}" height="18" fill="#e8e8e8"/>',
            f'<rect x="{LEFT}" y="{y}" width="{BAR * share:.0f}" height="18" fill="#1f6fb4"/>',
            f'<text x="{LEFT + BAR + 10}" y="{y + 14}">{words}</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--population", type=Path)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    if chosen.population:
        sys.stdout.write(picture(json.loads(chosen.population.read_text(encoding="utf-8"))))
        return
    settings = load_settings()
    story = read_story(settings)
    assert story, "generate the demo city first"
    who = story["caseworker"]
    district = story["mother"]["district"]
    asker = Asker("caseworker", district, who["number"], who["worker"])
    found: list[dict[str, Any]] = []
    for service in in_force(settings).services.services.values():
        questions = asyncio.run(applicants(settings, service, district))
        found.append(measured(settings, asker, service, chosen.rounds, questions))
    if chosen.json:
        print_json(found)
    else:
        columns = list(found[0])
        print_table("Readiness", columns, [[str(row[c]) for c in columns] for row in found])


if __name__ == "__main__":
    main()
