"""services.yaml: what is built in, what is refused by file, path and reason, and its versions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.catalogue import model
from graph.evidence import VOCABULARY, Age, Licence
from policies.bundle import SERVICES_FILE, Bundle, read_bundle
from policies.problems import PolicyInvalid
from policies.services import NO_SERVICES, Services, read_services
from policies.table import load_bundle
from policies.validation import findings

BUILT_IN = read_bundle(None)
SERVICES = read_services(BUILT_IN, model())


def changed(old: str, new: str) -> Bundle:
    """The built-in bundle with other services: the first place that reads so, changed."""
    text = BUILT_IN.texts[SERVICES_FILE]
    assert old in text
    return replace(BUILT_IN, texts={**BUILT_IN.texts, SERVICES_FILE: text.replace(old, new, 1)})


def refused(bundle: Bundle) -> str:
    with pytest.raises(PolicyInvalid) as caught:
        read_services(bundle, model())
    assert caught.value.code == "POLICY_INVALID"
    return caught.value.message


def test_ten_services_are_built_in() -> None:
    assert list(SERVICES.services) == [
        "school-enrolment",
        "birth-registration",
        "marriage",
        "passport-minor",
        "household-split",
        "old-age-allowance",
        "shop-licence",
        "vehicle-transfer",
        "housing-fund-withdrawal",
        "inheritance-notary",
    ]
    used = {r.fact.name for s in SERVICES.services.values() for r in s.requirements}
    assert used <= set(VOCABULARY)
    assert all(s.papers and s.parts and s.id == name for name, s in SERVICES.services.items())


def test_a_service_as_it_is_declared() -> None:
    service = SERVICES["school-enrolment"]
    assert (service.other, service.deadline_days, service.department) == ("child", 20, "education")
    age = service.requirement("school-age")
    assert age.fact == Age.model_validate(
        {"name": "age", "of": "child", "at-least": 6, "under": 12}
    )
    assert age.eligibility
    card = service.requirement("identity").fact
    assert isinstance(card, Licence)
    assert (card.of, card.kinds, card.valid) == ("applicant", ("RESIDENT_IDENTITY_CARD",), True)
    assert [paper for paper, _ in service.papers] == [
        "birth-certificate",
        "residence-proof",
        "household-book",
        "identity-card",
    ]


def test_a_paper_of_two_parties_is_two_documents() -> None:
    assert SERVICES["marriage"].papers == (
        ("single-statement", "applicant"),
        ("identity-card", "applicant"),
        ("single-statement", "partner"),
        ("identity-card", "partner"),
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("fact: household-book,", "fact: houshold-book,", "'houshold-book' found using 'name'"),
        ("fact: alive, ", "fact: [alive], ", "its name and its arguments"),
        ("at-least: 6, under: 12", "at-least: 12, under: 6", "nobody is at-least so old"),
        ("{at-least: 6, under: 12, of: child}", "{of: child}", "say at-least or under"),
        ("{at-least: 18}", "{at-least: many}", "valid integer"),
        ("{at-least: 18}", "{more-than: 18}", "Extra inputs are not permitted"),
        ("kinds: [DRIVING_LICENCE]", "kinds: [DRIVING_LICENSE]", "did you mean 'DRIVING_LICENCE'?"),
        ("district: of-office", "district: everywhere", "String should match pattern"),
        ("with: child", "with: children", "services.school-enrolment.with"),
        ("with: child", "with: deceased", "it is of 'child', and the service is with deceased"),
        ("    with: child\n", "", "it is of 'child', and the service has no with"),
        ("fact: {parent-of: {of: child}}", "fact: {parent-of: {of: applicant}}", "cannot be said"),
        ("fact: {parent-of: {of: child}}", "fact: parent-of", "Field required"),
        ("fact: represents", "fact: {alive: {of: entity}}", "alive cannot be said of 'entity'"),
        (
            "replaces: residence-proof",
            "replaces: residence-prof",
            "did you mean 'residence-proof'?",
        ),
        ("department: education", "department: eduction", "did you mean 'education'?"),
        ("fact: on-paper, replaces: vehicle-certificate", "fact: on-paper", "no paper"),
        ("{id: child-alive,", "{id: school-age,", "'school-age' stands there 2 times"),
        ("deadlineDays: 20", "deadlineDays: 0", "services.school-enrolment.deadlineDays"),
        ("departments:", "- departments:", "not YAML"),
    ],
)
def test_what_is_refused(old: str, new: str, words: str) -> None:
    message = refused(changed(old, new))
    assert "services.yaml: " in message
    assert words in message


def test_a_version_without_the_file_has_no_services() -> None:
    texts = {path: text for path, text in BUILT_IN.texts.items() if path != SERVICES_FILE}
    policies = load_bundle(Bundle(texts), model())
    assert policies.services is NO_SERVICES
    assert Services({}, {}, {}) == policies.services


def test_an_edit_makes_another_version_with_the_same_access() -> None:
    edited = changed("deadlineDays: 20", "deadlineDays: 10").checked()
    before, after = load_bundle(BUILT_IN, model()), load_bundle(edited, model())
    assert after.version != before.version
    assert edited.hash != BUILT_IN.hash
    assert after.services["school-enrolment"].deadline_days == 10
    assert after.tables == before.tables


def test_what_no_service_names_is_a_finding() -> None:
    found = findings(load_bundle(changed("replaces: will}", "replaces: kinship-proof}"), model()))
    unused = [(f.level, f.where) for f in found if f.code == "UNUSED"]
    assert unused == [("warning", "services.yaml: papers.will")]


def test_every_fact_is_in_the_docs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "services.md").read_text(encoding="utf-8")
    assert [fact for fact in VOCABULARY if f"| `{fact}" not in page] == []
