"""The main job on real input: the Dutch population-register test set, through the gateway."""

from __future__ import annotations

import json

import httpx
import pytest
from stack import Stack

from tests.brp_oracle import Link, Oracle, brp_file

QUESTION = """query ($parent: PersonRef!, $child: PersonRef!) {
  isParentOf(person: $parent, of: $child) {
    answer
    relations { term kind up down steps { register record kind from { citizenNumber } } }
  }
}"""
YES_OR_NO = """query ($parent: PersonRef!, $child: PersonRef!) {
  isParentOf(person: $parent, of: $child) { answer }
}"""


@pytest.fixture(scope="module")
def oracle(stack: Stack) -> Oracle:
    """The file's own account; the file itself is ingested as a user would."""
    file = brp_file()
    stack.command("ingest", "brp", str(file))
    return Oracle(file)


def variables(link: Link) -> dict[str, dict[str, str]]:
    child, parent = link
    return {"parent": {"citizenNumber": parent}, "child": {"citizenNumber": child}}


def is_certain(oracle: Oracle, link: Link) -> bool:
    """Whether no other person has one of the two numbers."""
    return all(oracle.numbers[number] == 1 for number in link)


def test_each_parent_link_is_a_yes_with_its_path(stack: Stack, oracle: Oracle) -> None:
    assert len(oracle.links) == 443
    certain = [link for link in oracle.links if is_certain(oracle, link)]
    assert len(certain) == 431
    wrong: list[tuple[Link, str]] = []
    with httpx.Client() as http:
        for link in certain:
            reply = stack.ask("citizen", QUESTION, variables(link), person=link[0], http=http)
            answer = reply.data["isParentOf"]
            steps = [s for r in answer["relations"] or () if r["up"] == 1 for s in r["steps"]]
            proven = answer["answer"] == "YES" and all(
                s["register"] == "brp" and s["record"] and s["kind"] == "LEGAL" for s in steps
            )
            if not (proven and steps):
                wrong.append((link, json.dumps(reply.body)))
    assert wrong == []


def test_a_number_that_two_persons_have_is_never_taken_for_one(
    stack: Stack, oracle: Oracle
) -> None:
    uncertain = [link for link in oracle.links if not is_certain(oracle, link)]
    assert len(uncertain) == 12
    with httpx.Client() as http:
        replies = [
            stack.ask("citizen", QUESTION, variables(link), person=link[0], http=http)
            for link in uncertain
        ]
    assert [reply.codes for reply in replies] == [["NUMBER_AMBIGUOUS"]] * 12


def test_each_shuffled_pair_is_a_no(stack: Stack, oracle: Oracle) -> None:
    assert len(oracle.non_links) == 443
    certain = [link for link in oracle.non_links if is_certain(oracle, link)]
    assert len(certain) > 400
    with httpx.Client() as http:
        answers = [
            stack.ask("citizen", YES_OR_NO, variables(link), person=link[0], http=http)
            for link in certain
        ]
    found = [answer.data["isParentOf"]["answer"] for answer in answers]
    assert found == ["NO"] * len(certain)
