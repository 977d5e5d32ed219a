"""A policy comes into force while operations run: each of them is answered under one version."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from stack import Reply, Stack

from audit.reader import read
from audit.record import Disclosure
from tests.family import HOME, NUMBERS

GRANT = """
// Birth dates of minors, for a pilot.
@id("school-birth-date")
permit (
  principal == Consumer::"school-enrolment",
  action in [Action::"clear:Person.birthDate"],
  resource
)
when { context.purpose == "school-enrolment" && resource.minor };
"""
SCHOOL = "query($n: String!) { person(citizenNumber: $n) { name birthDate } }"
ACROSS = """
query($n: String!) {
  person(citizenNumber: $n) { name households { edges { node { bookNumber } } } }
}
"""
SWAP_MS_MAX = 5_000


def policy(stack: Stack, *words: str) -> Any:
    """What `citizengraph policy …` says as JSON."""
    done = stack.command("policy", *words, "--json", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def approved(stack: Stack, directory: Path) -> int:
    """A version with one more grant, approved by another."""
    policy(stack, "export", "active", str(directory))
    grants = directory / "grants" / "school-enrolment.cedar"
    grants.write_text(grants.read_text() + GRANT)
    said = ("--reason", "pilot", "--document", "Agreement 17", "--as", "li.na")
    draft = policy(stack, "draft", *said, "--dir", str(directory))
    assert draft["state"] == "validated"
    number = str(draft["number"])
    policy(stack, "approve", number, "--hash", draft["hash"], "--as", "wang.fang")
    return int(number)


@contextmanager
def asking(stack: Stack, replies: dict[str, list[Reply]]) -> Iterator[None]:
    """Two callers that ask one operation after the other until the end."""
    ended = threading.Event()
    asked = {
        "school-enrolment": (SCHOOL, "grandchild", None),
        "caseworker": (ACROSS, "daughter", HOME),
    }

    def ask(consumer: str) -> None:
        query, person, district = asked[consumer]
        with httpx.Client() as http:
            while not ended.is_set():
                number = {"n": NUMBERS[person]}
                reply = stack.ask(consumer, query, number, district=district, http=http)
                replies[consumer].append(reply)

    threads = [threading.Thread(target=ask, args=(consumer,)) for consumer in asked]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def test_operations_under_way_are_answered_under_one_version(stack: Stack, tmp_path: Path) -> None:
    replies: dict[str, list[Reply]] = {"school-enrolment": [], "caseworker": []}
    before = policy(stack, "show")
    old = httpx.get(f"{stack.url}/health").json()["policy"]
    number = approved(stack, tmp_path / "policies")
    with asking(stack, replies):
        time.sleep(0.5)
        activated = policy(stack, "activate", str(number), "--as", "li.na")
        time.sleep(0.5)
        back = policy(stack, "rollback", str(before["number"]), "--reason", "the test is over")
        time.sleep(0.5)
    new = activated["policy"]
    assert (activated["number"], activated["behind"]) == (number, 0)
    assert activated["gateway_ms"] < SWAP_MS_MAX
    assert back["policy"] == old != new

    codes = {code for told in replies.values() for reply in told for code in reply.codes}
    assert codes == {"QUERY_INVALID"}, "a field that is not granted, and nothing else"
    used = {consumer: set[str]() for consumer in replies}
    recorded: dict[str, list[Disclosure]] = {}
    for record in read(stack.settings.redis_url, limit=1_000_000):
        recorded.setdefault(record.operation, []).append(record)
    for consumer, told in replies.items():
        for reply in told:
            records = recorded[reply.operation]
            versions = {record.policy for record in records}
            assert len(versions) == 1, "one version for all of an operation"
            used[consumer] |= versions
            if consumer == "school-enrolment":
                assert bool(reply.body.get("data")) == (versions == {new})
            else:
                assert {record.subgraph for record in records} == {"people", "households"}
                assert reply.data["person"]["households"]["edges"]
    assert used == {consumer: {old, new} for consumer in replies}


def test_recorded_operations_tell_who_would_lose_what(stack: Stack) -> None:
    """The operations of the test before, on the built-in policies and those of the pilot."""
    records = policy(stack, "list")["versions"]
    pilot = next(str(r["number"]) for r in records if r["reason"] == "pilot")
    told = policy(stack, "simulate", pilot, "active", "--replay", "10000")
    assert [(c["kind"], c["coordinate"]) for c in told["changes"]] == [("lost", "Person.birthDate")]
    refused = [r for r in told["replay"]["affected"] if r["outcome"] == "refused"]
    assert {(r["consumer"], *r["because"]) for r in refused} == {
        ("school-enrolment", "Person.birthDate")
    }
    assert sum(r["count"] for r in refused) > 0
    assert {r["consumer"] for r in told["replay"]["affected"]} == {"school-enrolment"}


def test_the_verbs_say_who_can_see_it_and_why_not(stack: Stack) -> None:
    seers = policy(stack, "who-can", "Person.birthDate")
    assert "school-enrolment" not in {seer["consumer"] for seer in seers}
    (cell,) = policy(stack, "explain", "Person.birthDate", "--consumer", "school-enrolment")
    assert cell["outcome"] == "denied"
    assert 'Action::"clear:Person.birthDate"' in cell["missing"]
    reply = stack.ask("school-enrolment", SCHOOL, {"n": NUMBERS["grandchild"]})
    (cell,) = policy(stack, "explain", "--operation", reply.operation)
    assert cell["coordinate"] == "Person.birthDate"


def test_own_drafts_and_other_hashes_are_refused(stack: Stack, tmp_path: Path) -> None:
    number = approved(stack, tmp_path / "policies")
    shown = policy(stack, "show", str(number))
    edited = ("--reason", "other", "--document", "Agreement 18", "--as", "li.na")
    policy(stack, "edit", str(number), *edited)
    for words, rule in (
        (("activate", str(number)), "Exactly what was approved is activated."),
        (("approve", str(number), "--hash", shown["hash"], "--as", "wang"), "names the hash"),
        (("approve", str(number), "--hash", shown["hash"], "--as", " Li.Na "), "Another person"),
    ):
        done = stack.command("policy", *words, check=False)
        assert done.returncode == 1
        assert "POLICY_STEP_REFUSED" in done.stderr
        assert rule in " ".join(done.stderr.split())
    assert policy(stack, "list")["versions"][0]["state"] == "validated"
