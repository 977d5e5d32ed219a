"""A simulation tells forbids that hide rows, and rights that rest on consent alone."""

from __future__ import annotations

from graph.catalogue import model
from graph.conditions import ALWAYS
from policies.bundle import Bundle, read_bundle
from policies.simulation import difference
from policies.table import load_bundle

FORBID = "grants/protection.cedar"


def test_without_the_forbid_more_rows_are_there_and_it_is_told() -> None:
    shipped = read_bundle(None)
    fewer = Bundle({path: text for path, text in shipped.texts.items() if path != FORBID})
    before, after = (load_bundle(bundle, model()) for bundle in (shipped, fewer))
    told = [c for c in difference(before, after) if c.cell.mode == "unhidden"]
    assert {c.cell.coordinate for c in told} == {"Person", "CoResidentsAnswer"}
    assert {c.cell.consumer for c in told} == set(before.consumers)
    assert {c.kind for c in told} == {"wider"}
    citizens = [c for c in told if c.cell.consumer == "citizen"]
    assert citizens and all(c.after == ALWAYS for c in citizens)
    back = [c for c in difference(after, before) if c.cell.mode == "unhidden"]
    assert [c.reversed().cell for c in back] == [c.cell for c in told]
    assert {c.kind for c in back} == {"narrower"}
    assert difference(before, before) == []


def test_a_right_with_consent_alone_is_told() -> None:
    shipped = read_bundle(None)
    grant = (
        '@id("with-consent") permit (principal == Consumer::"school-enrolment", '
        'action == Action::"consent:Person.birthDate", resource) '
        'when { context.purpose == "school-enrolment" };'
    )
    more = Bundle({**shipped.texts, "grants/more.cedar": grant})
    before, after = (load_bundle(bundle, model()) for bundle in (shipped, more))
    told = {(c.kind, c.cell.mode, c.cell.coordinate) for c in difference(before, after)}
    assert told == {("gained", "consent", "Person.birthDate")}
