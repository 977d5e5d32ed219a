"""Who has custody, of the 21 persons of the Dutch test set of whom it states a code of table 61.

Each line was worked out by hand from the file: the code, the parents in categories 02 and 03, and
whether the person was a minor on the day after the statement began; of 999992089 on the day on
which the parent came of age.
"""

from __future__ import annotations

from typing import Any

import pytest
from stack import Stack

from tests.brp_oracle import Oracle

CUSTODY = """query ($of: PersonRef!, $day: Date) {
  custody(of: $of, asOf: $day) {
    kind reason reasonZh missing holders { role person { id } } evidence { states register record }
} }"""
BY_NUMBER = "query ($number: String!) { person(citizenNumber: $number) { id district } }"
MOTHER, FATHER = "999990937", "999993562"
HAND_CHECKED = {
    "999992144": ("2002-12-21", "12", "TWO_PARENTS", [MOTHER, FATHER]),
    "999992697": ("1998-01-27", "12", "TWO_PARENTS", [MOTHER, FATHER]),
    "999993860": ("2000-12-21", "12", "TWO_PARENTS", [MOTHER, FATHER]),
    "999994670": ("2002-12-21", "12", "TWO_PARENTS", [MOTHER, FATHER]),
    "999994487": ("2007-02-26", "12", "TWO_PARENTS", ["999992879", "999993355"]),
    "999992922": ("1994-05-18", "12", "TWO_PARENTS", ["999992776", "999993513"]),
    "999990408": ("2010-01-02", "2", "ONE_PARENT", ["999990792"]),
    "999992089": ("2012-01-01", "1", "ONE_PARENT", ["999997610"]),
    "999991577": ("2005-01-24", "2D", "JOINT", [FATHER, None]),
    "999991383": ("2008-01-27", "1D", "JOINT", [FATHER, None]),
    "999999412": ("2021-03-02", "3D", "JOINT", ["999999357", "999999345", None]),
    "999991711": ("2002-12-21", "D", "GUARDIAN", [None]),
    "999993768": ("2002-12-27", "D", "GUARDIAN", [None]),
    "999993975": ("2002-12-21", "D", "GUARDIAN", [None]),
    "999993537": ("2002-12-27", "D", "GUARDIAN", [None]),
    "999990640": ("2001-02-16", "D", "GUARDIAN", [None]),
    # Lived in another country before: a decision from there may apply.
    "999995170": ("1991-06-08", "D", "NOT_DETERMINABLE", []),
    # Of age before the statement began, or on any day that it may have.
    "999992132": ("2006-02-11", "1", "OF_AGE", []),
    "999991449": ("2010-01-01", "2", "OF_AGE", []),
    "999990524": ("2010-01-01", "2", "OF_AGE", []),
}
NO_NUMBER = ("2010-01-01", "2", "OF_AGE")


@pytest.fixture(scope="module")
def oracle(dutch_register: Oracle) -> Oracle:
    return dutch_register


def looked_up(stack: Stack, number: str) -> dict[str, Any]:
    return stack.ask("caseworker", BY_NUMBER, {"number": number}, district="NL-0599").data["person"]


def asked(stack: Stack, of: dict[str, str], day: str | None, district: str) -> dict[str, Any]:
    """As a caseworker of that district."""
    reply = stack.ask("caseworker", CUSTODY, {"of": of, "day": day}, district=district)
    return reply.data["custody"]


def district_of(oracle: Oracle, number: str) -> str:
    rows = next(rows for rows in oracle.rows if rows[0]["01.01.20"] == number)
    return f"NL-{rows[0]['08.09.10']}"


def test_the_table_has_every_record_with_a_code(oracle: Oracle) -> None:
    known = {"1", "12", "1D", "2", "2D", "D", "3D"}
    stated = [
        (rows[0]["01.01.20"], row["11.32.10"])
        for rows in oracle.rows
        for row in rows
        if row["11.32.10"] in known
    ]
    table = [(number, code) for number, (_, code, *_) in HAND_CHECKED.items()]
    assert sorted(stated) == sorted([*table, ("", NO_NUMBER[1])])
    assert len(stated) == 21


