"""The model: one line makes a field everywhere, and a mistake is named with its file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from graph.catalogue import MODEL_DIRECTORY, load, model
from graph.constraints import name_statements, schema_statements
from graph.problems import ModelError
from graph.reference import reference
from policies.table import load as load_policies
from subgraphs.build import SchemaBuilder
from subgraphs.visible import EVERYTHING, visible_to
from tests.golden import check_golden

DOCS = Path(__file__).parents[2] / "docs"
Edit = Callable[[str], str]


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, Edit], Path]:
    """A copy of the model in which one file is changed."""

    def edit(file: str, change: Edit) -> Path:
        directory = tmp_path / "model"
        shutil.copytree(MODEL_DIRECTORY, directory)
        text = (directory / file).read_text(encoding="utf-8")
        changed = change(text)
        assert changed != text, "the test changes nothing"
        (directory / file).write_text(changed, encoding="utf-8")
        return directory

    return edit


def test_one_line_makes_a_field_everywhere_and_denied(edited: Callable[[str, Edit], Path]) -> None:
    line = (
        "  bloodType: {type: String, label: {en: Blood type, zh: 血型},"
        " sensitivity: special, filter: [equals]}\n"
    )
    new = load(edited("person.yaml", lambda text: text.replace("fields:\n", f"fields:\n{line}", 1)))
    schema = SchemaBuilder(new, "people", EVERYTHING).build([]).as_str()
    assert "bloodType(" in schema
    assert "bloodType: StringEqualsTest" in schema
    assert "Blood type · 血型" in schema
    assert any("bloodType" in text for text in schema_statements(new)), "index"
    assert "bloodType" in str(name_statements(new))
    assert "| bloodType | String | Blood type · 血型 | special | equals |" in reference(new)
    policies = load_policies(None, new)
    assert '"clear:Person.bloodType"' in policies.schema
    for consumer in policies.consumers:
        assert ("Person", "bloodType") not in policies.visible(consumer)
        visible = visible_to(policies, consumer)
        assert "bloodType" not in SchemaBuilder(new, "people", visible).build([]).as_str()


@pytest.mark.parametrize(
    ("file", "before", "after", "words"),
    [
        ("person.yaml", "sensitivity: vital", "sensitvity: vital", ["sensitvity", "sensitivity"]),
        ("person.yaml", "codes: Sex", "codes: Sx", ["Person.sex", "'Sx'"]),
        ("person.yaml", "type: PartialDate", "type: Datum", ["Person.birthDate", "'Datum'"]),
        ("person.yaml", "  name:", "  Name:", ["Person.Name", "birthDate"]),
        ("person.yaml", "  name:", "  id:", ["Person.id", "reserved"]),
        ("person.yaml", "identifier: citizenNumber", "identifier: nummer", ["'nummer'"]),
        ("person.yaml", "subgraph: people", "subgraph: peple", ["Person.subgraph", "'peple'"]),
        ("person.yaml", "node: Person", "nod: Person", ["starts with none of"]),
        ("person.yaml", "label: {en: Person, zh: 自然人}", "label: {en: Person}", ["label.zh"]),
        ("person.yaml", "fields:", "fields: [", ["not YAML"]),
        ("education_certificate.yaml", "of: Person", "of: Persn", ["'Persn'", "unknown node"]),
        ("education_certificate.yaml", "educationCertificates", "parents", ["already a field"]),
        ("education_certificate.yaml", "[GB11643]", "[GB2260]", ["schemes", "BSN"]),
        ("education_certificate.yaml", "identifier: number", "identifier: nr", ["'nr'"]),
        ("education_certificate.yaml", "subgraph: education", "subgraph: people", ["rows of the"]),
        ("education_certificate.yaml", "sensitivity: education", "sensitivity: ''", ["group"]),
        ("education_certificate.yaml", "rowsMax: 50", "rowsMax: 0", ["rowsMax"]),
        ("education_certificate.yaml", "mask: year-only", "sort: true", ["are for the graph"]),
        ("person.yaml", "  ageBand:", "  name:", ["Person.name", "already a field"]),
        ("person.yaml", "[residences, deathDate", "[homes, deathDate", ["'homes'", "no field or"]),
        ("person.yaml", "[residences, deathDate, ", "[residences, ", ["reads 'deathDate'"]),
        ("person.yaml", "caller: [district]", "caller: []", ["livesInCallersDistrict.caller"]),
        ("person.yaml", "{within[place.divisionCode]}", "true", ["residesIn.sought"]),
        ("person.yaml", "codes: AgeBand", "codes: AgeBnd", ["Person.ageBand", "'AgeBnd'"]),
        ("person.yaml", "filter: [equals, from, to]", "filter: [pinyin]", ["pinyin is for text"]),
        ("person.yaml", "  formerName:", "  namePinyin:", ["Person.namePinyin", "reserved"]),
        ("place.yaml", "latitude: {type: Float, range: [-90, 90]", "north: {type: Float", ["near"]),
        ("membership.yaml", "to: [Household]", "to: [Houshold]", ["Membership", "'Houshold'"]),
        ("membership.yaml", "field: members", "field: address", ["Household.address", "already"]),
        ("membership.yaml", "type: MEMBER_OF", "type: member of", ["Membership", "'member of'"]),
        ("marriage.yaml", "type: MARRIED_TO", "type: GUARDIAN_OF", ["GUARDIAN_OF", "Guardianship"]),
        ("kinship_step.yaml", "KinshipAnswer.relations", "KinshipAnswer.x", ["KinshipStep"]),
        ("person.yaml", "caller: [person]", "caller: []", ["Person.callersRelative", "person"]),
        ("person.yaml", "staff: {type: Boolean", "staff: {type: Int", ["Person.staff", "Boolean"]),
        ("caller/cases.yaml", "caller: [worker]", "caller: [x]", ["cases.caller", "worker"]),
        ("residence.yaml", "attribute: address", "attribute: adress", ["Residence.shields"]),
        ("kinship_answer.yaml", "[minor, ", "[minr, ", ["KinshipAnswer.inherits", "'minr'"]),
        ("person.yaml", "mask: initials", "mask: initial", ["Person.name", "initials", "would"]),
        ("person.yaml", "mask: year-only", "mask: last-four", ["Person.birthDate", "year-only"]),
        ("codes/sex.yaml", "codes: Sex", "codes: MaritalStatus", ["MaritalStatus", "2 times"]),
    ],
)
def test_mistake_is_named(
    edited: Callable[[str, Edit], Path], file: str, before: str, after: str, words: list[str]
) -> None:
    directory = edited(file, lambda text: text.replace(before, after, 1))
    with pytest.raises(ModelError) as caught:
        load(directory)
    assert caught.value.code == "MODEL_INVALID"
    for word in [*words, *([Path(file).name] if "times" not in words[-1] else [])]:
        assert word in caught.value.message


def test_every_declaration_has_both_languages() -> None:
    for path in MODEL_DIRECTORY.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert yaml.safe_load(text)
        assert text.count("en:") == text.count("zh:"), path.name


def test_reference_is_fresh() -> None:
    check_golden(DOCS / "reference.md", reference(model()))
