"""Findings, reverse look-up, explanation and replay, on the built-in policies and changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from random_policies import write_directory

from graph.catalogue import model
from graph.conditions import ALWAYS, NEVER
from policies.bundle import Bundle, read_bundle
from policies.explain import explain_cell
from policies.problems import PolicyInvalid
from policies.replay import Recorded, replay
from policies.table import PolicySet, load, load_bundle
from policies.validation import findings
from policies.who import who_can

SCHOOL = ("school-enrolment", "school-enrolment", "compulsory-education")
CASEWORKER = ("caseworker", "household-services", "statutory-duty")
BUILT_IN = load(None, model())
NAME = 'action in [Action::"clear:Person.name"], resource'


def generated(directory: Path, grants: str) -> PolicySet:
    return load(write_directory(directory / "policies", grants), model())


def found(policies: PolicySet, *codes: str) -> list[tuple[str, str, str]]:
    return [(f.level, f.code, f.policy or f.where) for f in findings(policies) if f.code in codes]


def school(old: str, new: str) -> PolicySet:
    texts = dict(read_bundle(None).texts)
    path = "grants/school-enrolment.cedar"
    return load_bundle(Bundle({**texts, path: texts[path].replace(old, new)}), model())


def test_the_built_in_policies_have_no_error() -> None:
    assert [f for f in findings(BUILT_IN) if f.level == "error"] == []


@pytest.mark.parametrize(
    "when",
    [
        'context.purpose == "one" && context.purpose == "two"',
        'principal == Consumer::"beta" && context.purpose == "one"',
        "resource.minor && !resource.minor",
        "false",
    ],
)
def test_a_rule_that_no_table_uses_is_an_error(when: str, tmp_path: Path) -> None:
    grants = f'@id("dead") permit (principal, {NAME}) when {{ {when} }};'
    assert found(generated(tmp_path, grants), "UNREACHABLE") == [("error", "UNREACHABLE", "dead")]


def test_a_permit_that_a_forbid_takes_away_is_an_error(tmp_path: Path) -> None:
    grants = f'@id("given") permit (principal, {NAME}) when {{ resource.minor }};\n'
    grants += (
        '@id("taken") forbid (principal, action in Action::"clear:Person/identity", resource);'
    )
    assert found(generated(tmp_path, grants), "CONFLICT") == [("error", "CONFLICT", "given")]


def test_a_permit_that_is_taken_away_in_part_is_a_warning_or_nothing(tmp_path: Path) -> None:
    fields = 'action in [Action::"clear:Person.name", Action::"clear:Person.district"], resource'
    grants = f'@id("given") permit (principal, {fields});\n'
    forbid = '@id("taken") forbid (principal, action in Action::"clear:Person/identity", resource)'
    whole = generated(tmp_path / "whole", f"{grants}{forbid};")
    assert found(whole, "CONFLICT") == [("warning", "CONFLICT", "given")]
    some_rows = generated(tmp_path / "rows", f"{grants}{forbid} when {{ resource.minor }};")
    assert found(some_rows, "CONFLICT") == []


LEFT = """
@id("whole") permit (principal, action == Action::"clear:Person.name", resource);
@id("part") permit (principal, action == Action::"masked:Person.name", resource)
when {{ {part} }};
@id("agreed") permit (principal == Consumer::"alpha", action in [Action::"consent:Person.name",
  Action::"consent:Person.sex"], resource);
