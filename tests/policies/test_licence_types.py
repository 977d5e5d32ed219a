"""Types of licences: a part of the policy version, strictly read, and what their rules say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from graph.catalogue import model
from ingest.city.districts import DISTRICTS
from ingest.city.entities import FUNCTIONS
from policies.bundle import LICENCE_TYPES, Bundle, read_bundle
from policies.licence_types import LicenceType, area_of, level_of
from policies.problems import PolicyInvalid
from policies.table import load, load_bundle

SHIPPED = read_bundle(None)
TYPES = load(None, model()).licence_types
Change = Callable[[dict[str, Any]], Any]


def changed(change: Change) -> Bundle:
    content = yaml.safe_load(SHIPPED.texts[LICENCE_TYPES])
    change(content["licenceTypes"])
    return Bundle(
        {
            **SHIPPED.texts,
            LICENCE_TYPES: yaml.safe_dump(content, allow_unicode=True, sort_keys=False),
        }
    )


def without_types() -> Bundle:
    return Bundle({path: text for path, text in SHIPPED.texts.items() if path != LICENCE_TYPES})


def test_every_kind_has_a_type_with_labels_of_both_languages() -> None:
    assert set(TYPES) == set(model().codes["LicenceKind"].values)
    for kind, of in TYPES.items():
        assert of.label.zh == model().codes["LicenceKind"].values[kind].label.zh


def test_they_are_a_part_of_the_version_and_a_bundle_without_them_has_none() -> None:
    shipped, without = load_bundle(SHIPPED, model()), load_bundle(without_types(), model())
    assert without.licence_types == {}
    assert without.version != shipped.version
    other = changed(lambda types: types["DRIVING_LICENCE"].update(single=False))
    assert other.hash != SHIPPED.hash
    assert load_bundle(other, model()).version != shipped.version


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.update(DRIVING_LICENSE=t.pop("DRIVING_LICENCE")), "did you mean 'DRIVING_LIC"),
        (lambda t: t["DRIVING_LICENCE"].update(prefix="SF"), "DRIVING_LICENCE.prefix: SF is that"),
        (lambda t: t["DRIVING_LICENCE"].update(prefix="js"), "DRIVING_LICENCE.prefix"),
        (lambda t: t["DRIVING_LICENCE"].update(holder="dog"), "DRIVING_LICENCE.holder"),
        (lambda t: t["DRIVING_LICENCE"].update(colour="red"), "DRIVING_LICENCE.colour"),
        (lambda t: t["DRIVING_LICENCE"].update(renewable=False), "DRIVING_LICENCE.renewal"),
        (lambda t: t["DRIVING_LICENCE"].update(issuers={}), "issuers: nobody issues it"),
        (
            lambda t: t["DRIVING_LICENCE"].update(issuers={"named": ["公安局"]}),
            "a name alone is not enough",
        ),
        (
            lambda t: t["DRIVING_LICENCE"]["issuers"].update(named=[""]),
            "an empty name is in every name",
        ),
        (
            lambda t: t["DRIVING_LICENCE"]["issuers"].update(kind="GOVERMENT"),
            "did you mean 'GOVERNMENT'",
        ),
        (lambda t: t["DRIVING_LICENCE"]["validity"].update(years=0), "validity.years"),
        (
            lambda t: t["RESIDENT_IDENTITY_CARD"]["validity"]["byAge"].reverse(),
            "byAge: the ages do not rise",
        ),
        (
            lambda t: t["RESIDENT_IDENTITY_CARD"]["validity"]["byAge"].pop(),
            "byAge: it ends with an age",
        ),
        (
            lambda t: t["BUSINESS_LICENCE"].update(validity={"byAge": [{}]}),
            "byAge: its holder is no single person",
        ),
        (
            lambda t: t["FOOD_BUSINESS_LICENCE"]["recognised"][0].update(regions=["beijing"]),
            "recognised.0.regions: not GB/T 2260",
        ),
    ],
)
def test_what_is_wrong_is_named_with_file_path_and_reason(change: Change, words: str) -> None:
    with pytest.raises(PolicyInvalid) as refused:
        load_bundle(changed(change), model())
    assert f"{LICENCE_TYPES}: licenceTypes" in str(refused.value)
    assert words in str(refused.value)


def of_kind(kind: str) -> LicenceType:
    return TYPES[kind]


def test_a_term_by_age() -> None:
    validity = of_kind("RESIDENT_IDENTITY_CARD").validity
    assert [validity.years_at(age) for age in (0, 15, 16, 25, 26, 45, 46, 90)] == [
        *(5, 5, 10, 10, 20, 20, None, None)
    ]


def test_who_may_issue() -> None:
    police = of_kind("DRIVING_LICENCE").issuers
    assert police.permit("X", "GOVERNMENT", "北京市公安局东城分局", "110101")
    assert not police.permit("X", "GOVERNMENT", "北京市公安局", "110000")
    assert not police.permit("X", "COMPANY", "公安局主题餐厅", "110101")
    assert not police.permit("X", "GOVERNMENT", "东城区民政局", "110101")


def test_the_bodies_of_the_synthetic_city_issue_what_they_do_there() -> None:
    for district in DISTRICTS:
        for name, kinds in FUNCTIONS:
            body = "GOVERNMENT", f"北京市{name.format(district.name)}", district.code
            allowed = {kind for kind in TYPES if of_kind(kind).issuers.permit("X", *body)}
            assert allowed == set(kinds), body


def test_levels_and_areas() -> None:
    divisions = ("110000", "320100", "320102")
    assert [level_of(code) for code in divisions] == ["province", "city", "county"]
    assert [area_of(code) for code in divisions] == ["11", "3201", "320102"]


def test_where_a_type_is_accepted() -> None:
    (rule,) = of_kind("PROPERTY_CERTIFICATE").recognised
    assert rule.covers("110101", "school-enrolment")
    assert not rule.covers("110101", None)
    assert not rule.covers("320102", "school-enrolment")
