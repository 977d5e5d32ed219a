"""`citizengraph relationship` on the family tree of the royal houses, through the graph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from graph.store import Store
from runtime.neo4j.server import Neo4jAddress
from tests.gedcom_oracle import royal_file
from tests.ingest.shell import Shell
from tests.kinship.royal import near, tree, walked

STEPS_MAX = 16


@pytest.fixture(scope="module")
def shell(
    store: Store, neo4j_server: Neo4jAddress, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shell]:
    del store  # empties the graph
    shell = Shell(tmp_path_factory.mktemp("home"), neo4j_server)
    done = shell.run("ingest", "gedcom", str(royal_file()), "--register", "genealogy")
    assert done.returncode == 0, done.stderr
    yield shell


def asked(shell: Shell, folder: Path, pairs: list[tuple[str, str]]) -> list[dict[str, object]]:
    """The answers to a file of pairs."""
    path = folder / "pairs.jsonl"
    path.write_text("".join(json.dumps({"a": f"@{a}@", "b": b}) + "\n" for a, b in pairs))
    done = shell.run("relationship", "--pairs", str(path), "--register", "genealogy")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_pairs_are_related_as_a_plain_walk_says(shell: Shell, tmp_path: Path) -> None:
    people, random = sorted(tree().persons), Random(8)
    pairs = [tuple(random.sample(people, 2)) for _ in range(600)]
    pairs += [(one, other) for one in people[::150] for other in near(one, 6)][:600]
    answers = asked(shell, tmp_path, [(a, b) for a, b in pairs])
    assert len(answers) == len(pairs)
    for (a, b), answer in zip(pairs, answers, strict=True):
        assert (answer["a"], answer["b"]) == (f"@{a}@", b)
        found = {(r["up"], r["down"]) for r in answer["relations"] if r["kind"] == "birth"}  # type: ignore[index,union-attr]
        assert {at for at in found if sum(at) <= STEPS_MAX} == set(walked(a, b, STEPS_MAX))


def test_terms_in_both_languages(shell: Shell, tmp_path: Path) -> None:
    edward, victoria, elizabeth, philip = "I3", "I1", "I52", "I57"
    (mother, husband) = asked(shell, tmp_path, [(edward, victoria), (elizabeth, philip)])
    assert mother["relations"][0] == {  # type: ignore[index]
        "term": "mother",
        "termZh": "母亲",
        "up": 1,
        "down": 0,
        "kind": "birth",
        "status": "proven",
    }
    terms = [r["term"] for r in husband["relations"]]  # type: ignore[index,union-attr]
    assert terms[0] == "husband" and "third cousin" in terms


def test_every_couple_without_a_marriage_is_told_as_one(shell: Shell, tmp_path: Path) -> None:
    pairs = [(f.spouses[0], f.spouses[1]) for f in tree().couples.values()]
    answers = asked(shell, tmp_path, pairs)
    assert len(answers) == 565
    for answer in answers:
        related: Any = answer["relations"]
        words = {r["term"].removeprefix("former ") for r in related}
        assert "partner" in words and not words & {"wife", "husband", "spouse"}, answer
        (partner,) = (r for r in related if r["kind"] == "couple")
        assert partner["termZh"] == {"partner": "伴侣"}.get(partner["term"], "前伴侣")
        assert (partner["up"], partner["down"], partner["status"]) == (None, None, "proven")


def test_a_couple_is_drawn_with_its_record(shell: Shell) -> None:
    done = shell.run("relationship", "I167", "I166", "--register", "genealogy")
    assert done.returncode == 0, done.stderr
    assert "partner 伴侣  proven  couple" in done.stdout
    assert "is partner of" in done.stdout and "(couple)" in done.stdout
    assert "genealogy F52, … –" in done.stdout


def test_one_pair_is_drawn(shell: Shell) -> None:
    done = shell.run("relationship", "I3", "@I1@", "--register", "genealogy")
    assert done.returncode == 0, done.stderr
    assert "mother 母亲" in done.stdout and "proven" in done.stdout and "child of" in done.stdout


def test_who_is_unknown_is_told(shell: Shell) -> None:
    done = shell.run("relationship", "I1", "nobody", "--register", "genealogy")
    assert done.returncode == 1 and "PERSON_UNKNOWN" in done.stderr and "'nobody'" in done.stderr
    assert "BAD_ARGUMENT" in shell.run("relationship", "I1").stderr


def test_a_pair_that_is_unknown_keeps_no_other_from_its_answer(
    shell: Shell, tmp_path: Path
) -> None:
    unknown, known = asked(shell, tmp_path, [("I9999", "I1"), ("I3", "I1")])
    assert unknown["relations"] == []
    assert unknown["problem"]["code"] == "PERSON_UNKNOWN"  # type: ignore[index]
    assert known["relations"] and "problem" not in known


def test_another_day_and_what_was_known_then(shell: Shell) -> None:
    """Elizabeth and Philip married in 1947; before the tree was ingested nothing was known."""

    def terms(*options: str) -> list[str]:
        found = shell.json("relationship", "I52", "I57", "--register", "genealogy", *options)
        return [relation["term"] for relation in found["relations"]]

    assert terms()[0] == terms("--as-of", "1948-01-01")[0] == "husband"
    assert "husband" not in terms("--as-of", "1947-01-01")
    assert terms("--as-known", "1990-01-01T00:00:00Z") == []
    for option, wrong in (("--as-of", "1947"), ("--as-known", "then")):
        done = shell.run("relationship", "I52", "I57", option, wrong)
        assert done.returncode == 1
        assert "BAD_ARGUMENT" in done.stderr and f"{option} cannot be '{wrong}'" in done.stderr
