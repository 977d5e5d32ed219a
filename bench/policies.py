"""How long a difference over every cell and a replay of operations take: 40 consumers, all fields.

    python -m bench.policies [--consumers 40] [--operations 10000]

Each consumer has six purposes with four legal bases, and grants over every field of the model, a
third of them on a condition. One consumer in four has other grants afterwards.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import TypeVar

from graph.catalogue import Catalogue, model
from policies.bundle import Bundle
from policies.cedar_schema import actions
from policies.modes import MASKED
from policies.replay import Recorded, replay
from policies.simulation import difference
from policies.table import PolicySet, load_bundle
from policies.validation import findings

PURPOSES = tuple(f"purpose-{i}" for i in range(6))
BASES = tuple(f"basis-{i}" for i in range(4))
LABEL = "{en: Generated, zh: 生成}"
CHANGED_EVERY = 4
FIELDS_ASKED = 12
Result = TypeVar("Result")


def bundle(catalogue: Catalogue, consumers: int, changed: bool) -> Bundle:
    """Generated policies; `changed` are those after."""
    texts = {"purposes.yaml": _purposes(), "consumers.yaml": _consumers(consumers)}
    for number in range(consumers):
        random = Random(number if not changed or number % CHANGED_EVERY else -number - 1)
        texts[f"grants/c{number}.cedar"] = "\n".join(_grants(catalogue, number, random))
    return Bundle(texts)


def _purposes() -> str:
    purposes = "".join(f"  {p}: {{label: {LABEL}, description: Generated}}\n" for p in PURPOSES)
    bases = "".join(f"  {b}: {{label: {LABEL}, citation: Act}}\n" for b in BASES)
    return f"purposes:\n{purposes}bases:\n{bases}"


def _consumers(count: int) -> str:
    used = ", ".join(f"{purpose}: [{', '.join(BASES)}]" for purpose in PURPOSES)
    lines = (
        f"  c{number}: {{label: {LABEL}, organisation: {LABEL}, "
        f"principal: {{district: String}}, purposes: {{{used}}}}}\n"
        for number in range(count)
    )
    return "consumers:\n" + "".join(lines)


def _grants(catalogue: Catalogue, number: int, random: Random) -> Iterator[str]:
    """One policy per type: its rows with their ids, and most of its fields, for most purposes."""
    by_type: dict[str, list[str]] = {}
    for action in (a for a in actions(catalogue) if a.mode != MASKED):
        by_type.setdefault(action.type_name, []).append(action.id)
    for type_name, ids in by_type.items():
        always = (".id", f"see:{type_name}")
        kept = [i for i in ids if i.endswith(always) or random.random() < 0.9]
        named = ", ".join(f'Action::"{action}"' for action in kept)
        purposes = ", ".join(f'"{purpose}"' for purpose in random.sample(PURPOSES, 5))
        test = f"[{purposes}].contains(context.purpose)"
        if type_name == "Person" and random.random() < 0.6:
            test += " && resource.district == principal.district"
        yield (
            f'@id("c{number}-{type_name}") permit (principal == Consumer::"c{number}", '
            f"action in [{named}], resource) when {{ {test} }};"
        )


def operations(policies: PolicySet, count: int) -> list[Recorded]:
    """Operations of all consumers, no two alike, so that none is counted with another."""
    random = Random(1)
    keys = list(policies.tables)
    coordinates = [f"{t}.{f}" for t, f, _ in policies.catalogue.coordinates()]
    return [
        Recorded(
            *random.choice(keys),
            f"{number:064x}",
            "",
            frozenset(random.sample(coordinates, FIELDS_ASKED)),
            1,
        )
        for number in range(count)
    ]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--consumers", type=int, default=40)
    parser.add_argument("--operations", type=int, default=10_000)
    given = parser.parse_args()
    catalogue = model()
    texts = bundle(catalogue, given.consumers, changed=False)
    before = timed("load, check and compile", lambda: load_bundle(texts, catalogue))
    after = load_bundle(bundle(catalogue, given.consumers, changed=True), catalogue)
    cells = sum(len(table.clear) + len(table.see) for table in before.tables.values())
    print(f"{len(before.policies):,} policies, {len(before.tables):,} tables, {cells:,} cells")
    found = timed("difference over every cell", lambda: difference(before, after))
    print(f"  {len(found):,} changes")
    asked = operations(before, given.operations)
    words = f"replay of {len(asked):,} operations"
    affected = timed(words, lambda: list(replay(asked, before, after)))
    print(f"  {len(affected):,} affected")
    told = timed("validation of what loads", lambda: findings(before))
    print(f"  {len(told):,} findings")


def timed(words: str, work: Callable[[], Result]) -> Result:
    """The result; prints how long it took, and how much of a processor, which others share."""
    started, used = time.perf_counter(), time.process_time()
    found = work()
    took, used = time.perf_counter() - started, time.process_time() - used
    print(f"{words}: {took:.2f} s, {used:.2f} s of a processor")
    return found


if __name__ == "__main__":
    main()
