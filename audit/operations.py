"""Recorded operations, counted: who asked for what, as a replay on other policies needs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from audit.chain import STREAM
from audit.reader import newest_first
from audit.record import Disclosure


@dataclass(frozen=True)
class AskedOperation:
    """Operations that asked for the same, for the same purpose. `refused`: by the gateway."""

    consumer: str
    purpose: str
    basis: str
    hash: str
    name: str
    asked: frozenset[str]
    refused: bool = False


@dataclass
class _Seen:
    """What the records of one operation say; of each subgraph it asked there is one."""

    first: Disclosure
    shapes: set[str] = field(default_factory=set[str])
    refused: set[str] = field(default_factory=set[str])


def recorded_operations(
    redis_url: str, limit: int, stream: str = STREAM
) -> Counter[AskedOperation]:
    """The newest operations, at most `limit`, alike ones counted together.

    Those recorded before it was written what they asked are left out.
    """
    seen: dict[str, _Seen] = {}
    shapes: dict[str, frozenset[str]] = {"": frozenset()}
    for disclosure in newest_first(redis_url, stream):
        if disclosure.asked:
            shapes.setdefault(disclosure.shape, frozenset(disclosure.asked))
        if disclosure.operation in seen or len(seen) < limit:
            _note(seen.setdefault(disclosure.operation, _Seen(disclosure)), disclosure)
        elif not _missing(seen.values(), shapes):
            break
    return Counter(_operations(seen.values(), shapes))


def _note(found: _Seen, disclosure: Disclosure) -> None:
    if disclosure.outcome == "refused":
        found.refused |= {f"{row.type}.{name}" for row in disclosure.rows for name in row.denied}
    elif disclosure.shape:
        found.shapes.add(disclosure.shape)


def _missing(seen: Iterable[_Seen], shapes: dict[str, frozenset[str]]) -> bool:
    """Whether it has not been read yet what some shape stands for."""
    return any(shape not in shapes for found in seen for shape in found.shapes)


def _operations(
    seen: Iterable[_Seen], shapes: dict[str, frozenset[str]]
) -> Iterator[AskedOperation]:
    for found in seen:
        known = [shapes[shape] for shape in found.shapes if shape in shapes]
        asked = frozenset(found.refused).union(*known)
        if asked:
            first = found.first
            yield AskedOperation(
                first.consumer,
                first.purpose,
                first.basis,
                first.operation_hash,
                first.operation_name or "",
                asked,
                bool(found.refused),
            )