@id("taken") {annotation}
forbid (principal == Consumer::"{consumer}", {actions}, resource is Person)
when {{ resource.minor }};
"""
GROUP = 'action in Action::"clear:Person/identity"'
EVERY_MODE = (
    'action in [Action::"clear:Person/identity", Action::"masked:Person/identity",'
    ' Action::"consent:Person/identity"]'
)


@pytest.mark.parametrize(
    ("actions", "consumer", "part", "annotation", "open_by"),
    [
        (GROUP, "alpha", "true", "", {"part": "masked", "agreed": "consent"}),
        (GROUP, "beta", "true", "", {"part": "masked"}),
        (GROUP, "alpha", "true", '@leaves("masked")', {"agreed": "consent"}),
        (GROUP, "alpha", "true", '@leaves("masked, consent")', {}),
        (GROUP, "beta", "!resource.minor", "", {}),
        (GROUP, "beta", 'resource.district == "110101"', "", {"part": "masked"}),
        ('action == Action::"clear:Person.birthDate"', "alpha", "true", "", {}),
        ('action == Action::"clear:Person.sex"', "alpha", "true", "", {"agreed": "consent"}),
        (EVERY_MODE, "alpha", "true", "", {}),
        ("action", "alpha", "true", "", {}),
    ],
)
def test_a_forbid_on_clear_that_leaves_another_mode_open_is_an_error(
    actions: str, consumer: str, part: str, annotation: str, open_by: dict[str, str], tmp_path: Path
) -> None:
    grants = LEFT.format(actions=actions, consumer=consumer, part=part, annotation=annotation)
    told = [f for f in findings(generated(tmp_path, grants)) if f.code == "LEFT_OPEN"]
    assert {(f.level, f.policy) for f in told} == ({("error", "taken")} if open_by else set())
    assert {f.words.split(" ")[0]: f.words.split(" by ")[1].split(":")[0] for f in told} == open_by
    for finding in told:
        assert finding.where == "grants/random.cedar:7"
        assert f'@leaves("{open_by[finding.words.split(" ")[0]]}")' in finding.words


def test_another_forbid_may_take_away_what_one_leaves_open(tmp_path: Path) -> None:
    grants = LEFT.format(actions=GROUP, consumer="beta", part="true", annotation="")
    other = '@id("other") forbid (principal, action == Action::"masked:Person.name", resource)'
    some = generated(tmp_path / "some", f"{grants}{other} when {{ !resource.minor }};")
    assert found(some, "LEFT_OPEN") == [("error", "LEFT_OPEN", "taken")]
    all_of_them = generated(tmp_path / "all", f"{grants}{other} when {{ resource.minor }};")
    assert found(all_of_them, "LEFT_OPEN") == []


@pytest.mark.parametrize(
    ("annotation", "effect", "actions", "words"),
    [
        ("masked", "permit", GROUP.replace("/identity", ".name"), "@leaves is for a forbid"),
        ("mask", "forbid", GROUP, "unknown mode 'mask' in @leaves; known are masked, consent"),
        ("", "forbid", GROUP, "@leaves names no mode"),
        ("masked", "forbid", EVERY_MODE, "says that masked stays open, and the forbid takes it"),
        ("consent", "forbid", "action", "says that consent stays open, and the forbid takes it"),
    ],
)
def test_a_leaves_that_does_not_fit_is_refused(
    annotation: str, effect: str, actions: str, words: str, tmp_path: Path
) -> None:
    grants = f'@id("odd")\n@leaves("{annotation}")\n{effect} (principal, {actions}, resource);'
    with pytest.raises(PolicyInvalid) as caught:
        generated(tmp_path, grants)
    (problem,) = caught.value.problems
    assert (problem.line, words in problem.reason + "; " + problem.instead) == (2, True)


def test_a_field_of_nobody_and_a_sensitive_one_of_everybody(tmp_path: Path) -> None:
    policies = generated(tmp_path, f'@id("all") permit (principal, {NAME});')
    assert ("warning", "SEEN_BY_ALL", "Person.name") in found(policies, "SEEN_BY_ALL")
    assert ("warning", "UNSEEN", "Person.ethnicity") in found(policies, "UNSEEN")
    assert ("warning", "UNSEEN", "Person.name") not in found(policies, "UNSEEN")


def test_what_ends_soon_or_has_ended_is_a_warning(tmp_path: Path) -> None:
    stated = '@until("2027-01-31") @review("2027-01-01")'
    grants = f'@id("pilot") {stated} permit (principal, {NAME});'
    bundle = read_bundle(write_directory(tmp_path / "policies", grants))
    codes = ("ENDS", "ENDED", "REVIEW_DUE")
    for day, expected in {
        date(2026, 11, 1): [],
        date(2027, 1, 10): ["ENDS", "REVIEW_DUE"],
        date(2027, 2, 1): ["ENDED", "REVIEW_DUE"],
    }.items():
        policies = load_bundle(bundle, model(), day)
        assert [code for _, code, _ in found(policies, *codes)] == expected


def test_who_can_see_a_field() -> None:
    seers = list(who_can(BUILT_IN, "Person", "ethnicity"))
    assert [(s.consumer, s.purpose, s.policies) for s in seers] == [
        ("citizen", "own-data", ("citizen-self", "protection-person"))
    ]
    assert set(seers[0].when) == {"clear"}
    assert {s.consumer for s in who_can(BUILT_IN, "Person")} == {
        "caseworker",
        "school-enrolment",
        "citizen",
        "licence-authority",
    }
    assert list(who_can(BUILT_IN, "CustodyAnswer", "between")) == []


def test_why_a_field_is_denied_names_the_forbid_and_the_grant_that_lacks() -> None:
    cell = explain_cell(BUILT_IN, CASEWORKER, "Person", "ethnicity")
    assert cell.outcome == "denied"
    (special,) = (reason for reason in cell.reasons if reason.policy == "caseworker-never-special")
    modes = ("clear", "masked", "consent")
    assert special.actions == tuple(f"{mode}:Person.ethnicity" for mode in modes)
    assert (special.effect, special.condition) == ("forbid", ALWAYS)
    assert special.place.startswith("grants/caseworker.cedar:")
    assert {reason.effect for reason in cell.reasons} == {"forbid"}
    assert cell.missing == (
        'a permit of Action::"clear:Person.ethnicity" for Consumer::"caseworker"'
    )


def test_a_policy_that_names_every_mode_is_told_once() -> None:
    for key, field in ((SCHOOL, "name"), (CASEWORKER, "citizenNumber"), (CASEWORKER, "ethnicity")):
        told = [reason.policy for reason in explain_cell(BUILT_IN, key, "Person", field).reasons]
        assert len(told) == len(set(told))
        assert "protection-person" in told


def test_why_a_field_depends_on_the_row() -> None:
    cell = explain_cell(BUILT_IN, SCHOOL, "Person", "name")
    assert (cell.outcome, cell.missing) == ("depends on the row", "")
    permits = [reason for reason in cell.reasons if reason.effect == "permit"]
    assert [reason.policy for reason in permits] == ["school-child-name"]
    assert "protection-person" in {reason.policy for reason in cell.reasons}
    assert explain_cell(BUILT_IN, SCHOOL, "Query", "person").outcome == "shown"
    assert explain_cell(BUILT_IN, SCHOOL, "Person", "").outcome == "depends on the row"


def test_a_permit_for_another_purpose_and_one_that_has_ended_are_told_apart(tmp_path: Path) -> None:
    grants = f'@id("two") permit (principal, {NAME}) when {{ context.purpose == "two" }};'
    cell = explain_cell(generated(tmp_path, grants), ("alpha", "one", "left"), "Person", "name")
    assert cell.reasons[0].condition == NEVER
    assert "whose condition can hold for purpose one on basis left" in cell.missing
    ended = school('@id("school-child-name")', '@id("school-child-name") @until("2026-01-31")')
    cell = explain_cell(ended, SCHOOL, "Person", "name")
    assert {r.ended for r in cell.reasons if r.effect == "permit"} == {date(2026, 1, 31)}
    assert cell.missing.endswith("that has not ended")


def recorded(*asked: str, key: tuple[str, str, str] = SCHOOL, count: int = 3) -> Recorded:
    return Recorded(*key, "ab" * 32, "Name", frozenset(asked), count)


NARROWED = school('Action::"clear:Person.name"', 'Action::"clear:Person.birthDate"')
WIDER = school(" && resource.minor };", " };")


def test_an_operation_on_a_field_that_is_lost_would_be_refused_as_a_whole() -> None:
    operation = recorded("Query.person", "Person", "Person.name")
    (replayed,) = replay([operation], BUILT_IN, NARROWED)
    assert (replayed.outcome, replayed.because) == ("refused", ("Person.name",))
    assert replayed.recorded.count == 3


def test_an_operation_that_was_refused_would_be_answered() -> None:
    (replayed,) = replay([recorded("Person.birthDate")], BUILT_IN, NARROWED)
    assert (replayed.outcome, replayed.because) == ("answered", ("Person.birthDate",))


def test_an_operation_that_is_shown_other_rows_is_changed() -> None:
    (replayed,) = replay([recorded("Query.person", "Person", "Person.name")], BUILT_IN, WIDER)
    assert replayed.outcome == "changed"
    assert [(c.kind, c.cell.coordinate) for c in replayed.changes] == [
        ("wider", "Person"),
        ("wider", "Person.name"),
    ]


def test_operations_that_have_nothing_to_do_with_it_stay_out() -> None:
    others = [
        recorded("Query.isMotherOf", "KinshipAnswer", "KinshipAnswer.answer"),
        recorded("Person", "Person.name", key=CASEWORKER),
        recorded("Person.shoeSize"),
    ]
    assert list(replay(others, BUILT_IN, WIDER)) == []
    assert list(replay([recorded("Person.name")], BUILT_IN, BUILT_IN)) == []


def test_a_purpose_that_is_taken_away_refuses_everything_for_it() -> None:
    texts = dict(read_bundle(None).texts)
    texts["consumers.yaml"] = texts["consumers.yaml"].replace(
        "{school-enrolment: [compulsory-education]}", "{own-data: [compulsory-education]}"
    )
    after = load_bundle(Bundle(texts), model())
    outcomes = [r.outcome for r in replay([recorded("Person", "Person.name")], BUILT_IN, after)]
    assert outcomes == ["refused"]
