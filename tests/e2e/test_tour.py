"""`citizengraph tour` on the whole stack: from what is on file to who looked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from stack import Stack

from cli.story import story_file
from graph.facts import EdgeFact, Fact, NodeFact
from graph.store import Store
from ingest.city.identifiers import citizen_number
from ingest.load import load
from runtime.files import write_file
from tests.family import AWAY, HOME, NUMBERS, YEAR, source

MOTHER = citizen_number(HOME, "1990-01-01", 95, male=False)
CHILD = citizen_number(HOME, f"{YEAR - 7}-01-01", 96, male=False)
ROLES = {
    "applicant": (MOTHER, HOME, ""),
    "pupil": (CHILD, HOME, ""),
    "elsewhere": (NUMBERS["stranger"], AWAY, ""),
    "caseworker": (NUMBERS["officer"], AWAY, "W-81"),
    "colleague": (NUMBERS["stranger"], AWAY, "W-82"),
}


def family() -> Iterator[Fact]:
    """A mother and her child, of whom no other test knows."""
    for number, name, born in (
        (MOTHER, "钱芳", "1990-01-01"),
        (CHILD, "钱一", f"{YEAR - 7}-01-01"),
    ):
        said = {"citizenNumber": number, "numberScheme": "GB11643", "name": name, "sex": "FEMALE"}
        where = source(f"P-{number}", born)
        stated = {**said, "birthDate": born, "district": HOME}
        yield NodeFact("Person", f"GB11643:{number}", where, stated)
    ends = "Person", f"GB11643:{MOTHER}", "Person", f"GB11643:{CHILD}"
    yield EdgeFact("Parenthood", "BIRTH", *ends, source("B-96"), {})


async def loaded(stack: Stack) -> None:
    home = stack.settings
    async with Store.connect(home.neo4j_uri, home.neo4j_user, home.neo4j_password) as store:
        await load(store, list(family()), today=date.today().isoformat())


def tour(stack: Stack) -> list[dict[str, Any]] | None:
    """Its steps; None while the server still plans its first large statements."""
    done = stack.command("tour", "--json", check=False)
    if done.returncode and "QUERY_TOO_LARGE" in done.stderr + done.stdout:
        return None
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_mother_enrols_her_child_and_is_asked_for_nothing_on_file(stack: Stack) -> None:
    story = {
        role: {"number": number, "name": role, "district": district, "worker": worker}
        for role, (number, district, worker) in ROLES.items()
    }
    asyncio.run(loaded(stack))
    kept = story_file(stack.settings)
    write_file(kept, json.dumps(story))
    try:
        steps = stack.wait_until(lambda: tour(stack))
    finally:
        kept.unlink()
    titles = [step["title"] for step in steps]
    assert titles == [
        "What is on file",
        "One application",
        "One window",
        "Nothing twice",
        "Every department",
        "Proof, not data",
        "Decided, and over",
        "Who looked",
    ]
    by_title = {step["title"]: step for step in steps}
    on_file = {row[0].split(" · ")[0]: row for row in by_title["What is on file"]["rows"]}
    parent = on_file["The applicant is a parent of the child"]
    assert (parent[1], parent[3]) == ("SATISFIED", "Medical certificate of birth")
    names = [row[1] for row in by_title["One window"]["rows"]]
    assert names == [None, "钱芳"]
    assert "ALREADY_ON_FILE" in by_title["Nothing twice"]["text"]
    assert {row[0] for row in by_title["Every department"]["rows"]} == {"public-security", "health"}
    claim = dict(by_title["Proof, not data"]["rows"])
    assert (claim["question"], claim["answer"]) == ("isMotherOf", "YES")
    assert MOTHER not in json.dumps(by_title["Proof, not data"])
    assert by_title["Decided, and over"]["rows"] == [["after the decision", None]]
    looks = by_title["Who looked"]["rows"]
    assert {"Caseworker", "School enrolment partner"} <= {row[1] for row in looks}
