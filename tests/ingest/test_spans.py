"""On which days a case is open: stored by Cypher and by columns, against the plain rule."""

from __future__ import annotations

from random import Random
from typing import Any

import polars as pl

from graph import spans
from graph.catalogue import model
from graph.cypher.attributes import is_open as is_open_today
from graph.store import Store
from ingest.bulk.spans import changing
from runtime.neo4j.server import Neo4jAddress

CASES = 400
PARTIAL = ("2023", "2024", "2023-12", "2024-01", "2024-02", "2024-12")
WHOLE = ("2023-12-31", "2024-01-01", "2024-01-02", "2024-01-31", "2024-02-01", "2025-01-01")
DATES = (None, None, *PARTIAL, *WHOLE)
MONTHS = [f"202{year}-{month:02}" for year in (3, 4, 5) for month in (1, 2, 12)]
DAYS = ["2022-06-01", "2026-01-01", *(f"{m}-{day:02}" for m in MONTHS for day in (1, 2, 15, 31))]
EMPTY = "MATCH (n) DETACH DELETE n"
CREATE = """UNWIND $rows AS row CREATE (n:Case {key: row.key})
FOREACH (s IN row.said | CREATE (n)<-[:ABOUT]-(x:Statement) SET x = s)"""
OPEN = f"MATCH (n:Case) RETURN n.key AS key, coalesce({is_open_today('n')}, false) AS so"
Said = dict[str, Any]


def statements(random: Random) -> list[Said]:
    """Of one case."""
    return [
        {
            "state": random.choice(("OPEN", "OPEN", "OPEN", "CLOSED", "WITHDRAWN", None)),
            "closedDate": random.choice((None, *DATES)),
            "validFrom": random.choice(DATES),
            "validTo": random.choice(DATES),
            "recordedTo": random.choice((None, None, None, "2024-01-01T00:00:00Z")),
        }
        for _ in range(random.randint(0, 4))
    ]


def certainly(said: Said, day: str) -> bool:
    begins, ends = said["validFrom"], said["validTo"]
    begun = begins is None or (begins <= day and not (len(begins) < 10 and day.startswith(begins)))
    return begun and (ends is None or ends > day)


def possibly(said: Said, day: str) -> bool:
    begins, ends = said["validFrom"], said["validTo"]
    lasts = ends is None or ends > day or (len(ends) < 10 and day.startswith(ends))
    return (begins is None or begins <= day) and lasts


def is_open(said: list[Said], day: str) -> bool:
    """Some register states on the day that it is open, and none that it is not."""
    believed = [s for s in said if s["recordedTo"] is None]
    denied = any(
        possibly(s, day)
        and (s["state"] not in ("OPEN", None) or (s["closedDate"] or "9999") <= day)
        for s in believed
    )
    return not denied and any(s["state"] == "OPEN" and certainly(s, day) for s in believed)


async def test_a_case_is_open_on_the_same_days_by_cypher_by_columns_and_by_the_rule(
    neo4j_server: Neo4jAddress,
) -> None:
    random, node = Random(7), model().nodes["Case"]
    cases = {f"c{at}": statements(random) for at in range(CASES)}
    rows = [{"key": key, "said": said} for key, said in cases.items()]
    flat = [{"key": key, **said} for key, found in cases.items() for said in found]
    schema = ["key", "state", "closedDate", "validFrom", "validTo", "recordedTo"]
    table = pl.DataFrame(flat, schema=dict.fromkeys(schema, pl.String))
    by_columns = dict(next(changing(table, node)).iter_rows())
    found = spans.turns(node)["openDays"]
    async with Store.connect(*neo4j_server) as store:
        await store.write([(EMPTY, {}), (CREATE, {"rows": rows})])
        stored = f"n.openDays = {spans.changes('turns')}"
        await store.write([(f"MATCH (n:Case) WITH n, {found} AS turns SET {stored}", {})])
        days = await store.read("MATCH (n:Case) RETURN n.key AS key, n.openDays AS days", {})
        assert {row["key"]: ";".join(row["days"]) for row in days if row["days"]} == by_columns
        assert max(len(row["days"] or ()) for row in days) > 2
        seen: set[bool] = set()
        for day in DAYS:
            answers = await store.read(OPEN, {"today": day})
            expected = {key: is_open(said, day) for key, said in cases.items()}
            assert {row["key"]: row["so"] for row in answers} == expected, day
            seen |= set(expected.values())
        assert seen == {True, False}
        await store.write([(EMPTY, {})])
