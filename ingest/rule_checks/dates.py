"""Rules about dates: periods and lives run forwards, and nothing recorded lies ahead."""

from __future__ import annotations

from collections.abc import Iterator

from graph.facts import NodeFact
from ingest.rule_checks.scene import Found, Scene, earliest, latest


def periods_run_forwards(scene: Scene) -> Iterator[Found]:
    """No fact ends before it begins."""
    for fact in (*scene.nodes, *scene.edges):
        begins, ends = fact.source.valid_from, fact.source.valid_to
        if begins and ends and earliest(begins) > latest(ends):
            name = fact.type if isinstance(fact, NodeFact) else fact.relationship
            words = f"it begins on {begins} and ends on {ends}"
            yield Found("DATES_REVERSED", f"{name}.validTo", ends, words)


def lives_run_forwards(scene: Scene) -> Iterator[Found]:
    """Nobody dies before being born."""
    for key, died in scene.deaths.items():
        born = scene.birth(key)
        if born and earliest(born) > latest(died):
            words = f"the person was born on {born} and died on {died}"
            yield Found("DATES_REVERSED", "Person.deathDate", died, words)


def nothing_lies_ahead(scene: Scene) -> Iterator[Found]:
    """No birth and no death lies after today."""
    for fact in scene.nodes:
        for field in ("birthDate", "deathDate"):
            date = fact.fields.get(field)
            if date is not None and earliest(str(date)) > scene.today:
                words = f"it lies after {scene.today}"
                yield Found("DATE_IN_FUTURE", f"{fact.type}.{field}", str(date), words)
