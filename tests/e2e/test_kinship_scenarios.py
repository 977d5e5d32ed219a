"""Cases as a caseworker meets them, asked through the gateway; told in kinship_scenarios/*.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from kinship_cases import Case, Question, cases
from stack import Stack

from ingest.lines import write_facts
from tests.family import HOME

ANSWER = """query ($one: PersonRef!, $other: PersonRef!, $day: Date, $known: DateTime) {{
  answer: {ask}({one}: $one, {other}: $other, asOf: $day, asKnown: $known) {{
    answer reason missing {{ needed heldIn department }}
    relations {{ term termZh status half steps {{
      kinds from {{ name(asOf: $day) }} to {{ name(asOf: $day) }}
      evidence {{ register record }} contradictedBy {{ register record }} }} }} }} }}"""
BY_NAME = """query ($name: String!) {
  people(where: { name: { equals: $name } }) { edges { node { id } } } }"""


@pytest.fixture(scope="module")
def loaded(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Stack:
    """The stack with the facts of all cases beside the family."""
    path: Path = tmp_path_factory.mktemp("kinship") / "cases.jsonl"
    write_facts(path, (fact for case in cases() for fact in case.facts()))
    stack.command("load", str(path))
    return stack


def _questions() -> Iterator[Any]:
    for case in cases():
        for question in case.told.questions:
            marks = (
                [pytest.mark.xfail(strict=True, reason=question.wrong)] if question.wrong else []
            )
            yield pytest.param(case, question, id=_id(case, question), marks=marks)


def _id(case: Case, question: Question) -> str:
    words = [case.name, question.ask, *question.arguments.values()]
    words += [f"on-{question.asOf}"] if question.asOf else []
    words += [f"as-known-{question.asKnown[:10]}"] if question.asKnown else []
    return "-".join(words)


@pytest.mark.parametrize(("case", "question"), list(_questions()))
def test_case(loaded: Stack, case: Case, question: Question) -> None:
    given = _asked(loaded, case, question)
    told = f"{case.told.title['en']}: {question.because}\n{given}"
    assert given["answer"] == question.answer, told
    assert all(words in given["reason"] for words in question.reason), told
    if question.missing is not None:
        missing = [(gap["needed"], gap["heldIn"]) for gap in given["missing"]]
        assert missing == list(question.missing), told
        assert all(question.department in gap["department"] for gap in given["missing"]), told
    relations = given["relations"]
    if question.terms is not None:
        found = [(r["term"], r["termZh"], r["status"]) for r in relations]
        assert sorted(found) == sorted(question.terms), told
    if question.half is not None:
        half = None if question.half == "open" else question.half
        assert relations[0]["half"] is half, told
    _check_steps(question, [step for r in relations for step in r["steps"]], told)
    assert all(relation["steps"] for relation in relations), told


def _check_steps(question: Question, steps: list[Mapping[str, Any]], told: str) -> None:
    """Every step has a record behind it, and those that the case names are among them."""
    assert all(_records([step], "evidence") for step in steps), told
    assert set(question.evidence) <= _records(steps, "evidence"), told
    assert set(question.contradictedBy) <= _records(steps, "contradictedBy"), told
    if question.kinds:
        assert [set(step["kinds"]) for step in steps] == [set(question.kinds)], told
    names = {person["name"] for step in steps for person in (step["from"], step["to"]) if person}
    assert set(question.shows) <= names, told


def _records(steps: list[Mapping[str, Any]], field: str) -> set[str]:
    records = [record for step in steps for record in step[field]]
    assert all(record["register"] and record["record"] for record in records)
    return {f"{record['register']} {record['record']}" for record in records}


def _asked(stack: Stack, case: Case, question: Question) -> Mapping[str, Any]:
    """The answer that a caseworker of the district gets."""
    (one, first), (other, second) = question.arguments.items()
    variables = {
        "one": _ref(stack, case, first),
        "other": _ref(stack, case, second),
        "day": question.asOf,
        "known": question.asKnown,
    }
    query = ANSWER.format(ask=question.ask, one=one, other=other)
    reply = stack.ask("caseworker", query, variables, district=HOME)
    assert reply.codes == []
    return reply.data["answer"]


def _ref(stack: Stack, case: Case, person: str) -> dict[str, str]:
    """By number; who has none is asked about by id."""
    if person in case.numbers:
        return {"citizenNumber": case.numbers[person]}
    return {"id": _identity(stack, case.told.persons[person].name)}


@cache
def _identity(stack: Stack, name: str) -> str:
    """The id of the one person of that name, as a caseworker looks it up."""
    reply = stack.ask("caseworker", BY_NAME, {"name": name}, district=HOME)
    (edge,) = reply.data["people"]["edges"]
    return edge["node"]["id"]
