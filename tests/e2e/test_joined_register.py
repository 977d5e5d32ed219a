"""Education certificates through the gateway: the department's part of an answer, or none."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from stack import Reply, Stack

from audit.reader import read
from ingest.city.certificates import write_certificates
from runtime.joined import Joined, joined_file, read_joined, write_joined
from runtime.register import register_file
from tests.family import NUMBERS
from tests.subgraphs.departments import certificate, honest, liar

QUERY = """query Studied($n: String!) { person(citizenNumber: $n) {
  name educationCertificates { level school number graduatedOn } } }"""


def own(stack: Stack) -> Reply:
    """A citizen about themselves."""
    number = NUMBERS["daughter"]
    return stack.ask("citizen", QUERY, {"n": number}, person=number)


@pytest.fixture(scope="module")
def register(stack: Stack) -> None:
    """The department's own delivery to its own file."""
    write_certificates(register_file(stack.home), ((n, None) for n in NUMBERS.values()))


@pytest.fixture
def joined_again(stack: Stack) -> Iterator[None]:
    """What a test joins instead does not stay."""
    before = read_joined(stack.home, "education")
    assert before is not None and before.own
    yield
    write_joined(stack.home, "education", before)


def test_the_register_is_a_part_of_the_stack(stack: Stack, register: None) -> None:
    assert stack.parts()["education"]["state"] == "ready"
    reply = own(stack)
    assert reply.codes == []
    person = reply.data["person"]
    assert person["name"] == "李娜"
    assert person["educationCertificates"][0]["level"] == "JUNIOR_SECONDARY"
    settings = stack.settings
    records = read(settings.redis_url, operation=reply.operation)
    assert [record.subgraph for record in records] == ["education", "people"]


def test_it_is_nonsense_to_a_consumer_without_a_grant(stack: Stack, register: None) -> None:
    reply = stack.ask("school-enrolment", QUERY, {"n": NUMBERS["grandchild"]})
    assert reply.codes[0] == "QUERY_INVALID" and "data" not in reply.body
    nonsense = stack.ask(
        "school-enrolment",
        QUERY.replace("educationCertificates", "educationCertificatez"),
        {"n": NUMBERS["grandchild"]},
    )
    first, second = (json.dumps(r.body).split('"operation"')[0] for r in (reply, nonsense))
    assert first.replace("educationCertificates", "educationCertificatez") == second
    types = stack.ask("school-enrolment", "{ __schema { types { name } } }").data
    assert "EducationCertificate" not in {t["name"] for t in types["__schema"]["types"]}


def test_when_it_is_down_the_rest_answers(stack: Stack, register: None, joined_again: None) -> None:
    write_joined(stack.home, "education", Joined("http://127.0.0.1:9/graphql"))
    reply = own(stack)
    assert reply.data == {"person": {"name": "李娜", "educationCertificates": None}}
    (error,) = reply.body["errors"]
    assert error["path"] == ["person", "educationCertificates"]
    assert error["extensions"]["code"] == "REGISTER_UNAVAILABLE"
    assert error["message"].startswith("The register of the Education Commission")
    records = {r.subgraph: r for r in read(stack.settings.redis_url, operation=reply.operation)}
    assert records["education"].outcome == "failed"
    assert records["people"].outcome == "disclosed"


def test_it_is_asked_again_as_soon_as_it_is_back(stack: Stack, register: None) -> None:
    stack.kill("education")
    reply = stack.wait_until(lambda: (r := own(stack)).codes == [] and r, seconds=30)
    assert reply and reply.data["person"]["educationCertificates"]


def test_a_slow_one_takes_three_seconds_of_the_answer_and_no_more(
    stack: Stack, register: None, joined_again: None
) -> None:
    with liar(stack.home) as department:
        department.seconds = 8.0
        reply = own(stack)
    assert reply.data["person"] == {"name": "李娜", "educationCertificates": None}
    assert reply.codes == ["REGISTER_UNAVAILABLE"]


def test_what_a_lying_one_says_does_not_come_through(
    stack: Stack, register: None, joined_again: None
) -> None:
    with liar(stack.home) as department:
        department.say = lambda body: {
            "data": {
                name: [
                    {**entity, "educationCertificates": [certificate(level="<script>")]}
                    for entity in entities
                ]
                for name, entities in body["variables"].items()
            }
        }
        reply = own(stack)
        assert reply.codes == ["REGISTER_INVALID"] and "script" not in json.dumps(reply.body)
        department.say = honest
        honest_now = own(stack)
    assert honest_now.codes == []


def test_check_names_who_would_lose_what(stack: Stack, register: None) -> None:
    own(stack)
    joined = json.loads(joined_file(stack.home, "education").read_text())
    fits = stack.command("subgraph", "check", joined["url"], "--json", check=False)
    assert fits.returncode == 0, fits.stdout + fits.stderr
    assert json.loads(fits.stdout)["operations"] > 0
    directory = stack.home / "changed"
    stack.command("subgraph", "new", "education", "--dir", str(directory))
    schema = directory / "schema.graphql"
    schema.write_text(schema.read_text().replace("  school:", "  college:"))
    broken = stack.command("subgraph", "check", str(directory), "--json", check=False)
    assert broken.returncode == 1
    finding, added = json.loads(broken.stdout)["findings"]
    assert (added["kind"], added["coordinate"]) == ("safe", "EducationCertificate.college")
    assert (finding["kind"], finding["coordinate"]) == ("breaks", "EducationCertificate.school")
    used = {(use["consumer"], use["operation"]): use["count"] for use in finding["used"]}
    assert used["citizen", "Studied"] >= 1
