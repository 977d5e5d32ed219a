"""Names of lines in both languages: a table checked by hand, and what must hold of every line."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, product
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kinship.lines import Line
from kinship.terms import Term, inverse_bases, name
from kinship.ties import PARENT_KINDS, Human

CASES = yaml.safe_load((Path(__file__).parent / "terms_cases.yaml").read_text(encoding="utf-8"))
SEXES = {"F": "FEMALE", "M": "MALE", "?": ""}
HALF = {"half": True, "full": False}
PARENTS = {"": "BIRTH", "l": "LEGAL", "a": "ADOPTIVE", "s": "STEP", "f": "FOSTER"}
COUPLES = {"": "MARRIAGE", "p": "PARTNERSHIP", "c": "COUPLE"}
STEP = re.compile("([udm])([lasfpc]?)(x?)([FM?])([0-9-]*)")


def line_of(text: str) -> Line:
    """The line that a case of the table writes down."""
    said, *rest = text.split()
    half = HALF.get(said)
    subject, *steps = rest if said in HALF else [said, *rest]
    parsed = [STEP.fullmatch(step) for step in steps]
    assert all(parsed), text
    moves, kinds, ended, sexes, births = zip(
        *(step.groups() for step in parsed if step), strict=True
    )
    persons = [(subject[0], subject[1:]), *zip(sexes, births, strict=True)]
    return Line(
        tuple(Human(str(i), SEXES[sex], born) for i, (sex, born) in enumerate(persons)),
        "".join(moves),
        tuple((COUPLES if m == "m" else PARENTS)[k] for m, k in zip(moves, kinds, strict=True)),
        tuple(bool(over) for over in ended),
        half,
    )


TABLE = [
    pytest.param(text, group.get("kind"), *expected, id=text.replace(" ", "_"))
    for group in CASES.values()
    for text, (*expected,) in (
        (text, [terms[0], terms[1], terms[2:]]) for text, terms in group["cases"].items()
    )
]


@pytest.mark.parametrize(("text", "kind", "en", "zh", "more"), TABLE)
def test_term(text: str, kind: str | None, en: str, zh: str, more: list[str]) -> None:
    base = more[0] if more else en
    assert name(line_of(text)) == Term(en, zh, base, kind or more[1])


def test_table_is_as_large_as_it_should_be() -> None:
    assert len(TABLE) >= 180


@pytest.mark.parametrize("text", ["M dM uF", "M uM dM uF", "M uM dM uF mM", "M mF dM uF"])
def test_parents_of_a_common_child_are_no_term(text: str) -> None:
    assert name(line_of(text)) is None


def test_word_that_is_no_base_has_no_inverse() -> None:
    assert inverse_bases("neighbour") == frozenset()


@pytest.mark.parametrize(
    ("base", "inverse"),
    [
        ("mother", {"son", "daughter", "child"}),
        ("great-uncle", {"great-nephew", "great-niece", "great-niece or great-nephew"}),
        ("second cousin once removed", {"second cousin once removed"}),
        ("wife", {"husband", "wife", "spouse"}),
        ("father-in-law", {"son-in-law", "daughter-in-law", "child-in-law"}),
        ("aunt by marriage", {"nephew-in-law", "niece-in-law", "niece-in-law or nephew-in-law"}),
        ("co-father-in-law", {"co-father-in-law", "co-mother-in-law", "co-parent-in-law"}),
    ],
)
def test_inverse(base: str, inverse: set[str]) -> None:
    assert inverse_bases(base) == inverse


BLOOD = ["u" * up + "d" * down for up in range(7) for down in range(7 - up)]
SHAPES = [
    "m".join(pieces)
    for pieces in chain.from_iterable(
        product(BLOOD, repeat=marriages + 1) for marriages in range(3)
    )
    if 0 < len("m".join(pieces)) <= 6
]


@st.composite
def lines(draw: st.DrawFn, kinds: tuple[str, ...] = PARENT_KINDS) -> Line:
    """Any line of a nameable shape: sexes, dates, kinds and ends at random."""
    moves = draw(st.sampled_from(SHAPES))
    sexes = st.sampled_from(["FEMALE", "MALE", ""])
    births = st.sampled_from(["", "1990", "1990-05", "1990-05-17", "1960", "1961-01-02"])
    couples = ("MARRIAGE", "PARTNERSHIP", "COUPLE")
    return Line(
        tuple(Human(str(i), draw(sexes), draw(births)) for i in range(len(moves) + 1)),
        moves,
        tuple(draw(st.sampled_from(couples if move == "m" else kinds)) for move in moves),
        tuple(draw(st.booleans()) for _ in moves),
        draw(st.sampled_from([True, False, None])),
    )


def named(line: Line) -> Term:
    term = name(line)
    assert term is not None
    return term


@pytest.mark.parametrize("moves", SHAPES)
@pytest.mark.parametrize("sex", ["FEMALE", "MALE", ""])
def test_every_shape_has_a_term_that_answers_its_inverse(moves: str, sex: str) -> None:
    people = tuple(Human(str(i), sex) for i in range(len(moves) + 1))
    kinds = tuple("MARRIAGE" if move == "m" else "BIRTH" for move in moves)
    line = Line(people, moves, kinds, (False,) * len(moves))
    assert named(line.reversed()).base in inverse_bases(named(line).base)


@given(lines())
def test_term_is_never_empty_and_answers_its_inverse(line: Line) -> None:
    term, back = named(line), named(line.reversed())
    assert term.en.strip() and term.zh.strip() and term.base.strip()
    assert back.base in inverse_bases(term.base)
    assert term.base in inverse_bases(back.base)
    assert term.kind == back.kind


@given(lines())
def test_inverse_of_the_inverse_leads_back(line: Line) -> None:
    base = named(line).base
    assert all(base in inverse_bases(other) for other in inverse_bases(base))


@given(lines(kinds=("BIRTH",)), st.data())
def test_adoption_changes_kind_and_never_base(line: Line, data: st.DataObject) -> None:
    births = [i for i, move in enumerate(line.moves) if move != "m"]
    if not births:
        return
    at = data.draw(st.sampled_from(births))
    kinds = (*line.kinds[:at], "ADOPTIVE", *line.kinds[at + 1 :])
    adopted = named(replace(line, kinds=kinds))
    assert adopted.base == named(line).base
    assert adopted.kind == ("STEP" if named(line).kind == "STEP" else "ADOPTIVE")


@given(lines())
def test_kind_and_end_show_in_both_languages(line: Line) -> None:
    term = named(line)
    shown = {"STEP": ("step", "继"), "FOSTER": ("foster", "寄养"), "ADOPTIVE": ("adoptive", "养")}
    en, zh = shown.get(term.kind, ("", ""))
    assert en in term.en and zh in term.zh
    assert ("former" in term.en) == ("前" in term.zh) == (not line.holds)
