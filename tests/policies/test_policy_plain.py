"""Policies in plain words: every attribute has its words; the matrix says what the tables do."""

from __future__ import annotations

from graph.catalogue import model
from graph.conditions import ALWAYS, NEVER, Attribute, Compare, Literal, Principal, all_of
from policies.cedar_schema import row_attributes
from policies.entail import witness
from policies.matrix import matrix
from policies.plain import CALLERS, FLAGS, Plain, worded
from policies.reading import read_aloud
from policies.table import load

POLICIES = load(None, model())
PLAIN = Plain(model())
MINOR = Compare("=", Attribute("minor"), Literal(True))
HOME = Compare("=", Attribute("district"), Principal("district"))


def test_every_attribute_has_words() -> None:
    for type_name, attributes in row_attributes(model()).items():
        for name, declared in attributes.items():
            assert worded(name), f"{type_name}.{name}: put its words into policies/plain.py"
            if declared.type == "Boolean":
                assert PLAIN.said(Compare("=", Attribute(name), Literal(True)), type_name).zh
    assert {n for c in POLICIES.consumers.values() for n in c.principal} <= CALLERS.keys()
    assert all("{it}" not in "".join(said).replace("{it}", "") for said in FLAGS.values())


def test_what_the_token_must_say_anyway_is_not_said() -> None:
    worker = Compare("=", Principal("worker"), Principal("worker"))
    case = Compare("=", Attribute("inCallersCase"), Literal(True))
    assert [p.en for p in PLAIN.parts(all_of(worker, case), "Person")] == [
        "an open case of the caller concerns the person"
    ]
    assert [p.zh for p in PLAIN.parts(worker, "Person")] == ["令牌载明查询人工号"]
    assert PLAIN.parts(ALWAYS, "Person") == ()


def test_the_matrix_says_what_the_tables_do() -> None:
    made = matrix(POLICIES)
    shown = {
        (*made.columns[cell.column], row.type_name, row.field, f"{g.mode} {g.mask}".strip())
        for row in made.rows
        for cell in row.cells
        for g in cell.granted
    }
    expected = {
        (*key, row.type_name, row.field, mode)
        for key, table in POLICIES.tables.items()
        for row in made.rows
        for mode, effect in table.modes(row.type_name, row.field).items()
        if mode != "unhidden" and effect.condition != NEVER
    }
    assert shown == expected
    assert len(made.rows) == len({(row.type_name, row.field) for row in made.rows})
    (one,) = matrix(POLICIES, "Person", "birthDate").rows
    assert (one.label.zh, one.sensitivity) == ("出生日期", "identity")


def test_a_policy_is_read_aloud_in_both_languages() -> None:
    found = {reading.policy: reading for reading in read_aloud(POLICIES)}
    assert found.keys() == {policy.id for policy in POLICIES.policies}
    child = found["school-child-name"]
    assert child.consumers == ("school-enrolment",)
    assert "Person: Name, Age band" in child.words.en
    assert "only where the person is certainly under 18." in child.words.en
    assert "条件:该自然人确定未满18周岁。" in child.words.zh


def test_an_example_is_a_row_on_which_two_conditions_differ() -> None:
    found = witness(MINOR, all_of(MINOR, HOME))
    assert found is not None
    assert (found.true, found.false) == ((MINOR,), (HOME,))
    assert (found.before, found.after) == (True, False)
    assert witness(MINOR, MINOR) is None
