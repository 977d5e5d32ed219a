"""Numbers and values that the graph's indexes cannot hold: the record is refused, not the batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from graph.catalogue import model
from graph.constraints import indexed_fields
from graph.facts import Fact, NodeFact
from ingest.records import Problem, Reading, Unit

# An index takes 8,167 bytes; a number is also part of keys in which a character can take twelve.
NUMBER_CHARACTERS_MAX = 500
TEXT_CHARACTERS_MAX = 2000


def bounded(unit: Unit, reading: Reading) -> Reading:
    """The reading; refused where its record number or a value is too long, or it has no number."""
    if reading.refused:
        return reading
    problems = tuple(dict.fromkeys(_problems(unit, reading)))
    return replace(reading, versions=(), remarks=(), refused=problems) if problems else reading


def _problems(unit: Unit, reading: Reading) -> Iterator[Problem]:
    if not reading.record:
        yield Problem(unit.row, "", "", "VALUE_INVALID", "the record has no number")
    if len(reading.record) > NUMBER_CHARACTERS_MAX:
        yield _too_long(unit, "", reading.record, NUMBER_CHARACTERS_MAX)
    for version in reading.versions:
        for fact in version.facts:
            for key in _keys(fact):
                if len(key) > NUMBER_CHARACTERS_MAX:
                    yield _too_long(unit, "", key, NUMBER_CHARACTERS_MAX)
            if isinstance(fact, NodeFact):
                yield from _texts_too_long(unit, fact)


def _keys(fact: Fact) -> Iterable[str]:
    return (fact.key,) if isinstance(fact, NodeFact) else (fact.from_key, fact.to_key)


def _texts_too_long(unit: Unit, fact: NodeFact) -> Iterator[Problem]:
    for name, value in fact.fields.items():
        is_long = isinstance(value, str) and len(value) > TEXT_CHARACTERS_MAX
        if is_long and (fact.type, name) in _indexed():
            yield _too_long(unit, f"{fact.type}.{name}", str(value), TEXT_CHARACTERS_MAX)


@lru_cache(maxsize=1)
def _indexed() -> frozenset[tuple[str, str]]:
    return frozenset(indexed_fields(model()))


def _too_long(unit: Unit, field: str, value: str, most: int) -> Problem:
    words = f"{field or 'the number'} has {len(value):,} characters, more than {most:,}"
    return Problem(unit.row, field, value, "VALUE_INVALID", words)
