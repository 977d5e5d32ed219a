"""What a change of a department's schema means: it fits or not, and whose operations break."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.operations import AskedOperation
from graph.catalogue import model
from runtime.errors import CitizengraphError
from subgraphs.joined.declared import department_sdl, held_by
from subgraphs.joined.fitting import Finding, fitted, named
from subgraphs.joined.used import undeclared, uses, weighed

SDL = department_sdl(model(), "education")
LEVEL, NUMBER = "EducationCertificate.level", "EducationCertificate.number"
LEVEL_LINE = '  "Level · 学历层次"\n  level: EducationLevel\n'
JUNIOR_LINE = '  "junior secondary graduate · 初中毕业"\n  JUNIOR_SECONDARY\n'
LINKED = "https://specs.apollo.dev/federation/v2.9"
LEADS = "Person.educationCertificates"
ASKED = AskedOperation(
    "caseworker", "household-services", "statutory-duty", "ab" * 32, "Studied",
    frozenset({"Query.person", "Person", LEADS, LEVEL}),
)  # fmt: skip


def changed(before: str, after: str) -> list[Finding]:
    sdl = SDL.replace(before, after)
    assert sdl != SDL, "the test changes nothing"
    return fitted(model(), "education", sdl)


def test_what_is_written_from_the_declaration_fits() -> None:
    assert fitted(model(), "education", SDL) == []
    assert named(SDL, model()) == ["education"]


@pytest.mark.parametrize(
    ("before", "after", "coordinate", "words"),
    [
        (LEVEL_LINE, "", LEVEL, "is missing"),
        ("level: EducationLevel", "level: String", LEVEL, "declares EducationLevel"),
        ("level: EducationLevel", "level: [EducationLevel]", LEVEL, "declares EducationLevel"),
        ("level: EducationLevel", "level(on: String!): EducationLevel", LEVEL, "without on"),
        ("  MASTER\n", "  MASTER\n  MBA\n", LEVEL, "MBA"),
        ("number: String!", "number: String", NUMBER, "may be null"),
        ("number: String!", "number: Int!", NUMBER, "declares String"),
        ("[EducationCertificate!]!", "[EducationCertificate!]", LEADS, "not [Educ"),
        ("[EducationCertificate!]!", "[EducationCertificate]!", LEADS, "not [Educ"),
        ('@key(fields: "citizenNumber")', '@key(fields: "id")', LEADS, "no key"),
        ("citizenNumber: String!", "citizenNumber: Int!", LEADS, "is no String"),
        ("  educationCertificates: [EducationCertificate!]!\n", "", LEADS, "is missing"),
        ("type EducationCertificate {", "type Diploma {", LEVEL, "The type"),
        ("graduatedOn: PartialDate", "graduatedOn: Int", "EducationCertificate.graduatedOn", "Int"),
        ("type Person", "type !", "", "does not parse"),
    ],
)
def test_what_does_not_fit_says_where_and_what_to_do(
    before: str, after: str, coordinate: str, words: str
) -> None:
    found = {finding.coordinate: finding for finding in changed(before, after)}
    finding = found[coordinate]
    assert finding.kind == "unfit" and words in finding.words and finding.advice


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  level: EducationLevel\n", "  level: EducationLevel\n  grade: Float\n"),
        ("level: EducationLevel", "level: EducationLevel!"),
        ("level: EducationLevel", "level(on: String): EducationLevel"),
        (JUNIOR_LINE, ""),
        ("graduatedOn: PartialDate", "graduatedOn: String"),
        ("type Person", "type Query { ping: String }\n\ntype Person"),
        (LINKED, LINKED.replace("2.9", "2.3")),
        ("type Person @key", "extend type Person @key"),
    ],
)
def test_what_is_added_or_narrower_is_safe(before: str, after: str) -> None:
    assert {finding.kind for finding in changed(before, after)} <= {"safe"}


def test_what_is_besides_is_told() -> None:
    (finding,) = changed("  level: EducationLevel\n", "  level: EducationLevel\n  grade: Float\n")
    assert finding.coordinate == "EducationCertificate.grade"
    assert "nobody is shown it" in finding.words


def test_a_change_breaks_the_operations_that_ask_for_it() -> None:
    rare = replace(ASKED, consumer="citizen", name="", asked=frozenset({LEADS, LEVEL}))
    used = uses(model(), "education", {rare: 2, ASKED: 40})
    findings = [
        *changed(LEVEL_LINE, ""),
        *changed("major: String", "major: Int"),
    ]
    unasked = {c: by for c, by in used.items() if c != "EducationCertificate.major"}
    first, second = weighed(findings, unasked)
    assert (first.kind, first.coordinate) == ("breaks", LEVEL)
    told = [(use.consumer, use.operation, use.count) for use in first.used]
    assert told[:2] == [("caseworker", "Studied", 40), ("citizen", "ab" * 6, 2)]
    assert "caseworker: Studied, 40 recorded" in first.used[0].words
    assert (second.kind, second.used) == ("unfit", ())


def test_offered_queries_count_before_anybody_asked() -> None:
    used = uses(model(), "education", {})
    assert {use.consumer for use in used[LEADS]} == {"caseworker", "citizen"}
    assert all(use.count == 0 and "offered" in use.words for use in used[LEVEL])


def test_operations_that_were_refused_lose_nothing() -> None:
    refused = replace(ASKED, refused=True, asked=frozenset({"EducationCertificate.rank"}))
    assert "EducationCertificate.rank" not in uses(model(), "education", {refused: 3})


def test_what_is_asked_for_and_declared_no_longer() -> None:
    old = replace(ASKED, asked=frozenset({"EducationCertificate.grade"}))
    used = uses(model(), "education", {old: 3})
    (finding,) = undeclared(model(), "education", used)
    assert (finding.kind, finding.used[0].count) == ("breaks", 3)


def test_a_subgraph_that_is_not_declared_is_named() -> None:
    with pytest.raises(CitizengraphError, match="housing"):
        held_by(model(), "housing")
