"""Every published example of BODS 0.4 read; parties, interests, and statements that replace."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from graph.catalogue import model
from graph.facts import EdgeFact, Fact, NodeFact
from ingest.bods.interests import _KINDS
from ingest.check import FactChecker
from ingest.formats.bods import open_reader
from ingest.records import Options, Reading
from ingest.source import examine
from tests.brp_oracle import shared_data
from tests.shared_files import shared_file

REGISTER = "beneficial-ownership"


def example_files() -> list[Path]:
    found = sorted((shared_data() / "bods").glob("*.json"))
    return found or [Path("absent")]


def example(name: str) -> Path:
    return shared_file(f"bods/{name}.json")


def readings(path: Path) -> list[Reading]:
    reader = open_reader(examine(path), REGISTER, Options())
    found = [reader.read(unit) for unit in reader.units()]
    assert len(found) == reader.total
    return found


def written(directory: Path, *statements: dict[str, Any]) -> Path:
    path = directory / "statements.json"
    path.write_text(json.dumps(statements))
    return path


def facts(reading: Reading) -> list[Fact]:
    assert not reading.refused
    return [fact for version in reading.versions for fact in version.facts]


def links(reading: Reading) -> list[EdgeFact]:
    return [fact for fact in facts(reading) if isinstance(fact, EdgeFact)]


def node(reading: Reading) -> NodeFact:
    (fact,) = facts(reading)
    assert isinstance(fact, NodeFact)
    return fact


def statement(record: str, kind: str, details: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "statementId": f"s-{record}",
        "recordId": record,
        "recordType": kind,
        "recordStatus": "new",
        "statementDate": "2020-01-02",
        "recordDetails": details,
        **more,
    }


def company(record: str = "E", **details: Any) -> dict[str, Any]:
    return statement(
        record, "entity", {"entityType": {"type": "registeredEntity"}, "name": record, **details}
    )


def person(record: str = "P", **details: Any) -> dict[str, Any]:
    return statement(record, "person", {"personType": "knownPerson", **details})


def relation(*interests: dict[str, Any], holder: Any = "P", **more: Any) -> dict[str, Any]:
    details = {"subject": "E", "interestedParty": holder, "interests": list(interests)}
    return statement("R", "relationship", details, **more)


SHARES = {"type": "shareholding", "directOrIndirect": "direct", "startDate": "2015"}


@pytest.mark.parametrize("path", example_files(), ids=lambda p: p.stem)
def test_every_example_is_read_whole(path: Path) -> None:
    statements = json.loads(example(path.stem).read_bytes())
    found = readings(path)
    checker = FactChecker(model())
    assert [reading.record for reading in found] == [s["recordId"] for s in statements]
    for reading, told in zip(found, statements, strict=True):
        assert not reading.refused and not reading.set_aside
        (version,) = reading.versions
        assert version.recorded is not None
        assert version.recorded[:10] == told["statementDate"][:10]
        assert version.facts
        assert all(checker.misfit(fact) is None for fact in version.facts)
        assert all(fact.source.record == told["recordId"] for fact in version.facts)


@pytest.mark.parametrize("path", example_files(), ids=lambda p: p.stem)
def test_every_interest_and_beneficial_owner_is_a_link(path: Path) -> None:
    statements = json.loads(example(path.stem).read_bytes())
    kinds = {s["recordId"]: s["recordType"] for s in statements}
    for reading, told in zip(readings(path), statements, strict=True):
        details = told["recordDetails"]
        if told["recordType"] != "relationship" or isinstance(details["interestedParty"], dict):
            assert not [f for f in facts(reading) if isinstance(f, EdgeFact)]
            continue
        current = details.get("interests") or [{}]
        ended = open_past(path, told)
        counted = Counter(link.relationship for link in links(reading))
        expected = len(current) + ended
        assert counted["Shareholding"] + counted["ControlInterest"] == expected
        owner = any(i.get("beneficialOwnershipOrControl") for i in current)
        if owner and kinds[details["interestedParty"]] == "person":
            assert counted["BeneficialOwnership"] >= 1


def open_past(path: Path, told: dict[str, Any]) -> int:
    reader = open_reader(examine(path), REGISTER, Options())
    raws = [u.raw for u in reader.units() if u.raw["statement"] == told]
    return len(raws[0]["past"])


def test_a_person(tmp_path: Path) -> None:
    details = {
        "names": [
            {"type": "former", "fullName": "Ann Old"},
            {"type": "alternative", "fullName": "Annie"},
            {"type": "legal", "fullName": "Ann New"},
        ],
        "birthDate": "1965-11",
        "deathDate": "2019-02-30",
        "placeOfBirth": {"address": "Wien", "country": {"name": "Austria"}},
        "nationalities": [{"name": "Austria", "code": "AT"}, {"code": "IE"}],
        "identifiers": [
            {"scheme": "AUT-PASSPORT", "id": "P1"},
            {"scheme": "CHN-IDCARD", "id": "11010519491231002X"},
        ],
    }
    (reading,) = readings(written(tmp_path, person(**details)))
    assert node(reading).key == "GB11643:11010519491231002X"
    assert dict(node(reading).fields) == {
        "citizenNumber": "11010519491231002X",
        "numberScheme": "GB11643",
        "name": "Ann New",
        "formerName": "Ann Old",
        "birthDate": "1965-11",
        "birthPlace": "Wien, Austria",
        "nationality": "Austria; IE",
    }
    (problem,) = reading.set_aside
    assert (problem.field, problem.code) == ("recordDetails/deathDate", "DATE_INVALID")


@pytest.mark.parametrize("kind", ["anonymousPerson", "unknownPerson"])
def test_a_person_who_is_not_named_is_a_person_without_fields(tmp_path: Path, kind: str) -> None:
    said = {"reason": "noBeneficialOwners", "description": "nobody"}
    told = statement("P", "person", {"personType": kind, "unspecifiedPersonDetails": said})
    (reading,) = readings(written(tmp_path, told))
    assert node(reading).key == f"{REGISTER}:P"
    assert dict(node(reading).fields) == {}
    (remark,) = reading.remarks
    assert (remark.kind, remark.words) == ("OWNER_ANONYMOUS", f"{kind}: noBeneficialOwners: nobody")


def test_an_unspecified_owner_is_no_link(tmp_path: Path) -> None:
    told = relation(holder={"reason": "unknown", "description": "nobody knows"})
    _, reading = readings(written(tmp_path, company(), told))
    assert node(reading).key == f"{REGISTER}:E"
    assert [(r.kind, r.words) for r in reading.remarks] == [
        ("OWNER_UNSPECIFIED", "unknown: nobody knows")
    ]


@pytest.mark.parametrize(
    ("declared", "kind"),
    [
        ({"type": "registeredEntity"}, "REGISTERED"),
        ({"type": "legalEntity"}, "UNREGISTERED"),
        ({"type": "arrangement"}, "ARRANGEMENT"),
        ({"type": "arrangement", "subtype": "trust"}, "TRUST"),
        ({"type": "arrangement", "subtype": "nomination"}, "NOMINATION"),
        ({"type": "state"}, "STATE"),
        ({"type": "stateBody"}, "STATE_BODY"),
        ({"type": "stateBody", "subtype": "governmentDepartment"}, "GOVERNMENT"),
        ({"type": "anonymousEntity"}, "ANONYMOUS"),
        ({"type": "unknownEntity"}, "UNKNOWN"),
    ],
)
def test_kinds_of_entities(tmp_path: Path, declared: dict[str, str], kind: str) -> None:
    (reading,) = readings(written(tmp_path, company(entityType=declared)))
    assert node(reading).fields["kind"] == kind
    assert bool(reading.remarks) == (kind in ("ANONYMOUS", "UNKNOWN"))


def test_identifiers_of_entities(tmp_path: Path) -> None:
    code = {"scheme": "GB32100", "id": "91350100M000100Y43"}
    foreign = {"scheme": "GB-COH", "id": "012"}
    named = {"schemeName": "Registry of Delaware", "id": "7"}
    both, other, loose = readings(
        written(
            tmp_path,
            company("A", identifiers=[foreign, code]),
            company("B", identifiers=[named, foreign]),
            company("C", identifiers=[named]),
        )
    )
    assert node(both).key == "GB32100:91350100M000100Y43"
    assert node(both).fields["creditCode"] == "91350100M000100Y43"
    assert "registrationNumber" not in node(both).fields
    assert node(other).key == "GB-COH:012"
    assert node(other).fields["registrationScheme"] == "GB-COH"
    assert node(loose).key == f"{REGISTER}:C"
    assert node(loose).fields["registrationScheme"] == "Registry of Delaware"


def test_an_entity_that_was_dissolved(tmp_path: Path) -> None:
    where = {"jurisdiction": {"name": "Delaware", "code": "US-DE"}}
    addresses = [{"type": "service", "address": "x"}, {"type": "registered", "address": "y, N1"}]
    dates = {"foundingDate": "1999-05", "dissolutionDate": "2018-01-31"}
    (reading,) = readings(written(tmp_path, company(**where, **dates, addresses=addresses)))
    assert dict(node(reading).fields) == {
        "name": "E",
        "kind": "REGISTERED",
        "establishedDate": "1999-05",
        "dissolvedDate": "2018-01-31",
        "status": "DISSOLVED",
        "address": "y, N1",
        "jurisdiction": "US-DE",
    }


@pytest.mark.parametrize(
    ("share", "fields"),
    [
        ({"exact": 76.5}, {"sharePercent": 76.5}),
        ({"minimum": 25, "exclusiveMaximum": 50}, {"sharePercentMin": 25, "sharePercentMax": 50}),
        ({"exclusiveMinimum": 25, "maximum": 50}, {"sharePercentMin": 25, "sharePercentMax": 50}),
        ({}, {}),
    ],
)
def test_shares(tmp_path: Path, share: dict[str, Any], fields: dict[str, Any]) -> None:
    *_, reading = readings(
        written(tmp_path, company(), person(), relation({**SHARES, "share": share}))
    )
    (link,) = links(reading)
    assert (link.relationship, link.from_type, link.source.valid_from) == (
        "Shareholding",
        "Person",
        "2015",
    )
    assert dict(link.fields) == {**fields, "direct": True}


@pytest.mark.parametrize(
    ("share", "path"),
    [
        ({"exact": 101}, "exact"),
        ({"exact": -1}, "exact"),
        ({"exact": "50"}, "exact"),
        ({"exact": True}, "exact"),
        ({"minimum": 60, "maximum": 50}, ""),
    ],
)
def test_a_share_that_cannot_be_is_set_aside(
    tmp_path: Path, share: dict[str, Any], path: str
) -> None:
    *_, reading = readings(
        written(tmp_path, company(), person(), relation({**SHARES, "share": share}))
    )
    (link,) = links(reading)
    assert dict(link.fields) == {"direct": True}
    (problem,) = reading.set_aside
    assert problem.field == f"recordDetails/interests/0/share/{path}".rstrip("/")
    assert problem.code == "VALUE_INVALID"


def test_shares_held_through_others_are_another_link(tmp_path: Path) -> None:
    indirect = {**SHARES, "directOrIndirect": "indirect", "share": {"exact": 30}}
    unknown = {**SHARES, "directOrIndirect": "unknown"}
    *_, reading = readings(
        written(tmp_path, company(), person(), relation(SHARES, indirect, unknown))
    )
    told = [(link.relationship, link.kind, link.fields.get("direct")) for link in links(reading)]
    assert told == [
        ("Shareholding", "", True),
        ("ControlInterest", "INDIRECT_SHAREHOLDING", False),
        ("Shareholding", "", None),
    ]


def test_every_type_of_interest_is_a_kind_of_its_own(tmp_path: Path) -> None:
    kinds = model().relationships["ControlInterest"].types
    assert set(_KINDS.values()) | {"INDIRECT_SHAREHOLDING"} == set(kinds)
    told = [{"type": name, "details": "words"} for name in _KINDS if name]
    *_, reading = readings(written(tmp_path, company(), person(), relation(*told)))
    assert [link.kind for link in links(reading)] == [_KINDS[i["type"]] for i in told]
    assert {link.fields["details"] for link in links(reading)} == {"words"}


def test_an_unknown_type_of_interest_is_kept_and_flagged(tmp_path: Path) -> None:
    *_, reading = readings(written(tmp_path, company(), person(), relation({"type": "magic"})))
    assert [link.kind for link in links(reading)] == ["UNKNOWN"]
    assert [(p.value, p.code) for p in reading.set_aside] == [("magic", "CODE_UNKNOWN")]


def test_only_a_person_is_a_beneficial_owner(tmp_path: Path) -> None:
    owned = {**SHARES, "share": {"exact": 40}, "beneficialOwnershipOrControl": True}
    votes = {"type": "votingRights", "share": {"exact": 90}, "beneficialOwnershipOrControl": True}
    *_, reading = readings(written(tmp_path, company(), person(), relation(owned, votes)))
    owner = links(reading)[-1]
    assert owner.relationship == "BeneficialOwnership"
    assert dict(owner.fields) == {"sharePercent": 40, "direct": True}
    *_, reading = readings(written(tmp_path, company(), company("P"), relation(owned)))
    assert [link.relationship for link in links(reading)] == ["Shareholding"]
    assert [p.field for p in reading.set_aside] == [
        "recordDetails/interests/0/beneficialOwnershipOrControl"
    ]


def test_direct_and_indirect_shares_of_an_owner_add_up() -> None:
    *_, reading = readings(example("mixed-direct-and-indirect-ownership"))
    owner = links(reading)[-1]
    assert dict(owner.fields) == {"sharePercent": 100, "direct": True}
    assert owner.source.valid_from == "2017-11-01"


def test_a_reference_outside_the_file_keeps_the_link(tmp_path: Path) -> None:
    (reading,) = readings(written(tmp_path, relation(SHARES)))
    (link,) = links(reading)
    assert (link.from_key, link.to_key) == (f"{REGISTER}:P", f"{REGISTER}:E")
    assert [remark.kind for remark in reading.remarks] == ["REFERENCE_UNKNOWN"] * 2


def test_references_lead_to_the_identifier(tmp_path: Path) -> None:
    known = company(identifiers=[{"scheme": "GB-COH", "id": "7"}])
    late = {**known, "statementDate": "2021-01-01", "recordStatus": "updated"}
    first, link, last = readings(written(tmp_path, company(), relation(SHARES), late))
    assert node(first).key == node(last).key == links(link)[0].to_key == "GB-COH:7"


def test_what_the_record_rests_on(tmp_path: Path) -> None:
    asserted = {"assertedBy": [{"name": "A"}, {"name": "B"}], "description": "d"}
    for source, words in (
        ({**asserted, "url": "https://register.example/7"}, "https://register.example/7"),
        (asserted, "A; B"),
        ({"description": "d"}, "d"),
        ({}, None),
    ):
        (reading,) = readings(written(tmp_path, {**company(), "source": source}))
        assert node(reading).source.citation == words
