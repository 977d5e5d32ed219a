"""The mappings that ship, on their example files."""

import pytest
from tabular_files import EXAMPLES

from graph.catalogue import model
from graph.facts import EdgeFact, NodeFact, Source
from ingest.formats.tabular import open_reader
from ingest.records import Options, Reading
from ingest.rules import RecordRules
from ingest.source import examine

HEAD, WIFE = "GB11643:110101195103120073", "GB11643:110103195308020028"
SON, DAUGHTER = "GB11643:110101197911200097", "GB11643:110101198404090043"
DAUGHTER_IN_LAW = "GB11643:370102198102050008"


def read(register: str) -> dict[str, Reading]:
    reader = open_reader(examine(EXAMPLES / f"{register}.csv"), register, Options())
    rules = RecordRules(model(), register, "2026-11-23")
    found = [rules.apply(unit, reader.read(unit)) for unit in reader.units()]
    assert reader.total == len(found)
    return {reading.record: reading for reading in found}


def edges(reading: Reading) -> dict[tuple[str, str, str], EdgeFact]:
    facts = [f for f in reading.versions[0].facts if isinstance(f, EdgeFact)]
    return {(f.relationship, f.from_key, f.to_key): f for f in facts}


@pytest.mark.parametrize(
    ("register", "records"),
    [("household", 8), ("legal-entity", 3), ("licence", 3), ("consent", 2), ("credit", 3)],
)
def test_every_record_is_read_and_passes_the_rules(register: str, records: int) -> None:
    found = read(register)
    assert len(found) == records
    assert [r.refused for r in found.values()] == [()] * records


def test_a_page_of_a_household_book() -> None:
    reading = read("household")["00000103"]
    [version] = reading.versions
    assert version.recorded == "1985-06-03T01:15:00Z"
    assert reading.own == ("Person", SON)
    person = next(f for f in version.facts if isinstance(f, NodeFact) and f.type == "Person")
    assert person.source == Source("household", "00000103", "")
    assert person.fields == {
        "citizenNumber": SON[8:],
        "numberScheme": "GB11643",
        "name": "张建国",
        "sex": "MALE",
        "ethnicity": "汉族",
        "birthDate": "1979-11-20",
        "maritalStatus": "MARRIED",
        "district": "110101",
    }
    book = next(f for f in version.facts if isinstance(f, NodeFact) and f.type == "Household")
    assert (book.key, book.fields["kind"]) == ("book:110101000123", "FAMILY")


def test_members_have_their_code_relative_to_the_head_and_parents_by_number() -> None:
    found = edges(read("household")["00000103"])
    member = found["Membership", SON, "book:110101000123"]
    assert member.fields == {"relationToHead": "21"}
    assert (member.source.valid_from, member.source.valid_to) == ("1985-06-01", None)
    for parent in (HEAD, WIFE):
        link = found["Parenthood", parent, SON]
        assert (link.kind, link.source.valid_from) == ("BIRTH", "1979-11-20")
    assert len(found) == 3


def test_relation_to_the_head_says_nothing_of_parents() -> None:
    """The daughter-in-law (38) names no parents, so none are stated."""
    assert list(edges(read("household")["00000104"])) == [
        ("Membership", DAUGHTER_IN_LAW, "book:110101000123")
    ]


def test_who_moved_is_stated_in_both_books() -> None:
    reading = read("household")["00000106"]
    found = edges(reading)
    new = found["Membership", DAUGHTER, "book:110105000456"]
    old = found["Membership", DAUGHTER, "book:110101000123"]
    assert (new.fields["relationToHead"], new.source.valid_from) == ("02", "2011-03-20")
    assert old.fields["relationToHead"] == "31"
    assert (old.source.valid_from, old.source.valid_to) == ("1985-06-01", "2011-03-20")
    book = next(f for f in reading.versions[0].facts if f.source and isinstance(f, NodeFact)
                and f.type == "Household")  # fmt: skip
    assert book.fields["address"] == "北京市朝阳区青年路8号,2单元1104室"


def test_what_a_record_rests_on_is_cited() -> None:
    facts = read("household")["00000105"].versions[0].facts
    assert {f.source.citation for f in facts} == {"出生医学证明 I110063871"}


def test_a_deleted_row_withdraws_its_record() -> None:
    reading = read("household")["00000108"]
    assert [(v.recorded, v.facts) for v in reading.versions] == [("2012-02-02T01:00:00Z", ())]


def test_a_company_with_two_shareholders() -> None:
    found = read("legal-entity")
    company = found["QY-0001-1"].versions[0].facts[0]
    assert isinstance(company, NodeFact)
    assert company.fields["registeredCapitalYuan"] == 1_205_000.0
    assert company.fields["establishedDate"] == "2009-04"
    first = edges(found["QY-0001-1"])
    assert first["Shareholding", SON, company.key].fields == {"sharePercent": 60.0}
    assert first["Representation", SON, company.key].source.valid_from == "2009-04-15"
    [holding] = edges(found["QY-0001-2"]).values()
    assert (holding.from_type, holding.fields) == ("LegalEntity", {"sharePercent": 40.0})


def test_a_licence_of_two_persons_and_one_of_a_company() -> None:
    found = read("licence")
    married = edges(found["JH110101-2006-000872"])
    assert {f.from_key for f in married.values() if f.relationship == "LicenceHolding"} == {
        SON,
        DAUGHTER_IN_LAW,
    }
    assert {f.source.valid_from for f in married.values()} == {"2006-05-06"}
    food = found["SP110101-2020-0031"].versions[0]
    holders = [f.from_type for f in food.facts if isinstance(f, EdgeFact)]
    assert holders == ["LegalEntity", "LegalEntity"]
    assert food.recorded == "2020-02-28T10:00:00Z"


def test_a_value_that_may_be_left_out_is_set_aside() -> None:
    reading = read("licence")["JS110105-2018-7741"]
    [problem] = reading.set_aside
    assert (problem.row, problem.field, problem.value) == (4, "区划代码", "11010")
    assert "district" not in reading.versions[0].facts[0].fields
    assert reading.remarks == ()


def test_a_consent_and_its_withdrawal() -> None:
    given, withdrawn = read("consent").values()
    (link,) = edges(given)
    assert link == ("ConsentGiving", SON, "consent:SQ-2026-000017")
    stated = [f for f in withdrawn.versions[0].facts if isinstance(f, NodeFact)]
    consent = next(f for f in stated if f.type == "Consent")
    assert consent.fields == {
        "reference": "SQ-2026-000018",
        "consumer": "school-enrolment",
        "purpose": "school-enrolment",
        "givenOn": "2026-03-05",
        "withdrawnOn": "2026-04-01",
    }


def test_a_credit_record_that_was_repaired_and_one_that_is_objected_to() -> None:
    found = read("credit")
    [version] = found["CF-2024-000872"].versions
    record = next(f for f in version.facts if isinstance(f, NodeFact) and f.type == "CreditRecord")
    assert (record.key, record.fields["kind"]) == ("credit:CF-2024-000872", "PENALTY")
    assert (record.fields["shownUntil"], record.fields["repairedOn"]) == (
        "2027-03-05",
        "2024-11-20",
    )
    company, authority = "GB32100:91110105100000024M", "GB32100:11110101200000013B"
    key = record.key
    assert set(edges(found["CF-2024-000872"])) == {
        ("CreditSubject", company, key),
        ("CreditIssuance", authority, key),
    }
    assert set(edges(found["ZX-2025-000044"])) == {
        ("CreditSubject", DAUGHTER, "credit:ZX-2025-000044")
    }
