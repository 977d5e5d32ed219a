"""Grants that end by themselves, on their day and without a restart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from random_policies import write_directory

from graph.catalogue import model
from graph.conditions import ALWAYS, NEVER
from policies.bundle import read_bundle
from policies.problems import PolicyInvalid
from policies.table import PolicySet, load, load_bundle
from policies.terms import due, ending

TABLE = ("alpha", "one", "left")
HEAD = "(principal, action in [{}], resource)"
SEE = 'Action::"see:Person", Action::"clear:Person.id"'
NAME = 'Action::"clear:Person.name"'
LAST = date(2027, 1, 31)
AFTER = date(2027, 2, 1)


def policies(directory: Path, grants: str, last: date | None = None) -> PolicySet:
    bundle = read_bundle(write_directory(directory / "policies", grants))
    return load_bundle(bundle, model(), date(2026, 12, 1), last)


def permit(name: str, actions: str, annotations: str = "") -> str:
    return f'@id("{name}") {annotations} permit {HEAD.format(actions)};\n'


def condition(found: PolicySet, field: str) -> object:
    return found.decision(*TABLE).field("Person", field).condition


def test_a_grant_holds_on_its_last_day_and_not_after_it(tmp_path: Path) -> None:
    grants = permit("rows", SEE) + permit("name", NAME, '@until("2027-01-31")')
    found = policies(tmp_path, grants)
    assert condition(found, "name") == ALWAYS
    assert condition(found.on(LAST), "name") == ALWAYS
    assert condition(found.on(AFTER), "name") == NEVER
    assert condition(found.on(AFTER), "id") == ALWAYS
    assert found.on(AFTER).version == found.version
    assert found.on(AFTER).decision(*TABLE).field("Person", "name").policies == ()


def test_a_clock_that_goes_back_opens_nothing(tmp_path: Path) -> None:
    found = policies(tmp_path, permit("name", NAME, '@until("2027-01-31")')).on(AFTER)
    assert condition(found.on(LAST), "name") == NEVER


def test_a_schema_does_not_change_with_the_day(tmp_path: Path) -> None:
    found = policies(tmp_path, permit("name", NAME, '@until("2027-01-31")'))
    assert found.on(AFTER).visible("alpha") == found.visible("alpha") == {("Person", "name")}


def test_several_ends_are_each_seen(tmp_path: Path) -> None:
    grants = permit("name", NAME, '@until("2027-01-31")')
    grants += permit("birth", 'Action::"clear:Person.birthDate"', '@until("2027-03-31")')
    found = policies(tmp_path, grants).on(AFTER)
    assert (condition(found, "name"), condition(found, "birthDate")) == (NEVER, ALWAYS)
    later = found.on(date(2027, 4, 1))
    assert condition(later, "birthDate") == NEVER
    assert later.on(date(2040, 1, 1)) is later


def test_a_row_that_may_not_be_seen_any_more_does_not_show_its_id(tmp_path: Path) -> None:
    grants = permit("rows", 'Action::"see:Person"', '@until("2027-01-31")')
    grants += permit("id", 'Action::"clear:Person.id"')
    found = policies(tmp_path, grants)
    assert condition(found, "id") == ALWAYS
    assert condition(found.on(AFTER), "id") == NEVER


def test_the_last_day_of_a_version_ends_every_permit(tmp_path: Path) -> None:
    grants = permit("name", NAME, '@until("2028-01-31")')
    found = policies(tmp_path, grants, last=LAST)
    assert condition(found.on(LAST), "name") == ALWAYS
    assert condition(found.on(AFTER), "name") == NEVER


@pytest.mark.parametrize(
    ("annotations", "words"),
    [
        ('@until("31.1.2027")', "@until is not a date"),
        ('@until("2027-02-30")', "@until is not a date"),
        ('@until("20270131")', "@until is not a date"),
        ('@review("soon")', "@review is not a date"),
        ('@untill("2027-01-31")', "unknown annotation @untill"),
        ('@basis(" ")', "@basis names no document"),
    ],
)
def test_terms_that_nobody_could_keep(annotations: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(PolicyInvalid) as caught:
        policies(tmp_path, permit("name", NAME, annotations))
    assert words in caught.value.message
    assert "random.cedar:1:" in caught.value.message


def test_a_forbid_does_not_end(tmp_path: Path) -> None:
    forbid = '@id("no") @until("2027-01-31") forbid (principal, action, resource);'
    with pytest.raises(PolicyInvalid, match="would open what it closes"):
        policies(tmp_path, forbid)


def test_what_ends_and_what_is_due_is_told_before(tmp_path: Path) -> None:
    stated = '@until("2027-01-31") @review("2026-12-15") @basis("Agreement 17")'
    found = policies(tmp_path, permit("name", NAME, stated))
    day = date(2027, 1, 10)
    assert [(p.id, left) for p, left in ending(found.policies, day, 30)] == [("name", 21)]
    assert list(ending(found.policies, day, 20)) == []
    assert [(p.id, left) for p, left in due(found.policies, day, 30)] == [("name", -26)]
    assert [left for _, left in ending(found.policies, AFTER, 30)] == [-1]


def test_the_built_in_policies_end_nowhere() -> None:
    built_in = load(None, model())
    assert built_in.tables is built_in.lasting
    assert built_in.ends is None
