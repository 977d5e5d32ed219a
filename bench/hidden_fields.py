"""Whether time tells a name that a consumer may not see from one that does not exist.

`python -m bench.hidden_fields --pairs 3000` asks the gateway of a running stack, in pairs and in
random order: one operation with a field, argument, input field, enum value or type of the full
schema that is not in the consumer's contract, and the same with two letters of that name changed.
Each operation is new to every cache, by an alias. Prints the medians, their difference with a
bootstrap interval, and how well a threshold tells the two apart: the area under the ROC curve (0.5
is a coin) with the p-value of the Mann-Whitney test. `--json` for machines.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from math import erfc, sqrt
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from graphql import DocumentNode, Node, parse

from cli.client import Asker, Client
from cli.output import print_json, print_table
from runtime.settings import load_settings

SCHEMAS = Path(__file__).parents[1] / "gateway" / "supergraphs"
WARM, RESAMPLED = 100, 1000
LETTERS = "abcdefghijklmnopqrstuvwxyz"
CITIZEN = Asker("citizen", person="110101199001010000")
SCHOOL = Asker("school-enrolment")


@dataclass(frozen=True)
class Case:
    """`query` has ALIAS where something new goes, and NAME; `hidden` are the names of the case."""

    kind: str
    asker: Asker
    query: str
    hidden: tuple[str, ...]


Members = Mapping[str, Mapping[str, frozenset[str]]]


def members(schema: str) -> Members:
    """Of each type: its fields or values, and the arguments of each field."""
    document = parse((SCHEMAS / f"{schema}.graphql").read_text())
    return dict(_members(document))


def _members(document: DocumentNode) -> Iterator[tuple[str, dict[str, frozenset[str]]]]:
    for definition in document.definitions:
        name = getattr(definition, "name", None)
        if name is None or "__" in name.value:
            continue
        inner = getattr(definition, "fields", None) or getattr(definition, "values", None) or ()
        yield name.value, {one.name.value: _arguments(one) for one in inner}


def _arguments(node: Node) -> frozenset[str]:
    return frozenset(argument.name.value for argument in getattr(node, "arguments", None) or ())


def cases(full: Members, school: Members, citizen: Members) -> list[Case]:
    """One for each kind of name."""
    person = sorted(set(full["Person"]) - set(school["Person"]))
    asked = sorted(set(full["Query"]) - set(school["Query"]))
    arguments = sorted(full["Query"]["isMotherOf"] - school["Query"]["isMotherOf"])
    inputs = sorted(set(full["PersonRef"]) - set(school["PersonRef"]))
    types = sorted(set(full) - set(school))
    values = sorted({v for name in set(full) - set(citizen) for v in full[name] if v.isupper()})
    of = '{ citizenNumber: "1" }'
    mother = f"isMotherOf(person: {of}, of: {of}"
    return [
        Case("field", SCHOOL, "{ person { ALIAS: NAME } }", tuple(person)),
        Case("field of Query", SCHOOL, "{ ALIAS: NAME }", tuple(asked)),
        Case(
            "argument", SCHOOL, f'{{ ALIAS: {mother}, NAME: "1") {{ answer }} }}', tuple(arguments)
        ),
        Case(
            "input field",
            SCHOOL,
            f'{{ ALIAS: isMotherOf(person: {{ NAME: "1" }}, of: {of}) {{ answer }} }}',
            tuple(inputs),
        ),
        Case("type", SCHOOL, "{ ... on NAME { ALIAS: name } }", tuple(types)),
        Case(
            "enum value",
            CITIZEN,
            "{ person { ALIAS: children(kinds: [NAME]) { edges { kind } } } }",
            tuple(values),
        ),
    ]


def nonsense(name: str, known: frozenset[str], random: Random) -> str:
    """A name with two letters changed, that is nowhere in the full schema."""
    while True:
        letters = list(name)
        for at in random.sample(range(len(letters)), 2):
            letter = random.choice(LETTERS)
            letters[at] = letter.upper() if letters[at].isupper() else letter
        made = "".join(letters)
        if made not in known:
            return made


class Bench:
    """One connection to the gateway."""

    def __init__(self, client: Client, random: Random, known: frozenset[str]) -> None:
        self._client, self._random, self._known = client, random, known
        address = client.url.removeprefix("http://").partition("/")[0]
        self._connection = HTTPConnection(address, timeout=60)
        self._fresh = count(10**9)

    def measure(self, case: Case, pairs: int) -> dict[str, Any]:
        """A row of the table."""
        headers = self._client.headers(case.asker) | {"Content-Type": "application/json"}
        times: list[tuple[float, float]] = []
        differ = 0
        for _ in range(WARM + pairs):
            hidden = self._random.choice(case.hidden)
            names = [hidden, nonsense(hidden, self._known, self._random)]
            order = self._random.sample((0, 1), 2)
            took = {at: self._ask(case.query, names[at], headers) for at in order}
            times.append((took[0][0], took[1][0]))
            differ += took[0][1] != took[1][1]
        return {"what": case.kind} | _compared(times[WARM:], self._random) | {"differ": differ}

    def _ask(self, query: str, name: str, headers: Mapping[str, str]) -> tuple[float, str]:
        """Microseconds, and what was said, without what is of this request only."""
        alias = f"a{next(self._fresh)}"
        text = query.replace("NAME", name).replace("ALIAS", alias)
        body = json.dumps({"query": text})
        started = time.perf_counter_ns()
        self._connection.request("POST", "/graphql", body, dict(headers))
        answer = self._connection.getresponse()
        content = answer.read()
        took = (time.perf_counter_ns() - started) / 1000
        errors = json.loads(content)["errors"]
        quoted = f'"{name}"'
        told = [e["message"].partition(" Did you mean")[0].replace(quoted, "NAME") for e in errors]
        codes = [e["extensions"]["code"] for e in errors]
        return took, json.dumps([answer.status, told, codes])


def _compared(pairs: list[tuple[float, float]], random: Random) -> dict[str, Any]:
    hidden, other = ([pair[side] for pair in pairs] for side in (0, 1))
    differences: list[float] = []
    for _ in range(RESAMPLED):
        some = random.choices(pairs, k=len(pairs))
        differences.append(median(a for a, _ in some) - median(b for _, b in some))
    differences.sort()
    area = _area(hidden, other)
    n = len(pairs)
    z = (area - 0.5) / sqrt((2 * n + 1) / (12 * n * n))
    return {
        "pairs": n,
        "hidden µs": round(median(hidden)),
        "nonsense µs": round(median(other)),
        "difference µs": round(median(hidden) - median(other), 1),
        "95 %": f"{differences[RESAMPLED // 40]:.0f} … {differences[-RESAMPLED // 40 - 1]:.0f}",
        "AUC": round(area, 3),
        "p": round(erfc(abs(z) / sqrt(2)), 3),
    }


def _area(hidden: list[float], other: list[float]) -> float:
    """The chance that of two answers the slower one is of the hidden name."""
    ordered = sorted([(t, True) for t in hidden] + [(t, False) for t in other])
    ranks = sum(rank for rank, (_, is_hidden) in enumerate(ordered, 1) if is_hidden)
    n = len(hidden)
    return (ranks - n * (n + 1) / 2) / (n * len(other))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.hidden_fields", description=__doc__)
    parser.add_argument("--pairs", type=int, default=3000, help="pairs of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    full = members("supergraph")
    known = frozenset(full) | {name for inner in full.values() for name in inner}
    known |= {a for inner in full.values() for arguments in inner.values() for a in arguments}
    bench = Bench(Client(load_settings()), Random(given.seed), known)
    asked = cases(full, members("school-enrolment"), members("citizen"))
    rows = [bench.measure(case, given.pairs) for case in asked]
    if given.json:
        print_json(rows)
        return
    cells = [[str(value) for value in row.values()] for row in rows]
    print_table("Hidden or nonsense", list(rows[0]), cells)


if __name__ == "__main__":
    main()
