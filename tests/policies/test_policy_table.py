"""Look-ups in the compiled policies: default deny, contracts, versions, the derived schema."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import cedarpy
import pytest
from policy_evaluator import holds

from graph.catalogue import MODEL_DIRECTORY, Catalogue, model
from graph.catalogue import load as load_model
from graph.conditions import ALWAYS, NEVER, Scalar
from policies.cedar_schema import row_attributes
from policies.table import GRANTS, POLICIES_DIRECTORY, PolicySet, load
from runtime.errors import CitizengraphError

GOLDEN = Path(__file__).parent / "golden" / "schema.cedarschema"
POLICIES = load(None, model())
SPECIAL = {("Person", "ethnicity"), ("Person", "nationality")}


def model_with(directory: Path, file: str, line: str) -> Catalogue:
    """The model with one line added to the fields of one file."""
    copied = directory / "model"
    shutil.copytree(MODEL_DIRECTORY, copied)
    content = (copied / file).read_text()
    (copied / file).write_text(content.replace("fields:\n", f"fields:\n  {line}\n"))
    return load_model(copied)


def test_the_derived_schema_is_the_committed_one() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(POLICIES.schema)
    assert GOLDEN.read_text() == POLICIES.schema


@pytest.mark.parametrize("group", ["identity", "public", "provenance", "brandNew"])
def test_a_new_field_is_denied_to_everyone(group: str, tmp_path: Path) -> None:
    line = f"shoeSize: {{type: Int, label: {{en: Shoe size, zh: 鞋码}}, sensitivity: {group}}}"
    policies = load(None, model_with(tmp_path, "person.yaml", line))
    assert 'action "clear:Person.shoeSize"' in policies.schema
    assert all(t.field("Person", "shoeSize").condition == NEVER for t in policies.tables.values())
    assert all(("Person", "shoeSize") not in policies.visible(c) for c in policies.consumers)


def test_a_table_is_default_deny() -> None:
    decision = POLICIES.decision("school-enrolment", "school-enrolment", "compulsory-education")
    assert decision.field("Person", "citizenNumber").condition == NEVER
    assert decision.row("Household").condition == NEVER
    assert decision.field("Person", "nonsense").condition == NEVER


def test_what_the_school_can_ever_see() -> None:
    questions = {("Query", f"is{parent}Of") for parent in ("Mother", "Father", "Parent")}
    assert POLICIES.visible("school-enrolment") == questions | {
        ("Query", "person"),
        ("Query", "proveRelationship"),
        ("Person", "name"),
        ("Person", "ageBand"),
        ("Person", "livesInCallersDistrict"),
        ("KinshipAnswer", "answer"),
    }
    assert POLICIES.visible_types("school-enrolment") == {"Person", "KinshipAnswer"}


def test_special_fields_are_out_of_a_caseworkers_sight_and_the_rule_is_named() -> None:
    assert not SPECIAL & POLICIES.visible("caseworker")
    effect = POLICIES.decision("caseworker", "household-services", "statutory-duty").field(
        "Person", "ethnicity"
    )
    assert effect.condition == NEVER
    assert "caseworker-never-special" in effect.policies


def test_every_visible_type_has_a_visible_field() -> None:
    for consumer in POLICIES.consumers:
        typed = {type_name for type_name, _ in POLICIES.visible(consumer)}
        assert POLICIES.visible_types(consumer) <= typed


def test_visible_edges_lead_to_visible_types() -> None:
    for consumer in POLICIES.consumers:
        types = POLICIES.visible_types(consumer)
        for owner, field in POLICIES.visible(consumer):
            edge = model().edges.get(owner, {}).get(field)
            assert edge is None or set(edge.targets) & types, (consumer, owner, field)


def test_an_open_field_has_no_condition_left() -> None:
    decision = POLICIES.decision("caseworker", "household-services", "statutory-duty")
    assert decision.field("LegalEntity", "name").condition == ALWAYS


@pytest.mark.parametrize("consumer", ["caseworker", "nobody"])
@pytest.mark.parametrize("purpose", ["school-enrolment", "nonsense", ""])
def test_foreign_and_unknown_purposes_are_told_apart_by_nothing(
    consumer: str, purpose: str
) -> None:
    assert refusal(POLICIES, consumer, purpose, "statutory-duty") == (
        "PURPOSE_UNKNOWN",
        "The purpose in Citizengraph-Purpose does not exist or is not granted to this consumer.",
    )


@pytest.mark.parametrize("basis", ["compulsory-education", "nonsense", ""])
def test_foreign_and_unknown_bases_are_told_apart_by_nothing(basis: str) -> None:
    assert refusal(POLICIES, "caseworker", "household-services", basis) == (
        "BASIS_UNKNOWN",
        "The legal basis in Citizengraph-Basis does not exist or is not granted to this consumer.",
    )


def refusal(policies: PolicySet, *key: str) -> tuple[str, str]:
    with pytest.raises(CitizengraphError) as caught:
        policies.decision(*key)
    return caught.value.code, caught.value.message


@pytest.mark.parametrize("kind", ["Person", "Household", "Licence", "Case", "CreditRecord"])
def test_of_a_relatives_file_a_caseworker_gets_the_id_alone(kind: str) -> None:
    decision = POLICIES.decision("caseworker", "household-services", "statutory-duty")
    caller: dict[str, Scalar] = {"district": "110101", "person": "p", "worker": "w"}
    row: dict[str, Scalar] = {
        name: True if found.type == "Boolean" else 99 if found.type == "Int" else "110101"
        for name, found in row_attributes(model())[kind].items()
    }
    row |= dict.fromkeys(("staff", "underProtection", "addressProtected"), False)
    fields = [field for owner, field, _ in model().coordinates() if owner == kind]

    def shown(row: dict[str, Scalar]) -> set[str]:
        return {f for f in fields if holds(decision.field(kind, f).condition, row, caller)}

    assert len(shown(row | {"callersRelative": False})) > 5
    assert shown(row | {"callersRelative": True}) == {"id"}
    unknown = {name: value for name, value in row.items() if name != "callersRelative"}
    assert shown(unknown) == {"id"}


def test_contract_of_a_consumer() -> None:
    assert POLICIES.contract("citizen") == {"own-data": ("data-subject-right",)}
    assert POLICIES.contract("nobody") == {}


def test_the_version_changes_with_texts_contracts_and_model(tmp_path: Path) -> None:
    same = tmp_path / "same"
    shutil.copytree(POLICIES_DIRECTORY, same)
    versions = {POLICIES.version, load(same, model()).version}
    assert len(versions) == 1
    for index, file in enumerate(["purposes.yaml", "consumers.yaml", f"{GRANTS}/citizen.cedar"]):
        changed = tmp_path / str(index)
        shutil.copytree(POLICIES_DIRECTORY, changed)
        comment = "//" if file.endswith("cedar") else "#"
        (changed / file).write_text((changed / file).read_text() + f"{comment} more\n")
        versions.add(load(changed, model()).version)
    line = "shoeSize: {type: Int, label: {en: Shoe size, zh: 鞋码}, sensitivity: identity}"
    versions.add(load(None, model_with(tmp_path, "person.yaml", line)).version)
    assert len(versions) == 5


@pytest.mark.parametrize("path", sorted((POLICIES_DIRECTORY / GRANTS).glob("*.cedar")), ids=str)
def test_shipped_grants_have_cedars_own_format(path: Path) -> None:
    assert cedarpy.format_policies(path.read_text(), 100, 2) == path.read_text()
