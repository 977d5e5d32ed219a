"""Every policy text that cannot be put into force is refused, by name, place and advice."""

from __future__ import annotations

from pathlib import Path

import pytest
from random_policies import write_directory

from graph.catalogue import model
from policies.problems import PolicyInvalid
from policies.table import load

NAME = 'action == Action::"clear:Person.name"'


def refused(directory: Path, grants: str) -> str:
    """The report on grants that must not load."""
    with pytest.raises(PolicyInvalid) as caught:
        load(write_directory(directory / "policies", grants), model())
    assert caught.value.code == "POLICY_INVALID"
    assert "docs/policies.md" in caught.value.hint
    return caught.value.message


def grant(when: str, head: str = f"principal, {NAME}, resource is Person") -> str:
    return f'// A comment; with "marks"\n@id("it")\npermit ({head})\nwhen {{ {when} }};\n'


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ('resource.district like "11*"', "`like` cannot be decided"),
        ("resource in principal", "hierarchy"),
        ('[resource.district].containsAll(["a"])', "`containsAll` needs a set"),
        ('[resource.district].containsAny(["a"])', "`containsAny` needs a set"),
        ('ip("10.0.0.1").isLoopback()', "is not available in grants"),
        ('decimal("1.0").lessThan(decimal("2.0"))', "is not available in grants"),
        ("principal.level + 1 > 2", "optional attribute"),
        ("principal has level && principal.level + 1 > 2", "arithmetic"),
        ("principal has level && -principal.level < 2", "arithmetic"),
        ('context has case && context.case == "7"', "`context has case` cannot be decided"),
        ('action == Action::"see:Person"', "head of a policy"),
        ('resource == Person::"1"', "cannot name a single row"),
        ('{a: "x"}.a == resource.district', "only attributes and literals"),
        ('resource.distrct == "a"', "`distrct` on entity type `Person` not found; did you mean"),
        ('resource.shoeSize == "a"', "known are addressProtected, callersRelative, citizenNumber"),
        ("resource.district == 1", "are not compatible"),
        ("principal.level > 2", "optional attribute `level`"),
    ],
)
def test_condition_that_the_fetch_cannot_decide(when: str, words: str, tmp_path: Path) -> None:
    message = refused(tmp_path, grant(when))
    assert words in message
    line = 2 if "compatible" in words else 4
    assert f"grants/random.cedar:{line}:" in message
    assert "policy 'it'" in message


def test_row_attribute_that_takes_what_the_consumer_never_says(tmp_path: Path) -> None:
    directory = write_directory(tmp_path / "policies", grant("resource.wardOfCaller"))
    consumers, grants = directory / "consumers.yaml", directory / "grants" / "random.cedar"
    said = "principal: {district: String, person: String, worker: String, authority: String}"
    assert said in consumers.read_text()
    consumers.write_text(consumers.read_text().replace(said, "principal: {district: String}"))
    with pytest.raises(PolicyInvalid) as caught:
        load(directory, model())
    assert (
        "`wardOfCaller` asks for the caller's person, and consumer 'beta'" in caught.value.message
    )
    assert "write principal has person && … before it" in caught.value.message
    grants.write_text(grant("principal has person && resource.wardOfCaller"))
    load(directory, model())


def test_advice_says_what_to_write(tmp_path: Path) -> None:
    message = refused(tmp_path, grant('resource.district like "11*"'))
    assert "grants/random.cedar:4:26: policy 'it': `like`" in message
    assert '["a", "b"].contains(resource.' in message


def test_unguarded_attribute_of_some_callers_only(tmp_path: Path) -> None:
    message = refused(tmp_path, grant("principal.level > 2"))
    assert "write principal has level && … before it" in message


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (f'principal == Consumer::"alpa", {NAME}, resource', "unknown consumer 'alpa'; did you"),
        ('principal, action == Action::"clear:Person.nam", resource', "'clear:Person.name'?"),
        ('principal, action in [Action::"clear:Person/idenity"], resource', "Person/identity'?"),
        (f'principal in Consumer::"alpha", {NAME}, resource', "consumers have none"),
        (f'principal, {NAME}, resource == Person::"1"', "cannot name a single row"),
        (f'principal, {NAME}, resource in Person::"1"', "rows have none"),
        (f"principal, {NAME}, resource is Persn", "Persn"),
        (f'principal, {NAME}, resource is Person in Person::"1"', "rows have none"),
        (f"principal == ?principal, {NAME}, resource", "slots are not available"),
        ("principal, action, resource", "a permit without actions grants everything"),
        ('principal, action in Action::"clear:Person/identity", resource', "fields added later"),
    ],
)
def test_head_that_names_what_is_not_there(head: str, words: str, tmp_path: Path) -> None:
    message = refused(tmp_path, grant("true", head))
    assert words in message
    assert "grants/random.cedar:3:" in message


def test_what_every_link_carries_may_be_permitted_as_a_group(tmp_path: Path) -> None:
    grants = '@id("a") permit (principal, action in Action::"{}/provenance", resource);'
    load(write_directory(tmp_path / "fit", grants.format("clear:Parenthood")), model())
    assert "name its fields: clear:Person.facts" in refused(tmp_path, grants.format("clear:Person"))


