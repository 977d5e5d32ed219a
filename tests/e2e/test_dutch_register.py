"""The main job on real input: the Dutch population-register test set, through the gateway."""

from __future__ import annotations

import json

import httpx
import pytest
from stack import Stack

from tests.brp_oracle import Link, Oracle

QUESTION = """query ($parent: PersonRef!, $child: PersonRef!) {
  isParentOf(person: $parent, of: $child) {
    answer
    relations { term kind up down steps { register record kind from { citizenNumber } } }
  }
}"""
YES_OR_NO = """query ($parent: PersonRef!, $child: PersonRef!) {
  isParentOf(person: $parent, of: $child) { answer }
}"""


BOTH_WAYS = """query ($parent: PersonRef!, $child: PersonRef!) {
  isChildOf(person: $child, of: $parent) { answer }
  relationship(a: $child, b: $parent) { relations { term up status } }
}"""
GRANDPARENT = """query ($parent: PersonRef!, $child: PersonRef!) {
  isGrandparentOf(person: $parent, of: $child) { answer relations { up down status } }
  isGrandchildOf(person: $child, of: $parent) { answer }
}"""
PARTNER = """query ($parent: PersonRef!, $child: PersonRef!) {
  relationship(a: $child, b: $parent) {
    relations { term up kind steps { evidence { register record } } } }
}"""
PARTNERS = {"husband", "wife", "spouse", "registered partner"}


@pytest.fixture(scope="module")
def oracle(dutch_register: Oracle) -> Oracle:
    return dutch_register


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


def test_each_child_link_is_a_yes_and_each_parent_link_is_found_from_the_child(
    stack: Stack, oracle: Oracle
) -> None:
    wrong: list[tuple[Link, str]] = []
    with httpx.Client() as http:
        for link in oracle.links:
            if not is_certain(oracle, link):
                continue
            data = stack.ask("citizen", BOTH_WAYS, variables(link), person=link[0], http=http).data
            found = [(r["up"], r["status"]) for r in data["relationship"]["relations"]]
            if data["isChildOf"]["answer"] != "YES" or (1, "PROVEN") not in found:
                wrong.append((link, json.dumps(data)))
    assert wrong == []


def test_each_grandparent_is_found_through_the_parent(stack: Stack, oracle: Oracle) -> None:
    above = [
        (child, elder)
        for child, parent in oracle.links
        for other, elder in oracle.parent_links
        if parent == other and oracle.numbers[parent] == 1
    ]
    certain = [
        (child, elder)
        for child, elder in dict.fromkeys(above)
        if oracle.numbers[child] == 1 and oracle.numbers[elder] < 2
    ]
    assert len(certain) > 50
    wrong: list[tuple[Link, str]] = []
    with httpx.Client() as http:
        for link in certain:
            data = stack.ask(
                "citizen", GRANDPARENT, variables(link), person=link[0], http=http
            ).data
            up = {(r["up"], r["down"]) for r in data["isGrandparentOf"]["relations"]}
            answers = {data[name]["answer"] for name in ("isGrandparentOf", "isGrandchildOf")}
            if answers != {"YES"} or (2, 0) not in up:
                wrong.append((link, json.dumps(data)))
    assert wrong == []


def test_each_partner_is_found_with_the_record(stack: Stack, oracle: Oracle) -> None:
    stated = [(rows[0]["01.01.20"], rows[0]["05.01.20"]) for rows in oracle.rows]
    certain = [link for link in stated if all(link) and oracle.numbers[link[0]] == 1]
    certain = [link for link in certain if oracle.numbers[link[1]] < 2 and link[0] != link[1]]
    assert len(certain) > 150
    wrong: list[tuple[Link, str]] = []
    with httpx.Client() as http:
        for link in certain:
            data = stack.ask("citizen", PARTNER, variables(link), person=link[0], http=http).data
            found = [
                relation["steps"][0]["evidence"]
                for relation in data["relationship"]["relations"]
                if relation["term"].removeprefix("former ") in PARTNERS
            ]
            if not found or not all(e["register"] == "brp" for each in found for e in each):
                wrong.append((link, json.dumps(data)))
    assert wrong == []
