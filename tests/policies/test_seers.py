"""Who may see what of a person is what the tables say, field by field and mode by mode."""

from __future__ import annotations

from graph.catalogue import model
from graph.conditions import NEVER
from policies.seers import PERSON, seers
from policies.table import load

POLICIES = load(None, model())
FOUND = {(seer.consumer, seer.purpose): seer.fields for seer in seers(POLICIES)}


def test_every_grant_on_persons_is_told_and_nothing_else() -> None:
    for (consumer, purpose, _), table in POLICIES.tables.items():
        told = {(seen.field, seen.mode) for seen in FOUND.get((consumer, purpose), ())}
        granted = {
            (field, mode)
            for mode, effects in (("CLEAR", table.clear), ("CONSENT", table.consent))
            for (type_name, field), effect in effects.items()
            if type_name == PERSON and effect.condition != NEVER
        }
        granted |= {(f, "MASKED") for (t, f), masks in table.masked.items() if t == PERSON if masks}
        assert told == granted, (consumer, purpose)


def test_a_school_sees_little_and_a_developer_nothing() -> None:
    school = {seen.field for seen in FOUND["school-enrolment", "school-enrolment"]}
    assert school == {"name", "ageBand", "livesInCallersDistrict"}
    assert ("partner-developer", "access-request") not in FOUND
    assert ("policy-admin", "policy-administration") not in FOUND
