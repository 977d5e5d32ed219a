"""Time of questions about kinship on the graph of a running stack, near, far and unrelated.

`python -m bench.kinship --pairs 300 [--key PREFIX]` asks "how are they related?" of random pairs,
without and with the path and its evidence, as a subgraph does between a request and its rows:
compile, read, find, read the evidence. Prints a table, or JSON with `--json`. PREFIX limits the
persons to those whose key starts so, such as `genealogy:`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cli.load import open_store
from graph.catalogue import model
from graph.conditions import ALWAYS
from graph.cypher import Asking, Clock, Statements
from graph.decision import Decision, Effect
from graph.selection import KinshipPick, PersonRef, ScalarPick, Selection, TypePick
from graph.store import Store
from resolvers.questions import work_out
from runtime.settings import load_settings

WARM = 20
SAMPLING_SECONDS_MAX = 300
"""Random pairs out of a million persons are looked for in all of them."""
_PARENT = "BIRTH_PARENT_OF|LEGAL_PARENT_OF|ADOPTIVE_PARENT_OF"
_SAMPLE = "MATCH (a:Person) WHERE a.key STARTS WITH $key WITH a, rand() AS r ORDER BY r LIMIT $n"
PAIRS = {
    "near": f"{_SAMPLE} MATCH (a)<-[:{_PARENT}*1..2]-(b:Person) WITH a, b, rand() AS r ORDER BY r",
    "far": f"{_SAMPLE} MATCH (a)<-[:{_PARENT}*3..3]-()-[:{_PARENT}*3..3]->(b:Person)"
    " WHERE a <> b WITH a, collect(b)[0] AS b",
    "unrelated": f"{_SAMPLE} MATCH (b:Person) WHERE b.key STARTS WITH $key AND rand() < $share"
    " WITH a, collect(b)[0] AS b WHERE b IS NOT NULL AND b <> a",
}


class Everything(Mapping[Any, Effect]):
    """Every right: what is measured is the answer, not the policy."""

    def __getitem__(self, key: Any) -> Effect:
        return Effect(ALWAYS)

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 0

    def get(self, key: Any, default: Any = None) -> Any:
        return self[key]


@dataclass
class Measured:
    """Milliseconds of each question, and how many statements and relations there were.

    `cpu` are milliseconds of this process's processor.
    """

    times: list[float]
    cpu: list[float] = field(default_factory=list[float])
    statements: int = 0
    relations: int = 0

    def row(self) -> dict[str, float]:
        """The figures."""
        count = len(self.times)
        ordered = sorted(self.times)
        return {
            "questions": count,
            "median ms": round(statistics.median(ordered), 2),
            "median cpu ms": round(statistics.median(self.cpu), 2),
            "p99 ms": round(ordered[min(count - 1, int(count * 0.99))], 2),
            "most ms": round(ordered[-1], 2),
            "statements": round(self.statements / count, 2),
            "relations": round(self.relations / count, 2),
        }


EVERYTHING = Decision(Everything(), Everything())
STATEMENTS = Statements(model())


async def ask(store: Store, pair: Sequence[str], measured: Measured, evidence: bool) -> None:
    """One question, measured."""
    clock = Clock.system()
    asking = Asking({}, clock)
    started, used = time.perf_counter(), time.process_time()
    subject, relative = (PersonRef("id", id) for id in pair)
    pick = KinshipPick("relationship", subject, relative, fields={"answer"})
    if evidence:
        pick.fields.add("relations")
        pick.steps |= {"register", "record", "from"}
        pick.persons = TypePick("Person", {"name": ScalarPick("name")})
        pick.places["from"] = pick.persons
    statement = STATEMENTS.selection(Selection({"q": pick}), EVERYTHING, asking)
    found = (await store.read(statement.text, statement.parameters))[0]
    maps = found[statement.columns["q"]]
    question = work_out(STATEMENTS.catalogue, pick, maps, clock.parameters()["today"], ())
    needed = question.needs()
    measured.statements += 1
    if needed is not None:
        statement = STATEMENTS.evidence({"q": needed}, EVERYTHING, asking)
        await store.read(statement.text, statement.parameters)
        measured.statements += 1
    measured.times.append((time.perf_counter() - started) * 1000)
    measured.cpu.append((time.process_time() - used) * 1000)
    measured.relations += len(question.found.relations)


async def measure(count: int, key: str) -> dict[str, dict[str, float]]:
    """Figures by kind of pair."""
    found: dict[str, dict[str, float]] = {}
    async with open_store(load_settings()) as store:
        total = (await store.read("MATCH (n:Person) RETURN count(n) AS n", {}))[0]["n"]
        parameters = {"key": key, "n": count * 4, "share": min(1.0, 50 / max(total, 1))}
        for kind, text in PAIRS.items():
            sample = f"{text} RETURN a.id AS a, b.id AS b LIMIT {count}"
            rows = await store.read(sample, parameters, SAMPLING_SECONDS_MAX)
            for evidence in (False, True):
                for row in rows[:WARM]:
                    await ask(store, (row["a"], row["b"]), Measured([]), evidence)
                measured = Measured([])
                for row in rows:
                    await ask(store, (row["a"], row["b"]), measured, evidence)
                if rows:
                    name = f"{kind}, with path" if evidence else kind
                    found[name] = measured.row()
        found["graph"] = {"persons": total}
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--key", default="")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = asyncio.run(measure(given.pairs, given.key))
    if given.json:
        print(json.dumps(found))
        return
    print(f"{found.pop('graph')['persons']} persons")
    for name, figures in found.items():
        print(f"{name:22}", "  ".join(f"{what} {value:g}" for what, value in figures.items()))


if __name__ == "__main__":
    main()
