"""`citizengraph tour` on the whole stack: from what is on file to who looked."""

from __future__ import annotations

import json
from typing import Any

from stack import Stack

from cli.story import story_file
from runtime.files import write_file
from tests.family import AWAY, HOME, NUMBERS

ROLES = {
    "mother": ("mother", HOME, ""),
    "daughter": ("daughter", HOME, ""),
    "child": ("grandchild", HOME, ""),
    "elsewhere": ("stranger", AWAY, ""),
    "caseworker": ("officer", AWAY, "W-81"),
    "colleague": ("stranger", AWAY, "W-82"),
}


def tour(stack: Stack) -> list[dict[str, Any]] | None:
    """Its steps; None while the server still plans its first large statements."""
    done = stack.command("tour", "--json", check=False)
    if done.returncode and "QUERY_TOO_LARGE" in done.stderr + done.stdout:
        return None
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_mother_enrols_her_child_and_is_asked_for_nothing_on_file(stack: Stack) -> None:
    story = {
        role: {"number": NUMBERS[person], "name": person, "district": district, "worker": worker}
        for role, (person, district, worker) in ROLES.items()
    }
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
    assert names == [None, "李娜"]
    assert "ALREADY_ON_FILE" in by_title["Nothing twice"]["text"]
    assert {row[0] for row in by_title["Every department"]["rows"]} == {"public-security", "health"}
    claim = dict(by_title["Proof, not data"]["rows"])
    assert (claim["question"], claim["answer"]) == ("isMotherOf", "YES")
    assert NUMBERS["daughter"] not in json.dumps(by_title["Proof, not data"])
    assert by_title["Decided, and over"]["rows"] == [["after the decision", None]]
    looks = by_title["Who looked"]["rows"]
    assert {"Caseworker", "School enrolment partner"} <= {row[1] for row in looks}
