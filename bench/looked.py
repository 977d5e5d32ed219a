"""What a person waits for who asks who looked: by the index of the audit, and without it.

`python -m bench.looked --records 100000 --people 5000` writes so many disclosures to a stream of
its own on the running stack's Valkey, each about a few persons drawn at random, eight at once; has
the index take them up; and asks for the twenty newest about persons drawn at random, from the
index and from the stream. The stream and its index are dropped. `--json` for machines.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, cast
from uuid import uuid4

import uvloop
from redis import Redis

from audit.index import AuditIndex
from audit.reader import about, newest_first
from audit.record import Disclosure, Row
from audit.writer import AuditWriter
from cli.output import print_json, print_table
from runtime.settings import load_settings

AT_ONCE, NEWEST, ASKED, READ_MAX, SEED = 8, 20, 40, 20_000, 1


def disclosure(persons: Iterable[str]) -> Disclosure:
    """A look at a few fields of each."""
    rows = tuple(Row("Person", person, ("name", "birthDate")) for person in persons)
    who = ("caseworker", "bench", "household-services", "statutory-duty", None, "bench")
    consumer, subject, purpose, basis, case, policy = who
    return Disclosure(
        operation=uuid4().hex,
        operation_name=None,
        operation_hash="bench",
        subgraph="people",
        consumer=consumer,
        subject=subject,
        purpose=purpose,
        basis=basis,
        case=case,
        policy=policy,
        outcome="disclosed",
        rows=rows,
    )


async def write(writer: AuditWriter, records: int, people: list[str], draw: random.Random) -> None:
    """So many, each about one to four of them."""
    waiting = iter(range(records))

    async def work() -> None:
        for _ in waiting:
            await writer.write(disclosure(draw.sample(people, draw.randint(1, 4))))

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))


def taken_up(index: AuditIndex) -> int:
    """All of the stream; how many entries."""
    found = 0
    while taken := index.slice():
        found += taken
    return found


def median_ms(ask: Callable[[str], object], people: list[str]) -> float:
    """Of asking about each."""
    taken: list[float] = []
    for person in people:
        began = time.perf_counter()
        ask(person)
        taken.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(taken), 1)


async def run(records: int, count: int) -> list[dict[str, Any]]:
    """Write, index, ask."""
    url, stream = load_settings().redis_url, f"citizengraph:bench-looked:{uuid4().hex}"
    draw = random.Random(SEED)
    people = [uuid4().hex for _ in range(count)]
    index, writer = AuditIndex(url, stream), AuditWriter(url, stream)
    client = cast("Any", Redis.from_url(url))  # pyright: ignore[reportUnknownMemberType]
    await writer.open()
    began = time.perf_counter()
    await write(writer, records, people, draw)
    wrote = time.perf_counter() - began
    await writer.close()
    asked = draw.sample(people, min(ASKED, count))

    def by_index(person: str) -> object:
        return list(islice(index.of_person(person), NEWEST))

    def by_stream(person: str) -> object:
        some = islice(newest_first(url, stream), READ_MAX)
        return list(islice((d for d in some if any(about(r, person) for r in d.rows)), NEWEST))

    scanned = median_ms(by_stream, asked)
    began = time.perf_counter()
    entries = await asyncio.to_thread(taken_up, index)
    took = time.perf_counter() - began
    found = [
        {"what": "written a second", "value": round(records / wrote)},
        {"what": "entries", "value": entries},
        {"what": "indexed a second", "value": round(records / took)},
        {"what": "ms, by the stream (20,000 records at most)", "value": scanned},
        {"what": "ms, by the index", "value": median_ms(by_index, asked)},
        {"what": "bytes of the stream", "value": client.memory_usage(stream, samples=0)},
    ]
    names = list(client.scan_iter(f"{stream}:*", count=1000))
    sizes = sum(client.memory_usage(name) or 0 for name in names)
    found.append({"what": "bytes of the index", "value": sizes})
    for name in (stream, *names):
        client.delete(name)
    client.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.looked", description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    rows = uvloop.run(run(given.records, given.people))
    if given.json:
        print_json(rows)
        return
    print_table("Who looked", list(rows[0]), [[str(v) for v in row.values()] for row in rows])


if __name__ == "__main__":
    main()
