"""Access requests on a real Valkey: who asks, who decides, and what text becomes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cedarpy import policies_to_json_str
from hypothesis import given
from hypothesis import strategies as st
from redis import Redis

from graph.catalogue import model
from policies.access import OPEN_MAX, Asking, Move, Part, Right, Wanting, refusal_of
from policies.asked_grant import check_asking, grant_text, path_of, unshared
from policies.bundle import Bundle, read_bundle
from policies.life import Statement
from policies.problems import PolicyInvalid
from policies.simulation import difference
from policies.store.access import AccessDesk
from policies.store.administration import Administration
from policies.store.problems import PolicyAltered
from policies.store.requests import add, read_requests
from policies.store.steps import StepRefused, seed
from policies.store.valkey import PolicyStore
from policies.table import load, load_bundle
from policies.versions import Actor
from runtime.errors import CitizengraphError
from tests.golden import check_golden

LI = Actor("P-1001", "li.na", "token", "data-administration")
WANG = Actor("P-2002", "wang.fang", "token", "data-administration")
ZHAO = Actor("P-3003", "zhao", "token", "education-commission")
ZHAO_TOO = Actor(" p-3003", "zhao.admin", "token", "data-administration")
BIRTH_DATE = Part("Person", (Right("birthDate"),), "resource.minor")
ASKING = Asking(
    "school-enrolment",
    "school-enrolment",
    "compulsory-education",
    (BIRTH_DATE,),
    "Age groups are formed by date of birth",
    "Agreement 2026/17",
    date(2099, 12, 31),
)
BUILT_IN = read_bundle(None)


class Office:
    """A store of its own, and the desk of whoever comes."""

    def __init__(self, url: str) -> None:
        self.prefix = f"test:{uuid4().hex}"
        self.store = PolicyStore(url, self.prefix)
        self.redis: Any = Redis.from_url(url)
        self.policies = load(None, model())

    def of(self, who: Actor) -> AccessDesk:
        return AccessDesk(Administration(self.store, model(), who), self.policies)


@pytest.fixture
def office(valkey_server: str) -> Iterator[Office]:
    found = Office(valkey_server)
    seed(found.store, model())
    yield found
    found.store.close()
    found.redis.close()


def refused(rule: str, step: Any, *given: Any) -> None:
    with pytest.raises(StepRefused) as caught:
        step(*given)
    assert rule in caught.value.message


def test_from_asking_to_a_version_that_another_approves(office: Office) -> None:
    request = office.of(ZHAO).ask(ASKING)
    assert (request.number, request.state, request.by) == (1, "open", ZHAO)
    record = office.of(LI).draft(1, None)
    assert (record.state, record.version.request) == ("validated", 1)
    assert record.version.document == "Agreement 2026/17"
    bundle = office.store.bundle(record.version.bundle)
    changes = difference(load_bundle(BUILT_IN, model()), load_bundle(bundle, model()))
    assert [(c.kind, c.cell.mode, c.cell.coordinate) for c in changes] == [
        ("gained", "clear", "Person.birthDate")
    ]
    (now,) = office.of(LI).all()
    assert (now.state, now.versions) == ("drafted", (record.number,))
    approve = Administration(office.store, model(), ZHAO_TOO).approve
    refused("asked for the access", approve, record.number, record.version.hash, "")
    done = Administration(office.store, model(), WANG).approve(
        record.number, record.version.hash, "as agreed"
    )
    assert done.state == "approved"


def test_what_an_edit_makes_of_it_is_still_what_was_asked_for(office: Office) -> None:
    office.of(ZHAO).ask(ASKING)
    record = office.of(LI).draft(1, None)
    texts = dict(office.store.bundle(record.version.bundle).texts)
    fewer = texts[path_of(1)].replace("resource.minor", "resource.minor && !resource.staff")
    who = Administration(office.store, model(), LI)
    edited, _ = who.edit(
        record.number, Bundle({**texts, path_of(1): fewer}), Statement("fewer", "Agreement")
    )
    assert edited.version.request == 1
    approve = Administration(office.store, model(), ZHAO_TOO).approve
    refused("asked for the access", approve, edited.number, edited.version.hash, "")


def test_people_ask_for_their_own_organisation_only(office: Office) -> None:
    other = replace(ASKING, consumer="caseworker")
    nobody = replace(ASKING, consumer="nobody-at-all")
    messages = []
    for asking in (other, nobody):
        with pytest.raises(StepRefused) as caught:
            office.of(ZHAO).ask(asking)
        messages.append(caught.value.message.replace(asking.consumer, "X"))
    assert messages[0] == messages[1]
    refused("own organisation", office.of(replace(ZHAO, organisation="")).ask, ASKING)
    refused("person with a name", office.of(replace(ZHAO, person=" ")).ask, ASKING)
    assert office.of(LI).all() == []


@pytest.mark.parametrize(
    ("asking", "rule"),
    [
        (replace(ASKING, parts=()), "names fields"),
        (replace(ASKING, parts=(Part("Person", ()),)), "names fields"),
        (replace(ASKING, reason="a b c d e f"), "a reason"),
        (replace(ASKING, document=" "), "names the document"),
    ],
)
def test_a_request_says_what_why_and_on_what(office: Office, asking: Asking, rule: str) -> None:
    refused(rule, office.of(ZHAO).ask, asking)


def test_others_requests_are_not_there(office: Office) -> None:
    office.of(ZHAO).ask(ASKING)
    stranger = office.of(Actor("P-9", "x", "token", "district-services"))
    assert stranger.own() == []
    messages = []
    for number in (1, 2):
        with pytest.raises(CitizengraphError) as caught:
            stranger.withdraw(number, "")
        messages.append((caught.value.code, caught.value.message.replace(str(number), "N")))
    assert messages[0] == messages[1]
    assert office.of(ZHAO).withdraw(1, "not needed").state == "withdrawn"


def test_who_asked_does_not_decide(office: Office) -> None:
    office.of(ZHAO).ask(ASKING)
    refused("whoever asked", office.of(ZHAO_TOO).draft, 1, None)
    refused("whoever asked", office.of(ZHAO_TOO).decline, 1, "no")
    colleague = office.of(Actor("P-7", "qian", "token", "education-commission"))
    refused("their own organisation", colleague.draft, 1, None)
    refused("has a reason", office.of(LI).decline, 1, " ")
    assert office.of(LI).decline(1, "Years are enough").state == "declined"
    refused("asked for anew", office.of(LI).draft, 1, None)


def test_an_organisation_cannot_flood_the_desk(office: Office) -> None:
    for number in range(1, OPEN_MAX + 1):
        move = Move("asked", number, ZHAO, datetime.now(UTC), asking=ASKING)
        assert add(office.store, read_requests(office.store), move)
    refused("requests open", office.of(ZHAO).ask, ASKING)
    office.of(LI).decline(1, "enough")
    office.of(ZHAO).ask(ASKING)


def test_a_changed_list_is_noticed(office: Office) -> None:
    office.of(ZHAO).ask(ASKING)
    key = f"{office.prefix}:requests"
    entry = office.redis.lindex(key, 0).decode()
    office.redis.lset(key, 0, entry.replace("Agreement 2026/17", "Agreement 2026/18"))
    with pytest.raises(PolicyAltered):
        office.of(LI).all()


def test_what_is_never_shared_is_not_asked_for() -> None:
    person = model().nodes["Person"]
    fields = {
        **person.fields,
        "religion": person.fields["name"].model_copy(update={"sharing": "none"}),
    }
    catalogue = replace(
        model(), nodes={**model().nodes, "Person": person.model_copy(update={"fields": fields})}
    )
    asking = replace(ASKING, parts=(Part("Person", (Right("religion"), Right("name"))),))
    never = unshared(asking, catalogue)
    assert never == ("Person.religion",)
    broken = refusal_of(
        Wanting("asked", ZHAO, asking.reason, asking, ZHAO.organisation, unshared=never)
    )
    assert broken is not None
    assert broken.words == "Person.religion never are"


def test_the_text_names_document_end_and_mask() -> None:
    rights = (Right("name"), Right("citizenNumber", "masked", "last-four"), Right("sex", "consent"))
    parts = (Part("Query", (Right("person"),)), Part("Person", rights, "resource.minor"))
    text = grant_text(replace(ASKING, parts=parts), 7)
    check_golden(Path(__file__).parent / "golden" / "access-request.cedar", text)


@pytest.mark.parametrize(
    "rows",
    [
        "false) || (true",
        "resource.minor) } when { (true",
        "true } unless { false",
        "true }; permit (principal, action, resource) when { true",
        "true // and nothing else",
        "true\n|| true",
        "resource.minor ||",
        "resource.nothing",
        'principal == Consumer::"caseworker"',
        'context.case == "1"',
    ],
)
def test_a_condition_is_one_expression_that_rows_can_meet(rows: str) -> None:
    asking = replace(ASKING, parts=(replace(BIRTH_DATE, rows=rows),))
    if rows == 'principal == Consumer::"caseworker"':
        check_asking(asking, BUILT_IN, model())  # an expression, and never true here
        return
    with pytest.raises(PolicyInvalid) as caught:
        check_asking(asking, BUILT_IN, model())
    assert all(p.file in ("request", path_of(0)) for p in caught.value.problems)


@pytest.mark.parametrize(
    ("right", "words"),
    [
        (Right("brithDate"), "did you mean 'clear:Person.birthDate'"),
        (Right("birthDate", "see"), "there is no"),
        (Right("name", "masked", "no-such-mask"), "unknown mask"),
        (Right("birthDate", "masked", "last-four"), "last-four"),
    ],
)
def test_a_field_that_is_none_is_named(right: Right, words: str) -> None:
    asking = replace(ASKING, parts=(Part("Person", (right,)),))
    with pytest.raises(PolicyInvalid) as caught:
        check_asking(asking, BUILT_IN, model())
    assert words in caught.value.message


def test_what_another_department_holds_can_be_asked_for() -> None:
    held = Part("EducationCertificate", (Right("level"), Right("number", "masked", "last-four")))
    leads = Part("Person", (Right("educationCertificates"),), "resource.minor")
    check_asking(replace(ASKING, parts=(leads, held)), BUILT_IN, model())
    with pytest.raises(PolicyInvalid):
        asked = replace(held, rows='resource.level == "DOCTOR"')
        check_asking(replace(ASKING, parts=(leads, asked)), BUILT_IN, model())


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["", "resource.minor", "true"]))
def test_whatever_the_words_are_it_is_one_permit_of_what_was_asked(
    reason: str, document: str, rows: str
) -> None:
    part = replace(BIRTH_DATE, rows=rows)
    asking = replace(ASKING, reason=reason, document=document, parts=(part,))
    if not all(map(str.isprintable, (" ".join(reason.split()), document))):
        return  # refused before a text is made of it
    (policy,) = json.loads(policies_to_json_str(grant_text(asking, 1)))["staticPolicies"].values()
    assert policy["effect"] == "permit"
    assert policy["principal"]["entity"] == {"type": "Consumer", "id": "school-enrolment"}
    actions = {entity["id"] for entity in policy["action"]["entities"]}
    assert actions == {"see:Person", "clear:Person.birthDate"}
    assert [clause["kind"] for clause in policy["conditions"]] == ["when"]
    assert policy["annotations"]["basis"] == document


@pytest.mark.parametrize("words", ["a\nb", "a\x00b", "a\u2028b", "a\x7fb"])
def test_what_could_end_a_line_is_refused(words: str) -> None:
    with pytest.raises(PolicyInvalid, match="control characters"):
        check_asking(replace(ASKING, document=words), BUILT_IN, model())