def test_a_forbid_may_be_broad(tmp_path: Path) -> None:
    grants = '@id("a") forbid (principal, action in Action::"clear:Person/identity", resource);'
    load(write_directory(tmp_path / "policies", grants), model())


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ('context.purpose == "on"', "unknown purpose 'on'; did you mean 'one'?"),
        ('"lef" != context.basis', "unknown basis 'lef'; did you mean 'left'?"),
        ('["one", "tow"].contains(context.purpose)', "unknown purpose 'tow'"),
        ('!(true && (if context.basis == "lift" then true else false))', "unknown basis 'lift'"),
    ],
)
def test_purpose_and_basis_that_do_not_exist(when: str, words: str, tmp_path: Path) -> None:
    assert words in refused(tmp_path, grant(when))


@pytest.mark.parametrize(
    ("grants", "words"),
    [
        ("permit (principal, action, resource", "not Cedar"),
        ('@id("a")\npermit (principal, actio, resource);', "random.cedar:1:1: policy 'a'"),
        (f"permit (principal, {NAME}, resource);", "the policy has no id"),
        (2 * grant("true"), "another policy has the same id"),
    ],
)
def test_text_that_is_not_a_policy(grants: str, words: str, tmp_path: Path) -> None:
    assert words in refused(tmp_path, grants)


@pytest.mark.parametrize(
    ("mask", "effect", "actions", "words"),
    [
        ("inital", "permit", "masked:Person.name", "'inital'; did you mean 'initials'?"),
        ("", "permit", "masked:Person.name", "unknown mask ''; known are exists-only, initials"),
        ("year-only", "permit", "masked:Person.name", "does not fit Person.name; exists-only"),
        ("initials", "permit", "masked:Person.birthDate", "Person.birthDate; year-only would"),
        ("initials", "permit", "clear:Person.name", "there are none; leave it out"),
        ("initials", "forbid", "masked:Person.name", "there are none; leave it out"),
        (None, "permit", "masked:Household.kind", "unknown action 'masked:Household.kind'"),
        (None, "permit", "masked:Person.parents", "unknown action 'masked:Person.parents'"),
        (None, "permit", "masked:Person.id", "unknown action 'masked:Person.id'"),
        (None, "permit", "masked:Person/identity", "would also grant fields added later"),
        (None, "permit", "masked:Person.numberScheme", 'put @mask("exists-only") above'),
    ],
)
def test_mask_that_is_none_or_does_not_fit(
    mask: str | None, effect: str, actions: str, words: str, tmp_path: Path
) -> None:
    annotation = "" if mask is None else f'@mask("{mask}")\n'
    head = (
        f'@id("it")\n{annotation}{effect} (principal, action in [Action::"{actions}"], resource);'
    )
    message = refused(tmp_path, head)
    assert words in message
    assert "policy 'it'" in message


@pytest.mark.parametrize(
    "action", ["filter:Person.formerName", "filter:Person.parents", "filter:Marriage.form"]
)
def test_right_to_filter_by_what_cannot_be_filtered_by(action: str, tmp_path: Path) -> None:
    head = f'principal, action == Action::"{action}", resource'
    assert f"unknown action '{action}'" in refused(tmp_path, grant("true", head))


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    broken = grant("true", f'principal == Consumer::"alpa", {NAME}, resource')
    message = refused(tmp_path, broken + broken.replace('"it"', '"that"').replace("alpa", "bet"))
    assert "'alpa'" in message
    assert "'bet'" in message


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("consumers.yaml", "two: [left]", "twoo: [left]", "unknown purpose; did you mean 'two'?"),
        ("consumers.yaml", "one: [left", "one: [lef", "unknown basis 'lef'; did you mean 'left'?"),
        ("consumers.yaml", "level: Int", "level: Number", "consumers.alpha.principal.level"),
        (
            "consumers.yaml",
            "String}\n    purposes: {two",
            "Int}\n    purposes: {two",
            "give it one",
        ),
        ("purposes.yaml", "citation: Act 1", "statute: Act 1", "bases.left.citation"),
        ("purposes.yaml", "purposes:", "purposes: [", "not YAML"),
    ],
)
def test_contract_files(file: str, old: str, new: str, words: str, tmp_path: Path) -> None:
    directory = write_directory(tmp_path / "policies", grant("true"))
    path = directory / file
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(PolicyInvalid) as caught:
        load(directory, model())
    assert words in caught.value.message
    assert f"{file}: " in caught.value.message


def test_missing_contract_file(tmp_path: Path) -> None:
    with pytest.raises(PolicyInvalid, match=r"purposes\.yaml: the file is missing"):
        load(tmp_path, model())


def test_an_id_for_fewer_rows_than_may_be_seen(tmp_path: Path) -> None:
    head = 'principal, action in [Action::"see:Person"], resource is Person'
    identified = 'principal, action in [Action::"clear:Person.id"], resource is Person'
    narrower = grant('resource.district == "110101"', identified).replace('"it"', '"narrower"')
    message = refused(tmp_path, grant("true", head) + narrower)
    assert "clear:Person.id does not hold for the same rows as see:Person" in message