@pytest.mark.parametrize("number", HAND_CHECKED)
def test_custody(stack: Stack, oracle: Oracle, number: str) -> None:
    day, _, kind, holders = HAND_CHECKED[number]
    answer = asked(stack, {"citizenNumber": number}, day, district_of(oracle, number))
    assert answer["kind"] == kind
    wanted = [
        ("THIRD_PARTY", None) if who is None else ("PARENT", looked_up(stack, who)["id"])
        for who in holders
    ]
    found = [(h["role"], (h["person"] or {}).get("id")) for h in answer["holders"]]
    assert sorted(found, key=str) == sorted(wanted, key=str)
    assert answer["reason"] and answer["reasonZh"]
    if kind in ("TWO_PARENTS", "ONE_PARENT", "JOINT", "GUARDIAN"):
        assert answer["evidence"][0]["states"] == "Person.custody"
        assert {record["register"] for record in answer["evidence"]} == {"brp"}
        named = [record for record in answer["evidence"] if record["states"] == "Parenthood"]
        assert len(named) == len([who for who in holders if who])
    assert (answer["missing"] == "who the third party is") == (None in holders)


def test_who_has_no_number_is_asked_about_by_id(stack: Stack, oracle: Oracle) -> None:
    """The record without a number is a child of the two with the same name and birth date."""
    query = """query ($d: String!) { people(where: { district: { equals: $d },
      birthDate: { equals: "1964-02-09" } }) { edges { node { id citizenNumber custody } } } }"""
    found = stack.ask("caseworker", query, {"d": "NL-0599"}, district="NL-0599").data["people"]
    (person,) = (
        edge["node"]
        for edge in found["edges"]
        if edge["node"]["custody"] and not edge["node"]["citizenNumber"]
    )
    day, _, kind = NO_NUMBER
    assert asked(stack, {"id": person["id"]}, day, "NL-0599")["kind"] == kind


@pytest.mark.parametrize(
    "number", ["999999369", "999999370", "999999382", "999999394", "999999400"]
)
def test_a_statement_whose_code_was_set_aside_is_not_passed_over(
    stack: Stack, oracle: Oracle, number: str
) -> None:
    """The parents are married, but somebody decided something that the table cannot say."""
    answer = asked(stack, {"citizenNumber": number}, None, district_of(oracle, number))
    assert answer["kind"] == "NOT_DETERMINABLE"
    assert answer["missing"] == "a custody statement with a known code"
    assert [record["states"] for record in answer["evidence"]] == ["Person.custody"]


def test_before_a_statement_began_the_law_says(stack: Stack, oracle: Oracle) -> None:
    """Code D began six days after the birth; the parents married each other in 2003."""
    answer = asked(stack, {"citizenNumber": "999993537"}, "2002-12-22", "NL-0530")
    mother = {"role": "PARENT", "person": {"id": looked_up(stack, MOTHER)["id"]}}
    assert (answer["kind"], answer["holders"]) == ("ONE_PARENT", [mother])
    assert "art. 253b)" in answer["reason"]
    assert {record["states"] for record in answer["evidence"]} == {"Parenthood"}


def test_a_parent_who_is_a_minor_has_no_custody(stack: Stack, oracle: Oracle) -> None:
    """The parent named by code 1 was born on 1994-01-01 and is of age on 2012-01-01."""
    answer = asked(stack, {"citizenNumber": "999992089"}, "2011-12-31", "NL-0599")
    assert (answer["kind"], answer["holders"]) == ("TEMPORARILY_NONE", [])
    assert "A parent is a minor." in answer["reason"]


def test_another_district_gets_nothing(stack: Stack, oracle: Oracle) -> None:
    variables = {"of": {"citizenNumber": "999992144"}, "day": "2010-01-01"}
    reply = stack.ask("caseworker", CUSTODY, variables, district="NL-0518")
    assert set(reply.data["custody"].values()) == {None}
    assert set(reply.codes) == {"FIELD_DENIED"}
